#include "engine/random/hypergeometric.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <stdexcept>

#include "engine/random/whole.hpp"

namespace kohort {
namespace {

/// The ratios of neighbouring probabilities: P(x + 1) / P(x) = rise(x) / fall(x + 1), which falls
/// as x grows.
struct Neighbours {
  double drawn = 0.0;
  double first = 0.0;
  double second = 0.0;
  double odds = 1.0;

  double lowest() const { return std::max(0.0, drawn - second); }
  double highest() const { return std::min(drawn, first); }
  double rise(double x) const { return (first - x) * (drawn - x) * odds; }
  double fall(double x) const { return x * (second - drawn + x); }
  double next_to_this(double x) const { return rise(x) / fall(x + 1.0); }
  double last_to_this(double x) const { return fall(x) / rise(x - 1.0); }
};

/// The likeliest x: the first from which the next is not likelier.
double mode(const Neighbours& law) {
  double low = law.lowest();
  double high = law.highest();
  while (low < high) {
    const double middle = std::floor(low + (high - low) / 2.0);
    if (law.rise(middle) > law.fall(middle + 1.0)) {
      low = middle + 1.0;
    } else {
      high = middle;
    }
  }
  return low;
}

/// The probabilities below the mode, and all, relative to that of the mode.
struct Sums {
  double below = 0.0;
  double all = 1.0;
};

Sums sums_about(const Neighbours& law, double mode) {
  Sums sums;
  double weight = 1.0;
  double x = mode;
  while (x > law.lowest()) {
    weight *= law.last_to_this(x);
    if (sums.below + weight == sums.below) break;
    sums.below += weight;
    x -= 1.0;
  }
  sums.all += sums.below;
  weight = 1.0;
  x = mode;
  while (x < law.highest()) {
    weight *= law.next_to_this(x);
    if (sums.all + weight == sums.all) break;
    sums.all += weight;
    x += 1.0;
  }
  return sums;
}

/// The smallest x below the mode whose cumulative probability reaches `target`.
double invert_below(const Neighbours& law, double mode, double target, double below) {
  double weight = law.last_to_this(mode);
  double reached = below;  // at x
  double x = mode - 1.0;
  while (x > law.lowest() && target <= reached - weight && reached - weight < reached) {
    reached -= weight;
    weight *= law.last_to_this(x);
    x -= 1.0;
  }
  return x;
}

/// The same from the mode on.
double invert_above(const Neighbours& law, double mode, double target, double below) {
  double weight = 1.0;
  double reached = below + weight;  // at x
  double x = mode;
  while (x < law.highest() && target > reached) {
    weight *= law.next_to_this(x);
    if (reached + weight == reached) break;
    reached += weight;
    x += 1.0;
  }
  return x;
}

/// The steps from an end of the distribution for which it pays to begin there.
constexpr double few_steps = 32.0;
constexpr double few_expected = 8.0;

/// Of equal odds, where those of one kind are few: counts upward from none of them, whose
/// probability is a short product. Gives nothing where that does not pay.
std::optional<double> count_the_rarer(const Neighbours& law, double uniform) {
  const double all = law.first + law.second;
  const bool first_is_rarer = law.first < law.second;
  const double rarer = first_is_rarer ? law.first : law.second;
  const double others = all - rarer;
  const double factors = std::min(law.drawn, rarer);
  const bool pays = law.odds == 1.0 && factors <= few_steps && all < 1e9 &&
                    law.drawn * rarer <= few_expected * all && law.drawn <= others;
  if (!pays) return std::nullopt;
  // P(none) = C(others, drawn) / C(all, drawn), which is the same with drawn and rarer exchanged.
  const double larger = std::max(law.drawn, rarer);
  double above = 1.0;
  double below = 1.0;
  for (double factor = 0.0; factor < factors; factor += 1.0) {
    above *= all - larger - factor;
    below *= all - factor;
  }
  const double target = first_is_rarer ? uniform : 1.0 - uniform;
  double weight = above / below;
  double reached = weight;
  double count = 0.0;
  while (count < factors && target > reached) {
    weight *= (rarer - count) * (law.drawn - count) /
              ((count + 1.0) * (others - law.drawn + count + 1.0));
    count += 1.0;
    if (reached + weight == reached) break;
    reached += weight;
  }
  return first_is_rarer ? count : law.drawn - count;
}

double invert(const Neighbours& law, double uniform) {
  if (const auto counted = count_the_rarer(law, uniform)) return *counted;
  const double centre = mode(law);
  const Sums sums = sums_about(law, centre);
  const double target = uniform * sums.all;
  return target <= sums.below ? invert_below(law, centre, target, sums.below)
                              : invert_above(law, centre, target, sums.below);
}

/// The categories that are drawn on together: those of odds above 0, or those of odds 0, which are
/// alike.
class Pool {
 public:
  Pool(std::span<const double> persons, std::span<const double> odds, bool positive)
      : persons_(persons), odds_(odds), positive_(positive) {}

