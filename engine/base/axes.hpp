// The axes that people are counted along. A position on one axis is a type of its own, so that a
// sex cannot stand where an age is expected.
#pragma once

#include <compare>
#include <cstddef>

namespace kohort {

/// A position on `Axis`, counted from 0.
template <class Axis>
class Index {
 public:
  constexpr Index() = default;
  explicit constexpr Index(std::size_t position) : position_(position) {}
  constexpr std::size_t position() const { return position_; }
  friend constexpr auto operator<=>(Index, Index) = default;

 private:
  std::size_t position_ = 0;
};

/// All positions of an axis with `count` of them, in order.
template <class Position>
class PositionRange {
 public:
  class Iterator {
   public:
    explicit constexpr Iterator(std::size_t at) : at_(at) {}
    constexpr Position operator*() const { return Position(at_); }
    constexpr Iterator& operator++() {
      ++at_;
      return *this;
    }
    friend constexpr bool operator==(Iterator, Iterator) = default;

   private:
    std::size_t at_;
  };

  explicit constexpr PositionRange(std::size_t count) : count_(count) {}
  constexpr Iterator begin() const { return Iterator(0); }
  constexpr Iterator end() const { return Iterator(count_); }

 private:
  std::size_t count_;
};

template <class Position>
constexpr PositionRange<Position> positions(std::size_t count) {
  return PositionRange<Position>(count);
}

/// A municipality, region or country; the closing rest of the country, if any, is the last.
using Area = Index<struct AreaAxis>;
/// Where a move ends; the same areas as `Area`, which then is where it began.
using Destination = Index<struct DestinationAxis>;
/// A status that people carry with them, such as citizenship. One group if the scenario names none.
using Group = Index<struct GroupAxis>;
using Sex = Index<struct SexAxis>;
/// Age group: age attained at the end of the interval divided by the width of the groups.
using Age = Index<struct AgeAxis>;
/// Who stands where at the end of an interval, as seen from its start. Row 0 are those born in the
/// interval, row a those who enter age group a, and the last row those who were in the open age
/// group already. There is one row more than there are age groups.
using CohortRow = Index<struct CohortRowAxis>;
/// An interval of the projection, counted from the one that follows the base year.
using Interval = Index<struct IntervalAxis>;
/// One of the alternative futures of an ensemble.
using Draw = Index<struct DrawAxis>;

}  // namespace kohort
