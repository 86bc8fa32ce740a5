#include "engine/demography/migration_schedule.hpp"

#include <cmath>

namespace kohort {
namespace {

double bump(const MigrationPeak& peak, double x) {
  if (peak.height == 0.0) return 0.0;
  const double distance = x - peak.position;
  return peak.height * std::exp(-peak.descent * distance - std::exp(-peak.ascent * distance));
}

}  // namespace

double MigrationSchedule::at(double x) const {
  return childhood_height * std::exp(-childhood_descent * x) + bump(labour, x) + bump(student, x) +
         bump(retirement, x) + constant;
}

}  // namespace kohort
