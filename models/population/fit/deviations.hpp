// How short series of many areas move: what is common, what is each area's own.
//
// Short series understate how long deviations last, since their own mean follows them: coefficients
// and variances are corrected for it.
#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

#include "engine/base/calendar.hpp"
#include "models/population/rates/uncertainty.hpp"

namespace kohort::population::fit {

/// Movements of areas that are no chance of counting: AR(1) of one coefficient.
struct OwnDeviations {
  double phi = 0.0;
  std::vector<double> sd;  ///< of the yearly steps, by area
};

/// From deviations of each area from the nation [area x year], and the variances that counting
/// alone gives them. Each row is centred, which hides much of what lasts (Nickell 1981,
/// Econometrica 49(6)). So the coefficient, within 0 and 0.95, is the one with which T years around
/// their own mean are expected to have the ratio that is found between the products of neighbouring
/// years and the squares less those of counting, over all areas together; and an area's variance is
/// that of its row less the mean of its counting variances, at least 0, over the part that such
/// years are expected to show. `years` are those of the columns, ascending: where some are left
/// out, those on both sides are no neighbours. Fewer than three years, or none with a neighbour,
/// tell nothing: all is 0. Method of moments.
OwnDeviations own_deviations(const Eigen::MatrixXd& deviations, const Eigen::MatrixXd& counting,
                             std::span<const Year> years);

/// The same of consecutive years.
OwnDeviations own_deviations(const Eigen::MatrixXd& deviations, const Eigen::MatrixXd& counting);

/// The same of consecutive years, for many small areas, most of which tell little of their own
/// variance. All have a variance in common, tau^2: the mean of what the areas show beyond counting,
/// weighted by the precision of that, 1 / (2 (A tau^2 + c)^2 / (T - 1)), with A the part that T
/// years show and c the area's counting variance; it is solved together with the coefficient. An
/// area's own variance is drawn towards it by credibility: the variance of variances between areas
/// by DerSimonian & Laird (1986) over the error of its own. So an area whose chance hides all has
/// the common variance, and none has more than it shows. Areas with a counting variance of 0 are
/// not there to be seen: they have none.
/// Source: Bühlmann & Straub (1970), Bulletin of the Swiss Association of Actuaries 70; weights
/// Davidian & Carroll (1987), JASA 82(400).
OwnDeviations pooled_deviations(const Eigen::MatrixXd& deviations, const Eigen::MatrixXd& counting);

/// The national part of an AR(1) process from the nation's series; the kind is none where fewer
/// than four years are known. The coefficient c is corrected to c + (1 + 3c)/T, within
/// +-`largest_coefficient` (Kendall 1954, Biometrika 41(3-4)).
DeviationProcess autoregressive(std::span<const double> series);

/// The variance of the weighted mean of consecutive years of an AR(1), the latest last, beside that
/// of a year. Weights sum to 1.
double variance_of_mean(double phi, std::span<const double> weights);

/// Where a process stands at the launch beside a forecast that is this weighted mean of the years
/// up to it. Then the variance h years later is that of x(T + h) less the mean:
/// s^2 (1 + v - 2 c phi^h), v that of the mean, c its covariance with the last year.
LaunchOffset offset_from_mean(double phi, std::span<const double> weights);

/// Gives a process the offsets of a forecast whose national and local levels are this mean; a
/// national random walk keeps none.
void set_out_from_mean(DeviationProcess& process, std::span<const double> weights);

}  // namespace kohort::population::fit
