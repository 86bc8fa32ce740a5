// How good a forecast is that says how sure it is. README.md has the formulas and their sources.
//
// A forecast is known by its draws, sorted in rising order, or by some of its quantiles. By these
// alone its distribution is taken as linear between them, with what lies beyond the outermost
// two at these two: an approximation, which says a little less spread than there is.
#pragma once

#include <cstddef>
#include <span>

namespace kohort::evaluate {

/// Quantiles of a forecast: shares below, rising within 0 to 1, and the values there, which never
/// fall.
struct QuantileForecast {
  std::span<const double> shares;
  std::span<const double> values;
};

/// The share of the distribution below or at `limit`, by the quantiles.
double probability_up_to(const QuantileForecast& forecast, double limit);

/// Continuous ranked probability score, in the unit of the figures; of a forecast without spread it
/// is the absolute error. Of the normal distribution in closed form.
double crps_normal(double outturn, double mean, double deviation);
/// E|X - y| - E|X - X'| / 2 over all draws and all pairs of them. Throws `std::invalid_argument`
/// where there is no draw.
double crps_of_draws(std::span<const double> sorted, double outturn);
/// Of the approximation by quantiles, exactly. Throws `std::invalid_argument` where there is none.
double crps_of_quantiles(const QuantileForecast& forecast, double outturn);

/// Within which the outturn lies with a stated probability, equally likely to lie below and above.
struct Interval {
  double lower = 0.0;
  double upper = 0.0;
  double level = 0.0;  ///< stated probability, above 0 and below 1

  bool covers(double outturn) const { return lower <= outturn && outturn <= upper; }
};

/// Width of the interval, and 2 / (1 - level) times how far outside of it the outturn lies.
double interval_score(const Interval& interval, double outturn);
/// The same times (1 - level) / 2: the form that is added up over several levels.
double weighted_interval_score(const Interval& interval, double outturn);

/// The interval between the two quantiles that leave out equally much.
Interval interval_of_sorted(std::span<const double> sorted, double level);

/// Standard error of the share of `count` independent outturns that intervals cover which hold what
/// they say: binomial.
double binomial_error(double level, std::size_t count);

/// Between which shares of the forecast's distribution the outturn lies: its probability integral
/// transform. The two differ where draws are equal to the outturn or, by quantiles, where it lies
/// beyond the outermost of them.
struct PitRange {
  double from = 0.0;
  double to = 0.0;
};

PitRange pit_of_draws(std::span<const double> sorted, double outturn);
PitRange pit_of_quantiles(const QuantileForecast& forecast, double outturn);

/// Adds an outturn to a histogram over equal parts of 0 to 1, spread evenly over its range, so that
/// what is added sums to 1. Of a forecast that is right in all respects the parts are equally full.
void add_to_histogram(const PitRange& pit, std::span<double> parts);

}  // namespace kohort::evaluate
