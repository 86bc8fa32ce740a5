#include "models/population/fit/returning_levels.hpp"

#include <cmath>

#include "engine/estimate/time_series.hpp"

namespace kohort::population::fit {

std::vector<double> returning_levels(const Frame& frame, std::span<const double> logarithms,
                                     Year last) {
  const Autoregression process = fit_autoregression(logarithms, SeriesMean::estimated);
  std::vector<double> levels;
  for (const Interval interval : positions<Interval>(frame.intervals)) {
    const int ahead = process.bounded ? 0 : frame.end_of(interval) - last;
    levels.push_back(std::exp(process.ahead(ahead).mean));
  }
  return levels;
}

}  // namespace kohort::population::fit
