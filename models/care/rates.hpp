// What a projection of care works with, once read and calibrated.
#pragma once

#include <vector>

#include "engine/model/frame.hpp"
#include "models/care/levers.hpp"
#include "models/care/states.hpp"

namespace kohort::care {

/// How care is projected.
enum class Method {
  none,        ///< not at all
  multistate,  ///< people age, move and die in their state, and change it
  prevalence,  ///< each year's people times shares by age and sex (Sullivan 1971)
};

/// How uncertain the levels and the trend are: standard deviations of log-odds against no care.
struct CareUncertainty {
  /// Of an area's level.
  Table<double, Series, Area> level{};
  /// Of the nation's course up to the end of an interval.
  Table<double, Interval, Series> course{};

  bool any() const { return !level.empty(); }
};

/// Ways in which a draw departs from what is expected, in log-odds: of each series by how much its
/// shares do from the start of a year to its end, and after them, again of each series, by how much
/// more those at its end do.
using Departure = Index<struct DepartureAxis>;
/// What the logarithm of the chance of getting into a state, against that of no care, gains by each
/// unit of a departure, alike from all states.
using ResponseTable = Table<double, Sex, CareAge, Departure, ToState, Area>;

/// Ages are those at the end of the interval; of transitions too, so that those who are in the open
/// age then have come from two.
struct CareRates {
  CareFrame care{};
  Method method = Method::none;
  PrevalenceTable base{};                       ///< at the base year
  std::vector<PrevalenceTable> prevalence{};    ///< at the end of each interval
  std::vector<TransitionTable> transitions{};   ///< of each interval; empty without states
  std::vector<ResponseTable> responses{};       ///< of those
  Table<double, Sex, CareState> odds_of_dying;  ///< relative to the first state
  CareUncertainty uncertainty{};
  ChangeEffects effects{};  ///< of levers, which the transitions have in them
};

}  // namespace kohort::care
