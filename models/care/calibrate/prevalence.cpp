#include "models/care/calibrate/prevalence.hpp"

#include <Eigen/LU>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "models/care/calibrate/multinomial_fit.hpp"

namespace kohort::care {
namespace {

constexpr double no_care = -std::numeric_limits<double>::infinity();

[[noreturn]] void refuse(std::string what, std::string remedy) {
  throw Error(Fault::input, Mistake{{}, std::move(what), std::move(remedy)});
}

void require(bool holds, const char* otherwise) {
  if (!holds) throw std::invalid_argument(otherwise);
}

void check_model(const PrevalenceModel& model, const Persons& population) {
  require(model.profile.extents() == population.extents(), "profile and persons differ in shape");
  require(model.alpha.extents() == std::array{model.series(), population.extent<Sex>()},
          "a model has a level for each series and sex");
}

/// Shares between 0 and 1 that leave somebody without care; 0 itself only where it is `allowed`.
void check_shares(std::span<const double> shares, bool zero_allowed, const std::string& whose) {
  double sum = 0.0;
  for (std::size_t series = 0; series < shares.size(); ++series) {
    sum += shares[series];
    if (shares[series] > 0.0 || (zero_allowed && shares[series] == 0.0)) continue;
    refuse(fmt::format("the share of series {} (counted from 0) among {} is {}", series, whose,
                       shares[series]),
           zero_allowed ? "give a share of 0 or more" : "give a share above 0, or drop the series");
  }
  if (sum < 1.0) return;
  refuse(fmt::format("the shares of all series among {} sum to {}", whose, sum),
         "give them as parts of 1 whose sum is below 1; the series exclude each other");
}

std::string described(CareAge from) {
  if (from == CareAge(0)) return "all ages";
  return fmt::format("those {} years or more above the first age", from.position());
}

/// Who is counted.
struct Scope {
  CareAge from;
  std::optional<Sex> sex;
};

/// The cells of a scope with somebody in them: `design(sex, age)` with the persons as weight.
template <class Design>
std::vector<DesignCell> cells_of(const Persons& population, const Scope& scope, Design&& design) {
  std::vector<DesignCell> result;
  for (const Sex sex : positions<Sex>(population.extent<Sex>())) {
    if (scope.sex && *scope.sex != sex) continue;
    for (std::size_t age = scope.from.position(); age < population.extent<CareAge>(); ++age) {
      const double persons = population(sex, CareAge(age));
      require(persons >= 0.0 && std::isfinite(persons), "persons are not negative");
      if (persons == 0.0) continue;
      result.push_back(design(sex, CareAge(age)));
      result.back().weight = persons;
    }
  }
  if (result.empty()) {
    refuse(fmt::format("nobody is among {}{}", described(scope.from),
                       scope.sex ? fmt::format(" of sex {}", scope.sex->position()) : ""),
           "shares are fitted where there are people; leave the area out");
  }
  return result;
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
    refuse(fmt::format("no level meets the shares among {}", described(shares.from)),
           "look for a share very near to 0 or 1");
  }
  fit.shift = *shift;
  return fit;
}

/// The oldest are some of those whom the other shares describe, and so are their users.
void check_users(const Persons& population, const NationalShares& shares) {
  const std::size_t sexes = population.extent<Sex>();
  double oldest = 0.0;
  std::vector<double> persons;
  for (const Sex sex : positions<Sex>(sexes)) {
    const auto ages = population.slab(sex);
    const auto first = ages.begin() + static_cast<std::ptrdiff_t>(shares.oldest.from.position());
    persons.push_back(std::accumulate(ages.begin(), ages.end(), 0.0));
    oldest += std::accumulate(first, ages.end(), 0.0);
  }
  for (const Series series : positions<Series>(shares.all_ages.extent<Series>())) {
    double users = 0.0;
    for (const Sex sex : positions<Sex>(sexes)) {
      users += persons[sex.position()] * shares.all_ages(series, sex);
    }
    const double old_users = oldest * shares.oldest.shares[series.position()];
    if (old_users < users) continue;
    refuse(fmt::format("series {} (counted from 0) has {:.0f} users of all ages, and {:.0f} among "
                       "the oldest alone",
                       series.position(), users, old_users),
           "take both shares from the same year, population and definition");
  }
}

void check_national(const Persons& population, const Table<double, Sex, CareAge>& profile,
                    const NationalShares& shares) {
  const std::size_t sexes = population.extent<Sex>();
  const std::size_t count = shares.oldest.shares.size();
  require(count > 0, "there is a series to fit");
  require(profile.extents() == population.extents(), "profile and persons differ in shape");
  require(shares.all_ages.extents() == std::array{count, sexes}, "each series has its shares");
  require(shares.oldest.from > CareAge(0) &&
              shares.oldest.from.position() < population.extent<CareAge>(),
          "the oldest are some of the ages, not all");
  for (const Sex sex : positions<Sex>(sexes)) {
    std::vector<double> of_sex;
    for (const Series series : positions<Series>(count)) {
      of_sex.push_back(shares.all_ages(series, sex));
    }
    check_shares(of_sex, false, fmt::format("sex {} of all ages", sex.position()));
  }
  check_shares(shares.oldest.shares, false, described(shares.oldest.from));
  check_users(population, shares);
}

/// One target for each sex, and one for the oldest. Block `sex` of the parameters has the levels,
/// the block after those of all sexes the slopes.
std::vector<MeanShares> national_targets(const Persons& population,
                                         const Table<double, Sex, CareAge>& profile,
                                         const NationalShares& shares) {
  const std::size_t sexes = population.extent<Sex>();
  const std::size_t count = shares.oldest.shares.size();
  const auto design = [&](Sex sex, CareAge age) {
    return DesignCell{0.0,
                      std::vector<double>(count, 0.0),
                      {DesignTerm{sex.position(), 1.0}, DesignTerm{sexes, profile(sex, age)}}};
  };
  std::vector<MeanShares> result;
  for (const Sex sex : positions<Sex>(sexes)) {
    MeanShares target{cells_of(population, {CareAge(0), sex}, design), {}};
    for (const Series series : positions<Series>(count)) {
      target.shares.push_back(shares.all_ages(series, sex));
    }
    result.push_back(std::move(target));
  }
  result.push_back(
      {cells_of(population, {shares.oldest.from, std::nullopt}, design), shares.oldest.shares});
  return result;
}

/// The slope of the profile itself, and the levels that would go with it if all were of mean age.
Eigen::VectorXd national_start(std::span<const MeanShares> targets) {
  const std::size_t sexes = targets.size() - 1;
  const std::size_t count = targets[0].shares.size();
  Eigen::VectorXd start = Eigen::VectorXd::Ones(static_cast<Eigen::Index>((sexes + 1) * count));
  for (std::size_t sex = 0; sex < sexes; ++sex) {
    const MeanShares& target = targets[sex];
    double mean = 0.0;
    double weights = 0.0;
    for (const DesignCell& cell : target.cells) {
      mean += cell.weight * cell.terms[1].covariate;
      weights += cell.weight;
    }
    const double none = 1.0 - std::accumulate(target.shares.begin(), target.shares.end(), 0.0);
    for (std::size_t series = 0; series < count; ++series) {
      start[static_cast<Eigen::Index>(sex * count + series)] =
          std::log(target.shares[series] / none) - mean / weights;
    }
  }
  return start;
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

PrevalenceModel fit_national(const Persons& population, const Table<double, Sex, CareAge>& profile,
                             const NationalShares& shares) {
  check_national(population, profile, shares);
  const std::vector<MeanShares> targets = national_targets(population, profile, shares);
  const auto fit = fit_multinomial(targets, national_start(targets));
  if (!fit) {
    refuse(
        "no levels and steepness of the profile meet the nation's shares of all ages and of "
        "the oldest",
        "compare the shares of the oldest with those of all ages: both must be of one "
        "definition, and the profile must differ between the ages");
  }
  const std::size_t sexes = population.extent<Sex>();
  const std::size_t count = shares.oldest.shares.size();
  PrevalenceModel model{Table<double, Series, Sex>({count, sexes}), std::vector<double>(count),
                        profile};
  for (std::size_t series = 0; series < count; ++series) {
    for (const Sex sex : positions<Sex>(sexes)) {
      model.alpha(Series(series), sex) =
          (*fit)[static_cast<Eigen::Index>(sex.position() * count + series)];
    }
    model.beta[series] = (*fit)[static_cast<Eigen::Index>(sexes * count + series)];
  }
  return model;
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
    refuse(fmt::format("nobody is among {}", described(from)), "ask where there are people");
  }
  for (double& value : users) value /= persons;
  return users;
}

std::vector<double> shift_sd(const PrevalenceModel& model, const Persons& population,
                             const BroadShares& shares, double persons) {
  require(persons > 0.0 && std::isfinite(persons), "shares are those of some persons");
  const ShiftFit fit = fit_used(model, population, shares);
  std::vector<double> result(model.series(), std::numeric_limits<double>::infinity());
  if (fit.used.empty()) return result;
  const auto count = static_cast<Eigen::Index>(fit.used.size());
  const std::vector<double>& met = fit.target.shares;
  const double none = 1.0 - std::accumulate(met.begin(), met.end(), 0.0);
  Eigen::MatrixXd covariance = Eigen::MatrixXd::Constant(count, count, 1.0 / none / persons);
  for (Eigen::Index at = 0; at < count; ++at) {
    covariance(at, at) += 1.0 / met[static_cast<std::size_t>(at)] / persons;
  }
  const Eigen::MatrixXd slopes = linearise({&fit.target, 1}, fit.shift).jacobian.inverse();
  const Eigen::MatrixXd of_shift = slopes * covariance * slopes.transpose();
  for (std::size_t at = 0; at < fit.used.size(); ++at) {
    const auto place = static_cast<Eigen::Index>(at);
    result[fit.used[at]] = std::sqrt(of_shift(place, place));
  }
  return result;
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
