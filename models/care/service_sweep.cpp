#include "models/care/service_sweep.hpp"

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>

#include "engine/base/processors.hpp"

namespace kohort::care {
namespace {

#define KOHORT_BODY "models/care/service_sweep.inc"
#include "engine/base/each_processor.inc"

}  // namespace

std::span<const ServiceKernels> service_implementations() {
  static constexpr std::array all{
      plain::service_kernels,
#ifdef KOHORT_WIDER_KERNELS
      v3::service_kernels,
      v4::service_kernels,
#endif
  };
  return std::span(all).first(runnable());
}

const ServiceKernels& fastest_service_kernels() { return service_implementations().back(); }

}  // namespace kohort::care
