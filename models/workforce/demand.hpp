// From what people get of care to the full-time posts that it takes.
#pragma once

#include <span>
#include <vector>

#include "engine/model/drawn_levers.hpp"
#include "models/care/service_stock.hpp"
#include "models/population/flow.hpp"
#include "models/workforce/demand_rates.hpp"
#include "models/workforce/flows.hpp"

namespace kohort::workforce {

/// Units that tasks are reckoned from: hours a year, places, or people with a need.
using Workload = Table<double, Task, Area, Draw>;

/// What takes work at a 31 December; a model that the scenario does not have is null.
struct Served {
  const care::ServiceStock* services = nullptr;
  const std::vector<population::PersonTable>* needs = nullptr;  ///< people, by need
};

/// What the draws of a block make of levers on absence and productivity, by occupation; none where
/// draws do not differ.
struct DrawnPosts {
  std::vector<DrawnLevers> absence{};
  std::vector<DrawnLevers> productivity{};
  /// How many posts take the place of one that is expected, at a 31 December; empty as above.
  StaffAmounts ratio{};
  std::vector<double> room{};  ///< to work in, [draw]

  const StaffAmounts* ratios() const { return ratio.empty() ? nullptr : &ratio; }
};

/// Demand at a 31 December: sums over tasks of units x posts per unit, in full-time posts of each
/// occupation where the work is done. Immutable but for its calibration.
class Demand {
 public:
  explicit Demand(DemandRates rates) : rates_(std::move(rates)) {}

  const std::vector<TaskDescription>& tasks() const { return rates_.tasks; }
  const PostTable& posts(StockYear year) const { return rates_.posts[year.position()]; }

  /// Sets the units of each task: what those served take in the area that serves them.
  void take_units(const Served& served, Workload& units) const;
  /// Sets the demand for those whom one kind of employer has.
  void reckon(StockYear year, const Workload& units, Employer employer, StaffAmounts& demand) const;
  /// Multiplies the demand of municipalities for each occupation, in all years.
  void multiply(std::span<const double> factors);

  DrawnPosts draw(const Frame& frame, const DrawBlock& block) const;
  /// Sets the ratios of a 31 December. Throws `Error` (Fault::scenario) where a draw leaves no
  /// work.
  void advance(StockYear year, DrawnPosts& drawn) const;

 private:
  void take_absence(Interval interval, Occupation occupation, DrawnPosts& drawn) const;
  void take_productivity(Interval interval, Occupation occupation, DrawnPosts& drawn) const;

  DemandRates rates_;
};

}  // namespace kohort::workforce
