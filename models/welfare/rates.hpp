// What a projection of welfare needs works with, once read.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/model/frame.hpp"
#include "engine/table/table.hpp"
#include "models/welfare/levers.hpp"

namespace kohort::welfare {

/// One of the needs of a scenario, in its order.
using Need = Index<struct NeedAxis>;
/// A group of ages that the source of a rate tells apart.
using RateAge = Index<struct RateAgeAxis>;
/// One of the figures that a rate was read from.
using Figure = Index<struct FigureAxis>;
/// Of the people of a cell; shares unless something else is said.
using RateTable = Table<double, Sex, Age, Area>;

/// Which figure of its source each cell has its rate from. A source that does not tell areas or
/// sexes apart has one figure for all of them.
struct RateFigures {
  std::size_t areas = 1;
  std::size_t sexes = 1;
  std::size_t groups = 1;
  std::vector<RateAge> group_of{};  ///< of each age; empty where there is one group

  std::size_t size() const { return areas * sexes * groups; }
  Figure at(Area area, Sex sex, RateAge group) const {
    const std::size_t own_area = areas == 1 ? 0 : area.position();
    const std::size_t own_sex = sexes == 1 ? 0 : sex.position();
    return Figure((own_area * sexes + own_sex) * groups + group.position());
  }
  Figure of(Sex sex, Age age, Area area) const {
    return at(area, sex, group_of.empty() ? RateAge(0) : group_of[age.position()]);
  }
};

/// One need: what share of the people of a cell has it, and how uncertain that is.
struct NeedRates {
  std::string name;
  RateTable rate{};         ///< in the base year, as expected
  RateTable half_width{};   ///< of the assumed range about it; empty where none is assumed
  RateTable log_odds_sd{};  ///< sampling error of its log-odds; empty where none is known
  RateFigures figures{};
  std::vector<double> trend{};  ///< the rate of each interval against that of the base year
  NeedLevers levers{};

  /// What becomes of the rate in an interval: the trend multiplies it, then levers change it.
  RateChange change(Interval interval, Sex sex, Age age, Area area) const {
    RateChange change{trend[interval.position()], 0.0};
    for (const Effect& lever : levers) change *= lever.at(interval, sex, age, area);
    return change;
  }
  /// Half the width of the range of a rate; 0 where none is assumed.
  double half(Sex sex, Age age, Area area) const {
    return half_width.empty() ? 0.0 : half_width(sex, age, area);
  }
};

/// How many there are of each cell: the extents of a `RateTable`.
inline RateTable::Extents rate_extents(const Frame& frame) {
  return {frame.sexes.size(), frame.ages(), frame.areas.size()};
}

}  // namespace kohort::welfare
