#include "engine/random/binomial.hpp"

#include <cmath>

#include "engine/random/factorial.hpp"
#include "engine/random/inversion.hpp"
#include "engine/random/whole.hpp"

namespace kohort {
namespace {

/// log of P(k) / P(mode), for the decision that the squeeze leaves open. Written with log1p of
/// small differences, so that it holds its digits where n is large (Hörmann has the same in plain
/// logarithms).
class LogRatioToMode {
 public:
  LogRatioToMode(double trials, double p)
      : trials_(trials), p_(p), mode_(std::floor((trials + 1.0) * p)), at_mode_(terms(mode_)) {}

  double operator()(double count) const {
    const double apart = std::log1p((count - mode_) / (trials_ - count + 1.0));
    return (trials_ + 1.0) * apart + terms(count) - at_mode_;
  }

 private:
  /// (k + 1/2) log((n - k + 1) p / ((k + 1) (1 - p))) - f(k) - f(n - k)
  double terms(double count) const {
    const double next = count + 1.0;
    const double excess = (p_ * (trials_ + 2.0) - next) / ((1.0 - p_) * next);
    return (count + 0.5) * std::log1p(excess) -
           stirling_correction(static_cast<std::int64_t>(count)) -
           stirling_correction(static_cast<std::int64_t>(trials_ - count));
  }

  double trials_;
  double p_;
  double mode_;
  double at_mode_;
};

/// BTRS, for n p >= 10 and p <= 1/2. `flipped` mirrors the first uniform, for counts that are taken
/// from the other end.
std::int64_t by_rejection(Stream& stream, std::int64_t trials, double p, bool flipped) {
  const auto n = static_cast<double>(trials);
  const double spread = std::sqrt(n * p * (1.0 - p));
  const double b = 1.15 + 2.53 * spread;
  const double a = -0.0873 + 0.0248 * b + 0.01 * p;
  const double centre = n * p + 0.5;
  const double certain = 0.92 - 4.2 / b;
  const double alpha = (2.83 + 5.1 / b) * spread;
  for (;;) {
    const double first = stream.uniform();
    const double u = flipped ? 0.5 - first : first - 0.5;
    const double v = stream.uniform();
    const double us = 0.5 - std::abs(u);
    const double count = std::floor((2.0 * a / us + b) * u + centre);
    if (us >= 0.07 && v <= certain) return static_cast<std::int64_t>(count);
    if (count < 0.0 || count > n) continue;
    const LogRatioToMode ratio(n, p);
    if (std::log(v * alpha / (a / (us * us) + b)) <= ratio(count)) {
      return static_cast<std::int64_t>(count);
    }
  }
}

std::int64_t by_inversion(double uniform, std::int64_t trials, double p) {
  const auto n = static_cast<double>(trials);
  if (uniform < 1.0 - n * p) return 0;  // (1 - p)^n is no less (Bernoulli): no need to reckon it
  const double odds = p / (1.0 - p);
  return count_by_inversion(uniform, {probability_of_none(trials, p), n * odds, odds});
}

}  // namespace

std::int64_t sample_binomial(Stream& stream, std::int64_t trials, double probability) {
  const std::int64_t n = whole(trials);
  require_probability(probability);
  if (n == 0 || probability == 0.0) return 0;
  if (probability == 1.0) return n;
  const bool flipped = probability > 0.5;
  const double rarer = flipped ? 1.0 - probability : probability;
  std::int64_t count = 0;
  if (static_cast<double>(n) * rarer < binomial_switch_over) {
    const double uniform = stream.uniform();
    count = by_inversion(flipped ? 1.0 - uniform : uniform, n, rarer);
  } else {
    count = by_rejection(stream, n, rarer, flipped);
  }
  return flipped ? n - count : count;
}

}  // namespace kohort
