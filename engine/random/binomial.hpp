// How many of n persons an event happens to, each with probability p.
#pragma once

#include <cstdint>

#include "engine/random/inversion.hpp"
#include "engine/random/stream.hpp"

namespace kohort {

/// A binomial number of `trials` (0 to 2^53) with `probability` of success. Throws `Error`
/// (Fault::model) where there is no such distribution.
///
/// With t = n min(p, 1 - p):
/// - t = 0: no uniform;
/// - t < 64: inversion (BINV: Kachitvichyanukul & Schmeiser 1988, Communications of the ACM 31(2)),
///   exactly one uniform. The count grows with the uniform and with p, so common random numbers
///   give scenarios that differ in p counts in the same order;
/// - t >= 64: transformed rejection with squeeze (BTRS: Hörmann 1993, The generation of binomial
///   random variates, Journal of Statistical Computation and Simulation 46), two uniforms a trial
///   and 1.1 to 1.3 trials on average. Inside a trial the count grows with the first uniform;
///   scenarios stay aligned wherever both accept the first trial.
///
/// The probabilities of the counts are those of the formula to about 1e-12, and to 1e-10 at a
/// billion trials. Inversion divides its one uniform no finer than 2^-52.
std::int64_t sample_binomial(Stream& stream, std::int64_t trials, double probability);

/// n min(p, 1 - p) from which rejection takes over from inversion; at least 10 (Hörmann).
inline constexpr double binomial_switch_over = inversion_switch_over;

}  // namespace kohort
