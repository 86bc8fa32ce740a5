#include "engine/run/quantiles.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "engine/base/error.hpp"

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
      whereabouts_(shares_.size()),
      places_(shares_.size()) {}

template <class Value>
std::span<const double> QuantileFinder<Value>::of(std::span<const Value> values) {
  const Spread spread = kernels_->spread(values);
  if (!spread.finite) refuse();
  if (values.size() == 1) {
    std::fill(quantiles_.begin(), quantiles_.end(), static_cast<double>(values.front()));
    return quantiles_;
  }
  if (values.size() != count_) prepare(values.size());
  for (std::size_t first = 0; first < shares_.size(); first += fast::most_ranges) {
    find_some(values, spread, first, std::min(shares_.size() - first, fast::most_ranges));
  }
  return quantiles_;
}

template <class Value>
void QuantileFinder<Value>::prepare(std::size_t count) {
  count_ = count;
  std::transform(shares_.begin(), shares_.end(), places_.begin(),
                 [&](double share) { return quantile_place(share, count); });
  for (auto* room : {&near_any_, &near_, &room_, &other_room_}) {
    room->resize(count + fast::lanes<Value>);
  }
}

/// What lies near any of some order statistics is put together in one go, and for each of them is
/// parted from that.
template <class Value>
void QuantileFinder<Value>::find_some(std::span<const Value> values, const Spread& spread,
                                      std::size_t first, std::size_t count) {
  const auto whereabouts = std::span(whereabouts_).subspan(first, count);
  std::array<fast::Range<Value>, fast::most_ranges> near;
  for (std::size_t one = 0; one < count; ++one) {
    near[one] = whereabouts[one].near(spread, Value(1));
  }
  const bool many = values.size() > kernels_->few_enough;
  fast::Sifted sifted;
  if (many) sifted = kernels_->sift(values, std::span(near).first(count), near_any_);
  const std::span<const Value> near_any(near_any_.data(), sifted.passed);
  for (std::size_t one = 0; one < count; ++one) {
    const QuantilePlace& place = places_[first + one];
    // The last has no neighbour above, and is found as that of the last but one.
    const std::size_t rank = std::min(place.below, values.size() - 2);
    std::optional<Neighbours> found;
    if (many) {
      const std::size_t inside = kernels_->pack(near_any, near[one], near_).inside;
      found = find_near({sifted.below[one], inside}, rank);
    }
    if (!found) found = find(values, spread, rank, whereabouts[one]);
    whereabouts[one].learn(spread, *found);
    quantiles_[first + one] =
        place.between(place.below == rank ? found->at : found->next, found->next);
  }
}

/// Those that have not been where they were looked for.
template <class Value>
fast::Neighbours<Value> QuantileFinder<Value>::find(std::span<const Value> values,
                                                    const Spread& spread, std::size_t rank,
                                                    const Whereabouts& whereabouts) {
  if (whereabouts.known() && values.size() > kernels_->few_enough) {
    const fast::Range<Value> farther = whereabouts.near(spread, Value(4));
    if (const auto found = find_near(kernels_->pack(values, farther, near_), rank)) return *found;
  }
  return fast::neighbours(*kernels_, values, rank, std::span(room_), std::span(other_room_));
}

/// Those at a rank of all values, of which some have been packed; nothing where they are not there.
template <class Value>
std::optional<fast::Neighbours<Value>> QuantileFinder<Value>::find_near(const fast::Packed& packed,
                                                                        std::size_t rank) {
  if (packed.below > rank || rank + 1 >= packed.below + packed.inside) return std::nullopt;
  const auto near = std::span<const Value>(near_).first(packed.inside);
  return fast::neighbours(*kernels_, near, rank - packed.below, std::span(room_),
                          std::span(other_room_));
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
  const Value at = (found.at - spread.mean) * spread.inverse;
  const Value next = (found.next - spread.mean) * spread.inverse;
  const Value middle = (at + next) / Value(2);
  if (!std::isfinite(middle)) return;
  constexpr Value part(0.125);
  constexpr Value part_of_centre(0.25);
  constexpr Value first_width(0.25);
  constexpr auto least_width = static_cast<Value>(1e-6);
  const bool first = !known();
  const Value off = std::max(std::abs(at - centre_), std::abs(next - centre_));
  centre_ += first ? middle : (middle - centre_) * part_of_centre;
  width_ = first ? first_width : std::max(least_width, width_ + (Value(3) * off - width_) * part);
}

template class QuantileFinder<float>;
template class QuantileFinder<double>;

}  // namespace kohort
