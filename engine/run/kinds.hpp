// Variables of one name, each of another kind, brought together as one dataset with an axis more.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "engine/model/variable.hpp"
#include "engine/store/writer.hpp"

namespace kohort {

/// Cuts items that have a `variable` into runs of one name, in their order.
template <class Item>
std::vector<std::span<const Item>> by_name(std::span<const Item> items) {
  std::vector<std::span<const Item>> runs;
  std::size_t first = 0;
  for (std::size_t at = 1; at <= items.size(); ++at) {
    if (at < items.size() && items[at].variable.name == items[first].variable.name) continue;
    runs.push_back(items.subspan(first, at - first));
    first = at;
  }
  return runs;
}

/// Figures of several kinds as those of one table, in which the axis of the kinds stands before the
/// last `inner` figures of each. Those of all kinds are equally many.
template <class Item, class Value>
std::vector<Value> side_by_side(std::span<const Item> kinds, std::vector<Value> Item::*figures,
                                std::size_t inner) {
  const std::size_t length = (kinds.front().*figures).size();
  std::vector<Value> together;
  together.reserve(kinds.size() * length);
  for (std::size_t at = 0; at < length; at += inner) {
    for (const Item& kind : kinds) {
      const auto part = std::span(kind.*figures).subspan(at, inner);
      together.insert(together.end(), part.begin(), part.end());
    }
  }
  return together;
}

/// Adds the axis of the kinds to a file that may have it already: their labels, and their units
/// where those differ.
template <class Item>
void add_kinds(store::Writer& writer, std::span<const Item> kinds) {
  const Category& first = kinds.front().variable.category;
  if (first.axis.empty() || writer.has(first.axis)) return;
  std::vector<std::string> labels;
  std::vector<std::string> units;
  for (const Item& item : kinds) {
    labels.push_back(item.variable.category.label);
    units.push_back(item.variable.category.unit);
  }
  writer.add_scale({first.axis, first.axis_meaning, "", labels});
  if (first.unit.empty()) return;
  writer.add_labels({first.axis + "_unit", "unit of its volume", "", units}, first.axis);
}

/// What a dataset says of a variable; `more` is added to its long name.
inline store::Attributes attributes_of(const Variable& variable, const std::string& more) {
  return {{"units", variable.unit},
          {"long_name", variable.long_name + more},
          {"basis", std::string(to_string(variable.basis))}};
}

}  // namespace kohort
