// Many ranks without many processes: to try what ranks do where there is no MPI.
#pragma once

#include <cstddef>
#include <functional>

#include "engine/comm/communicator.hpp"

namespace kohort {

/// Does something once as each of several ranks, which are threads of this process, and waits for
/// all of them. A rank that throws has failed, and ends the others. Then throws what the first rank
/// threw that failed by itself.
void on_pretended_ranks(std::size_t ranks, const std::function<void(const Communicator&)>& action);

}  // namespace kohort
