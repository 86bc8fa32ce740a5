// The arithmetic of inversion for the draws of a row side by side, lane by lane in the same order
// as for one draw, so that each lane has what it would have alone, to the last bit.
#pragma once

#include <array>

#include "engine/random/stream_row.hpp"

namespace kohort {

/// One count for each lane. A lane whose uniform is 0 has nothing to count.
struct CountLanes {
  RowNumbers uniform{};
  RowNumbers none{};  ///< as in `CountLaw`
  RowNumbers rise{};
  RowNumbers fall{};
};

/// What is to be done for a row of binomial numbers.
struct BinomialRow {
  RowNumbers uniform{};    ///< that of the rarer outcome; 0 where inversion has nothing to count
  RowNumbers rarer{};      ///< probability of the rarer outcome
  bool valid = true;       ///< whether all trials are whole and below 2^52, all probabilities such
  bool any_open = false;   ///< whether inversion has something to count
  bool any_large = false;  ///< whether there are lanes for rejection
  bool any_mirrored = false;  ///< whether the rarer outcome is the other one anywhere
};

/// Looks at a row of binomial numbers to be drawn with the given uniforms.
BinomialRow look_at_binomials(const RowNumbers& trials, const RowNumbers& probabilities,
                              const RowNumbers& uniforms);

/// The laws of the row. Where there are more than `few_trials`, P(0) is not set.
CountLanes laws_of_binomials(const RowNumbers& trials, const BinomialRow& row);

/// The laws of a row of Poisson numbers with the given uniforms, and what is to be done for it.
struct PoissonRow {
  CountLanes lanes;
  bool any_open = false;   ///< whether inversion has something to count
  bool any_large = false;  ///< whether there are lanes for rejection, or of no valid mean
};
PoissonRow laws_of_poissons(const RowNumbers& means, const RowNumbers& uniforms);

/// Counts in all lanes.
void count_by_inversion(const CountLanes& lanes, RowNumbers& counts);

/// How far above 1 the chances of all ways may sum.
inline constexpr double rounding = 1e-9;

/// Carries a parting on by one way. `ahead` is the chance of all that is still to come, staying
/// among it, and comes back less `chance`; `share` is what the way takes of those who are left.
/// Returns whether `ahead` stays above -`rounding` everywhere.
bool share_of_the_rest(const RowNumbers& chance, RowNumbers& ahead, RowNumbers& share);

}  // namespace kohort
