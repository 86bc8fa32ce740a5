// Short yearly series and what follows from them: random walks and autoregressions.
#pragma once

#include <span>

namespace kohort {

/// Where a series is expected some years ahead, and how uncertainly.
struct Outlook {
  double mean = 0.0;
  double variance = 0.0;
};

/// A random walk with drift fitted to a series.
struct RandomWalk {
  double last = 0.0;            ///< the series in its last year
  double drift = 0.0;           ///< per year
  double variance = 0.0;        ///< of the yearly steps about the drift
  double drift_variance = 0.0;  ///< of the drift as estimated

  /// `horizon` years after the last: variance h s^2 + h^2 s^2 / (T - 1), chance and the estimated
  /// drift together. Throws `std::invalid_argument` on a negative horizon.
  Outlook ahead(int horizon) const;
};

/// Drift (x_T - x_1) / (T - 1), variance of the T - 1 steps with T - 2 degrees of freedom. Throws
/// `std::invalid_argument` on fewer than three years or numbers that are not finite.
/// Source: Lee & Carter (1992), Journal of the American Statistical Association 87(419).
RandomWalk fit_random_walk(std::span<const double> series);

/// What an autoregression returns to.
enum class SeriesMean {
  estimated,  ///< its own mean, estimated together with the coefficient
  zero,       ///< 0, as for an index that is a deviation from a common one
};

/// x_t - mean = coefficient (x_(t-1) - mean) + noise.
struct Autoregression {
  double last = 0.0;         ///< the series in its last year
  double mean = 0.0;         ///< what it returns to
  double coefficient = 0.0;  ///< within (-1, 1)
  double variance = 0.0;     ///< of the noise
  bool bounded = false;      ///< the series looked like a random walk, or worse

  /// `horizon` years after the last: mean + c^h (last - mean), variance s^2 (1 - c^2h) / (1 - c^2).
  /// Throws `std::invalid_argument` on a negative horizon.
  Outlook ahead(int horizon) const;
  /// Of the noise gathered for ever: s^2 / (1 - c^2).
  double stationary_variance() const { return variance / (1.0 - coefficient * coefficient); }
};

/// The largest size of a coefficient: beyond it half of a shock is still there after 34 years.
inline constexpr double largest_coefficient = 0.98;

/// An AR(1) by conditional least squares: the T - 1 regressions of a year on the one before. The
/// residual variance is unbiased in the regression: its sum of squares over T - 1 less the number
/// of estimated parameters. A coefficient outside +-`largest_coefficient` is set to the bound, the
/// mean and the variance follow from it, and `bounded` says so. A series that never moves has
/// coefficient 0 and variance 0. Throws `std::invalid_argument` on fewer than four years or numbers
/// that are not finite.
/// Source: Box & Jenkins (1976), Time Series Analysis, ch. 7; Hamilton (1994), ch. 5.2.
Autoregression fit_autoregression(std::span<const double> series, SeriesMean mean);

}  // namespace kohort
