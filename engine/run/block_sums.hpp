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
/// a thread that goes through n blocks in their order 2 log2 n at most. The error of rounding grows
/// with log2 n too, and not with n. Source: Higham (2002), Accuracy and Stability of Numerical
/// Algorithms, 4.2.
///
/// Year by year: each block of this rank is entered and closed, by one thread at a time; then
/// `exchange`, `total`, and `clear`.
class BlockSums {
 public:
  /// `cells`: how many sums each rank finishes. The draws must outlive this.
  BlockSums(const DividedDraws& draws, std::vector<std::size_t> cells);

  /// Where the sums of one of this rank's blocks, counted from its first, are entered until it is
  /// closed: [cell], those that each rank finishes one after the other. What is not entered is a
  /// number that stood there before, or 0.
  std::span<double> of(std::size_t block);
  /// All sums of the block are entered that anybody will ask for.
  void close(std::size_t block);
  /// Shares the sums out between the ranks, once all blocks are closed.
  void exchange();
  /// The sums over all blocks of some of the cells that this rank finishes, which are to be asked
  /// for once. Other cells may be asked for by other threads at the same time.
  std::span<const double> total(const Share& cells);
  /// Begins anew, for the next year.
  void clear();

  /// How many rooms for all cells a rank needs at most, where so many threads go through its blocks
  /// each in their order, with what goes to other ranks and comes from them.
  static std::size_t rooms(const DividedDraws& draws, std::size_t threads);

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
