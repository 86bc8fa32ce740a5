// The streams of several draws at one site, side by side: what the draws of a block ask for at
// once.
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/random/philox_many.hpp"
#include "engine/random/stream.hpp"

namespace kohort {

/// The most draws of a row.
inline constexpr std::size_t widest_row = 16;

/// One number for each draw of a row, and room for the draws that it has less than the widest. In
/// whole cache lines, since a vector that lies across two takes longer to read.
struct alignas(64) RowNumbers : std::array<double, widest_row> {};

/// As many streams as there are draws in a row, of consecutive draws at one site. Each gives the
/// numbers that it gives alone; made together they cost less.
class StreamRow {
 public:
  /// The most streams of a row.
  static constexpr std::size_t widest = widest_row;
  /// The most that `blocks` gives at once.
  static constexpr std::size_t most_blocks = 64;

  /// `site` is that of the first draw.
  StreamRow(const StreamKey& key, const Site& site, std::size_t count)
      : first_(key, site), count_(count) {
    assert(count <= widest);
  }

  std::size_t size() const { return count_; }

  /// The stream of one draw, from its beginning.
  Stream operator[](std::size_t at) const { return first_.of_later_draw(at); }

  /// The rows of the same site in another lane, from their beginning.
  StreamRow lane(std::uint16_t lane) const {
    StreamRow other = *this;
    other.first_ = first_.lane(lane);
    return other;
  }

  /// The first uniform of each stream. Those beyond the end of the row belong to later draws.
  RowNumbers uniforms() const { return uniforms_of(first_.counter()[3]); }

  /// The same in a lane of the site.
  RowNumbers uniforms(std::uint16_t lane) const { return uniforms_of(first_.fourth_word(lane)); }

  /// The same in a lane and in the next.
  std::array<RowNumbers, 2> uniforms_of_two_lanes(std::uint16_t lane) const;

  /// Four words each: block number `numbers[i]` of the stream of the draw at `draws[i]`.
  void blocks(std::span<const std::uint32_t> numbers, std::span<const std::uint32_t> draws,
              std::span<PhiloxBlock> blocks) const;

 private:
  RowNumbers uniforms_of(std::uint32_t fourth_word) const;

  Stream first_;
  std::size_t count_;
};

}  // namespace kohort
