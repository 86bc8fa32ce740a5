// How far single figures lie from what happened. README.md has the formulas and their sources.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace kohort::evaluate {

/// A forecast, and what it is held against: usually what happened.
struct Pair {
  double forecast = 0.0;
  double outturn = 0.0;
};

/// Errors of several forecasts of one kind, such as of all areas in one year. What is in per cent
/// is of the pairs whose outturn is above 0, for only of them can there be a per cent; it is not
/// there where no outturn is.
struct Errors {
  std::size_t count = 0;        ///< pairs
  std::size_t relative = 0;     ///< of them with an outturn above 0
  double mae = 0.0;             ///< mean absolute error, in the unit of the figures
  double rmse = 0.0;            ///< root of the mean squared error, likewise
  std::optional<double> mape;   ///< mean absolute percentage error
  std::optional<double> mdape;  ///< median absolute percentage error
  std::optional<double> malpe;  ///< mean algebraic percentage error, the bias: above 0 is too high
  std::optional<double> wape;   ///< sum of absolute errors in per cent of the sum of outturns
  std::optional<double> within_5;   ///< per cent of the forecasts within 5 % of the outturn
  std::optional<double> within_10;  ///< within 10 %
};

/// Throws `std::invalid_argument` where there is no pair, or a figure is not finite.
Errors errors_of(std::span<const Pair> pairs);

/// The mean absolute error beside that of a naive forecast of the same outturns, in the same order;
/// none where the naive one is never wrong. Throws `std::invalid_argument` where the lists do not
/// go together.
std::optional<double> scaled_error(std::span<const Pair> pairs, std::span<const Pair> naive);

/// Where something stood at the launch, where it was to go and where it went.
struct Course {
  double launch = 0.0;
  double forecast = 0.0;
  double outturn = 0.0;
};

/// Share (0 to 1) of the courses whose direction - growth, fall or neither - the forecast got
/// right. Throws `std::invalid_argument` where there is none.
double direction_hit_rate(std::span<const Course> courses);

/// How probable something was said to be, and whether it came about.
struct Chance {
  double probability = 0.0;
  bool happened = false;
};

/// Mean squared difference of probability and what came about: 0 is perfect, 0.25 is what one half
/// everywhere gives. Throws `std::invalid_argument` where there is none, or a probability lies
/// outside 0 to 1.
double brier_score(std::span<const Chance> chances);

/// Index of dissimilarity of two age structures: the share (0 to 1) of the people who stand in
/// another age group than they should. Throws `std::invalid_argument` where the lists differ in
/// length, or one of them has nobody.
double dissimilarity(std::span<const double> forecast, std::span<const double> outturn);

}  // namespace kohort::evaluate
