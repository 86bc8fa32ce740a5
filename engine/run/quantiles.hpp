// Quantiles of the draws, exact: all of them are looked at.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/evaluate/quantile.hpp"
#include "engine/kernels/fast/order_statistics.hpp"

namespace kohort {

/// Quantiles as `quantile_of_sorted` has them, of values in any order, sorting none: those near an
/// order statistic that is asked for are packed together, and searched alone. Where they are likely
/// to be is learnt from the values of earlier calls, so that it goes fastest where these are spread
/// alike, however large they are; the quantiles do not hang on it. Has room to work in: one for
/// each thread. Values are float or double.
template <class Value>
class QuantileFinder {
 public:
  explicit QuantileFinder(std::vector<double> shares);

  /// The same with the kernels of some kind of processor.
  QuantileFinder(std::vector<double> shares, const kernels::fast::OrderKernels<Value>& kernels);

  /// The quantiles of `values`, of which there are some, in the order of the shares. Throws `Error`
  /// (Fault::model) where one is not finite.
  std::span<const double> of(std::span<const Value> values);

 private:
  using Neighbours = kernels::fast::Neighbours<Value>;
  using Spread = kernels::fast::Spread<Value>;

  /// Where an order statistic has been of late, in standard deviations from the mean.
  class Whereabouts {
   public:
    /// Where it probably is now, and as many times as far around.
    kernels::fast::Range<Value> near(const Spread& spread, Value times) const;
    void learn(const Spread& spread, const Neighbours& found);
    bool known() const { return width_ > Value(0); }

   private:
    Value centre_{};
    Value width_{};  ///< on both sides
  };

  void prepare(std::size_t count);
  void find_some(std::span<const Value> values, const Spread& spread, std::size_t first,
                 std::size_t count);
  Neighbours find(std::span<const Value> values, const Spread& spread, std::size_t rank,
                  const Whereabouts& whereabouts);
  std::optional<Neighbours> find_near(const kernels::fast::Packed& packed, std::size_t rank);

  std::vector<double> shares_;
  const kernels::fast::OrderKernels<Value>* kernels_;
  std::vector<double> quantiles_;
  std::vector<Whereabouts> whereabouts_;  ///< of each share

  std::size_t count_ = 0;              ///< of the values that it is prepared for
  std::vector<QuantilePlace> places_;  ///< of each share
  std::vector<Value> near_any_;        ///< the values near some of the ranks
  std::vector<Value> near_;            ///< those near one
  std::vector<Value> room_, other_room_;
};

extern template class QuantileFinder<float>;
extern template class QuantileFinder<double>;

}  // namespace kohort
