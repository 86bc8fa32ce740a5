// Tables in which a figure may hold for every position of an axis, and is then stored once.
#pragma once

#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include "engine/table/table.hpp"

namespace kohort {

/// A table over the axes `Positions...` whose strides say how far apart neighbours on each axis
/// lie: 0 on an axis along which the figures do not vary.
template <class... Positions>
class BroadcastTable {
 public:
  static constexpr std::size_t rank = sizeof...(Positions);
  using Strides = std::array<std::size_t, rank>;

  BroadcastTable() : values_(1, 0.0) {}
  /// The same figure everywhere.
  explicit BroadcastTable(double figure) : values_(1, figure) {}
  BroadcastTable(std::vector<double> values, const Strides& strides)
      : values_(std::move(values)), strides_(strides) {}

  double operator()(Positions... at) const {
    const std::array<std::size_t, rank> positions{at.position()...};
    std::size_t offset = 0;
    for (std::size_t axis = 0; axis < rank; ++axis) offset += strides_[axis] * positions[axis];
    assert(offset < values_.size());
    return values_[offset];
  }

  template <class Position>
  bool varies_along() const {
    constexpr std::size_t axis = detail::axis_number<Position, Positions...>();
    static_assert(axis < rank, "the table has no such axis");
    return strides_[axis] != 0;
  }

 private:
  std::vector<double> values_;
  Strides strides_{};
};

}  // namespace kohort
