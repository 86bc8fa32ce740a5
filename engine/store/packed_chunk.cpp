#include "engine/store/packed_chunk.hpp"

#include <algorithm>
#include <memory>
#include <new>

#include <libdeflate.h>

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

/// What the library works with; it throws where there is no memory for that.
template <class Worker, class Free>
std::unique_ptr<Worker, Free> made(Worker* worker, Free free) {
  if (worker == nullptr) throw std::bad_alloc();
  return {worker, free};
}

}  // namespace

void pack(std::span<const std::byte> values, std::size_t value_size, PackedChunk& chunk) {
  std::vector<std::byte> shuffled(values.size());
  shuffle(values, value_size, shuffled.data());
  chunk.left_out = 0;
  chunk.bytes.resize(room_for(values.size()));
  const auto compressor =
      made(libdeflate_alloc_compressor(deflate_level), &libdeflate_free_compressor);
  const std::size_t length = libdeflate_zlib_compress(
      compressor.get(), shuffled.data(), shuffled.size(), chunk.bytes.data(), chunk.bytes.size());
  if (length > 0) {
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
    const auto decompressor = made(libdeflate_alloc_decompressor(), &libdeflate_free_decompressor);
    const libdeflate_result result =
        libdeflate_zlib_decompress(decompressor.get(), chunk.bytes.data(), chunk.bytes.size(),
                                   inflated.data(), inflated.size(), nullptr);
    if (result != LIBDEFLATE_SUCCESS) return false;
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
