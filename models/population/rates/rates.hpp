// The rates of a projection, ready to be applied: what the tables or the fit come down to.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "engine/base/axes.hpp"
#include "engine/model/frame.hpp"
#include "engine/table/table.hpp"
#include "models/population/rates/adjusted.hpp"
#include "models/population/rates/parameters.hpp"
#include "models/population/rates/uncertainty.hpp"

namespace kohort::population {

/// The group that somebody changes to, or a child is born into.
using ToGroup = Index<struct ToGroupAxis>;
/// Ages that share their destinations.
using AgeClass = Index<struct AgeClassAxis>;
/// An area within a group: where people can be. Numbered group by group.
using Place = Index<struct PlaceAxis>;
using ToPlace = Index<struct ToPlaceAxis>;

/// A table for each interval, or one that holds for all. Copies share their tables.
template <class T>
class Series {
 public:
  Series() = default;
  explicit Series(T constant) { tables_.push_back(share(std::move(constant))); }
  explicit Series(std::vector<T> tables) {
    for (T& table : tables) tables_.push_back(share(std::move(table)));
  }

  bool empty() const { return tables_.empty(); }
  const T& at(Interval interval) const {
    return tables_.size() == 1 ? *tables_.front() : *tables_[interval.position()];
  }
  /// The same, by the position of the interval.
  const T& operator[](std::size_t interval) const { return at(Interval(interval)); }
  /// How many tables there are: one for each interval, though some may be the same, or one for all.
  std::size_t size() const { return tables_.size(); }

  /// Adds the table of the next interval, or that of the last one for it too.
  void add(T table) { tables_.push_back(share(std::move(table))); }
  void add_again() { tables_.push_back(tables_.back()); }

  /// Replaces the table of one interval; of a series that holds for all, one of `length` intervals
  /// is made first. An empty series gets tables that hold nothing elsewhere.
  void replace(Interval interval, T table, std::size_t length) {
    if (tables_.empty()) tables_.push_back(share(T()));
    if (tables_.size() == 1) tables_.resize(length, tables_.front());
    tables_[interval.position()] = share(std::move(table));
  }

 private:
  static std::shared_ptr<const T> share(T table) {
    return std::make_shared<const T>(std::move(table));
  }

  std::vector<std::shared_ptr<const T>> tables_;
};

/// The series of `table_of(interval)` for the first `length` intervals; of one, which then holds
/// for all, where all are alike.
template <class Function>
auto series_of(std::size_t length, Function&& table_of) {
  std::vector<decltype(table_of(Interval()))> tables;
  for (const Interval interval : positions<Interval>(length)) tables.push_back(table_of(interval));
  return Series(std::move(tables));
}

/// The same, but intervals for which `as_before(interval)` is true share the table of the one
/// before.
template <class AsBefore, class Function>
auto series_of(std::size_t length, AsBefore&& as_before, Function&& table_of) {
  Series<decltype(table_of(Interval()))> series;
  for (const Interval interval : positions<Interval>(length)) {
    if (interval > Interval(0) && as_before(interval)) {
      series.add_again();
    } else {
      series.add(table_of(interval));
    }
  }
  return series;
}

/// One figure for everybody in a cohort row of an area.
using CellTable = Table<double, Sex, CohortRow, Group, Area>;
/// One figure for everybody in an age group of an area.
using AgeTable = Table<double, Sex, Age, Group, Area>;
using FertilityTable = Table<double, Age, Group, Area>;
using BirthShareTable = Table<double, Group, Area>;
using NewbornTable = Table<double, Group, ToGroup, Area>;
using TransferTable = Table<double, Sex, CohortRow, Group, ToGroup, Area>;

inline CellTable::Extents cell_extents(const Frame& frame) {
  return {frame.sexes.size(), frame.rows(), frame.group_count(), frame.areas.size()};
}
inline AgeTable::Extents age_extents(const Frame& frame) {
  return {frame.sexes.size(), frame.ages(), frame.group_count(), frame.areas.size()};
}

using DestinationWeights = Table<double, Sex, AgeClass, Area>;

/// Where the leavers of each origin go: by shares for each origin, whose rows sum to 1 over the
/// destinations, or by weights that all origins have in common, in proportion to which movers from
/// i go to j, j not i. The other is empty.
struct Destinations {
  std::vector<AgeClass> class_of_row;
  Table<double, Sex, AgeClass, Area, Destination> shares;
  DestinationWeights weights{};
  DestinationWeights per_leaver{};  ///< 1 / (sum of the weights of all areas but this), by origin

