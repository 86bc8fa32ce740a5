#include "engine/run/divided_draws.hpp"

namespace kohort {

DividedDraws::DividedDraws(const EnsembleShape& whole, const Communicator& communicator)
    : communicator_(communicator), count_(whole.draws), own_shape_(whole) {
  const std::vector<DrawBlock> blocks = blocks_of(whole);
  for (const DrawBlock& block : blocks) {
    draws_of_blocks_.push_back({block.first - whole.first_draw, block.count});
  }
  const auto first_of = [&](std::size_t block) {
    return block < blocks.size() ? blocks[block].first - whole.first_draw : count_;
  };
  blocks_ = shares_of(blocks.size(), communicator.size());
  for (const Share& share : blocks_) {
    const std::size_t first = first_of(share.first);
    draws_.push_back({first, first_of(share.first + share.count) - first});
  }
  const Share& own = draws_[communicator.rank()];
  own_shape_.first_draw += own.first;
  own_shape_.draws = own.count;
  own_blocks_ = blocks_of(own_shape_);
}

}  // namespace kohort
