// The work that is measured, on the fast kernels. A cell-year is one area x sex x age x draw x
// year.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "engine/kernels/fast/kernels.hpp"
#include "engine/measure/inputs.hpp"

namespace kohort::measure {

/// What a piece of work comes to, summed over areas and draws: whoever reckons the same gets this.
struct CheckSum {
  double persons = 0.0;  ///< at the end
  double births = 0.0;   ///< of all years
  double deaths = 0.0;   ///< of all years; of those born within the year not counted
};

/// How a piece of work is done. Neither changes a number.
struct Effort {
  std::size_t threads = 1;
  std::size_t cache = 0;  ///< bytes that a thread keeps near; 0: what the processor has
};

/// Bytes of the cache that one core has to itself, as the system says; 512 kB where it does not.
std::size_t cache_of_a_core();

/// One projection of all areas, areas side by side (W1).
template <class Real>
class OneProjection {
 public:
  explicit OneProjection(const Inputs& inputs);
  CheckSum run(const kernels::fast::Kernels<Real>& kernels, const Effort& effort = {}) const;
  static constexpr double cell_years = 1.0 * areas * rows * years;

 private:
  using Line = kernels::fast::Line<Real>;
  struct Block;                                             ///< rates and people of a line of areas
  std::vector<Line> persons_, dying_, leaving_, arriving_;  ///< [line of areas][sex][age]
  std::vector<Line> bearing_;                               ///< [line of areas][age]
  std::vector<Real> year_dying_;                            ///< [year][sex][age]
  std::vector<Real> year_leaving_, year_arriving_, year_bearing_;
};

/// Factors of some draws, a line of them side by side.
template <class Real>
struct DrawTables {
  using Line = kernels::fast::Line<Real>;
  explicit DrawTables(const Inputs& inputs, std::size_t draw_count);

  /// The factors of dying of a year, for a line of draws: [sex][age].
  void dying(const kernels::fast::Kernels<Real>& kernels, std::size_t year, std::size_t line,
             std::span<Line> factors) const;
  /// Those of a row of sex and age, for all lines: [line].
  void dying_of_row(const kernels::fast::Kernels<Real>& kernels, std::size_t year, std::size_t row,
                    std::span<Line> factors) const;
  std::size_t lines() const {
    return (count + kernels::fast::lanes<Real> - 1) / kernels::fast::lanes<Real>;
  }
  const Line& at(const std::vector<Line>& table, std::size_t year, std::size_t line) const {
    return table[year * lines() + line];
  }

  std::size_t count;                    ///< of draws; the lanes beyond them repeat the last
  std::vector<Real> response;           ///< [sex][age]
  std::vector<Line> index;              ///< [year][line]
  std::vector<Line> arriving, bearing;  ///< [year][line]
};

/// Draws of areas that do not touch each other, nothing kept (W2).
template <class Real>
class Ensemble {
 public:
  Ensemble(const Inputs& inputs, std::size_t area_count, std::size_t draw_count);
  CheckSum run(const kernels::fast::Kernels<Real>& kernels, const Effort& effort = {}) const;
  double cell_years() const { return static_cast<double>(areas_ * draws_.count * rows * years); }

  const DrawTables<Real>& draws() const { return draws_; }
  std::size_t area_count() const { return areas_; }
  kernels::fast::AreaRates<Real> rates(std::size_t area) const;
  /// The base population of an area: [sex][age].
  std::span<const Real> persons(std::size_t area) const {
    return std::span(persons_).subspan(area * rows, rows);
  }

 private:
  std::size_t areas_;
  DrawTables<Real> draws_;
  std::vector<Real> persons_, dying_, leaving_, arriving_;  ///< [area][sex][age]
  std::vector<Real> bearing_;                               ///< [area][age]
};

/// Draws of a nation whose areas exchange people through pools, nothing kept (W4).
template <class Real>
class Nation {
 public:
  Nation(const Inputs& inputs, std::size_t draw_count);
  CheckSum run(const kernels::fast::Kernels<Real>& kernels, const Effort& effort = {}) const;
  double cell_years() const { return static_cast<double>(areas * draws_.count * rows * years); }

  const DrawTables<Real>& draws() const { return draws_; }
  kernels::fast::NationRates<Real> rates() const {
    return {areas, dying_, leaving_, share_, bearing_};
  }
  /// The base population: [sex][age][area].
  std::span<const Real> persons() const { return persons_; }

 private:
  using Line = kernels::fast::Line<Real>;
  struct Work;  ///< room of one thread
  CheckSum run_line(const kernels::fast::Kernels<Real>& kernels, std::size_t line,
                    Work& work) const;

  DrawTables<Real> draws_;
  std::vector<Real> persons_, dying_, leaving_, share_;  ///< [sex][age][area]
  std::vector<Real> bearing_;                            ///< [age][area]
};

}  // namespace kohort::measure
