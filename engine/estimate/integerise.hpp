// Whole persons from fractions of them, without a random number.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <vector>

namespace kohort {

/// Whole numbers in proportion to `values` that sum to `total`, each within 1 of its exact share:
/// all are rounded down, and those with the largest remainders get one more, the first of equals
/// first (Hamilton's method). Values of 0 stay 0.
/// Throws `Error` (Fault::input) on a negative total, values that are negative or not finite, and a
/// total above 0 where all values are 0. Source: Balinski & Young (1982), Fair Representation.
std::vector<std::int64_t> integerise(std::span<const double> values, std::int64_t total);

using IntegerMatrix = Eigen::Matrix<std::int64_t, Eigen::Dynamic, Eigen::Dynamic>;

/// Each cell rounded up or down so that the sums of rows, of columns and of all cells are rounded
/// up or down too: everything stays within 1 of its exact value, and what was whole (to 1e-6) is
/// unchanged, sums included. Cells are paired into closed paths along which fractions move until
/// none is left; of the two directions the one that moves the cells less.
/// Throws `Error` (Fault::input) on values that are negative, not finite or above 1e8.
/// Source: Cox (1987), Journal of the American Statistical Association 82(398), without its
/// randomisation, so that the result is the same each time; hence not unbiased.
IntegerMatrix round_table(const Eigen::MatrixXd& values);

}  // namespace kohort
