// Fits a model migration schedule to observed rates.
#pragma once

#include <span>

#include "engine/demography/migration_schedule.hpp"

namespace kohort {

/// Observed migrants and the person-years out of which they came, by single age from 0.
struct MigrationCounts {
  std::span<const double> migrants;
  std::span<const double> exposure;
};

/// Which peaks a schedule is fitted with, besides the labour peak.
struct ScheduleParts {
  bool student = false;
  bool retirement = false;
};

/// A fitted schedule and how well it fits.
struct ScheduleFit {
  MigrationSchedule schedule;
  /// Mean squared difference of the square roots of observed and fitted counts, times 4: about 1
  /// where the counts are Poisson and the schedule is right.
  double dispersion = 0.0;
};

/// Least squares on the square roots of the counts, whose variance does not depend on their size
/// (Bartlett 1936), by Levenberg-Marquardt from several starts; heights stay positive, positions
/// and slopes where such peaks are found. Throws `std::invalid_argument` unless both spans have the
/// same length of at least 40.
ScheduleFit fit_schedule(const MigrationCounts& counts, ScheduleParts parts);

}  // namespace kohort
