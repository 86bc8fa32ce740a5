// What is left to chance in care, and the numbers that keep its events apart.
#pragma once

#include <cstdint>

#include "engine/random/stream.hpp"
#include "models/partition/follower.hpp"

namespace kohort::care {

/// Events that are drawn. The numbers are part of what makes a result reproducible.
enum class Drawn : std::uint8_t {
  base = 1,      ///< in which states the people of the base year are
  entry,         ///< in which those are who reach the first age
  movers,        ///< in which states those are who move to another area
  emigrants,     ///< in which those are who leave the country
  destinations,  ///< which of the movers come to which area
  arrivals,      ///< in which states those are who come from abroad
  deaths,        ///< in which states those are who die
  change,        ///< the state a year later
  prevalence,    ///< the states of a year, where they do not follow from those of the last
  level_path = 64,
  national_path,
};

constexpr Event event_of(Drawn drawn) {
  constexpr std::uint8_t care = 2;
  return {care, static_cast<std::uint8_t>(drawn)};
}

inline constexpr partition::PopulationDraws population_draws{
    event_of(Drawn::movers), event_of(Drawn::emigrants), event_of(Drawn::destinations),
    event_of(Drawn::arrivals), event_of(Drawn::deaths)};

}  // namespace kohort::care
