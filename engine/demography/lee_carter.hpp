// Mortality by age over time as one index: the model of Lee & Carter, and its coherent form for
// several populations by Li & Lee.
//
// Matrices have one row per age and one column per year. Rates are central death rates per
// person-year.
#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

#include "engine/demography/life_table.hpp"

namespace kohort {

/// ln m(x,t) = level(x) + response(x) index(t).
/// Source: Lee & Carter (1992), Journal of the American Statistical Association 87(419).
struct LeeCarter {
  Eigen::VectorXd level;     ///< a, by age: the mean over the years of the log rate
  Eigen::VectorXd response;  ///< b, by age: sums to 1
  Eigen::VectorXd index;     ///< k, by year: sums to 0 as fitted, not after a second stage
  double explained = 0.0;    ///< share of the variance of the centred log rates, 0..1

  /// The log rates of the model, age x year.
  Eigen::MatrixXd log_rates() const;
};

/// Deaths and the person-years in which they fell, each age x year.
struct DeathCounts {
  Eigen::MatrixXd deaths;
  Eigen::MatrixXd exposure;
};

/// First stage: the first singular component of the centred log rates. Throws
/// `std::invalid_argument` unless there are two ages and two years or more, and `Error`
/// (Fault::input) on a rate that is not above 0, naming its row and column, or where the responses
/// of the ages cancel out, so that they cannot be made to sum to 1.
LeeCarter fit_lee_carter(const Eigen::MatrixXd& rates);

// Second stage: another index for the same levels and responses, found year by year. All three
// throw `std::invalid_argument` on shapes that do not fit the model, and `Error` (Fault::input)
// with the column of a year that no index can meet.

/// The index with which the fitted deaths of each year sum to the observed ones. Deaths of a year
/// must be above 0. Source: Lee & Carter (1992).
Eigen::VectorXd index_by_deaths(const LeeCarter& model, const DeathCounts& counts);

/// The index with which the fitted expectancy at birth is the observed one. `rates` are by single
/// year of age from 0, the last taken to be that of the open group. Source: Lee & Miller (2001),
/// Demography 38(4).
Eigen::VectorXd index_by_expectancy(const LeeCarter& model, const Eigen::MatrixXd& rates,
                                    LifeTableSex sex, InfantYears formula);

/// The index that makes the deaths likeliest where they are Poisson. Source: Brouhns, Denuit &
/// Vermunt (2002), Insurance: Mathematics and Economics 31(3), with level and response held.
Eigen::VectorXd index_by_likelihood(const LeeCarter& model, const DeathCounts& counts);

/// The same fitted rates with an index of mean 0: what a second stage added to the index moves
/// into the levels.
LeeCarter recentred(const LeeCarter& model);

/// One population of a group whose mortality shares a trend:
/// ln m(x,t) = level(x) + B(x) K(t) + response(x) index(t), with B and K of the group.
struct CoherentMember {
  Eigen::VectorXd level;          ///< a, by age: the mean over the years of the log rate
  Eigen::VectorXd response;       ///< b, by age; absolute values sum to 1, values to 0 or more
  Eigen::VectorXd index;          ///< k, by year; sums to 0. To be forecast as an AR(1)
  double explained_common = 0.0;  ///< share of variance explained by B K: Li & Lee's R_C
  double explained = 0.0;         ///< and by B K + b k: Li & Lee's R_AC
};

/// The second step of Li & Lee: what the common factor leaves of each population, as a factor of
/// its own. `common` was fitted to the rates of all together, with any second stage and then
/// `recentred`; all matrices have the same ages and years. Where nothing is left, b and k are 0.
/// Throws `std::invalid_argument` on other shapes, and `Error` (Fault::input) on a rate not above
/// 0. Source: Li & Lee (2005), Demography 42(3).
std::vector<CoherentMember> fit_coherent(const LeeCarter& common,
                                         std::span<const Eigen::MatrixXd> rates);

}  // namespace kohort
