// A hindcast as text for a terminal.
#pragma once

#include <string>

#include "engine/hindcast/hindcast.hpp"

namespace kohort::cli {

/// For everything that is judged of each launch and year: the errors of every method, what per cent
/// of the errors of naive methods the others avoid, and the error in each area where these are not
/// many. Then the errors of runs in parts.
std::string table_of(const hindcast::Hindcast& hindcast);

}  // namespace kohort::cli
