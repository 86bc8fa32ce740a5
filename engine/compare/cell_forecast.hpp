// One figure of a forecast with all that is known about how it spreads.
#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "engine/compare/result.hpp"
#include "engine/evaluate/scores.hpp"

namespace kohort::compare {

/// A forecast of one cell, what it is held against, and where it stood at the launch.
struct CellForecast {
  double forecast = 0.0;
  double outturn = 0.0;
  double launch = not_known;
  std::vector<std::pair<float, std::size_t>> draws{};  ///< in rising order, with their groups
  std::vector<double> shares{};                        ///< of the quantiles
  std::vector<double> quantiles{};

  /// Takes over the spread of a cell, as far as it is known.
  void take(const Spread& spread, std::size_t cell);

  /// The draws in rising order, but those of a group where one is left out.
  std::vector<double> sorted(std::optional<std::size_t> leave_out) const;
  evaluate::QuantileForecast by_quantiles() const { return {shares, quantiles}; }
  /// The interval between two stored quantiles; none where one of them is not stored.
  std::optional<evaluate::Interval> interval(double level) const;
};

}  // namespace kohort::compare
