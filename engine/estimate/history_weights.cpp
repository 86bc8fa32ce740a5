#include "engine/estimate/history_weights.hpp"

#include <numeric>
#include <stdexcept>

namespace kohort {
namespace {

std::vector<double> normalised(std::vector<double> weights) {
  if (weights.empty()) throw std::invalid_argument("weights of history need a year or more");
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (double& weight : weights) weight /= sum;
  return weights;
}

}  // namespace

std::vector<double> uniform_weights(std::size_t years) {
  return normalised(std::vector<double>(years, 1.0));
}

std::vector<double> linear_weights(std::size_t years) {
  std::vector<double> weights(years);
  std::iota(weights.begin(), weights.end(), 1.0);
  return normalised(std::move(weights));
}

std::vector<double> exponential_weights(std::size_t years, double alpha) {
  if (!(alpha >= 0.0 && alpha <= 1.0)) {
    throw std::invalid_argument("the weight of the latest year lies within 0 and 1");
  }
  std::vector<double> weights(years);
  double weight = 1.0;
  for (auto at = weights.rbegin(); at != weights.rend(); ++at) {
    *at = weight;
    weight *= 1.0 - alpha;
  }
  return normalised(std::move(weights));
}

}  // namespace kohort
