// Migration of an area from abroad, as its people and its totals tell.
#pragma once

#include <optional>

#include "models/population/fit/area_counts.hpp"
#include "models/population/fit/expected.hpp"
#include "models/population/fit/flows.hpp"
#include "models/population/fit/municipal.hpp"
#include "models/population/fit/window.hpp"

namespace kohort::population::fit {

/// What the areas are seen by.
struct AreaHistory {
  const History& history;
  const MunicipalHistory& municipal;
  const YearlyFlows& moves;
};

/// Net migration from abroad, and emigrants by given rates, of the areas but the closing rest.
/// Arguments must outlive it.
class AreaMigration {
 public:
  AreaMigration(const Source& source, const AreaHistory& areas, Years years);

  /// The area's whole net migration less its domestic net. The whole net is as tables have it, or
  /// the change of the total less natural change, which is given, or what the area's own births and
  /// deaths leave, or that expected.
  double net(Area area, Year year) const;

  /// The variance that chance alone gives the net of a year, beside that of the migrants: that of
  /// births and deaths where nobody counted them. 0 where the net or natural change is known.
  double chance(Area area, Year year) const;

  /// The emigrants whom these rates take from the area's people, the newborn among them.
  double emigrants(Area area, Year year, const SexAge& rates) const;

 private:
  double at_risk(Area area, Year year, Sex sex, Age age) const;
  double whole_net(Area area, Year year) const;
  double natural_change(Area area, Year year) const;
  void require_natural_change(const Source& source) const;
  /// Whether both births and deaths of the area are known.
  bool counted(Area area) const;

  const AreaHistory& areas_;
  std::optional<Yearly<Area>> net_;
  std::optional<AreaCounts> natural_change_;
  std::optional<AreaCounts> births_;
  std::optional<AreaCounts> deaths_;
  std::optional<ExpectedVitals> expected_;
};

}  // namespace kohort::population::fit
