// Inputs of the measured work: a nation of 290 areas that is nobody's, made by a formula, so that
// other programs can reckon the same. bench/peers/inputs.py and inputs.R have the same formula.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/kernels/fast/kernels.hpp"

namespace kohort::measure {

constexpr std::size_t areas = 290;
constexpr std::size_t years = 40;
constexpr std::size_t draws = 1000;
constexpr kernels::fast::Ages ages{101, 15, 50};
constexpr std::size_t rows = kernels::fast::sexes * ages.count;  ///< of sex and age

template <class Real>
constexpr kernels::fast::Newborn<Real> newborn{{Real(0.4878), Real(0.5122)}, Real(0.5)};

/// Plain tables. What happens to x people of a cell: x dying die and x leaving leave.
struct Inputs {
  std::vector<double> persons;   ///< at the start: [area][sex][age]
  std::vector<double> dying;     ///< probability: [area][sex][age]
  std::vector<double> leaving;   ///< share: [area][sex][age]
  std::vector<double> arriving;  ///< persons: [area][sex][age]
  std::vector<double> bearing;   ///< births per woman-year: [area][age]
  std::vector<double> share;     ///< of the leavers of a sex and age: [area][sex][age]

  // One projection: what the year makes of the rates.
  std::vector<double> year_dying;  ///< [year][sex][age]
  std::vector<double> year_leaving;
  std::vector<double> year_arriving;
  std::vector<double> year_bearing;

  // Draws: the factor of dying is exp(response index), as Lee & Carter (1992) have it.
  std::vector<double> response;       ///< [sex][age]
  std::vector<double> index;          ///< [year][draw]
  std::vector<double> draw_arriving;  ///< factor: [year][draw]
  std::vector<double> draw_bearing;   ///< factor: [year][draw]
};

/// The n-th number of a sequence that fills 0 to 1 evenly: the fraction of start + n g, with g the
/// golden ratio less one. Source: Niederreiter (1992), Random Number Generation, ch. 3.
double spread(std::size_t n, double start);

Inputs make_inputs();

}  // namespace kohort::measure
