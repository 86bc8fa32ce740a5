// Calendar years. Stocks stand at 31 December of a year, flows belong to the year or, with steps of
// several years, to the interval that ends with it.
#pragma once

#include <compare>

namespace kohort {

/// A calendar year.
class Year {
 public:
  constexpr Year() = default;
  explicit constexpr Year(int value) : value_(value) {}
  constexpr int value() const { return value_; }
  friend constexpr auto operator<=>(Year, Year) = default;
  friend constexpr Year operator+(Year year, int years) { return Year(year.value_ + years); }
  friend constexpr int operator-(Year later, Year earlier) { return later.value_ - earlier.value_; }

 private:
  int value_ = 0;
};

}  // namespace kohort
