// Numbers to be read, whatever their precision.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace kohort {

/// Numbers that lie in double or in single precision, read slab by slab.
class Numbers {
 public:
  Numbers() = default;
  Numbers(std::span<const double> numbers) : in_double_(numbers) {}  // NOLINT: as a span
  Numbers(std::span<double> numbers) : in_double_(numbers) {}        // NOLINT
  Numbers(std::span<const float> numbers) : in_single_(numbers) {}   // NOLINT

  std::size_t size() const { return in_single_.empty() ? in_double_.size() : in_single_.size(); }
  /// Some that follow each other; `room` holds them where they lie in single precision.
  std::span<const double> some(std::size_t first, std::size_t count,
                               std::vector<double>& room) const;
  /// Adds some that follow each other to as many sums.
  void add_to(std::span<double> sums, std::size_t first) const;
  /// All of them.
  std::vector<double> all() const;

 private:
  std::span<const double> in_double_{};
  std::span<const float> in_single_{};
};

}  // namespace kohort
