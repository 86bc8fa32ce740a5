#include "engine/run/divided_draws.hpp"

#include <algorithm>

namespace kohort {

DividedDraws::DividedDraws(const EnsembleShape& whole, const Communicator& communicator)
    : communicator_(communicator), count_(whole.draws), own_shape_(whole) {
  const std::size_t blocks = blocks_of(whole).size();
  blocks_ = shares_of(blocks, communicator.size());
  for (const Share& share : blocks_) {
    const std::size_t first = std::min(share.first * draws_in_block, count_);
    const std::size_t end = std::min((share.first + share.count) * draws_in_block, count_);
    draws_.push_back({first, end - first});
  }
  const Share& own = draws_[communicator.rank()];
  own_shape_.first_draw += own.first;
  own_shape_.draws = own.count;
  own_blocks_ = blocks_of(own_shape_);
}

}  // namespace kohort
