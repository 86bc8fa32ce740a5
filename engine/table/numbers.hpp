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
  /// The same as they lie.
  Numbers part(std::size_t first, std::size_t count) const;
  /// Adds all to as many sums.
  void add_to(std::span<double> sums) const;
  /// Sets `sums` to those of rows of that length.
  void sum_rows(std::size_t length, std::span<double> sums) const;
  /// Calls `action` with their span, of either precision.
  template <class Action>
  void visit(const Action& action) const {
    if (in_single_.empty()) {
      action(in_double_);
    } else {
      action(in_single_);
    }
  }
  /// All of them.
  std::vector<double> all() const;

 private:
  std::span<const double> in_double_{};
  std::span<const float> in_single_{};
};

}  // namespace kohort
