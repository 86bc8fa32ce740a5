// Calendar years. Stocks stand at 31 December of a year, flows belong to the year or, with steps of
// several years, to the interval that ends with it.
#pragma once

#include <compare>
#include <cstddef>

namespace kohort {

/// A calendar year.
class Year {
 public:
  constexpr Year() = default;
  explicit constexpr Year(int value) : value_(value) {}
  constexpr int value() const { return value_; }
  friend constexpr auto operator<=>(Year, Year) = default;
  friend constexpr Year operator+(Year year, int years) { return Year(year.value_ + years); }
  friend constexpr Year operator-(Year year, int years) { return Year(year.value_ - years); }
  friend constexpr int operator-(Year later, Year earlier) { return later.value_ - earlier.value_; }

 private:
  int value_ = 0;
};

/// Consecutive years, both ends included: `for (Year year : years)`.
class Years {
 public:
  class Iterator {
   public:
    explicit constexpr Iterator(Year at) : at_(at) {}
    constexpr Year operator*() const { return at_; }
    constexpr Iterator& operator++() {
      at_ = at_ + 1;
      return *this;
    }
    friend constexpr bool operator==(Iterator, Iterator) = default;

   private:
    Year at_;
  };

  constexpr Years() = default;
  constexpr Years(Year first, Year last) : first_(first), last_(last) {}
  constexpr Year first() const { return first_; }
  constexpr Year last() const { return last_; }
  constexpr std::size_t count() const { return static_cast<std::size_t>(last_ - first_) + 1; }
  constexpr double middle() const { return (first_.value() + last_.value()) / 2.0; }
  constexpr Iterator begin() const { return Iterator(first_); }
  constexpr Iterator end() const { return Iterator(last_ + 1); }
  friend constexpr auto operator<=>(const Years&, const Years&) = default;

 private:
  Year first_;
  Year last_;
};

}  // namespace kohort
