// How persons part between categories: to die, to move, to stay; one destination or another.
#pragma once

#include <cstdint>
#include <span>

#include "engine/random/stream.hpp"

namespace kohort {

/// The most persons that `split` lets choose one by one. Up to here that is quicker than a binomial
/// for each category, whether there are few categories or hundreds.
inline constexpr std::int64_t split_one_by_one = 64;

/// Parts `total` persons between categories in proportion to `weights` (not negative; they need not
/// sum to 1), as many as `parts`, which it fills with a multinomial number (Devroye 1986,
/// Non-Uniform Random Variate Generation, chapter XI). The parts sum to `total` exactly, a
/// category of weight 0 gets nobody, and the last one of positive weight takes the rest. `Count` is
/// std::int64_t, or a double that is whole.
/// - Up to `split_one_by_one` persons each choose with one uniform of lane 1. In a scenario with
/// one
///   person more or fewer the others choose the same, and changed weights move only those whose
///   uniform lies between the old and the new bounds.
/// - More are parted by a chain of binomials, each category out of those whom the earlier ones
/// left.
///   Category i uses lane i + 1, so that no category's draw shifts the uniforms of another.
///
/// The lanes are those of the stream's site from their beginning, whatever `stream` has given
/// already: so one split for each site, and lane 0 stays free for its total. At most 65534
/// categories. Throws `Error` (Fault::model) on a total that is not whole, and on weights of which
/// one is negative or not finite, or none is positive although there are persons;
/// `std::invalid_argument` on spans of different lengths.
template <class Count>
void split(const Stream& stream, Count total, std::span<const double> weights,
           std::span<Count> parts);

/// Of `persons`, how many leave by each of several ways with `probabilities`, which sum to at most
/// 1 (1e-9 above it is taken for rounding). First the total of the leavers as one binomial in lane
/// 0, then its `split`: the same distribution as one multinomial with staying as a category, and
/// quick where few leave. The total grows with its uniform. Returns the persons who stay: with
/// those in `leavers` they sum to `persons` exactly. Throws as `split`.
template <class Count>
Count sample_leavers(const Stream& stream, Count persons, std::span<const double> probabilities,
                     std::span<Count> leavers);

extern template void split(const Stream&, std::int64_t, std::span<const double>,
                           std::span<std::int64_t>);
extern template void split(const Stream&, double, std::span<const double>, std::span<double>);
extern template std::int64_t sample_leavers(const Stream&, std::int64_t, std::span<const double>,
                                            std::span<std::int64_t>);
extern template double sample_leavers(const Stream&, double, std::span<const double>,
                                      std::span<double>);

}  // namespace kohort
