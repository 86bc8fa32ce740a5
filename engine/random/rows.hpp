// The samplers for the draws of a row side by side. Each draw has the number that it has alone, by
// the sampler of one stream; made together they cost a fraction.
#pragma once

#include <span>

#include "engine/random/stream_row.hpp"

namespace kohort {

/// counts[i] = sample_binomial(streams[i], trials[i], probabilities[i]). Beyond the end of the row
/// trials and probabilities are 0, and so are the counts. Throws as that does.
void sample_binomials(const StreamRow& streams, const RowNumbers& trials,
                      const RowNumbers& probabilities, RowNumbers& counts);

/// counts[i] = sample_poisson(streams[i], means[i]). Beyond the end of the row means are 0. Throws
/// as that does.
void sample_poissons(const StreamRow& streams, const RowNumbers& means, RowNumbers& counts);

/// Parts persons between ways of leaving and staying: each way takes its binomial share of those
/// whom the earlier ways left, which together is one multinomial number (Devroye 1986, Non-Uniform
/// Random Variate Generation, chapter XI). Each way has a lane of the streams, so that another
/// chance of one leaves the numbers of the earlier ones alone, and the uniforms of all.
class LeaverRow {
 public:
  /// `persons` are whole, and 0 beyond the end of the row.
  LeaverRow(const StreamRow& streams, const RowNumbers& persons);

  /// How many leave by the next way, with a probability of `chance` for each of the persons. Throws
  /// `Error` (Fault::model) where the chances of the ways so far sum to more than 1 (1e-9 above it
  /// is taken for rounding), and as `sample_binomial`.
  const RowNumbers& leave(const RowNumbers& chance);

  /// Those whom the ways so far left.
  const RowNumbers& stayers() const { return stayers_; }

 private:
  StreamRow streams_;
  std::uint16_t way_ = 0;
  RowNumbers stayers_;
  RowNumbers ahead_{};  ///< the chances of what is still to come, staying among them
  RowNumbers leavers_;
};

}  // namespace kohort
