#include "engine/base/processors.hpp"

namespace kohort {

std::size_t runnable() {
#ifdef KOHORT_WIDER_KERNELS
  const auto has_v3 = [] {
    return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0 &&
           __builtin_cpu_supports("bmi2") != 0;
  };
  const auto has_v4 = [] {
    return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512vl") != 0 &&
           __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
           __builtin_cpu_supports("avx512cd") != 0;
  };
  static const std::size_t count = !has_v3() ? 1 : !has_v4() ? 2 : 3;
  return count;
#else
  return 1;
#endif
}

}  // namespace kohort
