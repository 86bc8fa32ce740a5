// Dense tables with typed axes: one flat block of values, the last axis contiguous.
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <numeric>
#include <span>
#include <type_traits>

#include "engine/base/axes.hpp"
#include "engine/base/large_vector.hpp"

namespace kohort {
namespace detail {

template <class Position, class... Positions>
constexpr std::size_t axis_number() {
  constexpr std::array<bool, sizeof...(Positions)> same{std::is_same_v<Position, Positions>...};
  for (std::size_t at = 0; at < same.size(); ++at) {
    if (same[at]) return at;
  }
  return same.size();
}

template <class... Leading>
struct Prefix {
  template <class... Positions>
  static constexpr bool of() {
    std::size_t at = 0;
    return ((axis_number<Leading, Positions...>() == at++) && ...);
  }
};

}  // namespace detail

/// A table over the axes `Positions...`, in row-major order: the last axis varies fastest.
/// `Table<double, Sex, Age, Area>` is indexed by `(Sex, Age, Area)` and by nothing else.
template <class Value, class... Positions>
class Table {
 public:
  static constexpr std::size_t rank = sizeof...(Positions);
  using Extents = std::array<std::size_t, rank>;

  Table() = default;
  explicit Table(const Extents& extents, Value fill = Value{})
      : extents_(extents), values_(product(extents), fill) {}

  const Extents& extents() const { return extents_; }
  template <class Position>
  std::size_t extent() const {
    constexpr std::size_t at = detail::axis_number<Position, Positions...>();
    static_assert(at < rank, "the table has no such axis");
    return extents_[at];
  }
  std::size_t size() const { return values_.size(); }
  bool empty() const { return values_.empty(); }

  Value& operator()(Positions... at) { return values_[offset(at...)]; }
  const Value& operator()(Positions... at) const { return values_[offset(at...)]; }

  std::span<Value> values() { return values_; }
  std::span<const Value> values() const { return values_; }

  /// The contiguous block that is left when the leading axes are fixed.
  template <class... Leading>
  std::span<Value> slab(Leading... at) {
    const auto [first, count] = block(at...);
    return std::span<Value>(values_).subspan(first, count);
  }
  template <class... Leading>
  std::span<const Value> slab(Leading... at) const {
    const auto [first, count] = block(at...);
    return std::span<const Value>(values_).subspan(first, count);
  }

  friend bool operator==(const Table&, const Table&) = default;

 private:
  static std::size_t product(const Extents& extents) {
    return std::accumulate(extents.begin(), extents.end(), std::size_t{1}, std::multiplies<>());
  }

  std::size_t offset(Positions... at) const {
    const Extents positions{at.position()...};
    std::size_t offset = 0;
    for (std::size_t axis = 0; axis < rank; ++axis) {
      assert(positions[axis] < extents_[axis]);
      offset = offset * extents_[axis] + positions[axis];
    }
    return offset;
  }

  template <class... Leading>
  std::pair<std::size_t, std::size_t> block(Leading... at) const {
    static_assert(detail::Prefix<Leading...>::template of<Positions...>(),
                  "a slab fixes the first axes of the table, in their order");
    const std::array<std::size_t, sizeof...(Leading)> fixed{at.position()...};
    std::size_t first = 0;
    std::size_t count = 1;
    for (std::size_t axis = 0; axis < rank; ++axis) {
      assert(axis >= fixed.size() || fixed[axis] < extents_[axis]);
      first = first * extents_[axis] + (axis < fixed.size() ? fixed[axis] : 0);
      if (axis >= fixed.size()) count *= extents_[axis];
    }
    return {first, count};
  }

  Extents extents_{};
  LargeVector<Value> values_;
};

}  // namespace kohort
