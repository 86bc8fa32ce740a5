// Numbers of people told apart by the parts of a cell, for all areas and draws at once.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "engine/base/parts.hpp"
#include "engine/table/table.hpp"

namespace kohort::partition {

/// More parts than any model tells apart, few enough that a number for each fits on the stack.
inline constexpr std::size_t most_parts = 16;

using Slab = std::span<double>;             ///< [area][draw], written
using ConstSlab = std::span<const double>;  ///< [area][draw], read

/// People by part; of one part [sex][age][area][draw].
using PartTable = Table<double, Part, Sex, PartAge, Area, Draw>;

/// One slab for each part.
class PartSlabs {
 public:
  PartSlabs() = default;
  PartSlabs(std::size_t parts, std::size_t cells, double fill = 0.0)
      : slabs_(parts, std::vector<double>(cells, fill)) {}

  std::size_t parts() const { return slabs_.size(); }
  std::size_t cells() const { return slabs_.front().size(); }
  Slab operator[](Part part) { return slabs_[part.position()]; }
  ConstSlab operator[](Part part) const { return slabs_[part.position()]; }
  void clear();
  /// Adds `sign` times the same slabs of others.
  void add(const PartSlabs& others, double sign = 1.0);

 private:
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
