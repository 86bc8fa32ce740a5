// How what reads or reckons with figures refuses them.
#pragma once

#include <string>
#include <utility>

#include "engine/base/error.hpp"

namespace kohort {

/// Throws `Error` (Fault::input) about figures at a place in a file.
[[noreturn]] inline void refuse_input(Location where, std::string what, std::string remedy) {
  throw Error(Fault::input, Mistake{std::move(where), std::move(what), std::move(remedy)});
}

/// The same about figures of which no place is known.
[[noreturn]] inline void refuse_input(std::string what, std::string remedy) {
  refuse_input({}, std::move(what), std::move(remedy));
}

}  // namespace kohort
