// Stocks of municipalities in the past.
#pragma once

#include <optional>
#include <vector>

#include "models/population/fit/history.hpp"

namespace kohort::population::fit {

/// The stocks of the projected areas in the years of the fit, by sex and age: as tables have them,
/// or the structure of the base year scaled to the total of the year.
class MunicipalHistory {
 public:
  MunicipalHistory(const Source& source, const AgeTable& base, Year first, Year last);

  /// All ages together, at the end of the year. The rest of the country is the nation less the
  /// other areas.
  double total(Area area, Year year) const;
  double stock(Area area, Year year, Sex sex, Age age) const;
  /// As for the nation: those about to reach an age group at the year's end; none at age 0.
  double at_risk(Area area, Year year, Sex sex, Age age) const;

 private:
  const Frame& frame_;
  const AgeTable& base_;
  Year first_;
  std::vector<double> base_totals_;
  Table<double, PastYear, Area> totals_;
  std::optional<Table<double, PastYear, Area, Sex, Age>> stocks_;
};

}  // namespace kohort::population::fit
