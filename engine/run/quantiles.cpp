#include "engine/run/quantiles.hpp"

#include <algorithm>
#include <cmath>
#include <type_traits>
#include <utility>

#include "engine/base/error.hpp"
#include "engine/evaluate/quantile.hpp"

namespace kohort {
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
    : shares_(std::move(shares)), quantiles_(shares_.size()) {}

template <class Value>
std::span<const double> QuantileFinder<Value>::of(std::span<const Value> values) {
  const Bins bins = bins_over(values);
  count(values, bins);
  if (!bins.of_one_value) sort_wanted(values);
  for (std::size_t at = 0; at < shares_.size(); ++at) {
    const QuantilePlace place = quantile_place(shares_[at], values.size());
    quantiles_[at] =
        place.between(order_statistic(place.below, bins), order_statistic(place.above, bins));
  }
  return quantiles_;
}

template <class Value>
typename QuantileFinder<Value>::Bins QuantileFinder<Value>::bins_over(
    std::span<const Value> values) {
  // Several side by side, which the processor need not take one after the other.
  constexpr std::size_t lanes = 8;
  std::array<Value, lanes> least;
  std::array<Value, lanes> most;
  least.fill(values.front());
  most.fill(values.front());
  std::array<std::int32_t, lanes> broken{};
  std::array<Value, lanes> finite{};  // stays 0 unless a value is not
  // Added to a number, it rounds it to a whole one.
  constexpr Value beyond_fractions =
      std::is_same_v<Value, float> ? Value(0x1.8p23) : Value(0x1.8p52);
  std::size_t at = 0;
  const auto look = [&](std::size_t lane, Value value) {
    least[lane] = value < least[lane] ? value : least[lane];
    most[lane] = value > most[lane] ? value : most[lane];
    finite[lane] += value * Value(0);
    broken[lane] |= (value + beyond_fractions) - beyond_fractions == value ? 0 : 1;
  };
  for (; at + lanes <= values.size(); at += lanes) {
    for (std::size_t lane = 0; lane < lanes; ++lane) look(lane, values[at + lane]);
  }
  for (; at < values.size(); ++at) look(0, values[at]);
  const Value lowest = *std::min_element(least.begin(), least.end());
  const Value range = *std::max_element(most.begin(), most.end()) - lowest;
  const bool whole =
      std::all_of(broken.begin(), broken.end(), [](std::int32_t lane) { return lane == 0; });
  if (!std::all_of(finite.begin(), finite.end(), [](Value lane) { return lane == Value(0); })) {
    refuse();
  }
  constexpr auto last = static_cast<Value>(bin_count - 1);
  if (range == Value(0) || (whole && range <= last)) return {lowest, Value(1), true};
  // Where there is no such number, all values share one bin.
  const Value scale = last / range;
  return {lowest, std::isfinite(scale) ? scale : Value(0), false};
}

template <class Value>
void QuantileFinder<Value>::count(std::span<const Value> values, const Bins& bins) {
  bin_of_.resize(values.size());
  const Bins own = bins;  // a copy, which the writing of bytes cannot change
  std::transform(values.begin(), values.end(), bin_of_.begin(),
                 [own](Value value) { return own.of(value); });
  // Several counts side by side: neighbours in one bin need not wait for each other.
  std::array<Counts, 4> counts{};
  std::size_t at = 0;
  for (; at + counts.size() <= values.size(); at += counts.size()) {
    for (std::size_t one = 0; one < counts.size(); ++one) ++counts[one][bin_of_[at + one]];
  }
  for (; at < values.size(); ++at) ++counts[0][bin_of_[at]];
  std::uint32_t sum = 0;
  for (std::size_t bin = 0; bin < before_.size(); ++bin) {
    before_[bin] = sum;
    for (const Counts& some : counts) sum += some[bin];
  }
}

template <class Value>
std::size_t QuantileFinder<Value>::bin_of_rank(std::size_t rank) const {
  const auto after = std::upper_bound(before_.begin(), before_.end(), rank);
  return static_cast<std::size_t>(after - before_.begin()) - 1;
}

template <class Value>
void QuantileFinder<Value>::sort_wanted(std::span<const Value> values) {
  wanted_.fill(false);
  for (const double share : shares_) {
    const QuantilePlace place = quantile_place(share, values.size());
    wanted_[bin_of_rank(place.below)] = true;
    wanted_[bin_of_rank(place.above)] = true;
  }
  std::uint32_t sum = 0;
  for (std::size_t bin = 0; bin < bin_count; ++bin) {
    sorted_before_[bin] = sum;
    if (wanted_[bin]) sum += before_[bin + 1] - before_[bin];
  }
  sorted_.resize(sum + 1);  // one more, which takes what is not wanted
  std::size_t kept = 0;
  for (std::size_t at = 0; at < values.size(); ++at) {
    sorted_[kept] = values[at];
    kept += wanted_[bin_of_[at]] ? 1 : 0;
  }
  std::sort(sorted_.begin(), sorted_.end() - 1);
}

template <class Value>
double QuantileFinder<Value>::order_statistic(std::size_t rank, const Bins& bins) const {
  const std::size_t bin = bin_of_rank(rank);
  if (bins.of_one_value) return bins.least + static_cast<Value>(bin);
  return sorted_[sorted_before_[bin] + rank - before_[bin]];
}

template class QuantileFinder<float>;
template class QuantileFinder<double>;

}  // namespace kohort
