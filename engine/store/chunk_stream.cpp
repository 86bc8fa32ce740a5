#include "engine/store/chunk_stream.hpp"

#include <vector>

#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include "engine/base/error.hpp"
#include "engine/store/content_hash.hpp"

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
  const auto threads = static_cast<std::size_t>(tbb::this_task_arena::max_concurrency());
  std::vector<Hand> hands(for_each_thread * threads);
  std::size_t asked_for = 0;
  const auto ask = [&](tbb::flow_control& flow) -> Hand* {
    // The last stage is in order, so that the hand is free again.
    Hand& hand = hands[asked_for++ % hands.size()];
    hand.chunk.values = {};
    hand.chunk.is_packed = false;
    if (next(hand.chunk)) return &hand;
    flow.stop();
    return nullptr;
  };
  using Mode = tbb::filter_mode;
  tbb::parallel_pipeline(
      hands.size(), tbb::make_filter<void, Hand*>(Mode::serial_in_order, ask) &
                        tbb::make_filter<Hand*, Hand*>(Mode::parallel,
                                                       [](Hand* hand) {
                                                         complete(*hand);
                                                         return hand;
                                                       }) &
                        tbb::make_filter<Hand*, void>(Mode::serial_in_order,
                                                      [&](Hand* hand) { write(hand->chunk); }));
}

}  // namespace kohort::store
