// The ranks that this process was started among.
#pragma once

#include <memory>

#include "engine/comm/communicator.hpp"

namespace kohort {

/// The ranks that MPI has started, where the program was built with it; else this process alone.
/// To be made once, before any other thread; what it gives must live to the end of the program, and
/// is used by the thread that made it.
std::unique_ptr<Communicator> make_world();

}  // namespace kohort
