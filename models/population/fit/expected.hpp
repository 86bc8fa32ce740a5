// Births and deaths that an area would have with the rates of its region.
#pragma once

#include "models/population/fit/history.hpp"
#include "models/population/fit/mortality.hpp"
#include "models/population/fit/municipal.hpp"

namespace kohort::population::fit {

/// Vital events of an area in a year or several.
struct VitalEvents {
  double births = 0.0;
  double deaths = 0.0;
};

/// What the people of an area would have by the year's rates: deaths by the nation's, at the level
/// of the region over the window of local levels; births by the region's own. Arguments must
/// outlive it.
class ExpectedVitals {
 public:
  ExpectedVitals(const Source& source, const History& history, const MunicipalHistory& municipal);

  VitalEvents of(Area area, Year year) const;
  double deaths(Area area, Year year, Sex sex, Age age) const;

 private:
  const History& history_;
  const MunicipalHistory& municipal_;
  Table<double, Region, Sex, Age> levels_;
  Sex women_;
};

}  // namespace kohort::population::fit
