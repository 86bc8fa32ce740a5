#include "engine/estimate/schedule_fit.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <unsupported/Eigen/NonLinearOptimization>
#include <utility>
#include <vector>

namespace kohort {
namespace {

/// Where a parameter may lie. Without bounds two peaks can trade places or wander off
/// to ages where nobody lives, with no better fit.
struct Bounds {
  double least;
  double most;
};
constexpr Bounds labour_bounds{15.0, 35.0};
constexpr Bounds student_bounds{15.0, 26.0};
constexpr Bounds retirement_bounds{50.0, 75.0};
constexpr Bounds ascent_bounds{0.05, 6.0};
constexpr Bounds descent_bounds{0.01, 1.2};

/// A number between bounds as a free one, and back: the logistic function.
double bounded(double free, Bounds bounds) {
  return bounds.least + (bounds.most - bounds.least) / (1.0 + std::exp(-free));
}
double freed(double value, Bounds bounds) {
  return std::log((value - bounds.least) / (bounds.most - value));
}

/// The free numbers that the optimiser sees, as a schedule. Heights are positive.
MigrationSchedule from_vector(const Eigen::VectorXd& p, ScheduleParts parts) {
  Eigen::Index at = 0;
  const auto positive = [&] { return std::exp(p[at++]); };
  const auto peak = [&](Bounds position) {
    MigrationPeak result;
    result.height = positive();
    result.position = bounded(p[at++], position);
    result.ascent = bounded(p[at++], ascent_bounds);
    result.descent = bounded(p[at++], descent_bounds);
    return result;
  };
  MigrationSchedule schedule;
  schedule.childhood_height = positive();
  schedule.childhood_descent = bounded(p[at++], descent_bounds);
  schedule.constant = positive();
  schedule.labour = peak(labour_bounds);
  if (parts.student) schedule.student = peak(student_bounds);
  if (parts.retirement) schedule.retirement = peak(retirement_bounds);
  return schedule;
}

Eigen::VectorXd to_vector(const MigrationSchedule& schedule, ScheduleParts parts) {
  std::vector<double> p{std::log(schedule.childhood_height),
                        freed(schedule.childhood_descent, descent_bounds),
                        std::log(schedule.constant)};
  const auto add = [&p](const MigrationPeak& peak, Bounds position) {
    p.insert(p.end(), {std::log(peak.height), freed(peak.position, position),
                       freed(peak.ascent, ascent_bounds), freed(peak.descent, descent_bounds)});
  };
  add(schedule.labour, labour_bounds);
  if (parts.student) add(schedule.student, student_bounds);
  if (parts.retirement) add(schedule.retirement, retirement_bounds);
  return Eigen::Map<Eigen::VectorXd>(p.data(), static_cast<Eigen::Index>(p.size()));
}

/// What the optimiser minimises: differences of square roots. Names are those that Eigen asks for.
class Residuals {
 public:
  using Scalar = double;
  using InputType = Eigen::VectorXd;
  using ValueType = Eigen::VectorXd;
  using JacobianType = Eigen::MatrixXd;
  enum { InputsAtCompileTime = Eigen::Dynamic, ValuesAtCompileTime = Eigen::Dynamic };

  Residuals(const MigrationCounts& counts, ScheduleParts parts, Eigen::Index inputs)
      : counts_(counts), parts_(parts), inputs_(inputs) {}

  Eigen::Index inputs() const { return inputs_; }
  Eigen::Index values() const { return static_cast<Eigen::Index>(counts_.migrants.size()); }

  int operator()(const Eigen::VectorXd& p, Eigen::VectorXd& residuals) const {
    const MigrationSchedule schedule = from_vector(p, parts_);
    for (std::size_t age = 0; age < counts_.migrants.size(); ++age) {
      const double fitted = counts_.exposure[age] * schedule.at(static_cast<double>(age));
      residuals[static_cast<Eigen::Index>(age)] =
          std::sqrt(counts_.migrants[age]) - std::sqrt(fitted);
    }
    return 0;
  }

 private:
  MigrationCounts counts_;
  ScheduleParts parts_;
  Eigen::Index inputs_;
};

/// A start near the data: the labour peak at `peak`, heights by the crude rate.
MigrationSchedule start_at(double peak, double crude_rate, ScheduleParts parts) {
  MigrationSchedule start;
  start.childhood_height = crude_rate;
  start.constant = crude_rate / 5.0;
  start.labour = {4.0 * crude_rate, peak, 0.4, 0.1};
  if (parts.student) start.student = {4.0 * crude_rate, 19.5, 2.0, 0.3};
  if (parts.retirement) start.retirement = {crude_rate / 5.0, 64.0, 0.5, 0.3};
  return start;
}

/// The age at which a bump is highest.
double mode(const MigrationPeak& peak) {
  return peak.position + std::log(peak.ascent / peak.descent) / peak.ascent;
}

/// The optimiser may find the two young peaks in either order; students come first.
MigrationSchedule in_order(MigrationSchedule schedule, ScheduleParts parts) {
  if (parts.student && mode(schedule.student) > mode(schedule.labour)) {
    std::swap(schedule.student, schedule.labour);
  }
  return schedule;
}

}  // namespace

ScheduleFit fit_schedule(const MigrationCounts& counts, ScheduleParts parts) {
  constexpr std::size_t fewest_ages = 40;
  if (counts.migrants.size() != counts.exposure.size() || counts.migrants.size() < fewest_ages) {
    throw std::invalid_argument(
        "a schedule needs as many exposures as counts, for 40 ages or more");
  }
  double migrants = 0.0;
  double exposure = 0.0;
  for (std::size_t age = 0; age < counts.migrants.size(); ++age) {
    migrants += counts.migrants[age];
    exposure += counts.exposure[age];
  }
  ScheduleFit best{{}, std::numeric_limits<double>::infinity()};
  for (const double peak : {19.0, 21.0, 23.0, 25.0, 28.0}) {
    Eigen::VectorXd p = to_vector(start_at(peak, migrants / exposure, parts), parts);
    Residuals residuals(counts, parts, p.size());
    Eigen::NumericalDiff<Residuals> differences(residuals);
    Eigen::LevenbergMarquardt<Eigen::NumericalDiff<Residuals>> optimiser(differences);
    optimiser.parameters.maxfev = 20000;
    optimiser.parameters.xtol = 1e-12;
    optimiser.parameters.ftol = 1e-12;
    optimiser.minimize(p);
    const double sum = optimiser.fvec.squaredNorm();
    const double dispersion = 4.0 * sum / static_cast<double>(counts.migrants.size());
    if (dispersion < best.dispersion) best = {in_order(from_vector(p, parts), parts), dispersion};
  }
  return best;
}

}  // namespace kohort
