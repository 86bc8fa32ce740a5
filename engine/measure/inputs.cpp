#include "engine/measure/inputs.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

namespace kohort::measure {
namespace {

double exponential(double x) {
  double y = 0.0;
  kernels::fast::kernels<double>().exponentials(std::span(&x, 1), std::span(&y, 1));
  return y;
}

/// A bell around `mean`.
double bell(double age, double mean, double width) {
  const double away = (age - mean) / width;
  return exponential(-away * away);
}

/// Spread evenly over -sqrt(3) to sqrt(3): mean 0, standard deviation 1.
double deviate(std::size_t n, double start) {
  return (spread(n, start) - 0.5) * 3.4641016151377544;
}

double improvement(double age) { return 0.018 * bell(age, 50.0, 45.0); }

double dying_of(std::size_t sex, double age) {
  const double infant = age == 0.0 ? 0.0025 : 0.0;
  const double rate = sex == 0 ? 0.00008 + 1.1e-5 * exponential(0.103 * age)
                               : 0.00015 + 2.0e-5 * exponential(0.100 * age);
  return std::min(0.5, infant + rate);
}

double leaving_of(double age) {
  return 0.012 + 0.11 * bell(age, 21.0, 4.5) + 0.03 * exponential(-age / 6.0);
}

void add_area(std::size_t area, Inputs& inputs) {
  const double size = exponential(8.6 + 2.0 * spread(area, 0.1)) / static_cast<double>(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    const auto age = static_cast<double>(row % ages.count);
    const double shape = age <= 62.0 ? 1.0 : bell(age, 62.0, 19.0);
    inputs.persons.push_back(size * shape * (0.9 + 0.2 * spread(area * rows + row, 0.2)));
    inputs.dying.push_back((0.9 + 0.2 * spread(area, 0.3)) * dying_of(row / ages.count, age));
    inputs.leaving.push_back((0.7 + 0.6 * spread(area, 0.4)) * leaving_of(age));
    inputs.arriving.push_back(size * leaving_of(age));
    inputs.share.push_back(size * (0.8 + 0.4 * spread(area * rows + row, 0.5)));
  }
  for (std::size_t age = 0; age < ages.count; ++age) {
    const bool bears = age >= ages.first_bearing && age < ages.end_bearing;
    const double rate = 0.125 * bell(static_cast<double>(age), 30.6, 6.2);
    inputs.bearing.push_back(bears ? (0.93 + 0.14 * spread(area, 0.6)) * rate : 0.0);
  }
}

/// Makes the shares of each sex and age sum to 1 over the areas.
void share_out(std::vector<double>& share) {
  for (std::size_t row = 0; row < rows; ++row) {
    double sum = 0.0;
    for (std::size_t area = 0; area < areas; ++area) sum += share[area * rows + row];
    for (std::size_t area = 0; area < areas; ++area) share[area * rows + row] /= sum;
  }
}

void add_years(Inputs& inputs) {
  for (std::size_t year = 0; year < years; ++year) {
    for (std::size_t row = 0; row < rows; ++row) {
      const double pace = improvement(static_cast<double>(row % ages.count));
      inputs.year_dying.push_back(exponential(-pace * static_cast<double>(year)));
    }
    inputs.year_leaving.push_back(0.95 + 0.1 * spread(year, 0.1));
    inputs.year_arriving.push_back(0.92 + 0.16 * spread(year, 0.2));
    inputs.year_bearing.push_back(0.96 + 0.08 * spread(year, 0.3));
  }
}

/// A walk of mortality, and levels of arrivals and births that return to the mean.
void add_draws(Inputs& inputs) {
  for (std::size_t row = 0; row < rows; ++row) {
    const double pace = improvement(static_cast<double>(row % ages.count)) / 0.018;
    inputs.response.push_back(pace * (row < ages.count ? 0.012 : 0.014) + 0.002);
  }
  std::vector<double> index(draws);
  std::vector<double> arriving(draws);
  std::vector<double> bearing(draws);
  for (std::size_t year = 0; year < years; ++year) {
    for (std::size_t draw = 0; draw < draws; ++draw) {
      const std::size_t n = year * draws + draw;
      index[draw] += -1.2 + 1.3 * deviate(n, 0.7);
      arriving[draw] = 0.80 * arriving[draw] + 0.10 * deviate(n, 0.8);
      bearing[draw] = 0.92 * bearing[draw] + 0.025 * deviate(n, 0.9);
      inputs.index.push_back(index[draw]);
      inputs.draw_arriving.push_back(exponential(arriving[draw]));
      inputs.draw_bearing.push_back(exponential(bearing[draw]));
    }
  }
}

}  // namespace

double spread(std::size_t n, double start) {
  const double position = start + static_cast<double>(n) * 0.6180339887498949;
  return position - std::floor(position);
}

Inputs make_inputs() {
  Inputs inputs;
  for (std::size_t area = 0; area < areas; ++area) add_area(area, inputs);
  share_out(inputs.share);
  add_years(inputs);
  add_draws(inputs);
  return inputs;
}

}  // namespace kohort::measure
