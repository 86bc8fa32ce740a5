// Numbers of people told apart by the parts of a cell, for all areas and draws at once.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "engine/base/parts.hpp"
#include "engine/table/table.hpp"

namespace kohort::partition {

/// More parts than any model tells apart, few enough that a number for each fits on the stack.
inline constexpr std::size_t most_parts = 16;

using Slab = std::span<double>;             ///< [area][draw], of all areas or some; written
using ConstSlab = std::span<const double>;  ///< the same, read

/// How many areas are worked on at once: their slabs are to stay in the caches near the core.
inline std::size_t areas_at_once(std::size_t areas, std::size_t draws) {
  constexpr std::size_t cells = 256;
  return std::min(areas, std::max<std::size_t>(1, cells / draws));
}

/// Calls `action(first, count)` for all areas, some that follow each other at once.
template <class Action>
void for_some_areas(std::size_t areas, std::size_t draws, const Action& action) {
  const std::size_t most = areas_at_once(areas, draws);
  for (std::size_t first = 0; first < areas; first += most) {
    action(Area(first), std::min(most, areas - first));
  }
}

/// People by part; of one part [sex][age][area][draw].
using PartTable = Table<double, Part, Sex, PartAge, Area, Draw>;

/// One slab for each part.
class PartSlabs {
 public:
  PartSlabs() = default;
  PartSlabs(std::size_t parts, std::size_t cells, double fill = 0.0)
      : cells_(cells), slabs_(parts, std::vector<double>(cells, fill)) {}

  std::size_t parts() const { return slabs_.size(); }
  std::size_t cells() const { return cells_; }
  Slab operator[](Part part) { return Slab(slabs_[part.position()]).first(cells_); }
  ConstSlab operator[](Part part) const { return ConstSlab(slabs_[part.position()]).first(cells_); }
  void clear();
  /// Has the slabs be of so many cells, at most as many as at first. What they hold stays.
  void resize(std::size_t cells) { cells_ = cells; }
  /// Adds `sign` times the same slabs of others.
  void add(const PartSlabs& others, double sign = 1.0);

 private:
  std::size_t cells_ = 0;
  std::vector<std::vector<double>> slabs_;
};

/// A number for each part, of one area and draw.
class PartNumbers {
 public:
  explicit PartNumbers(std::size_t parts, double fill = 0.0) : parts_(parts) {
    numbers_.fill(fill);
  }
  /// What the slabs have at a place.
  PartNumbers(const PartSlabs& slabs, std::size_t at) : parts_(slabs.parts()) {
    for (std::size_t part = 0; part < parts_; ++part) numbers_[part] = slabs[Part(part)][at];
  }

  double& operator[](std::size_t part) { return numbers_[part]; }
  std::span<double> all() { return std::span(numbers_).first(parts_); }
  std::span<const double> all() const { return std::span(numbers_).first(parts_); }
  void enter(PartSlabs& slabs, std::size_t at) const {
    for (std::size_t part = 0; part < parts_; ++part) slabs[Part(part)][at] = numbers_[part];
  }

 private:
  std::size_t parts_;
  std::array<double, most_parts> numbers_{};
};

}  // namespace kohort::partition
