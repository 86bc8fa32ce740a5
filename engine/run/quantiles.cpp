#include "engine/run/quantiles.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/base/error.hpp"
#include "engine/evaluate/quantile.hpp"

namespace kohort {

namespace fast = kernels::fast;

namespace {

[[noreturn]] void refuse() {
  Mistake mistake;
  mistake.what = "a figure of a draw is not a finite number";
  mistake.remedy =
      "look for a spread that is far too large among the estimates, which --freeze ESTIMATES.h5 "
      "writes";
  throw Error(Fault::model, std::move(mistake));
}

}  // namespace

template <class Value>
QuantileFinder<Value>::QuantileFinder(std::vector<double> shares)
    : QuantileFinder(std::move(shares), fast::order_implementations<Value>().back()) {}

template <class Value>
QuantileFinder<Value>::QuantileFinder(std::vector<double> shares,
                                      const fast::OrderKernels<Value>& kernels)
    : shares_(std::move(shares)),
      kernels_(&kernels),
      quantiles_(shares_.size()),
      whereabouts_(shares_.size()) {}

template <class Value>
std::span<const double> QuantileFinder<Value>::of(std::span<const Value> values) {
  const Spread spread = kernels_->spread(values);
  if (!spread.finite) refuse();
  const std::size_t with_spare = values.size() + fast::lanes<Value>;
  for (auto* room : {&near_, &room_, &other_room_}) {
    if (room->size() < with_spare) room->resize(with_spare);
  }
  for (std::size_t at = 0; at < shares_.size(); ++at) {
    const QuantilePlace place = quantile_place(shares_[at], values.size());
    if (values.size() == 1) {
      quantiles_[at] = values.front();
      continue;
    }
    // The last has no neighbour above, and is found as that of the last but one.
    const std::size_t rank = std::min(place.below, values.size() - 2);
    const Neighbours found = find(values, rank, spread, whereabouts_[at]);
    quantiles_[at] = place.between(place.below == rank ? found.at : found.next, found.next);
  }
  return quantiles_;
}

template <class Value>
typename QuantileFinder<Value>::Neighbours QuantileFinder<Value>::find(
    std::span<const Value> values, std::size_t rank, const Spread& spread,
    Whereabouts& whereabouts) {
  if (values.size() <= kernels_->few_enough) return kernels_->neighbours_of_few(values, rank);
  for (const Value times : {Value(1), Value(4)}) {
    if (!whereabouts.known()) break;
    const fast::Packed packed = kernels_->pack(values, whereabouts.near(spread, times), near_);
    if (packed.below > rank || rank + 1 >= packed.below + packed.inside) continue;
    const Neighbours found =
        fast::neighbours(*kernels_, std::span<const Value>(near_).first(packed.inside),
                         rank - packed.below, std::span(room_), std::span(other_room_));
    whereabouts.learn(spread, found);
    return found;
  }
  const Neighbours found =
      fast::neighbours(*kernels_, values, rank, std::span(room_), std::span(other_room_));
  whereabouts.learn(spread, found);
  return found;
}

template <class Value>
fast::Range<Value> QuantileFinder<Value>::Whereabouts::near(const Spread& spread,
                                                            Value times) const {
  const Value width = width_ * times;
  return {spread.mean + (centre_ - width) * spread.deviation,
          spread.mean + (centre_ + width) * spread.deviation};
}

/// A moving mean of the place, and of how far off it was: three times as far is seldom missed. As
/// the time that a network waits for an answer is reckoned. Source: Jacobson (1988), Congestion
/// avoidance and control, Proc. SIGCOMM '88.
template <class Value>
void QuantileFinder<Value>::Whereabouts::learn(const Spread& spread, const Neighbours& found) {
  const Value at = (found.at - spread.mean) / spread.deviation;
  const Value next = (found.next - spread.mean) / spread.deviation;
  if (!std::isfinite(at) || !std::isfinite(next)) return;
  constexpr Value part(0.125);
  constexpr Value first_width(0.25);
  constexpr auto least_width = static_cast<Value>(1e-6);
  const Value middle = (at + next) / Value(2);
  const bool first = !known();
  const Value off = std::max(std::abs(at - centre_), std::abs(next - centre_));
  centre_ += first ? middle : (middle - centre_) * part;
  width_ = first ? first_width : std::max(least_width, width_ + (Value(3) * off - width_) * part);
}

template class QuantileFinder<float>;
template class QuantileFinder<double>;

}  // namespace kohort
