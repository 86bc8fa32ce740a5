#include "engine/base/large_vector.hpp"

#include <cstdlib>
#include <new>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace kohort {
namespace {

constexpr std::size_t large_page = std::size_t{1} << 21U;  // of x86-64 and, mostly, of ARM
constexpr std::size_t large_enough = 2 * large_page;
constexpr std::size_t cache_line = 64;

std::size_t rounded_up(std::size_t bytes, std::size_t to) { return (bytes + to - 1) / to * to; }

}  // namespace

void* allocate_large(std::size_t bytes) {
  const bool large = bytes >= large_enough;
  const std::size_t to = large ? large_page : cache_line;
  const std::size_t all = rounded_up(bytes == 0 ? 1 : bytes, to);
  void* memory = std::aligned_alloc(to, all);
  if (memory == nullptr) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
  if (large) madvise(memory, all, MADV_HUGEPAGE);  // where it cannot be, pages are small
#endif
  return memory;
}

void free_large(void* memory) { std::free(memory); }

}  // namespace kohort
