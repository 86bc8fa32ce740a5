#include "engine/compare/cell_forecast.hpp"

#include <algorithm>
#include <cmath>

#include "engine/evaluate/resample.hpp"

namespace kohort::compare {

void CellForecast::take(const Spread& spread, std::size_t cell) {
  if (spread.draws > 1) {
    const float* first = &spread.of_draws[cell * spread.draws];
    if (!std::isnan(first[0])) {
      for (std::size_t draw = 0; draw < spread.draws; ++draw) {
        draws.emplace_back(first[draw], evaluate::jackknife_group(draw));
      }
      std::sort(draws.begin(), draws.end());
    }
  }
  const std::size_t count = spread.shares.size();
  if (count == 0 || std::isnan(spread.quantiles[cell * count])) return;
  shares = spread.shares;
  const auto first = spread.quantiles.begin() + static_cast<std::ptrdiff_t>(cell * count);
  quantiles.assign(first, first + static_cast<std::ptrdiff_t>(count));
}

std::vector<double> CellForecast::sorted(std::optional<std::size_t> leave_out) const {
  std::vector<double> kept;
  kept.reserve(draws.size());
  for (const auto& [value, group] : draws) {
    if (group != leave_out) kept.push_back(value);
  }
  return kept;
}

std::optional<evaluate::Interval> CellForecast::interval(double level) const {
  // Shares are written as decimals, so that 0.1 and (1 - 0.8) / 2 need not be the same number.
  constexpr double same = 1e-9;
  const auto at = [&](double share) -> std::optional<double> {
    for (std::size_t number = 0; number < shares.size(); ++number) {
      if (std::abs(shares[number] - share) < same) return quantiles[number];
    }
    return std::nullopt;
  };
  const auto lower = at((1.0 - level) / 2.0);
  const auto upper = at((1.0 + level) / 2.0);
  if (!lower || !upper) return std::nullopt;
  return evaluate::Interval{*lower, *upper, level};
}

}  // namespace kohort::compare
