// What is left to chance in the workforce, and the numbers that keep its events apart.
#pragma once

#include <cstdint>

#include "engine/random/stream.hpp"
#include "models/partition/follower.hpp"

namespace kohort::workforce {

/// Events that are drawn. The numbers are part of what makes a result reproducible.
enum class Drawn : std::uint8_t {
  base = 1,       ///< who of the base year's people have which occupation
  movers,         ///< which occupations those have who move to another area
  emigrants,      ///< which those have who leave the country
  destinations,   ///< which of the movers come to which area
  arrivals,       ///< which occupations those have who come from abroad: none
  deaths,         ///< which occupations those have who die
  leaving,        ///< who retires, leaves for other work or changes occupation
  entering,       ///< who enters an occupation
  participation,  ///< whose place in the labour force is lost
};

constexpr Event event_of(Drawn drawn) {
  constexpr std::uint8_t workforce = 4;
  return {workforce, static_cast<std::uint8_t>(drawn)};
}

inline constexpr partition::PopulationDraws population_draws{
    event_of(Drawn::movers), event_of(Drawn::emigrants), event_of(Drawn::destinations),
    event_of(Drawn::arrivals), event_of(Drawn::deaths)};

}  // namespace kohort::workforce
