#include "engine/base/large_vector.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace kohort {
namespace {

constexpr std::size_t large_page = std::size_t{1} << 21U;  // of x86-64 and, mostly, of ARM
constexpr std::size_t large_enough = 2 * large_page;
constexpr std::size_t cache_line = 64;

/// Large ones begin at one of so many places in their pages, as many lines and small pages apart:
/// caches keep few lines of those at the same place of many pages, and that is where tables of the
/// same shape would have what belongs together.
constexpr unsigned places_in_bits = 6;
constexpr std::size_t apart = 4096 + cache_line;
constexpr std::size_t farthest = ((std::size_t{1} << places_in_bits) - 1) * apart;

/// Pages that follow each other get places far from each other. Source: Fibonacci hashing, Knuth
/// (1998), The Art of Computer Programming 3, section 6.4.
std::size_t place_in(const void* pages) {
  constexpr std::uint64_t golden = 0x9E3779B97F4A7C15U;
  const std::uint64_t number = reinterpret_cast<std::uintptr_t>(pages) / large_page;
  return (number * golden >> (64U - places_in_bits)) * apart;
}

}  // namespace

/// Just before what is handed out stands where the memory begins.
void* allocate_large(std::size_t bytes) {
  const bool large = bytes >= large_enough;
  const std::size_t to = large ? large_page : cache_line;
  const std::size_t all = bytes + cache_line + (large ? farthest : 0);
  void* memory = std::aligned_alloc(to, (all + to - 1) / to * to);
  if (memory == nullptr) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
  if (large) madvise(memory, all, MADV_HUGEPAGE);  // where it cannot be, pages are small
#endif
  std::byte* begin = static_cast<std::byte*>(memory) + cache_line + (large ? place_in(memory) : 0);
  std::memcpy(begin - sizeof(memory), &memory, sizeof(memory));
  return begin;
}

void free_large(void* begin) {
  void* memory = nullptr;
  std::memcpy(&memory, static_cast<std::byte*>(begin) - sizeof(memory), sizeof(memory));
  std::free(memory);
}

}  // namespace kohort
