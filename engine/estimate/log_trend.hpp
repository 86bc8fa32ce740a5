// The trend of a published share of users, and how far it is believed.
#pragma once

#include <optional>
#include <span>

#include "engine/base/calendar.hpp"

namespace kohort {

/// A share in a year; all shares of a trend follow one definition.
struct YearlyShare {
  Year year;
  double share = 0.0;  ///< as a part of 1, above 0
};

/// The yearly change of the logarithm of a share.
struct LogTrend {
  double slope = 0.0;  ///< per year
  /// Standard error of the slope. None where two years give the line and nothing tells its error.
  std::optional<double> slope_sd;

  /// What the share is multiplied by, `years_ahead` >= 0 years after the last one known:
  /// exp(slope * damped_years(damping, years_ahead)).
  double factor(double damping, int years_ahead) const;
  /// Standard deviation of the logarithm of that factor that comes from the slope's own error;
  /// future noise is not in it. None where the slope's error is not known.
  std::optional<double> log_sd(double damping, int years_ahead) const;
};

/// Years for which an undamped trend would give what the damped one gives in `years_ahead`:
/// damping + damping^2 + ... + damping^years_ahead. With damping 1 the trend goes on for ever, with
/// 0 the share stays where it is. Throws `std::invalid_argument` on a damping outside [0, 1] or
/// years ahead below 0. Source: Gardner & McKenzie (1985), Management Science 31(10).
double damped_years(double damping, int years_ahead);

/// Least squares of the logarithm of the share on the year; the years may have gaps. The standard
/// error takes the residuals as independent, with n - 2 degrees of freedom, and is used as if it
/// were known (no t quantile): with few years intervals come out somewhat narrow.
/// Source: Draper & Smith (1998), Applied Regression Analysis, ch. 1.
/// Throws `Error` (Fault::input) on fewer than two years, a year given twice, and shares that are
/// not above 0 and at most 1.
LogTrend fit_log_trend(std::span<const YearlyShare> shares);

}  // namespace kohort
