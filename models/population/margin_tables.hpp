// The tables from which the stock of the base year is estimated, and for which areas.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "models/population/base_parameters.hpp"
#include "models/population/margin_estimate.hpp"
#include "models/population/rates/figures.hpp"

namespace kohort::population {

/// An area whose people are estimated, projected or not.
struct EstimatedArea {
  std::string code;
  std::optional<Area> projected;
};

/// A county with projected areas: all its areas are estimated together.
struct EstimatedCounty {
  std::string code;  ///< empty where areas.table names no counties
  std::vector<EstimatedArea> areas;
};

/// Which areas are estimated together, and which counties are known as a whole.
class MarginLayout {
 public:
  /// Throws `Error` where people have groups, or some areas have no county.
  explicit MarginLayout(const Source& source);

  std::vector<EstimatedCounty> counties;
  std::set<std::string> whole_counties;  ///< those without a projected area
  std::optional<Area> rest;              ///< where it is what the counties have beyond the areas
  std::vector<std::string> codes;        ///< of all estimated areas, county by county

 private:
  EstimatedCounty& county(const std::string& code);
  void check(const Source& source, bool by_county) const;
};

/// The tables of `population.margins`, along the areas that are estimated. Arguments must outlive
/// it.
class MarginTables {
 public:
  MarginTables(const Source& source, const MarginLayout& layout);

  /// The groups of `broad_ages`, where it is given.
  const std::optional<AgeGroups>& groups() const { return groups_; }
  /// People by sex and age of each county: those that are estimated and, where there is a rest,
  /// those that are known as a whole.
  std::vector<Table<double, Sex, Age>> counties() const;
  /// By estimated area.
  std::vector<double> totals() const;
  /// By area, sex (one where the table does not tell them apart) and age group; empty where it is
  /// not given.
  Table<double, Area, Sex, BroadAge> broad() const;
  /// A table that tells areas, sexes and ages apart; or, of a seed, what holds for all areas.
  AreaSexAge people(const TableParameter& parameter) const;

 private:
  template <class... Positions>
  BroadcastTable<Positions...> read(const TableParameter& parameter,
                                    const std::array<WantedAxis, sizeof...(Positions)>& axes) const;
  bool is_estimated(const std::string& code) const;
  WantedAxis year() const;
  WantedAxis sexes() const;
  WantedAxis ages() const;

  const Source& source_;
  const MarginLayout& layout_;
  WantedAxis counties_;
  WantedAxis areas_;
  std::optional<AgeGroups> groups_;
};

/// The age groups that a parameter lists. Throws `Error` where they are none.
AgeGroups read_age_groups(const Source& source, const TextList& parameter);

/// Throws `Error` unless a table is by age at the end of the year, as stocks are.
void require_stock(const Source& source, const Parameter& parameter,
                   const TableReference& reference);

}  // namespace kohort::population
