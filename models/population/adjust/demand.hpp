// What the projection of an interval is asked to come to, and by which flows.
#pragma once

#include <string>
#include <vector>

#include "models/population/adjust/parameters.hpp"
#include "models/population/flow.hpp"
#include "models/population/rates/adjustment.hpp"
#include "models/population/rates/figures.hpp"

namespace kohort::population {

/// A flow that can be changed, by the factor on its rates.
struct Lever {
  Adjusted rates;
  Flow flow;
  double sign;  ///< +1 where it adds to the total, -1 where it takes away
};

/// A number that the sum over some cells must come to in one interval.
struct Demand {
  Interval interval{};
  double total = 0.0;
  bool beyond = false;  ///< the total is what is wanted beyond what the rates bring
  bool stock = false;   ///< of persons at the end; otherwise of the levers' flows
  std::vector<Lever> levers{};
  std::vector<Area> areas{};
  std::vector<Sex> sexes{};  ///< births: those of the children, and always all
  std::vector<Age> ages{};   ///< births: those of the mothers
  Method method = Method::proportional;
  std::string name{};  ///< for people, such as "persons in 2030, area county, female"
  Location where{};    ///< in the scenario
};

/// All demands of a scenario: totals, in-migrants, housing, targets. Throws `Error` where they do
/// not fit the frame, or where two ask for in-migrants of one area and year.
std::vector<Demand> read_demands(const Source& source);

}  // namespace kohort::population
