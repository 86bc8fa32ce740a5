// Sums of many numbers at once, such as those of a slab.
#pragma once

#include <span>

namespace kohort {

/// sums[i] += numbers[i], in the widest vectors that the processor has; `sums` is as long at least.
void add_to(std::span<const double> numbers, std::span<double> sums);

}  // namespace kohort
