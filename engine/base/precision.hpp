// How exactly numbers are kept.
#pragma once

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace kohort {

/// Sixteen or seven decimal digits: accounts close to 1e-9 or to 1e-5.
enum class Precision { in_double, in_single };

template <class Real>
constexpr Precision precision_of =
    std::is_same_v<Real, float> ? Precision::in_single : Precision::in_double;

/// How many numbers in double precision take as much room.
constexpr std::size_t in_doubles(std::size_t numbers, Precision precision) {
  return precision == Precision::in_single ? (numbers + 1) / 2 : numbers;
}

constexpr std::string_view to_string(Precision precision) {
  return precision == Precision::in_single ? "single" : "double";
}

}  // namespace kohort