  /// Whether all that are drawn on have the same odds.
  bool alike() const {
    double seen = 0.0;
    for (std::size_t at = 0; positive_ && at < size(); ++at) {
      if (persons(at) == 0.0) continue;
      if (seen != 0.0 && odds(at) != seen) return false;
      seen = odds(at);
    }
    return true;
  }

  std::size_t size() const { return persons_.size(); }
  double persons(std::size_t at) const {
    return (odds_[at] > 0.0) == positive_ ? persons_[at] : 0.0;
  }
  double odds(std::size_t at) const { return positive_ ? odds_[at] : 1.0; }
  double persons_from(std::size_t first) const {
    double sum = 0.0;
    for (std::size_t at = first; at < size(); ++at) sum += persons(at);
    return sum;
  }

 private:
  std::span<const double> persons_;
  std::span<const double> odds_;
  bool positive_;
};

/// kappa, with which those taken from the categories from `first` on sum to `taken`, more than none
/// and fewer than all.
double common_factor(const Pool& pool, std::size_t first, double taken) {
  double first_slope = 0.0;
  double by_square = 0.0;
  for (std::size_t at = first; at < pool.size(); ++at) {
    const double willing = pool.persons(at) * pool.odds(at);
    first_slope += willing;
    by_square += willing * pool.odds(at);
  }
  const double least = taken / first_slope;
  const double rest = first_slope - taken * (by_square / first_slope);
  double kappa = rest > 0.0 ? taken / rest : least;
  bool first_step = true;
  for (bool moving = true; moving;) {
    double missing = taken;
    double slope = 0.0;
    for (std::size_t at = first; at < pool.size(); ++at) {
      const double staying = 1.0 / (1.0 + pool.odds(at) * kappa);
      const double willing = pool.persons(at) * pool.odds(at) * staying;
      missing -= willing * kappa;
      slope += willing * staying;
    }
    const double newton = kappa + missing / slope;
    const double next = newton > least ? newton : least;
    const bool moves = first_step || next > kappa;
    moving = moves && std::abs(next - kappa) > last_step<double> * next;
    if (moves) kappa = next;
    first_step = false;
  }
  return kappa;
}

/// The odds of those after `first` together when `taken` are to be taken from `first` on, of which
/// there are `persons`. There is somebody after it.
double odds_of_rest(const Pool& pool, std::size_t first, double taken, double persons) {
  std::size_t next = first + 1;
  while (pool.persons(next) == 0.0) ++next;
  if (pool.persons_from(next + 1) == 0.0) return pool.odds(next);
  const bool one_is_left = taken >= persons - 1.0;
  const double kappa = taken <= 1.0 || one_is_left
                           ? 0.0
                           : common_factor(pool, first, (taken - 1.0) * persons / (persons - 2.0));
  double taken_per_kappa = 0.0;
  double left = 0.0;
  for (; next < pool.size(); ++next) {
    if (pool.persons(next) == 0.0) continue;
    const double odds = pool.odds(next);
    const double staying = pool.persons(next) / (one_is_left ? odds : 1.0 + odds * kappa);
    taken_per_kappa += staying * odds;
    left += staying;
  }
  return taken_per_kappa / left;
}

void share_out_among(const Pool& pool, const Stream& stream, double taken,
                     std::span<double> taken_from) {
  const bool alike = pool.alike();
  double ahead = pool.persons_from(0);
  for (std::size_t at = 0; at < pool.size() && taken > 0.0; ++at) {
    const double here = pool.persons(at);
    if (here == 0.0) continue;
    const double rest = ahead - here;
    double part = taken;
    if (rest > 0.0 && taken < ahead) {
      const double odds = alike ? 1.0 : pool.odds(at) / odds_of_rest(pool, at, taken, ahead);
      Stream lane = stream.lane(static_cast<std::uint16_t>(at + 1));
      part = static_cast<double>(sample_noncentral_hypergeometric(
          lane, static_cast<std::int64_t>(taken), static_cast<std::int64_t>(here),
          static_cast<std::int64_t>(rest), odds));
    } else {
      part = std::min(taken, here);
    }
    taken_from[at] = part;
    taken -= part;
    ahead = rest;
  }
}

void share_out_expected_among(const Pool& pool, double taken, std::span<double> taken_from) {
  if (taken == 0.0) return;
  const double present = pool.persons_from(0);
  const bool all = taken >= present;
  if (all || pool.alike()) {
    const double share = all ? 1.0 : taken / present;
    for (std::size_t at = 0; at < pool.size(); ++at) taken_from[at] += pool.persons(at) * share;
    return;
  }
  const double kappa = common_factor(pool, 0, taken);
  for (std::size_t at = 0; at < pool.size(); ++at) {
    const double chance = pool.odds(at) * kappa;
    taken_from[at] += pool.persons(at) * (chance / (1.0 + chance));
  }
}

void require_shape(std::span<const double> persons, std::span<const double> odds,
                   std::span<double> taken_from) {
  if (persons.size() != odds.size() || persons.size() != taken_from.size()) {
    throw std::invalid_argument("each category needs its persons and its odds");
  }
  if (persons.size() >= std::numeric_limits<std::uint16_t>::max()) {
    throw std::invalid_argument("persons are shared out between at most 65534 categories");
  }
}

void require_odds(std::span<const double> odds) {
  for (const double of_one : odds) {
    if (of_one == 0.0 || (of_one >= least_odds && of_one <= largest_odds)) continue;
    refuse_to_draw("odds are 0 or from 1e-100 to 1e100", of_one);
  }
}

void require_enough(double taken, double persons) {
  if (!(taken <= persons)) {
    refuse_to_draw("more persons are to be taken than there are, in excess", taken - persons);
  }
}

/// Takes from those of odds above 0 as many as there are, and the others from those of odds 0.
/// `among(pool, taken)` shares out within one pool.
template <class Among>
void willing_first(double taken, std::span<const double> persons, std::span<const double> odds,
                   const Among& among) {
  const Pool willing(persons, odds, true);
  const double first = std::min(taken, willing.persons_from(0));
  among(willing, first);
  if (taken > first) among(Pool(persons, odds, false), taken - first);
}

}  // namespace

std::int64_t sample_noncentral_hypergeometric(Stream& stream, std::int64_t total_drawn,
                                              std::int64_t n_first, std::int64_t n_second,
                                              double odds) {
  Neighbours law{static_cast<double>(whole(total_drawn)), static_cast<double>(whole(n_first)),
                 static_cast<double>(whole(n_second)), odds};
  require_enough(law.drawn, law.first + law.second);
  if (!(odds >= 0.0)) refuse_to_draw("odds are not negative", odds);
  if (odds == 0.0 || law.lowest() == law.highest()) return static_cast<std::int64_t>(law.lowest());
  if (std::isinf(odds)) return static_cast<std::int64_t>(law.highest());
  return static_cast<std::int64_t>(invert(law, stream.uniform()));
}

void share_out(const Stream& stream, double taken, std::span<const double> persons,
               std::span<const double> odds, std::span<double> taken_from) {
  require_shape(persons, odds, taken_from);
  require_odds(odds);
  double all = 0.0;
  for (const double of_one : persons) all += static_cast<double>(whole(of_one));
  require_enough(static_cast<double>(whole(taken)), static_cast<double>(whole(all)));
  std::fill(taken_from.begin(), taken_from.end(), 0.0);
  willing_first(taken, persons, odds, [&](const Pool& pool, double of_pool) {
    share_out_among(pool, stream, of_pool, taken_from);
  });
}

void share_out_expected(double taken, std::span<const double> persons, std::span<const double> odds,
                        std::span<double> taken_from) {
  require_shape(persons, odds, taken_from);
  require_odds(odds);
  double all = 0.0;
  for (const double of_one : persons) {
    if (!(of_one >= 0.0)) refuse_to_draw("a category has no fewer persons than none", of_one);
    all += of_one;
  }
  if (!std::isfinite(all)) refuse_to_draw("persons need a finite sum", all);
  if (!(taken >= 0.0)) refuse_to_draw("no fewer persons are taken than none", taken);
  require_enough(taken, all * (1.0 + 1e-12));
  std::fill(taken_from.begin(), taken_from.end(), 0.0);
  willing_first(std::min(taken, all), persons, odds, [&](const Pool& pool, double of_pool) {
    share_out_expected_among(pool, of_pool, taken_from);
  });
}

}  // namespace kohort
