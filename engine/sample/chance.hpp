// What is left to chance in a sample of points, and the numbers that keep it apart.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/random/stream.hpp"

namespace kohort {

/// What is drawn. The numbers are part of what makes a sample reproducible.
enum class Sampled : std::uint8_t {
  shift = 1,    ///< the digital shift of a dimension of a Sobol sequence
  permutation,  ///< the order of a dimension of a Latin hypercube
  place,        ///< where in its stratum a point of a Latin hypercube lies
  bootstrap,    ///< which rows a replicate takes
};

/// The random numbers of one dimension, or of one replicate.
constexpr Stream sample_stream(std::uint64_t seed, Sampled sampled, std::size_t number) {
  constexpr std::uint8_t sampling = 64;  // far from the numbers of models
  Site site;
  site.draw = Draw(number);
  site.event = Event(sampling, static_cast<std::uint8_t>(sampled));
  return Stream(StreamKey(seed, ""), site);
}

/// A whole number below `count`, all equally likely but for 2^-52 of them.
constexpr std::size_t below(Stream& stream, std::size_t count) {
  return static_cast<std::size_t>(stream.uniform() * static_cast<double>(count));
}

}  // namespace kohort
