#include "engine/random/poisson.hpp"

#include <cmath>

#include "engine/random/factorial.hpp"
#include "engine/random/inversion.hpp"
#include "engine/random/normal.hpp"
#include "engine/random/whole.hpp"

namespace kohort {
namespace {

constexpr double largest_mean = 1e15;

double log_probability(double mean, double count) {
  const double above = count + 1.0 - mean;
  return above + (count + 0.5) * std::log1p(-above / (count + 1.0)) - 0.5 * std::log(mean) -
         half_log_two_pi - stirling_correction(static_cast<std::int64_t>(count));
}

/// PTRS, for means of 10 and above.
std::int64_t by_rejection(Stream& stream, double mean) {
  const double b = 0.931 + 2.53 * std::sqrt(mean);
  const double a = -0.059 + 0.02483 * b;
  const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
  const double certain = 0.9277 - 3.6224 / (b - 2.0);
  for (;;) {
    const double u = stream.uniform() - 0.5;
    const double v = stream.uniform();
    const double us = 0.5 - std::abs(u);
    const double count = std::floor((2.0 * a / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= certain) return static_cast<std::int64_t>(count);
    if (count < 0.0 || (us < 0.013 && v > us)) continue;
    if (std::log(v * inverse_alpha / (a / (us * us) + b)) <= log_probability(mean, count)) {
      return static_cast<std::int64_t>(count);
    }
  }
}

}  // namespace

std::int64_t sample_poisson(Stream& stream, double mean) {
  if (!(mean >= 0.0 && mean <= largest_mean)) {
    refuse_to_draw("a Poisson number needs a mean of 0 to 1e15", mean);
  }
  if (mean == 0.0) return 0;
  if (mean >= poisson_switch_over) return by_rejection(stream, mean);
  const double uniform = stream.uniform();
  if (uniform < 1.0 - mean) return 0;  // e^-mean is no less: no need to reckon it
  return count_by_inversion(uniform, {probability_of_none(mean), mean, 0.0});
}

double sample_gamma(Stream& stream, double shape) {
  if (!(shape > 0.0 && std::isfinite(shape))) {
    refuse_to_draw("a gamma number needs a shape above 0", shape);
  }
  if (shape < 1.0) {  // a gamma of one more, times a uniform to the power of 1 / shape
    const double factor = std::exp(std::log(stream.uniform()) / shape);
    return factor * sample_gamma(stream, shape + 1.0);
  }
  const double d = shape - 1.0 / 3.0;
  const double c = 1.0 / std::sqrt(9.0 * d);
  for (;;) {
    const double x = sample_normal(stream);
    const double u = stream.uniform();
    const double root = 1.0 + c * x;
    if (root <= 0.0) continue;
    const double v = root * root * root;
    const double square = x * x;
    if (u < 1.0 - 0.0331 * square * square) return d * v;
    if (std::log(u) < 0.5 * square + d * (1.0 - v + std::log(v))) return d * v;
  }
}

std::int64_t sample_negative_binomial(const Stream& stream, double mean, double overdispersion) {
  if (!(overdispersion >= 1.0 && std::isfinite(overdispersion))) {
    refuse_to_draw("a negative binomial needs an overdispersion of 1 or more", overdispersion);
  }
  Stream counts = stream.lane(0);
  const double scale = overdispersion - 1.0;
  if (mean == 0.0 || scale == 0.0) return sample_poisson(counts, mean);
  Stream means = stream.lane(1);
  return sample_poisson(counts, scale * sample_gamma(means, mean / scale));
}

}  // namespace kohort