  bool common() const { return shares.empty(); }
  std::size_t classes() const {
    return common() ? weights.extent<AgeClass>() : shares.extent<AgeClass>();
  }
};

/// How much more often areas are chosen as destinations than their shares say: movers from i go to
/// j in proportion to share(i, j) odds(j). Tables are empty where nothing is changed.
/// Source: balancing factors of spatial interaction, Wilson (1971), Environment and Planning 3(1).
struct Attraction {
  CellTable odds;  ///< of the destination, above 0
  CellTable sum;   ///< of shares times odds, by origin
  // Of common destinations, what the odds make of them.
  CellTable weights{};
  CellTable per_leaver{};
};

/// One slab of what attraction makes of common destinations: [area], written.
struct AttractedSlab {
  std::span<double> weights;
  std::span<double> per_leaver;
  std::span<double> sum;  ///< of shares times odds, by origin
};

/// None where the destinations of an interval are chosen by their shares alone.
inline const Attraction* attraction_in(const Series<Attraction>& series, Interval interval) {
  if (series.empty() || series.at(interval).odds.empty()) return nullptr;
  return &series.at(interval);
}

/// Arrivals of an interval, by the cohort row that they join.
struct ArrivalCounts {
  CellTable persons;
  CellTable at_start;  ///< those of them who come at the start, and live through the interval
};

/// Shares of a multistate transition, and how its exits divide into deaths and emigration.
struct MultistateTable {
  Table<double, Sex, CohortRow, ToPlace, Place> shares;
  CellTable dying_among_exits;
};

/// All rates. A series that is empty stands for a component that the scenario does without.
struct Rates {
  Series<CellTable> dying;  ///< probability; not used in the multistate form
  Series<MultistateTable> multistate;
  Series<CellTable> emigrating;
  Series<CellTable> moving;
  Series<Destinations> destinations;
  Series<Attraction> attraction;
  Series<TransferTable> transferring;
  Series<ArrivalCounts> in_migrants;  ///< from areas that are not projected: the open form
  Series<ArrivalCounts> immigrants;
  Series<ArrivalCounts> net_migrants;
  Series<CellTable> net_migration_rate;
  Series<AgeTable> net_migration_target;
  Series<FertilityTable> fertility;  ///< births per woman-year
  AgeDefinition fertility_ages = AgeDefinition::end_of_year;
  Series<BirthShareTable> share_of_boys;
  Series<NewbornTable> newborn_groups;
  ParameterUncertainty uncertainty;  ///< of those that are fitted from history
  /// Of the levers that the rates have been changed by, those that draws need to know.
  std::vector<RateLever> levers;
};

/// The life table's rule for the open age group.
constexpr OpenGroup open_group(OpenAge open_age) {
  return open_age == OpenAge::dropped ? OpenGroup::renewed : OpenGroup::pooled;
}

/// The conventions of a projection, as the scenario chose them.
struct Conventions {
  OpenAge open_age = OpenAge::pooled;
  FertilityExposure fertility_exposure = FertilityExposure::stocks;
  ImmigrantMortality immigrant_mortality = ImmigrantMortality::same_age;
  MigrationTiming timing = MigrationTiming::mid_year;
  double newborn_exposure = 0.5;
  LeavingRates leaving_rates = LeavingRates::independent;

  /// The part of the interval's mortality to which those in a row are exposed who arrive in it.
  double exposure(CohortRow row) const {
    if (timing == MigrationTiming::start) return 1.0;
    if (timing == MigrationTiming::end) return 0.0;
    return row.position() == 0 ? newborn_exposure : 0.5;
  }
};

}  // namespace kohort::population
