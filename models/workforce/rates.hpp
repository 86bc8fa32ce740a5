// What the stock and flow of staff is reckoned with, once read and estimated.
#pragma once

#include <vector>

#include "engine/model/effect.hpp"
#include "models/population/rates/rates.hpp"
#include "models/workforce/occupations.hpp"

namespace kohort::workforce {

/// Levers, by occupation; of each kind none where draws do not differ in them.
struct StaffEffects {
  std::vector<std::vector<Effect>> retirement{};
  std::vector<std::vector<Effect>> exit{};
  std::vector<std::vector<Effect>> entry{};
  std::vector<std::vector<Effect>> abroad{};

  bool of_entrants() const { return !entry.empty() || !abroad.empty(); }
};

/// The staff tables of all intervals; those that are alike are one.
using StaffSeries = population::Series<StaffTable>;

/// Staff by the place where they live, and how they come and go. Hazards are yearly and constant
/// within a year; those of one person compete.
struct StaffRates {
  WorkforceFrame frame{};
  StaffTable base{};  ///< heads at the end of the base year

  /// Share of the people of a cell in the labour force, at the end of each interval.
  population::Series<Table<double, Sex, PartAge, Area>> participation{};

  // Who leaves, of each interval. All tables have their levers in them.
  StaffSeries retirement{};  ///< hazard, moved with the pension age
  StaffSeries exit{};        ///< hazard of leaving for what is none of the occupations
  /// Hazard of changing from one occupation to another, the same in all years.
  Table<double, Occupation, ToOccupation> change{};

  // Who enters, of each interval.
  StaffSeries education{};  ///< persons: who finish an education, and enter and stay
  /// Entrants from other work, per person of the labour force outside.
  StaffSeries other_entry{};
  /// Immigrants who come to work in an occupation in the end, per immigrant of the ages of staff;
  /// parted by sex and age at entry.
  StaffSeries abroad{};
  /// Of those the share who enter so many years after the year of immigration; sums to 1 at most.
  std::vector<double> delay{};

  StaffEffects effects{};
};

}  // namespace kohort::workforce
