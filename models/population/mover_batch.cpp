#include "models/population/mover_batch.hpp"

#include <algorithm>

namespace kohort::population {
namespace {

constexpr std::int32_t words = std::tuple_size_v<PhiloxBlock>;

}  // namespace

/// Draw by draw for each number of a block, so that neighbouring movers seldom arrive in the same
/// place and draw: the processor would have to wait for one before it adds the next.
void MoverBatch::send(ConstSlab movers) {
  const auto most_movers =
      static_cast<std::int32_t>(*std::max_element(movers.begin(), movers.end()));
  std::array<std::int32_t, widest_row> left;
  std::copy(movers.begin(), movers.end(), left.begin());
  for (std::uint32_t number = 0; static_cast<std::int32_t>(number) * words < most_movers;
       ++number) {
    for (std::size_t draw = 0; draw < movers.size(); ++draw) {
      numbers_[size_] = number;
      draws_[size_] = static_cast<std::uint32_t>(draw);
      movers_[size_] = std::min(left[draw], words);
      size_ += left[draw] > 0 ? 1 : 0;  // no branch, which would be a guess
      left[draw] -= words;
    }
    if (size_ + widest_row > most) arrive();
  }
  arrive();
}

void MoverBatch::arrive() {
  // Blocks are made quickest in whole rows.
  const std::size_t made = (size_ + widest_row - 1) / widest_row * widest_row;
  for (std::size_t block = size_; block < made; ++block) numbers_[block] = draws_[block] = 0;
  std::array<PhiloxBlock, most> blocks;
  streams_.blocks(std::span(numbers_).first(made), std::span(draws_).first(made),
                  std::span(blocks).first(made));
  for (std::int32_t word = 0; word < words; ++word) {
    for (std::size_t block = 0; block < size_; ++block) {
      // Whether somebody has the word or not: quicker than a branch that is a guess.
      constexpr std::array<double, 2> nobody_or_one{0.0, 1.0};
      const std::size_t area = choice_.destination(blocks[block][static_cast<std::size_t>(word)]);
      arrivals_.persons[area * arrivals_.draws + draws_[block]] +=
          nobody_or_one[word < movers_[block] ? 1 : 0];
    }
  }
  size_ = 0;
}

}  // namespace kohort::population
