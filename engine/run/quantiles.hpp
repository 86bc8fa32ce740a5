// Quantiles of the draws, exact: all of them are looked at.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace kohort {

/// Quantiles as `quantile_of_sorted` has them, of values in any order, sorting few of them: they
/// are counted in equal bins, and only what lies in a bin with an order statistic that is asked for
/// is sorted; whole numbers near each other have a bin each, and need no sorting at all. Has room
/// to work in: one for each thread. Values are float or double.
template <class Value>
class QuantileFinder {
 public:
  explicit QuantileFinder(std::vector<double> shares);

  /// The quantiles of `values`, of which there are some, in the order of the shares. Throws `Error`
  /// (Fault::model) where one is not finite.
  std::span<const double> of(std::span<const Value> values);

 private:
  static constexpr std::size_t bin_count = 256;
  using Counts = std::array<std::uint32_t, bin_count + 1>;

  /// Equal bins over the range of some values; the bin of a value never falls as the value grows.
  struct Bins {
    Value least{};
    Value scale{};
    bool of_one_value = false;  ///< whether all that lies in a bin is alike
    std::uint8_t of(Value value) const {
      return static_cast<std::uint8_t>(static_cast<std::int32_t>((value - least) * scale));
    }
  };

  static Bins bins_over(std::span<const Value> values);
  void count(std::span<const Value> values, const Bins& bins);
  std::size_t bin_of_rank(std::size_t rank) const;
  void sort_wanted(std::span<const Value> values);
  double order_statistic(std::size_t rank, const Bins& bins) const;

  std::vector<double> shares_;
  std::vector<double> quantiles_;
  std::vector<std::uint8_t> bin_of_;      ///< the bin of each value
  Counts before_{};                       ///< how many values lie in lower bins
  std::array<bool, bin_count> wanted_{};  ///< whether a bin has an order statistic asked for
  Counts sorted_before_{};                ///< where the values of a wanted bin begin in `sorted_`
  std::vector<Value> sorted_;             ///< the values of the wanted bins
};

extern template class QuantileFinder<float>;
extern template class QuantileFinder<double>;

}  // namespace kohort
