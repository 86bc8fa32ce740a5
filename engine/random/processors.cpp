#include "engine/random/processors.hpp"

namespace kohort {

std::size_t runnable() {
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
  static const std::size_t count = __builtin_cpu_supports("x86-64-v3") == 0   ? 1
                                   : __builtin_cpu_supports("x86-64-v4") == 0 ? 2
                                                                              : 3;
  return count;
#else
  return 1;
#endif
}

}  // namespace kohort
