#include "engine/evaluate/measures.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "engine/evaluate/quantile.hpp"
#include "engine/evaluate/require.hpp"

namespace kohort::evaluate {
namespace {

bool finite(const Pair& pair) {
  return std::isfinite(pair.forecast) && std::isfinite(pair.outturn);
}

double mean(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double mean_absolute_error(std::span<const Pair> pairs) {
  double sum = 0.0;
  for (const Pair& pair : pairs) sum += std::abs(pair.forecast - pair.outturn);
  return sum / static_cast<double>(pairs.size());
}

/// Per cent of the errors, given in per cent and without their sign, that are at most `limit`.
double share_within(std::span<const double> sizes, double limit) {
  const auto hits =
      std::count_if(sizes.begin(), sizes.end(), [&](double size) { return size <= limit; });
  return 100.0 * static_cast<double>(hits) / static_cast<double>(sizes.size());
}

void add_percentages(std::span<const Pair> pairs, Errors& errors) {
  std::vector<double> percent;
  for (const Pair& pair : pairs) {
    if (pair.outturn <= 0.0) continue;
    percent.push_back(100.0 * (pair.forecast - pair.outturn) / pair.outturn);
  }
  errors.relative = percent.size();
  if (percent.empty()) return;
  errors.malpe = mean(percent);
  for (double& error : percent) error = std::abs(error);
  std::sort(percent.begin(), percent.end());
  errors.mape = mean(percent);
  errors.mdape = quantile_of_sorted(std::span<const double>(percent), 0.5);
  errors.within_5 = share_within(percent, 5.0);
  errors.within_10 = share_within(percent, 10.0);
}

int direction(double from, double to) { return (to > from) - (to < from); }

}  // namespace

Errors errors_of(std::span<const Pair> pairs) {
  require(!pairs.empty(), "errors of no forecast");
  require(std::all_of(pairs.begin(), pairs.end(), finite), "a figure that is not finite");
  Errors errors;
  errors.count = pairs.size();
  errors.mae = mean_absolute_error(pairs);
  double squares = 0.0;
  double outturns = 0.0;
  for (const Pair& pair : pairs) {
    squares += (pair.forecast - pair.outturn) * (pair.forecast - pair.outturn);
    outturns += pair.outturn;
  }
  errors.rmse = std::sqrt(squares / static_cast<double>(pairs.size()));
  if (outturns > 0.0) {
    errors.wape = 100.0 * errors.mae * static_cast<double>(pairs.size()) / outturns;
  }
  add_percentages(pairs, errors);
  return errors;
}

std::optional<double> scaled_error(std::span<const Pair> pairs, std::span<const Pair> naive) {
  require(!pairs.empty() && pairs.size() == naive.size(), "a naive forecast of something else");
  for (std::size_t at = 0; at < pairs.size(); ++at) {
    require(pairs[at].outturn == naive[at].outturn, "a naive forecast of another outturn");
  }
  const double of_naive = mean_absolute_error(naive);
  if (of_naive == 0.0) return std::nullopt;
  return mean_absolute_error(pairs) / of_naive;
}

double direction_hit_rate(std::span<const Course> courses) {
  require(!courses.empty(), "directions of nothing");
  const auto hits = std::count_if(courses.begin(), courses.end(), [](const Course& course) {
    return direction(course.launch, course.forecast) == direction(course.launch, course.outturn);
  });
  return static_cast<double>(hits) / static_cast<double>(courses.size());
}

double brier_score(std::span<const Chance> chances) {
  require(!chances.empty(), "probabilities of nothing");
  double sum = 0.0;
  for (const Chance& chance : chances) {
    require(chance.probability >= 0.0 && chance.probability <= 1.0, "no probability");
    const double off = chance.probability - (chance.happened ? 1.0 : 0.0);
    sum += off * off;
  }
  return sum / static_cast<double>(chances.size());
}

double dissimilarity(std::span<const double> forecast, std::span<const double> outturn) {
  require(forecast.size() == outturn.size(), "age groups of another number");
  const double all_forecast = std::accumulate(forecast.begin(), forecast.end(), 0.0);
  const double all_outturn = std::accumulate(outturn.begin(), outturn.end(), 0.0);
  require(all_forecast > 0.0 && all_outturn > 0.0, "an age structure of nobody");
  double sum = 0.0;
  for (std::size_t at = 0; at < forecast.size(); ++at) {
    sum += std::abs(forecast[at] / all_forecast - outturn[at] / all_outturn);
  }
  return sum / 2.0;
}

}  // namespace kohort::evaluate
