#include "engine/base/sum_rows.hpp"

#include <array>

#include "engine/base/wide.hpp"

namespace kohort {
namespace {

constexpr std::size_t lanes = 4;
using Lanes = double __attribute__((vector_size(lanes * sizeof(double))));

template <class Real>
[[gnu::always_inline]] inline void add_four(const Real* numbers, Lanes& sums) {
  Lanes four{};
  for (std::size_t lane = 0; lane < lanes; ++lane) four[lane] = static_cast<double>(numbers[lane]);
  sums += four;
}

/// A row's four sums.
template <class Real>
[[gnu::always_inline]] inline void sum_row(const Real* row, std::size_t length, Lanes& sums) {
  sums = Lanes{};
  std::size_t at = 0;
  for (; at + lanes <= length; at += lanes) add_four(row + at, sums);
  for (; at < length; ++at) sums[0] += static_cast<double>(row[at]);
}

[[gnu::always_inline]] inline void add_pairs(const Lanes& one, const Lanes& other, Lanes& sums) {
  sums = __builtin_shufflevector(one, other, 0, 4, 2, 6) +
         __builtin_shufflevector(one, other, 1, 5, 3, 7);
}

/// (a + b) + (c + d) of each of four rows, whose sums a to d are.
[[gnu::always_inline]] inline void add_across(const std::array<Lanes, lanes>& rows, Lanes& sums) {
  Lanes first;
  Lanes second;
  add_pairs(rows[0], rows[1], first);
  add_pairs(rows[2], rows[3], second);
  sums = __builtin_shufflevector(first, second, 0, 1, 4, 5) +
         __builtin_shufflevector(first, second, 2, 3, 6, 7);
}

template <class Real>
[[gnu::always_inline]] inline void sum_rows_of(const Real* numbers, std::size_t length,
                                               std::span<double> sums) {
  std::array<Lanes, lanes> rows{};
  Lanes four;
  const auto sum_some = [&](std::size_t count) {
    for (std::size_t row = 0; row < count; ++row, numbers += length) {
      sum_row(numbers, length, rows[row]);
    }
    add_across(rows, four);
  };
  std::size_t done = 0;
  for (; done + lanes <= sums.size(); done += lanes) {
    sum_some(lanes);
    __builtin_memcpy(&sums[done], &four, sizeof(four));
  }
  if (done == sums.size()) return;
  sum_some(sums.size() - done);
  for (std::size_t row = 0; done < sums.size(); ++row, ++done) sums[done] = four[row];
}

/// With a constant for the usual length, so that the compiler need not look for what is left over.
template <class Real>
[[gnu::always_inline]] inline void sum_rows_as_usual(const Real* numbers, std::size_t length,
                                                     std::span<double> sums) {
  constexpr std::size_t usual = 16;
  if (length == usual) {
    sum_rows_of(numbers, usual, sums);
  } else {
    sum_rows_of(numbers, length, sums);
  }
}

}  // namespace

KOHORT_WIDE void sum_rows(std::span<const double> numbers, std::size_t length,
                          std::span<double> sums) {
  sum_rows_as_usual(numbers.data(), length, sums);
}

KOHORT_WIDE void sum_rows(std::span<const float> numbers, std::size_t length,
                          std::span<double> sums) {
  sum_rows_as_usual(numbers.data(), length, sums);
}

}  // namespace kohort
