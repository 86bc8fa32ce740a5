#include "engine/sample/sobol_indices.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <stdexcept>

#include "engine/evaluate/quantile.hpp"
#include "engine/sample/chance.hpp"

namespace kohort {
namespace {

/// Indices by some rows, each of which may stand among them several times.
class RowIndices {
 public:
  RowIndices(std::span<const double> outputs, std::size_t inputs)
      : outputs_(outputs), inputs_(inputs), first_(inputs), total_(inputs) {}

  void estimate(std::span<const std::size_t> rows) {
    find_variance(rows);
    std::fill(first_.begin(), first_.end(), 0.0);
    std::fill(total_.begin(), total_.end(), 0.0);
    for (const std::size_t row : rows) add(row);
    const double count = static_cast<double>(rows.size()) * variance_;
    for (std::size_t input = 0; input < inputs_; ++input) {
      first_[input] /= count;
      total_[input] /= 2.0 * count;
    }
  }

  double mean() const { return mean_; }
  double variance() const { return variance_; }
  double first(std::size_t input) const { return first_[input]; }
  double total(std::size_t input) const { return total_[input]; }

 private:
  std::span<const double> row(std::size_t number) const {
    return outputs_.subspan(number * (inputs_ + 2), inputs_ + 2);
  }

  void find_variance(std::span<const std::size_t> rows) {
    const double count = 2.0 * static_cast<double>(rows.size());
    double sum = 0.0;
    for (const std::size_t number : rows) sum += row(number)[0] + row(number)[1];
    mean_ = sum / count;
    double squares = 0.0;
    for (const std::size_t number : rows) {
      const double a = row(number)[0] - mean_;
      const double b = row(number)[1] - mean_;
      squares += a * a + b * b;
    }
    variance_ = squares / (count - 1.0);
  }

  void add(std::size_t number) {
    const std::span<const double> outputs = row(number);
    for (std::size_t input = 0; input < inputs_; ++input) {
      const double change = outputs[2 + input] - outputs[0];
      first_[input] += (outputs[1] - mean_) * change;
      total_[input] += change * change;
    }
  }

  std::span<const double> outputs_;
  std::size_t inputs_;
  double mean_ = 0.0;
  double variance_ = 0.0;
  std::vector<double> first_;
  std::vector<double> total_;
};

/// What the replicates of an index came to.
IndexEstimate estimate_of(double value, std::vector<double> replicates) {
  if (replicates.empty()) {
    constexpr double untold = std::numeric_limits<double>::quiet_NaN();
    return {value, untold, untold};
  }
  std::sort(replicates.begin(), replicates.end());
  const std::span<const double> sorted(replicates);
  return {value, quantile_of_sorted(sorted, 0.025), quantile_of_sorted(sorted, 0.975)};
}

/// The indices of every input in every replicate, [input][replicate]. Those without any variance,
/// as of two rows that are one, tell nothing and are left out.
struct Replicates {
  std::vector<std::vector<double>> first;
  std::vector<std::vector<double>> total;
};

Replicates replicates_of(RowIndices indices, std::size_t rows, std::size_t inputs,
                         const Bootstrap& bootstrap) {
  Replicates replicates{std::vector<std::vector<double>>(inputs),
                        std::vector<std::vector<double>>(inputs)};
  std::vector<std::size_t> drawn(rows);
  for (std::size_t number = 0; number < bootstrap.replicates; ++number) {
    Stream stream = sample_stream(bootstrap.seed, Sampled::bootstrap, number);
    std::generate(drawn.begin(), drawn.end(), [&] { return below(stream, rows); });
    indices.estimate(drawn);
    if (!(indices.variance() > 0.0)) continue;
    for (std::size_t input = 0; input < inputs; ++input) {
      replicates.first[input].push_back(indices.first(input));
      replicates.total[input].push_back(indices.total(input));
    }
  }
  return replicates;
}

}  // namespace

IndexDesign index_design(Design design, std::size_t rows, std::size_t inputs, std::uint64_t seed) {
  const std::vector<double> pairs = unit_points(design, rows, 2 * inputs, seed);
  IndexDesign points{inputs, {}};
  points.values.reserve(rows * (inputs + 2) * inputs);
  for (std::size_t row = 0; row < rows; ++row) {
    const auto a = std::span(pairs).subspan(row * 2 * inputs, inputs);
    const auto b = std::span(pairs).subspan((row * 2 + 1) * inputs, inputs);
    points.values.insert(points.values.end(), a.begin(), a.end());
    points.values.insert(points.values.end(), b.begin(), b.end());
    for (std::size_t input = 0; input < inputs; ++input) {
      points.values.insert(points.values.end(), a.begin(), a.end());
      points.values[points.values.size() - inputs + input] = b[input];
    }
  }
  return points;
}

SobolIndices sobol_indices(std::span<const double> outputs, std::size_t inputs,
                           const Bootstrap& bootstrap) {
  const std::size_t rows = outputs.size() / (inputs + 2);
  if (inputs == 0 || outputs.size() % (inputs + 2) != 0) {
    throw std::invalid_argument("Sobol indices of no inputs, or of rows cut short");
  }
  std::vector<std::size_t> all(rows);
  std::iota(all.begin(), all.end(), std::size_t{0});
  RowIndices indices(outputs, inputs);
  indices.estimate(all);
  SobolIndices found{rows, indices.mean(), indices.variance(), {}};
  constexpr double untold = std::numeric_limits<double>::quiet_NaN();
  constexpr IndexEstimate none{untold, untold, untold};
  found.inputs.assign(inputs, {none, none});
  if (rows < 2 || !(found.variance > 0.0)) return found;
  Replicates replicates = replicates_of(indices, rows, inputs, bootstrap);
  for (std::size_t input = 0; input < inputs; ++input) {
    found.inputs[input] = {estimate_of(indices.first(input), std::move(replicates.first[input])),
                           estimate_of(indices.total(input), std::move(replicates.total[input]))};
  }
  return found;
}

}  // namespace kohort
