// What is left to chance in interventions, and the numbers that keep it apart.
#pragma once

#include <cstdint>
#include <string>

#include "engine/random/stream.hpp"

namespace kohort {

/// What is drawn. The numbers are part of what makes a result reproducible.
enum class Drawn : std::uint8_t {
  effect = 1,           ///< how large the effect is
  uptake,               ///< how early an area takes part
  effects_of_variants,  ///< the same, of all variants of a model together
  uptakes_of_variants,
};

constexpr Site intervention_site(Drawn drawn, Draw draw = {}) {
  constexpr std::uint8_t interventions = 16;  // far from the numbers of models
  return {draw, no_year, {}, {}, {}, {interventions, static_cast<std::uint8_t>(drawn)}};
}

/// Interventions of one name share their luck.
inline StreamKey intervention_key(std::uint64_t seed, const std::string& name) {
  return {seed, "intervention/" + name};
}

/// That of one area.
inline StreamKey intervention_key(std::uint64_t seed, const std::string& name,
                                  const std::string& area) {
  return {seed, area + "/intervention/" + name};
}

}  // namespace kohort
