// What is left to chance in the population, and the numbers that keep its events apart.
#pragma once

#include <cstdint>

#include "engine/random/stream.hpp"

namespace kohort::population {

/// The two layers of uncertainty, which can be switched on separately.
struct Chance {
  bool paths = false;   ///< the parameters of each draw depart from those expected
  bool events = false;  ///< people are whole, and what happens to them is drawn

  bool any() const { return paths || events; }
};

/// Events that are drawn. The numbers are part of what makes a result reproducible.
enum class Drawn : std::uint8_t {
  fate = 1,          ///< to die, leave, change group or stay
  destination,       ///< where movers go
  arrival_of_mover,  ///< whether a mover dies after arriving
  change_of_group,   ///< whether one who changed group dies after that
  immigration,
  arrival_of_immigrant,
  net_migration,
  net_migration_at_rates,
  arrival_of_net_migrant,
  birth,
  boy,
  newborn_group,
  base,  ///< the rounding of the base population
  in_migration,
  arrival_of_in_migrant,
  // The paths of the parameters.
  mortality_path = 64,
  fertility_path,
  immigration_path,
  emigration_path,
  domestic_path,
  net_migration_path,
};

constexpr Event event_of(Drawn drawn) {
  constexpr std::uint8_t population = 1;
  return {population, static_cast<std::uint8_t>(drawn)};
}

}  // namespace kohort::population
