// How many events happen where each is rare, and how many where they come in clusters.
#pragma once

#include <cstdint>

#include "engine/random/inversion.hpp"
#include "engine/random/stream.hpp"

namespace kohort {

/// A Poisson number with `mean` (0 to 1e15). Throws `Error` (Fault::model) where there is none.
///
/// - mean 0: no uniform;
/// - mean < 64: inversion, exactly one uniform; the count grows with the uniform and with the mean;
/// - mean >= 64: transformed rejection with squeeze (PTRS: Hörmann 1993, The transformed rejection
///   method for generating Poisson random variables, Insurance: Mathematics and Economics 12), two
///   uniforms a trial, 1.1 to 1.2 trials on average; inside a trial the count grows with the first.
std::int64_t sample_poisson(Stream& stream, double mean);

/// Mean from which rejection takes over from inversion; at least 10 (Hörmann).
inline constexpr double poisson_switch_over = inversion_switch_over;

/// A gamma number with `shape` (above 0) and scale 1, by Marsaglia & Tsang (2000), A simple method
/// for generating gamma variables, ACM Transactions on Mathematical Software 26(3). Two uniforms a
/// trial, the first of which makes a normal by inversion, and 1.0 to 1.05 trials on average; one
/// uniform more, drawn first, where the shape is below 1.
double sample_gamma(Stream& stream, double shape);

/// A count with `mean` and variance `overdispersion` x mean: a Poisson number whose own mean is
/// gamma, hence negative binomial; with overdispersion 1 it is `sample_poisson` of `stream` from
/// its start. Uses lane 1 of the stream's site for the gamma and lane 0 for the count, both from
/// their beginning: so one call for each site. Throws `Error` (Fault::model) where overdispersion
/// is below 1.
std::int64_t sample_negative_binomial(const Stream& stream, double mean, double overdispersion);

}  // namespace kohort
