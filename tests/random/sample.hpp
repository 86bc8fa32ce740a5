// Samples for tests of distributions, and what they are held to.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "engine/random/stream.hpp"

namespace kohort::test {

/// The stream of draw `draw` of one arbitrary cell; every test of a distribution takes one number
/// from each of many draws, as a projection does.
inline Stream stream_of_draw(std::size_t draw, std::uint64_t seed = 20240229) {
  return {StreamKey(seed, "1880"),
          {Draw(draw), Year(2030), Sex(1), CohortRow(47), Group(0), Event(1, 2)}};
}

/// How often each count came up among the draws.
class Frequencies {
 public:
  template <class Sampler>
  Frequencies(std::size_t draws, const Sampler& sampler) : draws_(static_cast<double>(draws)) {
    for (std::size_t draw = 0; draw < draws; ++draw) {
      Stream stream = stream_of_draw(draw);
      const auto count = static_cast<std::size_t>(sampler(stream));
      if (count >= of_count_.size()) of_count_.resize(count + 1, 0.0);
      of_count_[count] += 1.0;
    }
  }

  double draws() const { return draws_; }
  const std::vector<double>& of_count() const { return of_count_; }

  double mean() const {
    double sum = 0.0;
    for (std::size_t k = 0; k < of_count_.size(); ++k) sum += static_cast<double>(k) * of_count_[k];
    return sum / draws_;
  }

  double variance_about(double centre) const {
    double sum = 0.0;
    for (std::size_t k = 0; k < of_count_.size(); ++k) {
      sum += std::pow(static_cast<double>(k) - centre, 2) * of_count_[k];
    }
    return sum / draws_;
  }

  double share_up_to(std::size_t count) const {
    double sum = 0.0;
    for (std::size_t k = 0; k <= count && k < of_count_.size(); ++k) sum += of_count_[k];
    return sum / draws_;
  }

 private:
  double draws_;
  std::vector<double> of_count_;
};

/// The two first moments of a distribution, and its kurtosis less 3.
struct Moments {
  double mean = 0.0;
  double variance = 0.0;
  double excess = 0.0;
};

/// Mean and variance within five standard errors.
inline void expect_moments(const Frequencies& found, const Moments& expected) {
  const double n = found.draws();
  EXPECT_NEAR(found.mean(), expected.mean, 5.0 * std::sqrt(expected.variance / n));
  EXPECT_NEAR(found.variance_about(expected.mean), expected.variance,
              5.0 * expected.variance * std::sqrt((2.0 + expected.excess) / n));
}

inline Moments binomial_moments(double n, double p) {
  const double variance = n * p * (1.0 - p);
  return {n * p, variance, 1.0 / variance - 6.0 / n};
}

inline Moments poisson_moments(double mean) { return {mean, mean, 1.0 / mean}; }

/// Pearson's chi-square of the counts against their probabilities, as a standard normal number by
/// Wilson & Hilferty (1931). Neighbouring counts are pooled until 20 are expected among them.
template <class Probability>
double chi_square_as_normal(const Frequencies& found, const Probability& probability) {
  double statistic = 0.0;
  double cells = 0.0;
  double expected = 0.0;
  double seen = 0.0;
  double expected_before = 0.0;
  double seen_before = 0.0;
  const auto close = [&] {
    statistic += (seen - expected) * (seen - expected) / expected;
    cells += 1.0;
    expected_before += expected;
    seen_before += seen;
    expected = seen = 0.0;
  };
  for (std::size_t k = 0; k < found.of_count().size(); ++k) {
    expected += found.draws() * probability(static_cast<double>(k));
    seen += found.of_count()[k];
    if (expected >= 20.0 && found.draws() - expected_before - expected >= 20.0) close();
  }
  expected = found.draws() - expected_before;  // the upper tail, with counts that never came up
  seen = found.draws() - seen_before;
  close();
  const double freedom = cells - 1.0;
  const double spread = 2.0 / (9.0 * freedom);
  return (std::cbrt(statistic / freedom) - (1.0 - spread)) / std::sqrt(spread);
}

/// A chi-square that chance would give in all but one in 30 000 right samplers.
template <class Probability>
void expect_distribution(const Frequencies& found, const Probability& probability) {
  EXPECT_LT(chi_square_as_normal(found, probability), 4.0);
}

inline double binomial_probability(double n, double p, double k) {
  if (k > n) return 0.0;
  return std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0) +
                  k * std::log(p) + (n - k) * std::log1p(-p));
}

inline double poisson_probability(double mean, double k) {
  return std::exp(k * std::log(mean) - mean - std::lgamma(k + 1.0));
}

}  // namespace kohort::test
