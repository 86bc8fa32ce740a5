// What registers count in some of the projected areas.
#pragma once

#include <cmath>
#include <vector>

#include "models/population/fit/yearly.hpp"

namespace kohort::population::fit {

/// Events by year and area, for those areas that the table names; by sex and by age where it tells
/// them apart, ages being those attained at the year's end.
class AreaCounts {
 public:
  /// Reads a table of [history] for these years. Ages at the event become ages at the year's end by
  /// halves of the Lexis squares. Throws `Error` where the scenario does not give it, or as
  /// `Tables::read` does: of an area that it names no year may be lacking.
  AreaCounts(const Source& source, const TableParameter& parameter, Years years);

  bool knows(Area area) const {
    return area.position() < counts_.extent<Area>() &&
           !std::isnan(counts_(counts_.years().first(), area, Sex(0), Age(0)));
  }
  bool by_sex() const { return counts_.extent<Sex>() > 1; }
  bool by_age() const { return counts_.extent<Age>() > 1; }

  /// Sex and age are 0 where the table does not tell them apart.
  double operator()(Year year, Area area, Sex sex, Age age) const {
    return counts_(year, area, sex, age);
  }
  /// All sexes and ages together.
  double total(Year year, Area area) const;

 private:
  Yearly<Area, Sex, Age> counts_;  ///< not a number in areas that the table does not name
};

}  // namespace kohort::population::fit
