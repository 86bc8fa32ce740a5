// Chunks on their way into the file: packed and hashed side by side, written one by one.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>

#include "engine/store/packed_chunk.hpp"

namespace kohort::store {

/// Of which dataset a chunk is.
struct ChunkShape {
  std::string path;            ///< of the dataset, for messages
  std::size_t values = 0;      ///< in each of its chunks
  std::size_t value_size = 0;  ///< bytes
};

/// A chunk, as values or as it lies in another file.
struct ChunkInHand {
  std::size_t dataset = 0;  ///< as whoever gives and writes it counts them
  std::size_t number = 0;   ///< among those of the dataset, in row-major order
  const ChunkShape* shape = nullptr;
  std::span<const std::byte> values{};  ///< none where it is packed and nobody has them
  PackedChunk packed{};
  bool is_packed = false;
  std::string hash{};  ///< of its values
};

/// Puts the next chunk into a hand whose values are none and that is not packed; false where there
/// is none left. What `values` and `shape` lead to stays where it is until all are written.
using NextChunk = std::function<bool(ChunkInHand& chunk)>;
/// Writes a chunk that is packed and hashed.
using WriteChunk = std::function<void(ChunkInHand& chunk)>;

/// Asks for all chunks, packs those that are not or unpacks those that are on the threads of the
/// arena at hand, hashes their values and gives them to `write`, in the order in which they
/// came and never two at once. A few for each thread are in memory at once. Nothing here holds a
/// turn with HDF5. Throws what the functions throw, and `Error` (Fault::storage) where a packed
/// chunk is damaged.
void stream_chunks(const NextChunk& next, const WriteChunk& write);

}  // namespace kohort::store
