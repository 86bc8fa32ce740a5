// Movers on their way to their destinations.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "engine/random/stream_row.hpp"
#include "models/population/destination_chooser.hpp"
#include "models/population/events.hpp"

namespace kohort::population {

/// Where the movers of a row of draws arrive.
struct Arrivals {
  Slab persons;       ///< from the first draw of the row on: [area][draw]
  std::size_t draws;  ///< between one area and the next
};

/// Sends the movers of one origin to their destinations. Each mover has one word of random bits:
/// the fourth mover of a draw the fourth word of its stream, whatever happens in other draws.
class MoverBatch {
 public:
  MoverBatch(const StreamRow& streams, const DestinationChooser::Choice& choice,
             const Arrivals& arrivals)
      : streams_(streams), choice_(choice), arrivals_(arrivals) {}

  /// Adds the movers of each draw, whole numbers below 2^31, to where they arrive.
  void send(ConstSlab movers);

 private:
  static constexpr std::size_t most = StreamRow::most_blocks;

  void arrive();

  StreamRow streams_;
  DestinationChooser::Choice choice_;
  Arrivals arrivals_;
  // Blocks of four words that wait for being made, of all draws together.
  std::size_t size_ = 0;
  std::array<std::uint32_t, most> numbers_;  ///< within the stream of their draw
  std::array<std::uint32_t, most> draws_;
  std::array<std::int32_t, most> movers_;  ///< up to four who have a word of the block
};

}  // namespace kohort::population
