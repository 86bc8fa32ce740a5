// The arithmetic of projections at the speed of the machine. What is alike for many stands side by
// side, a cache line of draws (or of areas) at a time; a kernel keeps in registers what it sums up,
// and goes through the ages in place, the oldest first.
//
// There is one implementation for each kind of processor. They give the same bits: every lane is
// reckoned alone, sums go over the axes in their order, products and sums are not contracted, and
// the exponential function is our own. None of them allocates.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "engine/kernels/reference/cohort.hpp"

namespace kohort::kernels::fast {

constexpr std::size_t line_bytes = 64;
/// How many numbers stand in a line.
template <class Real>
inline constexpr std::size_t lanes = line_bytes / sizeof(Real);

/// Numbers of the draws, or areas, that stand side by side.
template <class Real>
struct alignas(line_bytes) Line {
  std::array<Real, lanes<Real>> lane{};
};

/// The sexes in the order of the tables. The first bears.
constexpr std::size_t sexes = 2;

/// Which ages there are, and which of them bear. The last age is open.
struct Ages {
  std::size_t count = 0;
  std::size_t first_bearing = 0;  ///< at least 1
  std::size_t end_bearing = 0;    ///< below `count` - 1; the one after the last that bears
};

/// What becomes of births.
template <class Real>
struct Newborn {
  std::array<Real, sexes> share{};  ///< of the births, by sex
  Real exposure = Real(0.5);        ///< the part of a year's mortality that a newborn meets
};

/// Rates of one area, the same in all draws. Of x persons at risk x q die and x o leave.
template <class Real>
struct AreaRates {
  std::span<const Real> dying;     ///< q: [sex][age]
  std::span<const Real> leaving;   ///< o: [sex][age]
  std::span<const Real> arriving;  ///< persons by age at the end of the year: [sex][age]
  std::span<const Real> bearing;   ///< births per woman-year: [age]
};

/// What a line of draws makes of them in one year, by multiplication.
template <class Real>
struct DrawFactors {
  std::span<const Line<Real>> dying;  ///< [sex][age]
  Line<Real> arriving;
  Line<Real> bearing;
};

/// Rates of a line of areas, one draw.
template <class Real>
struct LineRates {
  std::span<const Line<Real>> dying;     ///< [sex][age]
  std::span<const Line<Real>> leaving;   ///< [sex][age]
  std::span<const Line<Real>> arriving;  ///< [sex][age]
  std::span<const Line<Real>> bearing;   ///< [age]
};

/// What one year makes of them, by multiplication.
template <class Real>
struct YearFactors {
  std::span<const Real> dying;  ///< [sex][age]
  Real leaving = 1;
  Real arriving = 1;
  Real bearing = 1;
};

/// What happened in a year to those of a line, summed over the ages.
template <class Real>
struct YearEvents {
  Line<Real> births;
  std::array<Line<Real>, sexes> deaths;   ///< of those who lived at the start of the year
  std::array<Line<Real>, sexes> leavers;  ///< likewise
};

/// Rates of a nation whose areas exchange people through one pool for each sex and age: leavers
/// gather, and arrive in fixed shares.
template <class Real>
struct NationRates {
  std::size_t areas = 0;
  std::span<const Real> dying;    ///< [sex][age][area]
  std::span<const Real> leaving;  ///< [sex][age][area]
  std::span<const Real> share;  ///< of the pool, by age at the start of the year: [sex][age][area]
  std::span<const Real> bearing;  ///< [age][area]
};

/// Some lines of draws of a nation, and room to reckon one year of them.
template <class Real>
struct NationBlock {
  std::size_t lines = 0;
  std::span<Line<Real>> persons;      ///< [sex][age][area][line]
  std::span<const Line<Real>> dying;  ///< factor of the year: [sex][age][line]
  std::span<Line<Real>> births;       ///< of the year, written: [area][line]
  std::span<Line<Real>> deaths;       ///< of the year, as in `YearEvents`, written: [sex][line]
};

/// Everybody of one sex and age of a nation in one year, in all lines of draws.
template <class Real>
struct NationSlab {
  std::size_t lines = 0;
  // As in `NationRates`, of the sex and age: [area].
  std::span<const Real> dying;
  std::span<const Real> leaving;
  std::span<const Real> share;
  std::span<const Real> bearing_at_start;  ///< of this age; empty where none is born
  std::span<const Real> bearing_at_end;    ///< of the next

