#include "models/population/fit/returning_levels.hpp"

#include <cmath>

#include "engine/estimate/time_series.hpp"

namespace kohort::population::fit {

std::vector<double> returning_levels(const Frame& frame, std::span<const double> logarithms,
                                     Year last) {
  const Autoregression process = fit_autoregression(logarithms, SeriesMean::estimated);
  const double left = std::pow(process.coefficient, static_cast<double>(logarithms.size()));
  const bool returns = !process.bounded && left < std::exp(-1.0);
  std::vector<double> levels;
  for (const Interval interval : positions<Interval>(frame.intervals)) {
    const int ahead = returns ? frame.end_of(interval) - last : 0;
    levels.push_back(std::exp(process.ahead(ahead).mean));
  }
  return levels;
}

}  // namespace kohort::population::fit
