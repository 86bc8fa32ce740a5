#include "engine/demography/life_table.hpp"

#include <limits>
#include <numeric>
#include <stdexcept>

#include "engine/demography/rates.hpp"

namespace kohort {
namespace {

Duration andreev_kingkade(double m0, LifeTableSex sex) {
  if (sex == LifeTableSex::male) {
    if (m0 < 0.0230) return Duration::years(0.14929 - 1.99545 * m0);
    if (m0 < 0.08307) return Duration::years(0.02832 + 3.26021 * m0);
    return Duration::years(0.29915);
  }
  if (m0 < 0.01724) return Duration::years(0.14903 - 2.05527 * m0);
  if (m0 < 0.06891) return Duration::years(0.04667 + 3.88089 * m0);
  return Duration::years(0.31411);
}

constexpr double high_infant_rate = 0.107;  // above it the Coale-Demeny values are constant

Duration coale_demeny_west(double m0, LifeTableSex sex) {
  const bool male = sex == LifeTableSex::male;
  if (m0 >= high_infant_rate) return Duration::years(male ? 0.330 : 0.350);
  return Duration::years(male ? 0.045 + 2.684 * m0 : 0.053 + 2.800 * m0);
}

Duration years_dying(const LifeTable& table, std::size_t group, LifeTableSex sex,
                     InfantYears formula) {
  const CentralRate m0 = CentralRate::per_person_year(table.central_rate[0]);
  const double width = table.width[group];
  if (table.first_age[group] == 0.0 && width == 1.0) return infant_years(m0, sex, formula);
  if (table.first_age[group] == 1.0 && width == 4.0) return early_childhood_years(m0, sex);
  return Duration::years(width / 2.0);
}

void fill_closed_groups(LifeTable& table, LifeTableSex sex, InfantYears formula) {
  double survivors = 1.0;
  for (std::size_t x = 0; x + 1 < table.first_age.size(); ++x) {
    const Duration n = Duration::years(table.width[x]);
    const CentralRate m = CentralRate::per_person_year(table.central_rate[x]);
    Duration a = years_dying(table, x, sex, formula);
    Probability q = probability_of_dying(m, n, a);
    if (q.share() >= 1.0) {  // deaths half-way through the group cannot be so many
      a = years_dying_by_constant_force(m, n);
      q = probability_of_dying(m, n, a);
    }
    const double deaths = survivors * q.share();
    table.years_dying.push_back(a.years());
    table.dying.push_back(q.share());
    table.survivors.push_back(survivors);
    table.deaths.push_back(deaths);
    survivors -= deaths;
    table.person_years.push_back(n.years() * survivors + a.years() * deaths);
  }
  table.years_dying.push_back(1.0 / table.central_rate.back());
  table.dying.push_back(1.0);
  table.survivors.push_back(survivors);
  table.deaths.push_back(survivors);
  table.person_years.push_back(survivors / table.central_rate.back());
}

/// The person-years of groups of `width` years, the open one last.
std::vector<double> grouped_person_years(const LifeTable& table, int width) {
  const std::vector<double>& person_years = table.person_years;
  if (width == 1 || table.width[0] != 1.0) return person_years;
  std::vector<double> grouped{person_years[0] + person_years[1]};  // ages 0 and 1-4
  grouped.insert(grouped.end(), person_years.begin() + 2, person_years.end());
  return grouped;
}

}  // namespace

Duration infant_years(CentralRate m0, LifeTableSex sex, InfantYears formula) {
  return formula == InfantYears::andreev_kingkade ? andreev_kingkade(m0.per_person_year(), sex)
                                                  : coale_demeny_west(m0.per_person_year(), sex);
}

Duration early_childhood_years(CentralRate m0, LifeTableSex sex) {
  const bool male = sex == LifeTableSex::male;
  const double rate = m0.per_person_year();
  if (rate >= high_infant_rate) return Duration::years(male ? 1.352 : 1.361);
  return Duration::years(male ? 1.651 - 2.816 * rate : 1.522 - 1.518 * rate);
}

LifeTable life_table(std::span<const double> first_age, std::span<const double> central_rate,
                     LifeTableSex sex, InfantYears formula) {
  if (first_age.size() < 2 || first_age.size() != central_rate.size()) {
    throw std::invalid_argument("a life table needs one rate for each of at least two ages");
  }
  if (!(central_rate.back() > 0.0)) {
    throw std::invalid_argument("the open age group needs a death rate above 0");
  }
  LifeTable table;
  table.first_age.assign(first_age.begin(), first_age.end());
  table.central_rate.assign(central_rate.begin(), central_rate.end());
  for (std::size_t x = 0; x + 1 < first_age.size(); ++x) {
    table.width.push_back(first_age[x + 1] - first_age[x]);
  }
  table.width.push_back(std::numeric_limits<double>::infinity());
  fill_closed_groups(table, sex, formula);
  table.years_above.resize(table.person_years.size());
  std::partial_sum(table.person_years.rbegin(), table.person_years.rend(),
                   table.years_above.rbegin());
  for (std::size_t x = 0; x < table.years_above.size(); ++x) {
    table.expectancy.push_back(table.years_above[x] / table.survivors[x]);
  }
  return table;
}

std::vector<double> cohort_dying(const LifeTable& table, int width, OpenGroup rule) {
  const std::vector<double> person_years = grouped_person_years(table, width);
  const std::size_t open = person_years.size() - 1;
  std::vector<double> dying{1.0 - person_years[0] / width};
  for (std::size_t a = 1; a < open; ++a) {
    dying.push_back(1.0 - person_years[a] / person_years[a - 1]);
  }
  if (rule == OpenGroup::renewed) {
    dying.insert(dying.end(), {1.0 - person_years[open] / person_years[open - 1], 1.0});
  } else {
    const double survivors = person_years[open] / (person_years[open - 1] + person_years[open]);
    dying.insert(dying.end(), 2, 1.0 - survivors);
  }
  return dying;
}

}  // namespace kohort
