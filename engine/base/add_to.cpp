#include "engine/base/add_to.hpp"

#include <cstddef>

#include "engine/base/wide.hpp"

namespace kohort {

KOHORT_WIDE void add_to(std::span<const double> numbers, std::span<double> sums) {
  for (std::size_t at = 0; at < numbers.size(); ++at) sums[at] += numbers[at];
}

}  // namespace kohort