  std::span<const Line<Real>> factor;  ///< of dying: [line]
  std::span<Line<Real>> from;          ///< people at the start, overwritten: [area][line]
  std::span<Line<Real>> to;            ///< where they are at the end; may be the same
  bool join = false;                   ///< whether others are there already, whom they join
  std::span<Line<Real>> births;        ///< twice those of the year, added to: [area][line]
  std::span<Line<Real>> deaths;        ///< added to: [line]
};

/// What the rates say of one, without its people. Those of the last age but one join the last.
template <class Real>
NationSlab<Real> slab_of(const Ages& ages, const NationRates<Real>& rates, std::size_t sex,
                         std::size_t age);

/// The implementation for one kind of processor.
template <class Real>
struct Kernels {
  std::string_view processor;  ///< the least that can run it

  /// y = e^x, off by less than one unit of the last digit; 0 below, and infinite above, where
  /// e^x is near the least and the greatest number (double: -708 and 709; float: -87 and 88).
  void (*exponentials)(std::span<const Real> x, std::span<Real> y);

  /// One year of a line of draws of one area: people [sex][age] die, leave, grow older, arrive and
  /// bear. Women bear by the mean of their numbers at the start and the end of the year.
  YearEvents<Real> (*year_of_draws)(const Ages& ages, const Newborn<Real>& newborn,
                                    const AreaRates<Real>& rates, const DrawFactors<Real>& factors,
                                    std::span<Line<Real>> persons);

  /// The same of a line of areas.
  YearEvents<Real> (*year_of_areas)(const Ages& ages, const Newborn<Real>& newborn,
                                    const LineRates<Real>& rates, const YearFactors<Real>& factors,
                                    std::span<Line<Real>> persons);

  /// The same of a nation that is closed but for births and deaths, in two sweeps of each slab of
  /// sex and age.
  void (*year_of_nation)(const Ages& ages, const Newborn<Real>& newborn,
                         const NationRates<Real>& rates, const NationBlock<Real>& block);

  /// The same of one slab: the lines from `first` to before `end`.
  void (*year_of_slab)(const NationSlab<Real>& slab, std::size_t first, std::size_t end);

  /// Who is there at the end, in `to`, of those born: `share` of the births, now those of the year,
  /// of whom some have died.
  void (*newborn_of_slab)(const NationSlab<Real>& slab, Real share, Real exposure);

  /// a = b + s c, to measure what the memory gives.
  void (*triad)(std::span<Real> a, std::span<const Real> b, std::span<const Real> c, Real s);

  /// Products and sums in equal number, from registers alone, to measure what the processor gives.
  /// Makes `rounds` times `operations_of_a_round`, and returns a number that hangs on all of them.
  Real (*products_and_sums)(std::size_t rounds);
};

/// Twelve lines of numbers, each multiplied and added to.
template <class Real>
inline constexpr std::size_t operations_of_a_round = 12 * 2 * lanes<Real>;

/// Those that this processor can run, the fastest last.
template <class Real>
std::span<const Kernels<Real>> implementations();

/// The fastest of them.
template <class Real>
const Kernels<Real>& kernels() {
  return implementations<Real>().back();
}

/// As `reference::pool`, to the last bit.
void pool(reference::ConstSlab leavers, reference::ConstSlab shares, std::size_t areas,
          reference::Slab arrivals);
void pool(reference::ConstSlab leavers, reference::ConstSlab shares, const reference::Odds& odds,
          reference::Slab arrivals);

/// The same by one implementation, numbered as in `implementations`, so that all can be tested.
struct PoolKernels {
  void (*by_shares)(reference::ConstSlab leavers, reference::ConstSlab shares, std::size_t areas,
                    reference::Slab arrivals);
  void (*by_odds)(reference::ConstSlab leavers, reference::ConstSlab shares,
                  const reference::Odds& odds, reference::Slab arrivals);
};
std::span<const PoolKernels> pool_implementations();

}  // namespace kohort::kernels::fast
