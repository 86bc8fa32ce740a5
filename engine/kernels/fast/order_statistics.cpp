#include "engine/kernels/fast/order_statistics.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <type_traits>
#include <utility>

#include "engine/base/processors.hpp"

#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace kohort::kernels::fast {
namespace {

#ifdef KOHORT_WIDER_KERNELS
/// The lanes of a set of eight, which its bits name, in rising order.
constexpr std::array<std::array<std::uint8_t, 8>, 256> lanes_in_order = [] {
  std::array<std::array<std::uint8_t, 8>, 256> order{};
  for (unsigned set = 0; set < order.size(); ++set) {
    std::size_t count = 0;
    for (std::uint8_t lane = 0; lane < 8; ++lane) {
      if ((set >> lane & 1U) != 0) order[set][count++] = lane;
    }
  }
  return order;
}();
#endif

#define KOHORT_BODY "engine/kernels/fast/order_body.inc"
#include "engine/base/each_processor.inc"

}  // namespace

template <class Real>
std::span<const OrderKernels<Real>> order_implementations() {
  static constexpr std::array all{
      plain::order_kernels<Real>("baseline"),
#ifdef KOHORT_WIDER_KERNELS
      v3::order_kernels<Real>("x86-64-v3"),
      v4::order_kernels<Real>("x86-64-v4"),
#endif
  };
  return std::span(all).first(runnable());
}

namespace {

/// Some values among which a rank is looked for, and room to pack the nearer of them.
template <class Real>
class Search {
 public:
  Search(const OrderKernels<Real>& kernels, std::span<const Real> values, std::size_t rank,
         std::span<Real> room, std::span<Real> other_room)
      : kernels_(kernels), values_(values), rank_(rank), room_(room), other_room_(other_room) {}

  Neighbours<Real> run() {
    constexpr int most_rounds = 16;  // more, and the values are so uneven that it may never end
    for (int round = 0; values_.size() > kernels_.few_enough && round < most_rounds; ++round) {
      const Range<Real> near = values_.size() > many ? among_some() : among_even();
      if (take(near)) {
        if (near.least == near.most) return {near.least, near.most};
        continue;
      }
      if (const auto found = halve(near.least)) return *found;
    }
    if (values_.size() <= kernels_.few_enough) return kernels_.neighbours_of_few(values_, rank_);
    return partly_sorted();
  }

 private:
  static constexpr std::size_t many = 256;

  /// Where the rank would lie if the values were spread evenly, and some ranks around it.
  Range<Real> among_even() const {
    const Range<Real> all = kernels_.range(values_);
    const auto count = static_cast<Real>(values_.size());
    const Real step = (all.most - all.least) / count;
    const Real middle = all.least + step * (static_cast<Real>(rank_) + Real(1));
    const Real around = step * (Real(2) + std::sqrt(count));
    return {std::max(all.least, middle - around), std::min(all.most, middle + around)};
  }

  /// Where it would lie if all were as every n-th of them, and some around it.
  Range<Real> among_some() const {
    constexpr std::size_t some = 32;
    std::array<Real, some> sample;
    for (std::size_t at = 0; at < some; ++at) sample[at] = values_[values_.size() * at / some];
    const double share = static_cast<double>(rank_ + 1) / static_cast<double>(values_.size());
    const double middle = share * some;
    const double around = 1.0 + 2.5 * std::sqrt(some * share * (1.0 - share));
    const auto order = [&](double rank) {
      const double nearest = std::clamp(rank, 0.0, some - 2.0);
      return kernels_.neighbours_of_few(sample, static_cast<std::size_t>(nearest)).at;
    };
    const bool lowest = middle - around < 0.0;
    const bool highest = middle + around > some - 2.0;
    return {lowest ? -std::numeric_limits<Real>::max() : order(middle - around),
            highest ? std::numeric_limits<Real>::max() : order(middle + around)};
  }

  /// Goes on with the values of a range if the rank is there, and others are not; whether so.
  bool take(const Range<Real>& near) {
    const Packed packed = kernels_.pack(values_, near, room_);
    if (rank_ < packed.below || rank_ + 1 >= packed.below + packed.inside) return false;
    if (packed.inside == values_.size() && near.least < near.most) return false;
    go_on(packed.inside, packed.below);
    return true;
  }

  void go_on(std::size_t count, std::size_t below) {
    values_ = std::span<const Real>(room_).first(count);
    rank_ -= below;
    std::swap(room_, other_room_);
  }

  /// Goes on with the values up to some number, or with those above it; where the rank is the last
  /// of the first, it is found.
  std::optional<Neighbours<Real>> halve(Real where) {
    const Range<Real> all = kernels_.range(values_);
    if (all.least == all.most) return Neighbours<Real>{all.least, all.most};
    const Real split = where >= all.least && where < all.most ? where : all.least;
    const Packed low = kernels_.pack(values_, {all.least, split}, room_);
    if (rank_ + 1 < low.inside) {
      go_on(low.inside, 0);
      return std::nullopt;
    }
    const Real most_below = kernels_.range(room_.first(low.inside)).most;
    const Packed high = kernels_.pack(values_, {std::nextafter(split, all.most), all.most}, room_);
    if (rank_ < low.inside) {
      return Neighbours<Real>{most_below, kernels_.range(room_.first(high.inside)).least};
    }
    go_on(high.inside, low.inside);
    return std::nullopt;
  }

  Neighbours<Real> partly_sorted() const {
    const auto rest = room_.first(values_.size());
    std::copy(values_.begin(), values_.end(), rest.begin());
    const auto place = rest.begin() + static_cast<std::ptrdiff_t>(rank_);
    std::nth_element(rest.begin(), place, rest.end());
    return {*place, *std::min_element(place + 1, rest.end())};
  }

  const OrderKernels<Real>& kernels_;
  std::span<const Real> values_;
  std::size_t rank_;
  std::span<Real> room_, other_room_;  ///< `values_` may lie in the second
};

}  // namespace

template <class Real>
Neighbours<Real> neighbours(const OrderKernels<Real>& kernels, std::span<const Real> values,
                            std::size_t rank, std::span<Real> room, std::span<Real> other_room) {
  assert(rank + 1 < values.size());
  return Search<Real>(kernels, values, rank, room, other_room).run();
}

template std::span<const OrderKernels<double>> order_implementations();
template std::span<const OrderKernels<float>> order_implementations();
template Neighbours<double> neighbours(const OrderKernels<double>&, std::span<const double>,
                                       std::size_t, std::span<double>, std::span<double>);
template Neighbours<float> neighbours(const OrderKernels<float>&, std::span<const float>,
                                      std::size_t, std::span<float>, std::span<float>);

}  // namespace kohort::kernels::fast
