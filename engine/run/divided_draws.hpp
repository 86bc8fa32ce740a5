// The draws of an ensemble, divided over ranks.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/comm/communicator.hpp"
#include "engine/comm/share.hpp"
#include "engine/run/ensemble.hpp"

namespace kohort {

/// Which draws each rank computes: a run of blocks, equally many but for one, which the last ranks
/// have more. The blocks are those of one rank that computes them all, so that ranks make no
/// difference to a result. Where there are fewer blocks than ranks, the first compute none, and
/// only help to finish.
class DividedDraws {
 public:
  /// `whole`: the ensemble of all ranks. The communicator must outlive this.
  DividedDraws(const EnsembleShape& whole, const Communicator& communicator);

  const Communicator& communicator() const { return communicator_; }
  /// The draws of this rank.
  const EnsembleShape& own_shape() const { return own_shape_; }
  std::span<const DrawBlock> own_blocks() const { return own_blocks_; }

  /// Of all ranks.
  std::size_t count() const { return count_; }
  std::size_t most_draws_of_a_rank() const { return draws_.back().count; }
  /// Of how many draws a rank has as much as of all cells: of its own, and of several ranks those
  /// that it gets, all draws of a share of the cells.
  std::size_t own_and_received() const {
    const std::size_t ranks = communicator_.size();
    return own_shape_.draws + (ranks > 1 ? (count_ + ranks - 1) / ranks : 0);
  }
  std::size_t blocks() const { return blocks_.back().first + blocks_.back().count; }
  /// By rank, counted from the first draw or block of the ensemble.
  const std::vector<Share>& draws_of_ranks() const { return draws_; }
  const std::vector<Share>& blocks_of_ranks() const { return blocks_; }
  /// By block of the ensemble, counted from its first draw.
  const std::vector<Share>& draws_of_blocks() const { return draws_of_blocks_; }

 private:
  const Communicator& communicator_;
  std::size_t count_;
  std::vector<Share> blocks_;
  std::vector<Share> draws_;
  std::vector<Share> draws_of_blocks_;
  EnsembleShape own_shape_;
  std::vector<DrawBlock> own_blocks_;
};

}  // namespace kohort
