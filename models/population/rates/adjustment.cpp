#include "models/population/rates/adjustment.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <utility>

#include "engine/table/tabulate.hpp"
#include "models/population/rates/destinations.hpp"

namespace kohort::population {

AgeTable& Factors::of(Adjusted what, const Frame& frame) {
  AgeTable& table = factors_[at(what)];
  if (table.empty()) table = AgeTable(age_extents(frame), 1.0);
  return table;
}

AgeTable& Factors::shift_of(Adjusted what, const Frame& frame) {
  AgeTable& table = shifts_[at(what)];
  if (table.empty()) table = AgeTable(age_extents(frame), 0.0);
  return table;
}

namespace {

/// The rates of one interval, on their way to others.
class Adjuster {
 public:
  Adjuster(const Frame& frame, Interval interval, Rates& rates)
      : frame_(frame), interval_(interval), rates_(rates) {}

  void mortality(const AgeTable& factors) const {
    change(rates_.dying, factors,
           [](double q, double f) { return q < 1.0 ? -std::expm1(f * std::log1p(-q)) : q; });
  }

  /// Adds to the force of mortality.
  void add_mortality(const AgeTable& shifts) const {
    if (shifts.empty()) return;
    CellTable table = rates_.dying.at(interval_);
    fill(table, [&](Sex sex, CohortRow row, Group group, Area area) {
      const double q = rates_.dying.at(interval_)(sex, row, group, area);
      const double added =
          shifts(sex, frame_.age_of(row), group, area) * years_exposed(frame_, row);
      return q == 0.0 || added == 0.0 ? q : -std::expm1(std::log1p(-q) - added);
    });
    rates_.dying.replace(interval_, std::move(table), frame_.intervals);
  }

  void add(Series<CellTable>& series, const AgeTable& shifts) const {
    change(series, shifts, [](double rate, double shift) {
      return RateChange{1.0, shift}.of(rate);
    });
  }

  void multiply(Series<CellTable>& series, const AgeTable& factors) const {
    change(series, factors, [](double rate, double f) { return rate * f; });
  }

  /// `changed` makes of a rate and what there is for it another rate.
  template <class Function>
  void fertility(const AgeTable& by, Function&& changed) const {
    const auto women = frame_.position_of("female");
    if (by.empty() || rates_.fertility.empty() || !women) return;
    FertilityTable table = rates_.fertility.at(interval_);
    const auto of_women = by.slab(*women);
    std::transform(table.values().begin(), table.values().end(), of_women.begin(),
                   table.values().begin(), changed);
    rates_.fertility.replace(interval_, std::move(table), frame_.intervals);
  }

  void arrivals(Series<ArrivalCounts>& series, const AgeTable& factors) const {
    if (factors.empty() || series.empty()) return;
    ArrivalCounts counts = series.at(interval_);
    for (CellTable* table : {&counts.persons, &counts.at_start}) {
      fill(*table, [&](Sex sex, CohortRow row, Group group, Area area) {
        return (*table)(sex, row, group, area) * factors(sex, frame_.age_of(row), group, area);
      });
    }
    series.replace(interval_, std::move(counts), frame_.intervals);
  }

  void attraction(const AgeTable& factors) const {
    if (factors.empty() || rates_.destinations.empty()) return;
    const Destinations& destinations = rates_.destinations.at(interval_);
    Attraction made;
    made.odds = tabulate<CellTable>(
        cell_extents(frame_), [&](Sex sex, CohortRow row, Group group, Area area) {
          return odds_before(sex, row, group, area) * factors(sex, frame_.age_of(row), group, area);
        });
    if (destinations.common()) {
      attract(destinations, made);
      rates_.attraction.replace(interval_, std::move(made), frame_.intervals);
      return;
    }
    made.sum = tabulate<CellTable>(
        cell_extents(frame_), [&](Sex sex, CohortRow row, Group group, Area origin) {
          const AgeClass age_class = destinations.class_of_row[row.position()];
          const auto shares = destinations.shares.slab(sex, age_class, origin);
          const auto odds = std::as_const(made.odds).slab(sex, row, group);
          return std::inner_product(shares.begin(), shares.end(), odds.begin(), 0.0);
        });
    rates_.attraction.replace(interval_, std::move(made), frame_.intervals);
  }

 private:
  void attract(const Destinations& common, Attraction& made) const {
    made.sum = CellTable(cell_extents(frame_));
    made.weights = made.per_leaver = made.sum;
    for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
      for (const CohortRow row : positions<CohortRow>(frame_.rows())) {
        const AgeClass age_class = common.class_of_row[row.position()];
        for (const Group group : positions<Group>(frame_.group_count())) {
          population::attract(
              common.weights.slab(sex, age_class), common.per_leaver.slab(sex, age_class),
              std::as_const(made.odds).slab(sex, row, group),
              {made.weights.slab(sex, row, group), made.per_leaver.slab(sex, row, group),
               made.sum.slab(sex, row, group)});
        }
      }
    }
  }

  template <class Function>
  void change(Series<CellTable>& series, const AgeTable& factors, Function&& changed) const {
    if (factors.empty() || series.empty()) return;
    CellTable table = tabulate<CellTable>(
        cell_extents(frame_), [&](Sex sex, CohortRow row, Group group, Area area) {
          return changed(series.at(interval_)(sex, row, group, area),
                         factors(sex, frame_.age_of(row), group, area));
        });
    series.replace(interval_, std::move(table), frame_.intervals);
  }

  double odds_before(Sex sex, CohortRow row, Group group, Area area) const {
    const Attraction* before = attraction_in(rates_.attraction, interval_);
    return before == nullptr ? 1.0 : before->odds(sex, row, group, area);
  }

  const Frame& frame_;
  Interval interval_;
  Rates& rates_;
};

}  // namespace

void adjust(const Frame& frame, Interval interval, const Factors& factors, Rates& rates) {
  const Adjuster adjuster(frame, interval, rates);
  adjuster.mortality(factors[Adjusted::mortality]);
  adjuster.fertility(factors[Adjusted::fertility], std::multiplies<>());
  adjuster.arrivals(rates.immigrants, factors[Adjusted::immigration]);
  adjuster.multiply(rates.emigrating, factors[Adjusted::emigration]);
  adjuster.multiply(rates.moving, factors[Adjusted::domestic_out]);
  adjuster.attraction(factors[Adjusted::domestic_in]);
  adjuster.arrivals(rates.in_migrants, factors[Adjusted::domestic_in]);
  adjuster.arrivals(rates.net_migrants, factors[Adjusted::net_migration]);
  adjuster.multiply(rates.net_migration_rate, factors[Adjusted::net_migration]);
  adjuster.add_mortality(factors.shift(Adjusted::mortality));
  adjuster.fertility(factors.shift(Adjusted::fertility), [](double rate, double shift) {
    return RateChange{1.0, shift}.of(rate);
  });
  adjuster.add(rates.emigrating, factors.shift(Adjusted::emigration));
  adjuster.add(rates.moving, factors.shift(Adjusted::domestic_out));
}

}  // namespace kohort::population
