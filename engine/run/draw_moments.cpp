#include "engine/run/draw_moments.hpp"

#include <array>
#include <cmath>
#include <cstddef>

#include "engine/base/wide.hpp"

namespace kohort {
namespace {

/// Every eighth draw goes to one of eight sums, two vectors of doubles, so that the processor need
/// not wait for each addition; of more the compiler makes none.
template <class Real>
[[gnu::always_inline]] inline double sum_of(std::span<const Real> draws) {
  constexpr std::size_t lanes = 8;
  std::array<double, lanes> sums{};
  std::size_t at = 0;
  for (; at + lanes <= draws.size(); at += lanes) {
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      sums[lane] += static_cast<double>(draws[at + lane]);
    }
  }
  for (; at < draws.size(); ++at) sums[0] += static_cast<double>(draws[at]);
  for (std::size_t apart = 1; apart < lanes; apart *= 2) {
    for (std::size_t lane = 0; lane < lanes; lane += 2 * apart) sums[lane] += sums[lane + apart];
  }
  return sums[0];
}

KOHORT_WIDE double sum_of_draws(std::span<const float> draws) { return sum_of(draws); }
KOHORT_WIDE double sum_of_draws(std::span<const double> draws) { return sum_of(draws); }

}  // namespace

template <class Real>
double mean(std::span<const Real> draws) {
  return sum_of_draws(draws) / static_cast<double>(draws.size());
}

template <class Real>
double deviation(std::span<const Real> draws) {
  const double middle = mean(draws);
  double squares = 0.0;
  for (const double draw : draws) squares += (draw - middle) * (draw - middle);
  return std::sqrt(squares / static_cast<double>(draws.size() - 1));
}

template <class Real>
double root_mean_square(std::span<const Real> draws, std::span<const Real> expected) {
  double squares = 0.0;
  for (std::size_t draw = 0; draw < draws.size(); ++draw) {
    const double distance = static_cast<double>(draws[draw]) - static_cast<double>(expected[draw]);
    squares += distance * distance;
  }
  return std::sqrt(squares / static_cast<double>(draws.size()));
}

template double mean(std::span<const float>);
template double mean(std::span<const double>);
template double deviation(std::span<const float>);
template double deviation(std::span<const double>);
template double root_mean_square(std::span<const float>, std::span<const float>);
template double root_mean_square(std::span<const double>, std::span<const double>);

}  // namespace kohort
