#include "engine/store/packed_chunk.hpp"

#include <algorithm>
#include <new>

#include <zlib.h>

namespace kohort::store {
namespace {

/// The places of the filters in the file, of which each has a bit.
constexpr std::uint32_t without_shuffle = 1U;
constexpr std::uint32_t without_deflate = 2U;

/// The room that HDF5 gives to deflated bytes: what takes more stays as it is.
std::size_t room_for(std::size_t size) {
  constexpr std::size_t thousand = 1000;
  constexpr std::size_t added = 12;
  return size + (size + thousand - 1) / thousand + added;
}

/// The first bytes of all values, then the second ones, and so on.
void shuffle(std::span<const std::byte> values, std::size_t value_size, std::byte* shuffled) {
  const std::size_t count = values.size() / value_size;
  for (std::size_t byte = 0; byte < value_size; ++byte) {
    const std::byte* from = values.data() + byte;
    for (std::size_t at = 0; at < count; ++at) *shuffled++ = from[at * value_size];
  }
}

void restore(const std::byte* shuffled, std::size_t value_size, std::span<std::byte> values) {
  const std::size_t count = values.size() / value_size;
  for (std::size_t byte = 0; byte < value_size; ++byte) {
    std::byte* to = values.data() + byte;
    for (std::size_t at = 0; at < count; ++at) to[at * value_size] = *shuffled++;
  }
}

}  // namespace

void pack(std::span<const std::byte> values, std::size_t value_size, PackedChunk& chunk) {
  std::vector<std::byte> shuffled(values.size());
  shuffle(values, value_size, shuffled.data());
  chunk.left_out = 0;
  chunk.bytes.resize(room_for(values.size()));
  uLongf length = chunk.bytes.size();
  const int status =
      compress2(reinterpret_cast<Bytef*>(chunk.bytes.data()), &length,
                reinterpret_cast<const Bytef*>(shuffled.data()), shuffled.size(), deflate_level);
  if (status == Z_MEM_ERROR) throw std::bad_alloc();
  if (status == Z_OK) {
    chunk.bytes.resize(length);
    return;
  }
  chunk.bytes = std::move(shuffled);
  chunk.left_out = without_deflate;
}

bool unpack(const PackedChunk& chunk, std::size_t value_size, std::span<std::byte> values) {
  std::vector<std::byte> inflated;
  const std::vector<std::byte>* shuffled = &chunk.bytes;
  if ((chunk.left_out & without_deflate) == 0) {
    inflated.resize(values.size());
    uLongf length = inflated.size();
    const int status =
        uncompress(reinterpret_cast<Bytef*>(inflated.data()), &length,
                   reinterpret_cast<const Bytef*>(chunk.bytes.data()), chunk.bytes.size());
    if (status == Z_MEM_ERROR) throw std::bad_alloc();
    if (status != Z_OK) return false;
    inflated.resize(length);
    shuffled = &inflated;
  }
  if (shuffled->size() != values.size()) return false;
  if ((chunk.left_out & without_shuffle) != 0) {
    std::copy(shuffled->begin(), shuffled->end(), values.begin());
  } else {
    restore(shuffled->data(), value_size, values);
  }
  return true;
}

}  // namespace kohort::store
