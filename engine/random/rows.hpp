// The samplers for the draws of a row side by side. Each draw has the number that it has alone, by
// the sampler of one stream; made together they cost a fraction.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "engine/random/lanes.hpp"
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
  /// `persons` are whole, and 0 beyond the end of the row. The uniforms of `ways` ways are made two
  /// by two, and those of more than are expected one by one: the same numbers, but it takes longer.
  LeaverRow(const StreamRow& streams, const RowNumbers& persons, std::size_t ways = 1);

  /// How many leave by the next way, with a probability of `chance` for each of the persons. Throws
  /// `Error` (Fault::model) where the chances of the ways so far sum to more than 1 (1e-9 above it
  /// is taken for rounding), and as `sample_binomial`.
  const RowNumbers& leave(const RowNumbers& chance);

  /// Those whom the ways so far left.
  const RowNumbers& stayers() const { return row_.stayers; }

 private:
  /// The uniforms of the way that is next.
  const RowNumbers& uniforms();
  /// Says what is wrong with the last way.
  void refuse() const;
  /// Adds to the leavers of the last way those who are counted by rejection.
  void leave_one_by_one();

  StreamRow streams_;
  std::size_t ways_;
  std::uint16_t way_ = 0;
  PartedRow row_;
  std::array<RowNumbers, 2> uniforms_;  ///< of even ways and of odd ones
};

}  // namespace kohort
