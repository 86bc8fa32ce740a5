#include "models/population/fit/common_weights.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "models/population/rates/destinations.hpp"

namespace kohort::population::fit {
namespace {

constexpr int most_sweeps = 100'000;

/// What gives the moves their sums beside the sums of the other side's factors.
void scale(std::span<const double> moves, std::span<const double> others,
           std::span<double> factors) {
  std::transform(moves.begin(), moves.end(), others.begin(), factors.begin(),
                 [](double count, double of) { return of > 0.0 ? count / of : 0.0; });
}

}  // namespace

double fit_common_weights(const MoveSums& moves, std::span<double> weights) {
  const double all = std::accumulate(moves.in.begin(), moves.in.end(), 0.0);
  std::copy(moves.in.begin(), moves.in.end(), weights.begin());
  if (!(all > 0.0)) return 0.0;
  std::vector<double> origins(weights.size());
  std::vector<double> others(weights.size());
  double error = 0.0;
  for (int sweep = 0; sweep < most_sweeps; ++sweep) {
    sum_others(weights, others);
    scale(moves.out, others, origins);
    sum_others(origins, others);
    error = 0.0;
    for (std::size_t area = 0; area < weights.size(); ++area) {
      error = std::max(error, std::abs(weights[area] * others[area] - moves.in[area]) / all);
    }
    if (error <= common_weights_tolerance) break;
    scale(moves.in, others, weights);
  }
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (double& weight : weights) weight /= sum;
  return error;
}

}  // namespace kohort::population::fit
