#include "engine/evaluate/attribution.hpp"

#include <bit>
#include <stdexcept>

namespace kohort::evaluate {
namespace {

double factorial(int number) {
  double product = 1.0;
  for (int factor = 2; factor <= number; ++factor) product *= factor;
  return product;
}

}  // namespace

std::vector<double> shapley_weights(std::size_t components, std::size_t component) {
  if (component >= components || components > 16) throw std::invalid_argument("no such component");
  std::vector<double> weights(std::size_t{1} << components);
  const auto count = static_cast<int>(components);
  const Swapped own = Swapped{1} << component;
  for (Swapped others = 0; others < weights.size(); ++others) {
    if ((others & own) != 0) continue;
    const int before = std::popcount(others);
    const double orders = factorial(before) * factorial(count - before - 1) / factorial(count);
    weights[others | own] = orders;
    weights[others] = -orders;
  }
  return weights;
}

}  // namespace kohort::evaluate
