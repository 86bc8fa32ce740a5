#include "engine/random/stream_row.hpp"

namespace kohort {

RowNumbers StreamRow::uniforms_of(std::uint32_t fourth_word) const {
  RowNumbers uniforms;
  philox4x32_rows({first_.counter(), fourth_word}, first_.key(), {uniforms, {}});
  return uniforms;
}

std::array<RowNumbers, 2> StreamRow::uniforms_of_two_lanes(std::uint16_t lane) const {
  std::array<RowNumbers, 2> uniforms;
  philox4x32_rows({first_.counter(), first_.fourth_word(lane)}, first_.key(),
                  {uniforms[0], uniforms[1]});
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
