#include "engine/random/multinomial.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "engine/random/binomial.hpp"
#include "engine/random/whole.hpp"

namespace kohort {
namespace {

constexpr double rounding = 1e-9;

/// A sum that keeps what each addition rounds off (Neumaier 1974), so that what is left after
/// subtracting nearly all of it is still right in every digit.
class CarefulSum {
 public:
  void add(double term) {
    const double next = sum_ + term;
    lost_ += std::abs(sum_) >= std::abs(term) ? (sum_ - next) + term : (term - next) + sum_;
    sum_ = next;
  }
  double value() const { return sum_ + lost_; }

 private:
  double sum_ = 0.0;
  double lost_ = 0.0;
};

CarefulSum sum_of(std::span<const double> weights) {
  CarefulSum sum;
  for (const double weight : weights) {
    if (!(weight >= 0.0 && weight <= std::numeric_limits<double>::max())) {
      refuse_to_draw("a category needs a weight of 0 or more", weight);
    }
    sum.add(weight);
  }
  return sum;
}

/// One past the last category that somebody can be in.
std::size_t possible(std::span<const double> weights) {
  std::size_t count = weights.size();
  while (count > 0 && weights[count - 1] == 0.0) --count;
  return count;
}

/// Of those not yet placed, whose weights sum to `ahead` but for rounding.
double share(double weight, double ahead) {
  if (weight == 0.0) return 0.0;
  return weight < ahead ? weight / ahead : 1.0;
}

void require_shape(std::span<const double> weights, std::size_t parts) {
  if (weights.size() != parts) throw std::invalid_argument("each part needs its weight");
  if (weights.size() >= std::numeric_limits<std::uint16_t>::max()) {
    throw std::invalid_argument("a split has at most 65534 categories");
  }
}

/// Each person chooses in turn, by inversion of one uniform.
template <class Count>
void part_one_by_one(Stream chooser, std::int64_t total, std::span<const double> weights,
                     std::span<Count> parts, double sum) {
  for (; total > 0; --total) {
    double left = chooser.uniform() * sum;
    std::size_t category = 0;
    while (category + 1 < weights.size() && (left -= weights[category]) > 0.0) ++category;
    while (weights[category] == 0.0) ++category;  // where uniform x sum underflows
    parts[category] += Count{1};
  }
}

/// Each category takes a binomial share of those whom the earlier ones left.
template <class Count>
void part_by_category(const Stream& stream, std::int64_t total, std::span<const double> weights,
                      std::span<Count> parts, CarefulSum ahead) {
  for (std::size_t category = 0; category < weights.size() && total > 0; ++category) {
    std::int64_t part = total;
    if (category + 1 < weights.size()) {
      const double weight = weights[category];
      Stream lane = stream.lane(static_cast<std::uint16_t>(category + 1));
      part = sample_binomial(lane, total, share(weight, ahead.value()));
      ahead.add(-weight);
    }
    parts[category] = static_cast<Count>(part);
    total -= part;
  }
}

}  // namespace

template <class Count>
void split(const Stream& stream, Count total, std::span<const double> weights,
           std::span<Count> parts) {
  require_shape(weights, parts.size());
  const std::int64_t persons = whole(total);
  const CarefulSum sum = sum_of(weights);
  const auto open = weights.first(possible(weights));
  std::fill(parts.begin(), parts.end(), Count{0});
  if (persons == 0) return;
  if (open.empty()) refuse_to_draw("persons need a category to go to", 0.0);
  if (persons <= split_one_by_one) {
    part_one_by_one(stream.lane(1), persons, open, parts, sum.value());
  } else {
    part_by_category(stream, persons, open, parts, sum);
  }
}

template <class Count>
Count sample_leavers(const Stream& stream, Count persons, std::span<const double> probabilities,
                     std::span<Count> leavers) {
  const double leaving = sum_of(probabilities).value();
  if (leaving > 1.0 + rounding) {
    refuse_to_draw("probabilities of leaving sum to at most 1", leaving);
  }
  Stream total = stream.lane(0);
  const std::int64_t gone = sample_binomial(total, whole(persons), std::min(1.0, leaving));
  split(stream, static_cast<Count>(gone), probabilities, leavers);
  return persons - static_cast<Count>(gone);
}

template void split(const Stream&, std::int64_t, std::span<const double>, std::span<std::int64_t>);
template void split(const Stream&, double, std::span<const double>, std::span<double>);
template std::int64_t sample_leavers(const Stream&, std::int64_t, std::span<const double>,
                                     std::span<std::int64_t>);
template double sample_leavers(const Stream&, double, std::span<const double>, std::span<double>);

}  // namespace kohort
