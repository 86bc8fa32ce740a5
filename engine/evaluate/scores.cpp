#include "engine/evaluate/scores.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include "engine/evaluate/quantile.hpp"
#include "engine/evaluate/require.hpp"

namespace kohort::evaluate {
namespace {

void require_sound(const QuantileForecast& forecast) {
  require(!forecast.shares.empty() && forecast.shares.size() == forecast.values.size(),
          "quantiles and shares that do not go together");
}

/// The integral over a stretch of length `length` of the square of something that goes from `begin`
/// to `end` in a straight line.
double integral_of_square(double length, double begin, double end) {
  return length * (begin * begin + begin * end + end * end) / 3.0;
}

}  // namespace

double probability_up_to(const QuantileForecast& forecast, double limit) {
  require_sound(forecast);
  const auto& [shares, values] = forecast;
  if (limit < values.front()) return 0.0;
  if (limit >= values.back()) return 1.0;
  const auto above = static_cast<std::size_t>(
      std::upper_bound(values.begin(), values.end(), limit) - values.begin());
  const double part = (limit - values[above - 1]) / (values[above] - values[above - 1]);
  return shares[above - 1] + part * (shares[above] - shares[above - 1]);
}

double crps_normal(double outturn, double mean, double deviation) {
  require(deviation > 0.0, "a normal distribution without spread");
  const double z = (outturn - mean) / deviation;
  const double density = std::exp(-0.5 * z * z) / std::sqrt(2.0 * std::numbers::pi);
  const double below = 0.5 * std::erfc(-z / std::numbers::sqrt2);
  return deviation * (z * (2.0 * below - 1.0) + 2.0 * density - std::numbers::inv_sqrtpi);
}

double crps_of_draws(std::span<const double> sorted, double outturn) {
  require(!sorted.empty(), "a score of no draws");
  const auto count = static_cast<double>(sorted.size());
  double off = 0.0;
  double apart = 0.0;  // sum over all ordered pairs of how far they lie apart, halved
  for (std::size_t at = 0; at < sorted.size(); ++at) {
    off += std::abs(sorted[at] - outturn);
    apart += (2.0 * static_cast<double>(at) + 1.0 - count) * sorted[at];
  }
  return off / count - apart / (count * count);
}

double crps_of_quantiles(const QuantileForecast& forecast, double outturn) {
  require_sound(forecast);
  const auto& [shares, values] = forecast;
  // Beyond the outermost quantiles the distribution is 0 or 1, and the outturn's step decides.
  double score = std::max(values.front() - outturn, 0.0) + std::max(outturn - values.back(), 0.0);
  for (std::size_t at = 0; at + 1 < values.size(); ++at) {
    const double low = values[at];
    const double high = values[at + 1];
    if (high <= low) continue;
    const double cut = std::clamp(outturn, low, high);
    const double at_cut = shares[at] + (cut - low) / (high - low) * (shares[at + 1] - shares[at]);
    score += integral_of_square(cut - low, shares[at], at_cut);
    score += integral_of_square(high - cut, at_cut - 1.0, shares[at + 1] - 1.0);
  }
  return score;
}

double interval_score(const Interval& interval, double outturn) {
  require(interval.level > 0.0 && interval.level < 1.0, "no level of an interval");
  const double outside =
      std::max(interval.lower - outturn, 0.0) + std::max(outturn - interval.upper, 0.0);
  return interval.upper - interval.lower + 2.0 / (1.0 - interval.level) * outside;
}

double weighted_interval_score(const Interval& interval, double outturn) {
  return (1.0 - interval.level) / 2.0 * interval_score(interval, outturn);
}

Interval interval_of_sorted(std::span<const double> sorted, double level) {
  require(!sorted.empty(), "an interval of no draws");
  return {quantile_of_sorted(sorted, (1.0 - level) / 2.0),
          quantile_of_sorted(sorted, (1.0 + level) / 2.0), level};
}

double binomial_error(double level, std::size_t count) {
  require(count > 0, "a share of nothing");
  return std::sqrt(level * (1.0 - level) / static_cast<double>(count));
}

PitRange pit_of_draws(std::span<const double> sorted, double outturn) {
  require(!sorted.empty(), "a transform by no draws");
  const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), outturn);
  const auto count = static_cast<double>(sorted.size());
  return {static_cast<double>(first - sorted.begin()) / count,
          static_cast<double>(last - sorted.begin()) / count};
}

PitRange pit_of_quantiles(const QuantileForecast& forecast, double outturn) {
  require_sound(forecast);
  if (outturn < forecast.values.front()) return {0.0, forecast.shares.front()};
  if (outturn > forecast.values.back()) return {forecast.shares.back(), 1.0};
  const auto [first, last] =
      std::equal_range(forecast.values.begin(), forecast.values.end(), outturn);
  if (first != last) {
    const auto share = [&](auto at) {
      return forecast.shares[static_cast<std::size_t>(at - forecast.values.begin())];
    };
    return {share(first), share(last - 1)};
  }
  const double at = probability_up_to(forecast, outturn);
  return {at, at};
}

void add_to_histogram(const PitRange& pit, std::span<double> parts) {
  const auto count = static_cast<double>(parts.size());
  const double width = pit.to - pit.from;
  if (width <= 0.0) {
    const auto at = static_cast<std::size_t>(pit.from * count);
    parts[std::min(at, parts.size() - 1)] += 1.0;
    return;
  }
  for (std::size_t at = 0; at < parts.size(); ++at) {
    const double begin = std::max(pit.from, static_cast<double>(at) / count);
    const double end = std::min(pit.to, static_cast<double>(at + 1) / count);
    if (end > begin) parts[at] += (end - begin) / width;
  }
}

}  // namespace kohort::evaluate
