#include "engine/random/stream_row.hpp"

namespace kohort {

RowNumbers StreamRow::uniforms() const {
  static constexpr std::array<std::uint32_t, widest> beginnings{};
  static constexpr std::array<std::uint32_t, widest> draws{0, 1, 2,  3,  4,  5,  6,  7,
                                                           8, 9, 10, 11, 12, 13, 14, 15};
  std::array<PhiloxBlock, widest> blocks;
  this->blocks(beginnings, draws, blocks);
  RowNumbers uniforms;
  for (std::size_t at = 0; at < widest; ++at) {
    uniforms[at] = uniform_of(blocks[at][0] | std::uint64_t{blocks[at][1]} << 32U);
  }
  return uniforms;
}

void StreamRow::blocks(std::span<const std::uint32_t> numbers, std::span<const std::uint32_t> draws,
                       std::span<PhiloxBlock> blocks) const {
  assert(numbers.size() <= most_blocks);
  const PhiloxBlock beginning = first_.counter();
  std::array<std::uint32_t, most_blocks> later;
  for (std::size_t at = 0; at < draws.size(); ++at) later[at] = beginning[1] + draws[at];
  philox4x32({numbers, std::span(later).first(draws.size()), beginning[2], beginning[3]},
             first_.key(), blocks);
}

}  // namespace kohort
