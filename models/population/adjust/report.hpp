// How much was changed so that demands are met, as tables of the result.
#pragma once

#include <algorithm>
#include <map>
#include <vector>

#include "engine/model/model.hpp"
#include "models/population/adjust/demand.hpp"
#include "models/population/ledger.hpp"

namespace kohort::population {

/// Gathers the flows of each interval before and after.
class Report {
 public:
  Report(const Frame& frame, const std::vector<Demand>& demands);

  void take_before(Interval interval, const PopulationLedger& ledger) {
    take(interval, ledger, -1.0);
  }
  void take_after(Interval interval, const PopulationLedger& ledger) {
    take(interval, ledger, 1.0);
  }
  /// The relative error of a total.
  void take_error(double error) { largest_error_ = std::max(largest_error_, error); }

  /// Factors by flow_year, area, sex and age; what they add to each flow, by flow_year and area;
  /// and the largest error of a total.
  std::vector<Estimate> estimates(const Adjustments& factors) const;

 private:
  void take(Interval interval, const PopulationLedger& ledger, double sign);

  const Frame& frame_;
  std::map<Adjusted, Flow> levers_;
  std::map<Flow, Table<double, Interval, Area>> changes_;
  double largest_error_ = 0.0;
};

/// The factors that such estimates tell of.
Adjustments factors_of(const Frame& frame, const std::vector<Estimate>& estimates);

}  // namespace kohort::population
