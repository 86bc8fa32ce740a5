#include "models/workforce/retirement.hpp"

#include <algorithm>
#include <cmath>

namespace kohort::workforce {

std::vector<double> moved(std::span<const double> hazards, int first_age, double later) {
  std::vector<double> result(hazards.begin(), hazards.end());
  const auto last = static_cast<double>(hazards.size()) - 1.0;
  const double from = std::max(0, moves_from - first_age);
  for (std::size_t age = 0; age < hazards.size(); ++age) {
    const auto here = static_cast<double>(age);
    if (here < from) continue;
    const double at = std::clamp(here - later, std::min(from, last), last);
    const auto below = static_cast<std::size_t>(at);
    const std::size_t above = std::min(below + 1, hazards.size() - 1);
    const double part = at - static_cast<double>(below);
    result[age] = (1.0 - part) * hazards[below] + part * hazards[above];
  }
  return result;
}

std::vector<double> not_retired(std::span<const double> hazards, int first_age) {
  std::vector<double> shares;
  double hazard = 0.0;
  for (const double one : hazards) {
    if (first_age + static_cast<int>(shares.size()) >= moves_from) hazard += one;
    shares.push_back(std::exp(-hazard));
  }
  return shares;
}

}  // namespace kohort::workforce
