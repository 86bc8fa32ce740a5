// Which numbers stand at a rank among many in no order, without sorting them: what lies in a
// narrow range around the rank is packed together, until so few are left that each can be held
// against each other.
//
// The numbers found are exact, so it does not matter which implementation finds them. None
// allocates. Of 0 and -0, which are equal, either may stand for the other.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "engine/kernels/fast/kernels.hpp"

namespace kohort::kernels::fast {

/// Roughly where numbers lie. Sums are rounded in whatever order suits the processor: something to
/// guess by, that decides no result.
template <class Real>
struct Spread {
  Real mean{};
  Real deviation{};
  Real inverse{};      ///< 1 / deviation
  bool finite = true;  ///< exact: whether all of them are
};

/// Numbers from `least` to `most`, both of them included.
template <class Real>
struct Range {
  Real least{};
  Real most{};
};

/// How many numbers lie below a range, and in it.
struct Packed {
  std::size_t below = 0;
  std::size_t inside = 0;
};

/// At most so many ranges are looked for at once.
constexpr std::size_t most_ranges = 5;

/// How many numbers lie below each of some ranges, and how many were packed.
struct Sifted {
  std::array<std::size_t, most_ranges> below{};
  std::size_t passed = 0;
};

/// The number at a rank (0: the least of all) and the one at the next rank.
template <class Real>
struct Neighbours {
  Real at{};
  Real next{};
};

/// Up to so many numbers can be held each against each other.
constexpr std::size_t few = 32;

/// The implementation for one kind of processor. Numbers are finite but for those of `spread`.
template <class Real>
struct OrderKernels {
  std::string_view processor;  ///< the least that can run it
  std::size_t few_enough;      ///< how many are best held each against each other; at most `few`

  /// Of one number or more.
  Spread<Real> (*spread)(std::span<const Real> values);

  /// The least and the most of one number or more.
  Range<Real> (*range)(std::span<const Real> values);

  /// Copies those in a range to the beginning of `room`, in their order. The room is longer than
  /// all values by `lanes`, and may be written to beyond what is found.
  Packed (*pack)(std::span<const Real> values, const Range<Real>& range, std::span<Real> room);

  /// Copies those in any of 1 to `most_ranges` ranges in one go, in their order, and perhaps some
  /// others that lie near. Room as for `pack`.
  Sifted (*sift)(std::span<const Real> values, std::span<const Range<Real>> ranges,
                 std::span<Real> room);

  /// Of 2 to `few` numbers, with `rank` below the last.
  Neighbours<Real> (*neighbours_of_few)(std::span<const Real> values, std::size_t rank);
};

/// Those that this processor can run, the fastest last.
template <class Real>
std::span<const OrderKernels<Real>> order_implementations();

/// Of 2 values or more, with `rank` below the last: those nearer the rank are packed again and
/// again. `rooms` are two, each as `pack` wants it.
template <class Real>
Neighbours<Real> neighbours(const OrderKernels<Real>& kernels, std::span<const Real> values,
                            std::size_t rank, std::span<Real> room, std::span<Real> other_room);

}  // namespace kohort::kernels::fast
