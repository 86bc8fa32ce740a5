#include "engine/random/stream_row.hpp"

#include "engine/random/lanes.hpp"

namespace kohort {

RowNumbers StreamRow::uniforms() const {
  std::array<std::uint64_t, widest> halves;
  philox4x32_row(first_.counter(), first_.key(), halves);
  return uniforms_of(halves);
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
