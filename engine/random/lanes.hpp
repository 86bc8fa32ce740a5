// The arithmetic of inversion for the draws of a row side by side, lane by lane in the same order
// as for one draw, so that each lane has what it would have alone, to the last bit.
#pragma once

#include <array>
#include <cstdint>

#include "engine/random/stream_row.hpp"

namespace kohort {

/// The `uniform_of` bits.
RowNumbers uniforms_of(const std::array<std::uint64_t, widest_row>& bits);

/// What there is to know of a row that has been counted.
struct CountedRow {
  bool valid = true;  ///< whether trials are whole and below 2^52, probabilities and means such
  bool any_large = false;  ///< whether there are lanes for rejection, which are not counted
};

/// Binomial numbers by inversion, of the given uniforms.
CountedRow count_binomials(const RowNumbers& trials, const RowNumbers& probabilities,
                           const RowNumbers& uniforms, RowNumbers& counts);

/// Poisson numbers likewise.
CountedRow count_poissons(const RowNumbers& means, const RowNumbers& uniforms, RowNumbers& counts);

/// How far above 1 the chances of all ways may sum.
inline constexpr double rounding = 1e-9;

/// Carries a parting on by one way. `ahead` is the chance of all that is still to come, staying
/// among it, and comes back less `chance`; `share` is what the way takes of those who are left.
/// Returns whether `ahead` stays above -`rounding` everywhere.
bool share_of_the_rest(const RowNumbers& chance, RowNumbers& ahead, RowNumbers& share);

}  // namespace kohort
