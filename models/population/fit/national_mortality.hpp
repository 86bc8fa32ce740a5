// The nation's mortality from history: its level by age, and how it goes on.
#pragma once

#include <optional>
#include <vector>

#include "engine/demography/lee_carter.hpp"
#include "engine/estimate/time_series.hpp"
#include "models/population/fit/history.hpp"

namespace kohort::population::fit {

/// The index of one sex, or that of both together.
struct MortalityIndex {
  Years years;
  LeeCarter model;
  RandomWalk walk;  ///< of the index
};

/// What a population does beside the index that it has in common with others: its own index
/// returns to 0. A sex beside both together, or a region's beside the nation's.
struct MortalityDeparture {
  Year last;              ///< of the index
  CoherentMember member;  ///< as fitted
  Autoregression index;   ///< of it
  double at_level = 0.0;  ///< its mean in the level's window

  /// What it adds to the logarithm of a rate, beyond what is in the level.
  double effect(Age age, Year year) const;
};

/// National period-cohort death rates, and how they go on.
struct NationalMortality {
  SexAge level;  ///< per person-year, in the middle of the level's window
  double level_year = 0.0;
  SexAge improvement;                  ///< per year: the rate falls by this share, in the long run
  MortalityIndex common;               ///< of both sexes together; its uncertainty is the nation's
  std::vector<MortalityIndex> by_sex;  ///< lee_carter alone
  std::vector<MortalityDeparture> departures;  ///< li_lee alone
  std::optional<Yearly<Sex, Age>>
      given;  ///< cohort rates of the years to come, where they are given

  /// The rate of a year to come.
  double rate(Sex sex, Age age, Year year) const;
};

/// Level of the window, oldest ages by Kannisto's law where the scenario has it so, and how it goes
/// on by the chosen method. Rates that are given by age at the event become those of the birth
/// cohort by the survival ratios of their life table, so that an area at the nation's level has the
/// probabilities that population.mortality.rates would give it. Throws `Error` (Fault::input) where
/// nobody lived at an age, so that there is no rate.
NationalMortality fit_national_mortality(const Source& source, const History& history);

}  // namespace kohort::population::fit
