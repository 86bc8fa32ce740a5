#include "engine/compare/cube.hpp"

namespace kohort::compare {
namespace {

/// Adds what lies at the chosen positions from one axis on.
double sum_from(const Cube& cube, const Selection& chosen, std::size_t axis, std::size_t offset) {
  if (axis == cube.axes.size()) return cube.values[offset];
  double sum = 0.0;
  for (const std::size_t at : *chosen[axis]) {
    sum += sum_from(cube, chosen, axis + 1, offset * cube.lengths[axis] + at);
  }
  return sum;
}

}  // namespace

double Cube::sum(const Selection& chosen) const { return sum_from(*this, chosen, 0, 0); }

}  // namespace kohort::compare
