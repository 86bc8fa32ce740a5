// The age schedule of migration: high in infancy, falling through childhood, a peak of students, a
// peak of young workers, perhaps one of retirement, over a constant.
#pragma once

namespace kohort {

/// A double-exponential bump: height exp(-descent (x - position) - exp(-ascent (x - position))).
struct MigrationPeak {
  double height = 0.0;
  double position = 0.0;  ///< age, years
  double ascent = 1.0;    ///< lambda, per year
  double descent = 0.0;   ///< alpha, per year
};

/// A model schedule. All parts but the labour peak may be absent (height 0).
/// Source: Rogers & Castro (1981), IIASA RR-81-30; the student peak: Wilson (2010), Demographic
/// Research 23(8).
struct MigrationSchedule {
  double childhood_height = 0.0;
  double childhood_descent = 0.1;  ///< per year
  MigrationPeak labour;
  MigrationPeak student;
  MigrationPeak retirement;
  double constant = 0.0;

  /// The rate at age `x`, in the unit of the heights.
  double at(double x) const;
};

}  // namespace kohort
