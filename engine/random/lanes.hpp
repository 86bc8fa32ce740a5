// The arithmetic of the samplers for the draws of a row side by side, lane by lane in the same
// order as for one draw, so that each lane has what it would have alone, to the last bit.
#pragma once

#include <span>

#include "engine/random/stream_row.hpp"

namespace kohort {

/// What there is to know of a row that has been counted. The numbers of one that is not valid mean
/// nothing.
struct CountedRow {
  bool valid = true;  ///< whether trials are whole and below 2^52, probabilities and means such
  bool any_large = false;  ///< whether there are lanes for rejection, which have a count of 0
};

/// How far above 1 the chances of all ways of leaving may sum.
inline constexpr double rounding = 1e-9;

/// A row that is parted by one way of leaving after the other.
struct PartedRow {
  RowNumbers stayers;
  RowNumbers ahead;    ///< the chance of all that is still to come, staying among it
  RowNumbers share;    ///< what the last way takes of those who were left
  RowNumbers leavers;  ///< by the last way
};

/// All by one implementation. Counts are by inversion, of the given uniforms.
struct LaneMakers {
  /// Binomial numbers.
  CountedRow (*binomials)(const RowNumbers& trials, const RowNumbers& probabilities,
                          const RowNumbers& uniforms, RowNumbers& counts);
  CountedRow (*poissons)(const RowNumbers& means, const RowNumbers& uniforms, RowNumbers& counts);
  /// Carries a parting on by one way. Valid is also that `ahead` stays above -`rounding`.
  CountedRow (*leave)(const RowNumbers& chance, const RowNumbers& uniforms, PartedRow& row);
};

/// Those that this processor has, the fastest last; all give the same numbers.
std::span<const LaneMakers> lane_implementations();

}  // namespace kohort
