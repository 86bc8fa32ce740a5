// The period life table, and the survival ratios that a projection takes from it.
#pragma once

#include <span>
#include <vector>

#include "engine/base/quantity.hpp"
#include "engine/demography/open_group.hpp"

namespace kohort {

/// The formula for the years lived in infancy by those who die there.
enum class InfantYears {
  /// Andreev & Kingkade (2015), Demographic Research 33(13); also Human Mortality
  /// Database, Methods Protocol v6. The default: made for the low mortality of today.
  andreev_kingkade,
  /// Coale & Demeny (1983), model West, as in Preston et al. (2001), table 3.3.
  coale_demeny_west,
};

/// Infant mortality differs by sex, and so do the formulas.
enum class LifeTableSex { female, male };

/// Mean years lived between exact ages 0 and 1 by those who die there.
Duration infant_years(CentralRate m0, LifeTableSex sex, InfantYears formula);

/// Mean years lived between exact ages 1 and 5 by those who die there, from the infant rate.
/// Source: Coale & Demeny (1983), model West, as in Preston et al. (2001), table 3.3.
Duration early_childhood_years(CentralRate m0, LifeTableSex sex);

/// The columns of a life table with radix 1, each with one entry per age group; the last is open.
struct LifeTable {
  std::vector<double> first_age;     ///< x, years
  std::vector<double> width;         ///< n, years; infinity for the open group
  std::vector<double> central_rate;  ///< m
  std::vector<double> years_dying;   ///< a: years lived in the group by those who die in it
  std::vector<double> dying;         ///< q: probability of dying in the group
  std::vector<double> survivors;     ///< l at exact age x
  std::vector<double> deaths;        ///< d
  std::vector<double> person_years;  ///< L
  std::vector<double> years_above;   ///< T
  std::vector<double> expectancy;    ///< e, years
};

/// Builds the table from central rates at the ages `first_age`, the last of which is open. Deaths
/// fall half-way through a group but in infancy and, where there is a group 1-4, early childhood;
/// where the rate is so high that all would die (above 0.4 in a group of five years), they fall as
/// a constant force of mortality has it. The open group is closed by L = l / m. Throws
/// `std::invalid_argument` on fewer than two groups, unequal lengths, or an open rate of 0. Source:
/// Preston et al. (2001), ch. 3.
LifeTable life_table(std::span<const double> first_age, std::span<const double> central_rate,
                     LifeTableSex sex, InfantYears formula);

/// The probabilities of dying of the cohort rows of a projection with age groups and steps of
/// `width` years: row 0 those born in the interval (L0 / (n l0)), row a from group a-1 to group a
/// (L_a / L_(a-1)), the last two rows into and within the open group, by its rule. A table with
/// ages 0, 1, 5 is brought to groups of five first. Source: Preston et al. (2001), ch. 6.
std::vector<double> cohort_dying(const LifeTable& table, int width, OpenGroup rule);

}  // namespace kohort
