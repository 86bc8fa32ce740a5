#include "models/care/calibrate/national_fit.hpp"

#include <cmath>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "engine/base/refuse.hpp"
#include "models/care/calibrate/share_cells.hpp"

namespace kohort::care {
namespace {

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
    refuse_input(
        fmt::format("series {} (counted from 0) has {:.0f} users of all ages, and {:.0f} among "
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

PrevalenceModel fit_national(const Persons& population, const Table<double, Sex, CareAge>& profile,
                             const NationalShares& shares) {
  check_national(population, profile, shares);
  const std::vector<MeanShares> targets = national_targets(population, profile, shares);
  const auto fit = fit_multinomial(targets, national_start(targets));
  if (!fit) {
    refuse_input(
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

}  // namespace kohort::care
