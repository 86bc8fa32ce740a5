// Which years of the past a component is fitted from, and how much each of them counts.
#pragma once

#include <vector>

#include "models/population/fit/parameters.hpp"
#include "models/population/rates/figures.hpp"

namespace kohort::population::fit {

/// Consecutive years with their weights, the oldest first, which sum to 1.
struct Window {
  Years years;
  std::vector<double> weights;

  /// The weighted mean of `figure(year)`.
  template <class Function>
  double mean(Function&& figure) const {
    double sum = 0.0;
    std::size_t at = 0;
    for (const Year year : years) sum += weights[at++] * figure(year);
    return sum;
  }
  /// So many years weighted alike would be as good an estimate (Kish 1965): 1 / sum of squares.
  double effective_years() const {
    double squares = 0.0;
    for (const double weight : weights) squares += weight * weight;
    return 1.0 / squares;
  }
  /// The weighted mean of the years.
  double middle() const {
    return mean([](Year year) { return static_cast<double>(year.value()); });
  }
};

/// The last year of the history.
Year last_year(const Source& source);

/// The last years of the history, as many as the parameter says.
Years last_years(const Source& source, const Integer& count);

/// The window of a component, with the weights that the scenario chose.
Window window(const Source& source, const parameters::WindowParameters& component);

/// The years of both.
Years together(Years one, Years other);

}  // namespace kohort::population::fit
