// Sums over the draws of an ensemble, of which each block has some: added up while blocks are still
// computed.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <span>
#include <vector>

#include "engine/base/large_vector.hpp"
#include "engine/comm/mailbox.hpp"
#include "engine/run/divided_draws.hpp"

namespace kohort {

/// Adds the sums of blocks by pairs, of pairs of pairs, and so on, as they stand in the ensemble:
/// in one order, whichever is computed first and by which rank. So few stand beside each other: of
/// a thread that goes through n blocks about log2 n. The error of rounding grows with that too, and
/// not with n. Source: Higham (2002), Accuracy and Stability of Numerical Algorithms, 4.2.
class BlockSums {
 public:
  /// `cells`: how many sums each rank finishes. The draws must outlive this.
  BlockSums(const DividedDraws& draws, std::vector<std::size_t> cells);

  /// Where the sums of one of this rank's blocks are entered, those of each rank one after the
  /// other. What is not entered is some number of before. Each block from one thread at a time.
  std::span<double> of(std::size_t block);
  /// All sums of the block are entered.
  void close(std::size_t block);
  /// Shares the sums out between the ranks, once all blocks are closed.
  void exchange();
  /// The sums over all blocks of some of the cells that this rank finishes, once after an exchange.
  /// Other cells may be asked for by other threads.
  std::span<const double> total(const Share& cells);
  /// Begins anew, for the next year.
  void clear();

  /// How many rooms for all cells so many threads need, about, for so many blocks.
  static std::size_t rooms(std::size_t blocks, std::size_t threads);

 private:
  using Room = LargeVector<double>;
  /// Blocks that stand together in the tree of pairs: 2^level of them, of which the first is a
  /// multiple of that.
  struct Run {
    std::size_t first = 0;
    std::size_t level = 0;
    std::size_t size() const { return std::size_t{1} << level; }
    std::size_t partner() const { return first ^ size(); }
  };
  struct Closed {
    Run run;
    Room sums;
  };
  /// Sums of the cells that this rank finishes, by whichever rank they come from.
  struct Received {
    Run run;
    std::span<double> sums;
  };

  Room spare_room();
  static std::vector<Run> runs_of(Share blocks);

  const DividedDraws& divided_;
  std::vector<std::size_t> cells_;
  std::size_t all_cells_;
  Share blocks_;                          ///< of this rank, among all
  std::vector<Room> open_;                ///< by block of this rank
  std::mutex mutex_;                      ///< of what follows
  std::map<std::size_t, Closed> closed_;  ///< by their first block
  std::vector<Room> spare_;
  LargeVector<double> sent_;  ///< to each rank [run][cell]
  Mailbox<double> mailbox_;
  std::vector<Received> received_;  ///< in the order of the blocks
};

}  // namespace kohort
