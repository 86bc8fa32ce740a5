// Normal numbers by inversion.
#pragma once

#include "engine/random/stream.hpp"

namespace kohort {

/// The standard normal quantile of `share`, above 0 and below 1, with a relative error of about
/// 1e-15; infinite at 0 and 1, and not a number outside. Wichura (1988), Algorithm AS 241: the
/// percentage points of the normal distribution, Applied Statistics 37(3), PPND16.
double normal_quantile(double share);

/// A standard normal number: the quantile of exactly one uniform, with which it grows.
inline double sample_normal(Stream& stream) { return normal_quantile(stream.uniform()); }

}  // namespace kohort
