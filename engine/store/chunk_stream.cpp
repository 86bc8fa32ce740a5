#include "engine/store/chunk_stream.hpp"

#include <vector>

#include "engine/base/error.hpp"
#include "engine/store/content_hash.hpp"
#include "engine/threads/parallel.hpp"

namespace kohort::store {
namespace {

/// A chunk and where its values lie if they were unpacked. Hands are used in turn, so that their
/// memory is.
struct Hand {
  ChunkInHand chunk;
  std::vector<std::byte> unpacked;
};

/// Makes of a chunk what it is not yet.
void complete(Hand& hand) {
  ChunkInHand& chunk = hand.chunk;
  const ChunkShape& shape = *chunk.shape;
  if (!chunk.is_packed) {
    pack(chunk.values, shape.value_size, chunk.packed);
  } else if (chunk.values.empty()) {
    hand.unpacked.resize(shape.values * shape.value_size);
    if (!unpack(chunk.packed, shape.value_size, hand.unpacked)) {
      throw Error(Fault::storage,
                  Mistake{{},
                          "a chunk of " + shape.path + " is damaged where it is read",
                          "delete the folder that it lies in, and begin again"});
    }
    chunk.values = hand.unpacked;
  }
  chunk.hash = chunk_hash(chunk.values);
}

}  // namespace

void stream_chunks(const NextChunk& next, const WriteChunk& write) {
  constexpr std::size_t for_each_thread = 2;
  const auto threads = threads_here();
  std::vector<Hand> hands(for_each_thread * threads);
  std::size_t asked_for = 0;
  const auto ask = [&]() -> Hand* {
    // They are written in order, so that the hand is free again.
    Hand& hand = hands[asked_for++ % hands.size()];
    hand.chunk.values = {};
    hand.chunk.is_packed = false;
    return next(hand.chunk) ? &hand : nullptr;
  };
  in_order<Hand>(hands.size(), ask, complete, [&](Hand& hand) { write(hand.chunk); });
}

}  // namespace kohort::store
