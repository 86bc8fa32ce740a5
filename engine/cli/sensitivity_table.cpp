#include "engine/cli/sensitivity_table.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "engine/cli/append.hpp"
#include "engine/cli/terminal.hpp"

namespace kohort::cli {
namespace {

std::string index_text(const IndexEstimate& index) {
  if (std::isnan(index.value)) return "-";
  return fmt::format("{:.3f} ({:.3f} to {:.3f})", index.value, index.low, index.high);
}

/// How wide the first column is: as the longest name of a number.
std::size_t width_of(const std::vector<VariedNumber>& numbers) {
  std::size_t width = 12;
  for (const VariedNumber& number : numbers) width = std::max(width, number.parameter.size());
  return width;
}

std::string head_of(const Study& study) {
  const PlanSample& sample = study.sample();
  const RunOptions& options = study.run().options();
  return fmt::format(
      "{}: {}\n{} rows by {}, seed {}: {} runs in all, each of {} draw(s) with seed {}\n",
      sample.name, options.title, sample.size,
      sample.method == Design::sobol ? "Sobol sequence" : "Latin hypercube", sample.seed,
      study.runs(), options.shape.draws, options.shape.seed);
}

void add_summary(std::string& text, const IndicatorSensitivity& indicator) {
  const SobolIndices& indices = indicator.indices;
  append(text, "\n{}: {} in {}{}\n", indicator.name, indicator.figure, indicator.year.value(),
         indicator.unit == "1" ? "" : ", " + indicator.unit);
  append(text, "in the scenario {}", figure_text(indicator.own));
  if (!std::isnan(indicator.own_error)) {
    append(text, " (Monte Carlo standard error {})", figure_text(indicator.own_error));
  }
  const double spread = std::sqrt(indices.variance);
  append(text, "; over the ranges mean {}, standard deviation {}", figure_text(indices.mean),
         figure_text(spread));
  if (indices.mean != 0.0) append(text, " ({:.2g} %)", 100.0 * spread / std::abs(indices.mean));
  append(text, "; {} complete rows\n", indices.rows);
}

void add_indices(std::string& text, const std::vector<VariedNumber>& numbers,
                 const SobolIndices& indices) {
  const std::size_t width = width_of(numbers);
  append(text, "\n{:<{}}{:>10}{:>10}{:>27}{:>27}\n", "Sobol index", width, "from", "to",
         "first order", "total");
  double sum = 0.0;
  for (std::size_t at = 0; at < numbers.size(); ++at) {
    const InputIndices& of = indices.inputs[at];
    append(text, "{:<{}}{:>10.5g}{:>10.5g}{:>27}{:>27}\n", numbers[at].parameter, width,
           numbers[at].from, numbers[at].to, index_text(of.first), index_text(of.total));
    sum += of.first.value;
  }
  if (std::isnan(sum)) {
    append(text, "It does not vary, or too few rows are complete: there are no indices.\n");
  } else {
    append(text, "{:<{}}{:>20}{:>9.3f}\n", "all of them", width, "", sum);
  }
}

void add_tornado(std::string& text, const std::vector<VariedNumber>& numbers,
                 const IndicatorSensitivity& indicator) {
  const std::size_t width = width_of(numbers);
  append(text, "\n{:<{}}{:>10}{:>16}{:>16}{:>16}\n", "one by one", width, "scenario", "at from",
         "at to", "swing");
  for (const Swing& swing : indicator.tornado) {
    const VariedNumber& number = numbers[swing.number];
    append(text, "{:<{}}{:>10.5g}{:>16}{:>16}{:>16}\n", number.parameter, width, number.own,
           figure_text(swing.at_from), figure_text(swing.at_to), figure_text(swing.size()));
  }
}

}  // namespace

std::string table_of(const Study& study, const Sensitivity& sensitivity) {
  std::string text = head_of(study);
  for (const IndicatorSensitivity& indicator : sensitivity.indicators) {
    add_summary(text, indicator);
    add_indices(text, sensitivity.numbers, indicator.indices);
    add_tornado(text, sensitivity.numbers, indicator);
  }
  return text;
}

}  // namespace kohort::cli
