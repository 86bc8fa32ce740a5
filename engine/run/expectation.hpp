// How long a run will take, from what its parts take here and now.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "engine/model/model.hpp"
#include "engine/run/ensemble.hpp"
#include "engine/run/recorder.hpp"

namespace kohort {

/// How long a run is expected to take once its tables are read, in seconds of one processor that
/// has nothing else to do.
struct Expectation {
  double computing = 0.0;
  double writing = 0.0;
  std::size_t blocks = 1;  ///< of draws, which threads share among them

  /// On so many threads, all of which also pack what is written.
  double on(std::size_t threads) const {
    const std::size_t used = std::clamp<std::size_t>(threads, 1, blocks);
    const std::size_t rounds = (blocks + used - 1) / used;
    return computing * static_cast<double>(rounds) / static_cast<double>(blocks) +
           writing / static_cast<double>(std::max<std::size_t>(1, threads));
  }
};

/// What parts of a run take, in seconds of a processor.
struct PartTimes {
  double block = 0.0;      ///< to start a block of draws, and to take its stocks
  double interval = 0.0;   ///< to carry a block over an interval, and to take what it comes to
  double estimates = 0.0;  ///< to set out all that was estimated
  double quantiles = 0.0;  ///< to find the quantiles of one cell over all draws
  double sum = 0.0;        ///< to say what all draws of one sum come to
  double dataset = 0.0;    ///< to write a dataset, whatever it holds
  double byte = 0.0;       ///< to compress and write a byte
};

/// Of how many parts a run consists.
struct PartCounts {
  std::size_t draws = 1;
  std::size_t draws_measured = 1;  ///< those of the block whose times are known
  std::size_t intervals = 0;
  std::size_t quantiles = 0;  ///< cells of which they are found, of all years
  std::size_t sums = 0;       ///< of all years
  std::size_t datasets = 0;
  std::size_t bytes = 0;  ///< of them all
};

/// The times of all parts, added up.
Expectation expectation_of(const PartTimes& times, const PartCounts& counts);

/// Measures one block of draws on the thread at hand: a first interval that does not count, then
/// the middle of as many as take a third of a second together. Keeps nothing.
PartTimes time_block(const Model& model, const Frame& frame, const EnsembleShape& shape,
                     const Keep& keep);

/// What it takes to find quantiles over so many draws: enters those of cells, and of sums that are
/// kept in some precision.
void time_quantiles(std::size_t draws, const std::vector<double>& shares, Precision of_sums,
                    PartTimes& times);

/// Seconds that the processor has worked for the thread at hand: that others have it too does not
/// count.
double thread_seconds();
/// The same for all threads of the program.
double process_seconds();

}  // namespace kohort
