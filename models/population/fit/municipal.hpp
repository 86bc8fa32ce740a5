// Stocks of municipalities in the past.
#pragma once

#include <optional>
#include <vector>

#include "models/population/fit/yearly.hpp"
#include "models/population/rates/rates.hpp"

namespace kohort::population::fit {

/// The years for which the fit asks for totals, and for stocks by sex and age; none where it does
/// not. Tables are read for these alone.
struct MunicipalYears {
  std::optional<Years> totals;
  std::optional<Years> stocks;
};

/// The stocks of the projected areas in the years of the fit, by sex and age: as tables have them,
/// or the structure of the base year scaled to the total of the year.
class MunicipalHistory {
 public:
  /// Throws `Error` where the tables that the years need are missing or do not fit, and where an
  /// area without anybody in the base year had people before, of unknown ages.
  MunicipalHistory(const Source& source, const AgeTable& base, const MunicipalYears& years);

  /// All ages together, at the end of the year. The rest of the country is the nation less the
  /// other areas.
  double total(Area area, Year year) const { return totals_(year, area); }
  /// Not of the closing rest, whose structure is nowhere asked for.
  double stock(Area area, Year year, Sex sex, Age age) const {
    return stocks_(year, area, sex, age);
  }
  /// Those alive at the year's start who are about to reach an age group at its end: none at age 0.
  double entering(Area area, Year year, Sex sex, Age age) const;
  /// Person-years of a birth cohort: the mean of its stocks at both ends of the year.
  double exposure(Area area, Year year, Sex sex, Age age) const {
    return (entering(area, year, sex, age) + stock(area, year, sex, age)) / 2.0;
  }

 private:
  void scale_base(const Source& source, const AgeTable& base, Years years);

  Yearly<Area> totals_;
  Yearly<Area, Sex, Age> stocks_;  ///< of the areas but the rest
};

}  // namespace kohort::population::fit
