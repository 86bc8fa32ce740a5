// The chunks of a dataset on their way into the file: packed side by side, written one by one.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>

#include "engine/base/digest.hpp"
#include "engine/store/packed_chunk.hpp"

namespace kohort::store {

/// How a dataset is cut.
struct ChunkShape {
  std::string path;  ///< of the dataset, for messages
  std::size_t chunks = 0;
  std::size_t values = 0;      ///< in each
  std::size_t value_size = 0;  ///< bytes
};

/// A chunk, as values or as it lies in another file.
struct ChunkInHand {
  std::span<const std::byte> values{};  ///< none where it is packed and nobody has them
  PackedChunk packed{};
  bool is_packed = false;
};

/// Puts a chunk of this number into a hand whose values are none and that is not packed. What
/// `values` leads to stays where it is until all are written.
using NextChunk = std::function<void(std::size_t number, ChunkInHand& chunk)>;

/// Asks for all chunks in their order, packs those that are not or unpacks those that are on the
/// threads of the task arena at hand, adds their values to `digest` and gives them to `write`, both
/// in the order of the chunks and neither twice at once. A few for each thread are in memory at
/// once. Nothing here holds a turn with HDF5. Throws what the functions throw, and `Error`
/// (Fault::storage) where a packed chunk is damaged.
void stream_chunks(const ChunkShape& shape, const NextChunk& next, Digest& digest,
                   const std::function<void(std::size_t number, const PackedChunk& chunk)>& write);

}  // namespace kohort::store
