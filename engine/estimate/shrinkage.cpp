#include "engine/estimate/shrinkage.hpp"

#include <algorithm>
#include <stdexcept>

namespace kohort {
namespace {

double weighted_mean(std::span<const double> effects, std::span<const double> variances,
                     double between) {
  double sum = 0.0;
  double weights = 0.0;
  for (std::size_t at = 0; at < effects.size(); ++at) {
    const double weight = 1.0 / (variances[at] + between);
    sum += weight * effects[at];
    weights += weight;
  }
  return sum / weights;
}

double variance_between(std::span<const double> effects, std::span<const double> variances) {
  const double mean = weighted_mean(effects, variances, 0.0);
  double heterogeneity = 0.0;  // Cochran's Q
  double weights = 0.0;
  double squares = 0.0;
  for (std::size_t at = 0; at < effects.size(); ++at) {
    const double weight = 1.0 / variances[at];
    heterogeneity += weight * (effects[at] - mean) * (effects[at] - mean);
    weights += weight;
    squares += weight * weight;
  }
  const double freedom = static_cast<double>(effects.size()) - 1.0;
  return std::max(0.0, (heterogeneity - freedom) / (weights - squares / weights));
}

/// Without the term for the degree of freedom that estimating the mean takes.
double variance_about(double mean, std::span<const double> effects,
                      std::span<const double> variances) {
  double heterogeneity = 0.0;
  double weights = 0.0;
  for (std::size_t at = 0; at < effects.size(); ++at) {
    const double weight = 1.0 / variances[at];
    heterogeneity += weight * (effects[at] - mean) * (effects[at] - mean);
    weights += weight;
  }
  return std::max(0.0, (heterogeneity - static_cast<double>(effects.size())) / weights);
}

void require_variances(std::span<const double> effects, std::span<const double> variances) {
  if (effects.size() == variances.size()) return;
  throw std::invalid_argument("each effect needs its sampling variance");
}

void draw_in(std::span<const double> effects, std::span<const double> variances, Shrunk& result) {
  for (std::size_t at = 0; at < effects.size(); ++at) {
    const double weight = result.variance / (result.variance + variances[at]);
    result.effects.push_back(result.mean + weight * (effects[at] - result.mean));
  }
}

}  // namespace

Shrunk shrink(std::span<const double> effects, std::span<const double> sampling_variances) {
  require_variances(effects, sampling_variances);
  Shrunk result;
  if (effects.empty()) return result;
  if (effects.size() > 1) result.variance = variance_between(effects, sampling_variances);
  result.mean = weighted_mean(effects, sampling_variances, result.variance);
  draw_in(effects, sampling_variances, result);
  return result;
}

Shrunk shrink_towards(double mean, std::span<const double> effects,
                      std::span<const double> sampling_variances) {
  require_variances(effects, sampling_variances);
  Shrunk result;
  result.mean = mean;
  if (effects.empty()) return result;
  result.variance = variance_about(mean, effects, sampling_variances);
  draw_in(effects, sampling_variances, result);
  return result;
}

}  // namespace kohort
