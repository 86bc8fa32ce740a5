// How much of what a model gives is due to each of its inputs: Sobol indices.
//
// The inputs vary independently of each other, each uniformly over the unit interval. V is the
// variance of the output. The first-order index of an input is V(E(output | input)) / V: what of
// the variance would go, on average, were the input known. The total index is
// E(V(output | all others)) / V: what would remain were all others known; it has what the input
// does together with others. Source: Sobol (1993), Mathematical Modelling and Computational
// Experiment 1(4), 407-414; total: Homma & Saltelli (1996), Reliability Engineering and System
// Safety 52, 1-17.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/sample/design.hpp"

namespace kohort {

/// Rows of points at which a model is to be tried. A row has two points that have nothing to do
/// with each other, A and B, and for each input a point that is A but for this input, which is
/// B's. Source: Saltelli (2002), Computer Physics Communications 145, 280-297.
struct IndexDesign {
  std::size_t inputs = 0;
  std::vector<double> values;  ///< [row][A, B, A with input 1 of B, ...][input]

  std::size_t points_in_row() const { return inputs + 2; }
  std::size_t rows() const { return values.size() / (points_in_row() * inputs); }
  std::size_t points() const { return rows() * points_in_row(); }
  std::span<const double> point(std::size_t number) const {
    return std::span(values).subspan(number * inputs, inputs);
  }
};

/// A and B of each row are a point of a design of twice as many dimensions. Throws
/// `std::invalid_argument` as `unit_points` does.
IndexDesign index_design(Design design, std::size_t rows, std::size_t inputs, std::uint64_t seed);

/// An index, and between what it lies with a probability of 95 %, as far as the rows are too few.
struct IndexEstimate {
  double value = 0.0;
  double low = 0.0;
  double high = 0.0;

  double width() const { return high - low; }
};

/// The first-order and the total index of one input.
struct InputIndices {
  IndexEstimate first;
  IndexEstimate total;
};

/// The indices of all inputs for one figure, and what they are shares of.
struct SobolIndices {
  std::size_t rows = 0;
  double mean = 0.0;      ///< of the points A and B
  double variance = 0.0;  ///< of the same
  std::vector<InputIndices> inputs;
};

/// How the intervals are found.
struct Bootstrap {
  std::uint64_t seed = 0;
  std::size_t replicates = 1000;
};

/// The indices by what a model gives at the points of complete rows: `outputs` is [row][point].
///
/// First order: mean of (f(B) - m) (f(A with i of B) - f(A)) / V, by Saltelli et al. (2010),
/// Computer Physics Communications 181, 259-270, table 2 (b); the mean m of all A and B changes
/// nothing in expectation, and takes away an error that grows with it. Total: mean of
/// (f(A) - f(A with i of B))^2 / 2 V, by Jansen (1999), Computer Physics Communications 117, 35-43.
/// Estimates may be below 0 or above 1, and are not cut off there.
///
/// Intervals: percentiles of a bootstrap of rows (Archer, Saltelli & Sobol 1997, Journal of
/// Statistical Computation and Simulation 58, 99-120). Of a Sobol sequence, whose rows are more
/// even than those that are drawn, they are too wide rather than too narrow.
///
/// Where there are fewer than two rows, or the output does not vary, there is no index: all are
/// NaN. Throws `std::invalid_argument` where a row is not complete.
SobolIndices sobol_indices(std::span<const double> outputs, std::size_t inputs,
                           const Bootstrap& bootstrap);

}  // namespace kohort
