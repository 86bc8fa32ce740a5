#include "engine/estimate/ipf.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/base/refuse.hpp"
#include "engine/table/matrix.hpp"

namespace kohort {
namespace {

std::size_t product(std::span<const std::size_t> lengths) {
  return std::accumulate(lengths.begin(), lengths.end(), std::size_t{1}, std::multiplies<>());
}

/// For each cell of the table the total of the margin to which it belongs.
std::vector<std::size_t> places(std::span<const std::size_t> lengths, const Margin& margin) {
  std::vector<std::size_t> strides(lengths.size(), 0);
  std::size_t stride = 1;
  for (auto axis = margin.axes.rbegin(); axis != margin.axes.rend(); ++axis) {
    strides[*axis] = stride;
    stride *= lengths[*axis];
  }
  std::vector<std::size_t> result(product(lengths));
  for (std::size_t cell = 0; cell < result.size(); ++cell) {
    std::size_t rest = cell;
    for (std::size_t axis = lengths.size(); axis-- > 0; rest /= lengths[axis]) {
      result[cell] += rest % lengths[axis] * strides[axis];
    }
  }
  return result;
}

void check_shape(TableView seed, const Margin& margin) {
  std::size_t totals = 1;
  std::size_t next = 0;
  for (const std::size_t axis : margin.axes) {
    if (axis < next || axis >= seed.lengths.size()) {
      throw std::invalid_argument("a margin names axes of the table, in rising order");
    }
    totals *= seed.lengths[axis];
    next = axis + 1;
  }
  if (totals != margin.totals.size()) {
    throw std::invalid_argument("a margin has one total for each combination along its axes");
  }
}

void check_values(std::span<const double> values, const char* what) {
  for (std::size_t at = 0; at < values.size(); ++at) {
    if (values[at] >= 0.0 && std::isfinite(values[at])) continue;
    refuse_input(fmt::format("{} number {} is {}, which cannot be fitted proportionally", what, at,
                             values[at]),
                 "give numbers of 0 or more");
  }
}

double sum(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

void check_sums(std::span<const Margin> margins) {
  const double first = sum(margins[0].totals);
  for (std::size_t at = 1; at < margins.size(); ++at) {
    const double other = sum(margins[at].totals);
    if (std::abs(other - first) <= 1e-9 * std::max(first, other)) continue;
    refuse_input(fmt::format("margin 0 sums to {} but margin {} to {}", first, at, other),
                 "scale the margins to one sum first");
  }
}

std::vector<double> sums(std::span<const double> cells, std::span<const std::size_t> place,
                         std::size_t count) {
  std::vector<double> result(count, 0.0);
  for (std::size_t cell = 0; cell < cells.size(); ++cell) result[place[cell]] += cells[cell];
  return result;
}

void check_zeros(std::span<const double> cells, std::span<const std::size_t> place,
                 const Margin& margin) {
  const std::vector<double> found = sums(cells, place, margin.totals.size());
  for (std::size_t at = 0; at < found.size(); ++at) {
    if (found[at] > 0.0 || margin.totals[at] == 0.0) continue;
    refuse_input(fmt::format("total number {} along axis {} is to be {}, but all its cells are 0",
                             at, margin.axes.empty() ? 0 : margin.axes[0], margin.totals[at]),
                 "give the seed a number above 0 there, or set the total to 0");
  }
}

double error_of(double found, double total) {
  return std::abs(found - total) / std::max(1.0, total);
}

/// Scales the cells to one margin.
void scale(std::vector<double>& cells, std::span<const std::size_t> place, const Margin& margin) {
  std::vector<double> factors = sums(cells, place, margin.totals.size());
  for (std::size_t at = 0; at < factors.size(); ++at) {
    factors[at] = factors[at] > 0.0 ? margin.totals[at] / factors[at] : 0.0;
  }
  for (std::size_t cell = 0; cell < cells.size(); ++cell) cells[cell] *= factors[place[cell]];
}

double largest_error(std::span<const double> cells, std::span<const std::vector<std::size_t>> place,
                     std::span<const Margin> margins) {
  double largest = 0.0;
  for (std::size_t at = 0; at < margins.size(); ++at) {
    const std::vector<double> found = sums(cells, place[at], margins[at].totals.size());
    for (std::size_t total = 0; total < found.size(); ++total) {
      largest = std::max(largest, error_of(found[total], margins[at].totals[total]));
    }
  }
  return largest;
}

}  // namespace

IpfResult fit_margins(TableView seed, std::span<const Margin> margins, IpfLimits limits) {
  if (margins.empty() || seed.cells.size() != product(seed.lengths)) {
    throw std::invalid_argument("a fit needs a margin, and as many cells as the lengths say");
  }
  check_values(seed.cells, "cell");
  std::vector<std::vector<std::size_t>> place;
  for (const Margin& margin : margins) {
    check_shape(seed, margin);
    check_values(margin.totals, "total");
    place.push_back(places(seed.lengths, margin));
    check_zeros(seed.cells, place.back(), margin);
  }
  check_sums(margins);
  IpfResult result;
  result.cells.assign(seed.cells.begin(), seed.cells.end());
  result.largest_error = largest_error(result.cells, place, margins);
  while (result.largest_error > limits.tolerance && result.sweeps < limits.sweeps) {
    for (std::size_t at = 0; at < margins.size(); ++at) scale(result.cells, place[at], margins[at]);
    result.largest_error = largest_error(result.cells, place, margins);
    ++result.sweeps;
  }
  result.converged = result.largest_error <= limits.tolerance;
  return result;
}

IpfMatrix fit_rows_and_columns(const Eigen::MatrixXd& seed, const Eigen::VectorXd& rows,
                               const Eigen::VectorXd& columns, IpfLimits limits) {
  const RowMajorMatrix cells = seed;
  const std::vector<std::size_t> lengths{static_cast<std::size_t>(seed.rows()),
                                         static_cast<std::size_t>(seed.cols())};
  const std::vector<Margin> margins{{{0}, {rows.begin(), rows.end()}},
                                    {{1}, {columns.begin(), columns.end()}}};
  const std::span<const double> flat(cells.data(), static_cast<std::size_t>(cells.size()));
  const IpfResult fit = fit_margins({flat, lengths}, margins, limits);
  return {as_matrix(std::span<const double>(fit.cells), lengths[0]), fit.sweeps, fit.largest_error,
          fit.converged};
}

}  // namespace kohort
