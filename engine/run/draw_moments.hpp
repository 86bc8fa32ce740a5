// Means and standard deviations over draws, in the precision in which these lie: `Real` is float or
// double. They are reckoned in double precision, in an order that the number of draws decides.
#pragma once

#include <span>

namespace kohort {

/// Of one draw or more.
template <class Real>
double mean(std::span<const Real> draws);

/// Standard deviation of a sample of two draws or more.
template <class Real>
double deviation(std::span<const Real> draws);

/// How far draws are from those expected of the same parameters.
template <class Real>
double root_mean_square(std::span<const Real> draws, std::span<const Real> expected);

}  // namespace kohort
