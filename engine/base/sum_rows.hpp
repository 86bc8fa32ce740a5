// Sums of many short rows at once, such as the draws of a block.
#pragma once

#include <cstddef>
#include <span>

namespace kohort {

/// sums[i] is that of row i of `numbers`, each so long: every fourth number to one of four sums, so
/// that the processor need not wait for each addition, and these in pairs. The same bits on every
/// kind of processor.
void sum_rows(std::span<const double> numbers, std::size_t length, std::span<double> sums);
void sum_rows(std::span<const float> numbers, std::size_t length, std::span<double> sums);

}  // namespace kohort
