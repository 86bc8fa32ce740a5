#include "models/care/calibrate/prevalence.hpp"

#include <Eigen/LU>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "engine/base/refuse.hpp"
#include "models/care/calibrate/share_cells.hpp"

namespace kohort::care {
namespace {

constexpr double no_care = -std::numeric_limits<double>::infinity();

void check_model(const PrevalenceModel& model, const Persons& population) {
  require(model.profile.extents() == population.extents(), "profile and persons differ in shape");
  require(model.alpha.extents() == std::array{model.series(), population.extent<Sex>()},
          "a model has a level for each series and sex");
}

/// Cells at the shift, for the series that have users.
std::vector<DesignCell> shifted_cells(const PrevalenceModel& model, const Persons& population,
                                      CareAge from, std::span<const std::size_t> used) {
  return cells_of(population, {from, std::nullopt}, [&](Sex sex, CareAge age) {
    DesignCell cell;
    for (const std::size_t series : used) {
      cell.base.push_back(model.alpha(Series(series), sex) +
                          model.beta[series] * model.profile(sex, age));
    }
    cell.terms[0] = {0, 1.0};
    return cell;
  });
}

/// The fit of a shift for the series with users.
struct ShiftFit {
  std::vector<std::size_t> used;
  MeanShares target;
  Eigen::VectorXd shift;  ///< by used series
};

ShiftFit fit_used(const PrevalenceModel& model, const Persons& population,
                  const BroadShares& shares) {
  check_model(model, population);
  require(shares.shares.size() == model.series(), "each series needs its share");
  check_shares(shares.shares, true, described(shares.from));
  ShiftFit fit;
  for (std::size_t series = 0; series < model.series(); ++series) {
    if (shares.shares[series] == 0.0) continue;
    fit.used.push_back(series);
    fit.target.shares.push_back(shares.shares[series]);
  }
  fit.target.cells = shifted_cells(model, population, shares.from, fit.used);
  if (fit.used.empty()) return fit;
  const auto count = static_cast<Eigen::Index>(fit.used.size());
  const auto shift = fit_multinomial({&fit.target, 1}, Eigen::VectorXd::Zero(count));
  if (!shift) {
    refuse_input(fmt::format("no level meets the shares among {}", described(shares.from)),
                 "look for a share very near to 0 or 1");
  }
  fit.shift = *shift;
  return fit;
}

/// From the covariance of the log odds of the shares that were fitted; infinite for the others.
std::vector<double> sd_of_shifts(const ShiftFit& fit, std::size_t series,
                                 const Eigen::MatrixXd& covariance) {
  std::vector<double> result(series, std::numeric_limits<double>::infinity());
  if (fit.used.empty()) return result;
  const Eigen::MatrixXd slopes = linearise({&fit.target, 1}, fit.shift).jacobian.inverse();
  const Eigen::MatrixXd of_shift = slopes * covariance * slopes.transpose();
  for (std::size_t at = 0; at < fit.used.size(); ++at) {
    const auto place = static_cast<Eigen::Index>(at);
    result[fit.used[at]] = std::sqrt(of_shift(place, place));
  }
  return result;
}

}  // namespace

void PrevalenceModel::shares(Sex sex, CareAge age, std::span<const double> shift,
                             std::span<double> result) const {
  const double x = profile(sex, age);
  for (std::size_t at = 0; at < beta.size(); ++at) {
    result[at] = alpha(Series(at), sex) + beta[at] * x + shift[at];
  }
  multinomial_shares(result, result);
}

std::vector<double> fit_shift(const PrevalenceModel& model, const Persons& population,
                              const BroadShares& shares) {
  const ShiftFit fit = fit_used(model, population, shares);
  std::vector<double> result(model.series(), no_care);
  for (std::size_t at = 0; at < fit.used.size(); ++at) {
    result[fit.used[at]] = fit.shift[static_cast<Eigen::Index>(at)];
  }
  return result;
}

std::vector<double> broad_shares(const PrevalenceModel& model, const Persons& population,
                                 CareAge from, std::span<const double> shift) {
  check_model(model, population);
  require(shift.size() == model.series(), "each series needs its shift");
  std::vector<double> users(model.series(), 0.0);
  std::vector<double> shares(model.series());
  double persons = 0.0;
  for (const Sex sex : positions<Sex>(population.extent<Sex>())) {
    for (std::size_t age = from.position(); age < population.extent<CareAge>(); ++age) {
      const double here = population(sex, CareAge(age));
      model.shares(sex, CareAge(age), shift, shares);
      for (std::size_t series = 0; series < users.size(); ++series) {
        users[series] += here * shares[series];
      }
      persons += here;
    }
  }
  if (persons == 0.0) {
    refuse_input(fmt::format("nobody is among {}", described(from)), "ask where there are people");
  }
  for (double& value : users) value /= persons;
  return users;
}

std::vector<double> shift_sd(const PrevalenceModel& model, const Persons& population,
                             const BroadShares& shares, double persons) {
  require(persons > 0.0 && std::isfinite(persons), "shares are those of some persons");
  const ShiftFit fit = fit_used(model, population, shares);
  const auto count = static_cast<Eigen::Index>(fit.used.size());
  const std::vector<double>& met = fit.target.shares;
  const double none = 1.0 - std::accumulate(met.begin(), met.end(), 0.0);
  Eigen::MatrixXd covariance = Eigen::MatrixXd::Constant(count, count, 1.0 / none / persons);
  for (Eigen::Index at = 0; at < count; ++at) {
    covariance(at, at) += 1.0 / met[static_cast<std::size_t>(at)] / persons;
  }
  return sd_of_shifts(fit, model.series(), covariance);
}

std::vector<double> shift_sd(const PrevalenceModel& model, const Persons& population,
                             const BroadShares& shares, std::span<const double> relative_sds) {
  require(relative_sds.size() == model.series(), "each share needs its standard deviation");
  const ShiftFit fit = fit_used(model, population, shares);
  const auto count = static_cast<Eigen::Index>(fit.used.size());
  const std::vector<double>& met = fit.target.shares;
  const double none = 1.0 - std::accumulate(met.begin(), met.end(), 0.0);
  // A log odds against none moves with its own share, and with what all shares leave none.
  Eigen::MatrixXd slopes(count, count);
  Eigen::MatrixXd variances = Eigen::MatrixXd::Zero(count, count);
  for (Eigen::Index at = 0; at < count; ++at) {
    const auto place = static_cast<std::size_t>(at);
    slopes.col(at).setConstant(met[place] / none);
    slopes(at, at) += 1.0;
    variances(at, at) = std::pow(relative_sds[fit.used[place]], 2);
  }
  return sd_of_shifts(fit, model.series(), slopes * variances * slopes.transpose());
}

Shrunk shrink_levels(std::span<const double> levels, std::span<const double> standard_deviations) {
  require(levels.size() == standard_deviations.size(), "each level needs its standard deviation");
  std::vector<double> effects;
  std::vector<double> variances;
  for (std::size_t area = 0; area < levels.size(); ++area) {
    if (levels[area] == no_care) continue;
    const double sd = standard_deviations[area];
    require(sd > 0.0 && std::isfinite(sd), "a standard deviation is above 0 and finite");
    effects.push_back(levels[area]);
    variances.push_back(sd * sd);
  }
  Shrunk found = shrink(effects, variances);
  std::vector<double> all(levels.size(), no_care);
  auto next = found.effects.begin();
  for (std::size_t area = 0; area < levels.size(); ++area) {
    if (levels[area] != no_care) all[area] = *next++;
  }
  found.effects = std::move(all);
  return found;
}

}  // namespace kohort::care
