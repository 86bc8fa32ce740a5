// What is left to chance in welfare, and the numbers that keep its events apart.
#pragma once

#include <cstdint>

#include "engine/random/stream.hpp"

namespace kohort::welfare {

/// What is drawn. The numbers are part of what makes a result reproducible; sites have the number
/// of the need in the field of groups.
enum class Drawn : std::uint8_t {
  people = 1,       ///< who of a cell has the need
  range_path = 64,  ///< where in its assumed range a rate lies
  sampling_path,    ///< the sampling error of a figure that a rate was read from
};

constexpr Event event_of(Drawn drawn) {
  constexpr std::uint8_t welfare = 3;
  return {welfare, static_cast<std::uint8_t>(drawn)};
}

}  // namespace kohort::welfare
