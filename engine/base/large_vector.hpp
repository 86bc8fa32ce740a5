// Vectors for much data, in pages of the memory that are as large as the system has them.
#pragma once

#include <cstddef>
#include <vector>

namespace kohort {

/// Memory for so many bytes; a large one lies in large pages. Throws `std::bad_alloc`.
void* allocate_large(std::size_t bytes);
void free_large(void* memory);

/// Has large vectors lie in large pages where the system gives them: a page is looked up, and made,
/// far fewer times.
template <class Value>
struct LargeAllocator {
  using value_type = Value;

  LargeAllocator() = default;
  template <class Other>
  LargeAllocator(const LargeAllocator<Other>& /*other*/) {}  // as allocators convert

  Value* allocate(std::size_t count) {
    return static_cast<Value*>(allocate_large(count * sizeof(Value)));
  }
  void deallocate(Value* values, std::size_t /*count*/) { free_large(values); }

  friend bool operator==(const LargeAllocator& /*one*/, const LargeAllocator& /*other*/) {
    return true;
  }
};

template <class Value>
using LargeVector = std::vector<Value, LargeAllocator<Value>>;

}  // namespace kohort
