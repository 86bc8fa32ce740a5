#include "models/population/rates/destinations.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace kohort::population {
namespace {

/// A part of the movers for each unit of weight; 0 where there is none, and nowhere to go.
void invert(std::span<double> sums) {
  for (double& sum : sums) sum = sum > 0.0 ? 1.0 / sum : 0.0;
}

}  // namespace

void sum_others(std::span<const double> weights, std::span<double> sums) {
  double after = 0.0;
  for (std::size_t at = weights.size(); at-- > 0;) {
    sums[at] = after;
    after += weights[at];
  }
  double before = 0.0;
  for (std::size_t at = 0; at < weights.size(); ++at) {
    sums[at] += before;
    before += weights[at];
  }
}

Destinations common_destinations(std::vector<AgeClass> class_of_row, DestinationWeights weights) {
  Destinations made{std::move(class_of_row), {}, std::move(weights), {}};
  made.per_leaver = DestinationWeights(made.weights.extents());
  for (const Sex sex : positions<Sex>(made.weights.extent<Sex>())) {
    for (const AgeClass age : positions<AgeClass>(made.weights.extent<AgeClass>())) {
      const auto per_leaver = made.per_leaver.slab(sex, age);
      sum_others(std::as_const(made.weights).slab(sex, age), per_leaver);
      invert(per_leaver);
    }
  }
  return made;
}

void attract(std::span<const double> weights, std::span<const double> per_leaver,
             std::span<const double> odds, const AttractedSlab& made) {
  std::transform(weights.begin(), weights.end(), odds.begin(), made.weights.begin(),
                 std::multiplies<>());
  sum_others(made.weights, made.per_leaver);
  std::transform(per_leaver.begin(), per_leaver.end(), made.per_leaver.begin(), made.sum.begin(),
                 std::multiplies<>());
  invert(made.per_leaver);
}

}  // namespace kohort::population
