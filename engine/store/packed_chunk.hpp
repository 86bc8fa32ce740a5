// A chunk of a dataset as HDF5's own filters would have it, made on whatever thread has time and by
// a library that deflates more than twice as fast.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace kohort::store {

/// What lies in the file of a chunk.
struct PackedChunk {
  std::vector<std::byte> bytes;
  std::uint32_t left_out = 0;  ///< filters that it did not go through, one bit each, as HDF5 counts
};

/// The level at which chunks are deflated.
constexpr unsigned deflate_level = 1;

/// Shuffles and deflates values of `value_size` bytes each, for HDF5's filters to unpack.
/// `chunk` is overwritten, and its memory used again. Safe to call from several threads.
void pack(std::span<const std::byte> values, std::size_t value_size, PackedChunk& chunk);

/// The values of a chunk again, into `values`, which is as long as they are. False where the chunk
/// does not hold so many.
bool unpack(const PackedChunk& chunk, std::size_t value_size, std::span<std::byte> values);

}  // namespace kohort::store
