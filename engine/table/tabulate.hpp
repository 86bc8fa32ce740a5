// Filling a table from a function of its positions.
#pragma once

#include <array>
#include <cstddef>
#include <utility>

#include "engine/table/table.hpp"

namespace kohort {
namespace detail {

template <class Value, class... Positions, class Function, std::size_t... Axis>
void fill(Table<Value, Positions...>& table, Function&& value, std::index_sequence<Axis...>) {
  std::array<std::size_t, sizeof...(Positions)> at{};
  for (Value& cell : table.values()) {
    cell = value(Positions(at[Axis])...);
    for (std::size_t axis = at.size(); axis-- > 0;) {
      if (++at[axis] < table.extents()[axis]) break;
      at[axis] = 0;
    }
  }
}

}  // namespace detail

/// Sets every cell of the table to `value(positions...)`, in the order in which they lie.
template <class Value, class... Positions, class Function>
void fill(Table<Value, Positions...>& table, Function&& value) {
  detail::fill(table, std::forward<Function>(value), std::index_sequence_for<Positions...>());
}

/// A table of type `T` whose cells are `value(positions...)`.
template <class T, class Function>
T tabulate(const typename T::Extents& extents, Function&& value) {
  T table(extents);
  fill(table, std::forward<Function>(value));
  return table;
}

}  // namespace kohort
