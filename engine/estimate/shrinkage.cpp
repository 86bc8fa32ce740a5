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

}  // namespace

Shrunk shrink(std::span<const double> effects, std::span<const double> sampling_variances) {
  if (effects.size() != sampling_variances.size()) {
    throw std::invalid_argument("each effect needs its sampling variance");
  }
  Shrunk result;
  if (effects.empty()) return result;
  if (effects.size() > 1) result.variance = variance_between(effects, sampling_variances);
  result.mean = weighted_mean(effects, sampling_variances, result.variance);
  for (std::size_t at = 0; at < effects.size(); ++at) {
    const double weight = result.variance / (result.variance + sampling_variances[at]);
    result.effects.push_back(result.mean + weight * (effects[at] - result.mean));
  }
  return result;
}

}  // namespace kohort
