#include "engine/random/multinomial.hpp"

#include <algorithm>
#include <array>
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

double checked_sum(std::span<const double> weights) {
  double sum = 0.0;
  for (const double weight : weights) {
    if (!(weight >= 0.0)) refuse_to_draw("a category needs a weight of 0 or more", weight);
    sum += weight;
  }
  if (!std::isfinite(sum)) refuse_to_draw("weights need a finite sum", sum);
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

/// Each person chooses by inversion of one uniform. All persons are compared with the bound of each
/// category: that needs no room for the bounds, and has no branch that the processor cannot
/// foretell.
template <class Count>
void part_one_by_one(Stream chooser, std::int64_t total, std::span<const double> weights,
                     std::span<Count> parts, double sum) {
  std::array<double, split_one_by_one> places;
  const auto end = places.begin() + total;
  std::generate(places.begin(), end, [&] { return chooser.uniform() * sum; });
  double bound = 0.0;
  std::int64_t placed = 0;
  for (std::size_t category = 0; category + 1 < weights.size() && placed < total; ++category) {
    bound += weights[category];
    const std::int64_t below =
        std::count_if(places.begin(), end, [=](double place) { return place < bound; });
    parts[category] = static_cast<Count>(below - placed);
    placed = below;
  }
  parts[weights.size() - 1] += static_cast<Count>(total - placed);
}

/// Each category takes a binomial share of those whom the earlier ones left.
template <class Count>
void part_by_category(const Stream& stream, std::int64_t total, std::span<const double> weights,
                      std::span<Count> parts) {
  CarefulSum ahead;
  for (const double weight : weights) ahead.add(weight);
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

/// `split` of whole persons by weights that were looked at.
template <class Count>
void part(const Stream& stream, std::int64_t persons, std::span<const double> weights,
          std::span<Count> parts, double sum) {
  const auto open = weights.first(possible(weights));
  std::fill(parts.begin(), parts.end(), Count{0});
  if (persons == 0) return;
  if (open.empty()) refuse_to_draw("persons need a category to go to", 0.0);
  if (persons <= split_one_by_one) {
    part_one_by_one(stream.lane(1), persons, open, parts, sum);
  } else {
    part_by_category(stream, persons, open, parts);
  }
}

}  // namespace

template <class Count>
void split(const Stream& stream, Count total, std::span<const double> weights,
           std::span<Count> parts) {
  require_shape(weights, parts.size());
  const double sum = checked_sum(weights);
  part(stream, whole(total), weights, parts, sum);
}

template <class Count>
Count sample_leavers(const Stream& stream, Count persons, std::span<const double> probabilities,
                     std::span<Count> leavers) {
  require_shape(probabilities, leavers.size());
  const double leaving = checked_sum(probabilities);
  if (leaving > 1.0 + rounding) {
    refuse_to_draw("probabilities of leaving sum to at most 1", leaving);
  }
  Stream total = stream.lane(0);
  const std::int64_t gone = sample_binomial(total, whole(persons), std::min(1.0, leaving));
  part(stream, gone, probabilities, leavers, leaving);
  return persons - static_cast<Count>(gone);
}

template void split(const Stream&, std::int64_t, std::span<const double>, std::span<std::int64_t>);
template void split(const Stream&, double, std::span<const double>, std::span<double>);
template std::int64_t sample_leavers(const Stream&, std::int64_t, std::span<const double>,
                                     std::span<std::int64_t>);
template double sample_leavers(const Stream&, double, std::span<const double>, std::span<double>);

}  // namespace kohort
