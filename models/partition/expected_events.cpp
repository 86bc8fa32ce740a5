#include "models/partition/expected_events.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <numeric>
#include <utility>

#include "engine/base/wide.hpp"
#include "engine/random/hypergeometric.hpp"
#include "engine/random/whole.hpp"

namespace kohort::partition {
namespace {

constexpr std::size_t row_width = 16;  ///< places that are worked on side by side
using Row = std::array<double, row_width>;

/// Places side by side, of whose people so many are taken by the odds of their parts: as
/// `share_out_expected` has it, to the last bit. Plain are places whose people of odds above 0 are
/// enough; the others are left to that.
class TakenRow {
 public:
  TakenRow(std::span<const double> odds, std::size_t parts)
      : odds_(odds),
        parts_(parts),
        usable_(std::all_of(odds.begin(), odds.end(), [](double of_one) {
          return of_one == 0.0 || (of_one >= least_odds && of_one <= largest_odds);
        })) {}

  /// Takes from the places of the slabs from `first` on.
  void take(ConstSlab taken, const PartSlabs& people, std::size_t first);
  /// Those who are taken.
  void enter(PartSlabs& taken_of, std::size_t first, std::size_t count) const;
  bool is_plain(std::size_t at) const { return plain_[at] != 0.0; }

 private:
  void count();
  void begin_factors();
  void find_factors();

  std::span<const double> odds_;
  std::size_t parts_;
  bool usable_;  ///< whether such odds can be
  Row taken_{};
  std::array<Row, most_parts> people_{};
  std::array<Row, most_parts> share_{};  ///< of each part's people who are taken
  Row willing_{};                        ///< people of odds above 0
  Row alike_{};                          ///< 1 where those all have the same
  Row plain_{};
  Row by_odds_{};  ///< to be taken where neither all go nor all have the same odds
  Row least_factor_{};
  Row factor_{};  ///< kappa of `share_out_expected`
};

KOHORT_WIDE void TakenRow::take(ConstSlab taken, const PartSlabs& people, std::size_t first) {
  std::copy(taken.begin(), taken.end(), taken_.begin());
  for (std::size_t part = 0; part < parts_; ++part) {
    std::copy_n(&people[Part(part)][first], taken.size(), people_[part].begin());
  }
  count();
  find_factors();
  for (std::size_t part = 0; part < parts_; ++part) {
    const double odds = odds_[part];
    for (std::size_t at = 0; at < row_width; ++at) {
      const double chance = odds * factor_[at];
      const double of_all = taken_[at] >= willing_[at] ? 1.0 : taken_[at] / willing_[at];
      const double alike = taken_[at] > 0.0 && odds > 0.0 ? of_all : 0.0;
      share_[part][at] = by_odds_[at] > 0.0 ? chance / (1.0 + chance) : alike;
    }
  }
}

void TakenRow::enter(PartSlabs& taken_of, std::size_t first, std::size_t count) const {
  for (std::size_t part = 0; part < parts_; ++part) {
    double* gone = &taken_of[Part(part)][first];
    for (std::size_t at = 0; at < count; ++at) {
      const double people = people_[part][at];
      const double some = people * share_[part][at];
      // Rounding may not take more than there are: nobody is left then, not fewer than nobody.
      gone[at] = some < people ? some : people;
    }
  }
}

/// Who is there, and whether what is wanted of them can be had.
KOHORT_WIDE void TakenRow::count() {
  Row least{};  // odds of those who are there
  Row most{};
  Row fewest{};
  constexpr double infinite = std::numeric_limits<double>::infinity();
  least.fill(infinite);
  willing_.fill(0.0);
  for (std::size_t part = 0; part < parts_; ++part) {
    const double odds = odds_[part];
    const double willing = odds > 0.0 ? 1.0 : 0.0;
    for (std::size_t at = 0; at < row_width; ++at) {
      const double people = people_[part][at];
      fewest[at] = people < fewest[at] ? people : fewest[at];
      willing_[at] += willing * people;
      const bool there = people != 0.0 && odds > 0.0;
      least[at] = there && odds < least[at] ? odds : least[at];
      most[at] = there && odds > most[at] ? odds : most[at];
    }
  }
  const double usable = usable_ ? 1.0 : 0.0;
  for (std::size_t at = 0; at < row_width; ++at) {
    const double taken = taken_[at];
    const bool can_be = fewest[at] >= 0.0 && taken >= 0.0 && taken <= willing_[at];
    alike_[at] = least[at] >= most[at] ? 1.0 : 0.0;
    plain_[at] = can_be && willing_[at] < infinite ? usable : 0.0;
    by_odds_[at] = plain_[at] > 0.0 && alike_[at] == 0.0 && taken < willing_[at] ? taken : 0.0;
  }
}

/// Where Newton's steps begin.
KOHORT_WIDE void TakenRow::begin_factors() {
  Row first_slope{};
  Row by_square{};
  for (std::size_t part = 0; part < parts_; ++part) {
    const double odds = odds_[part];
    for (std::size_t at = 0; at < row_width; ++at) {
      const double willing = people_[part][at] * odds;
      first_slope[at] += willing;
      by_square[at] += willing * odds;
    }
  }
  for (std::size_t at = 0; at < row_width; ++at) {
    const double least = by_odds_[at] / first_slope[at];
    const double rest = first_slope[at] - by_odds_[at] * (by_square[at] / first_slope[at]);
    const double most = by_odds_[at] / rest;
    least_factor_[at] = by_odds_[at] > 0.0 ? least : 0.0;
    factor_[at] = rest > 0.0 && by_odds_[at] > 0.0 ? most : least_factor_[at];
  }
}

/// Newton's steps of all places at once; those that have arrived stay where they are.
KOHORT_WIDE void TakenRow::find_factors() {
  begin_factors();
  Row moves = by_odds_;  // 0 of those who do not
  bool first_step = true;
  for (double moving = 1.0; moving > 0.0;) {
    Row missing = by_odds_;
    Row slope{};
    for (std::size_t part = 0; part < parts_; ++part) {
      const double odds = odds_[part];
      for (std::size_t at = 0; at < row_width; ++at) {
        const double staying = 1.0 / (1.0 + odds * factor_[at]);
        const double willing = people_[part][at] * odds * staying;
        missing[at] -= willing * factor_[at];
        slope[at] += willing * staying;
      }
    }
    for (std::size_t at = 0; at < row_width; ++at) {
      const double newton = factor_[at] + missing[at] / slope[at];
      const double next = newton > least_factor_[at] ? newton : least_factor_[at];
      const bool far = std::abs(next - factor_[at]) > last_step<double> * next;
      const double goes = first_step || next > factor_[at] ? moves[at] : 0.0;
      factor_[at] = goes > 0.0 ? next : factor_[at];
      moves[at] = far ? goes : 0.0;
    }
    first_step = false;
    moving = std::accumulate(moves.begin(), moves.end(), 0.0);
  }
}

/// No more are taken than there are, but for rounding. Looks at all places alike first, so that the
/// compiler can take several at once.
void require_enough(ConstSlab taken, ConstSlab present) {
  std::int64_t wrong = 0;
  for (std::size_t at = 0; at < taken.size(); ++at) {
    wrong += taken[at] >= 0.0 && taken[at] <= present[at] * (1.0 + 1e-12) ? 0 : 1;
  }
  if (wrong == 0) return;
  for (std::size_t at = 0; at < taken.size(); ++at) {
    if (taken[at] >= 0.0 && taken[at] <= present[at] * (1.0 + 1e-12)) continue;
    refuse_to_draw("fewer persons than none or more than there are to be taken, in excess",
                   taken[at] - present[at]);
  }
}

/// Where all have the same odds each part gives the same share of its people: part after part, so
/// that the places of a slab are worked on together.
KOHORT_WIDE void take_alike(ConstSlab taken, const PartSlabs& people, PartSlabs& taken_of) {
  const Slab share = taken_of[Part(0)];  // until it is the first part's turn, which is the last
  std::ranges::fill(share, 0.0);
  for (const Part part : positions<Part>(people.parts())) {
    const ConstSlab those = people[part];
    for (std::size_t at = 0; at < share.size(); ++at) share[at] += those[at];
  }
  require_enough(taken, share);
  for (std::size_t at = 0; at < share.size(); ++at) {
    share[at] = taken[at] < share[at] ? taken[at] / share[at] : (taken[at] > 0.0 ? 1.0 : 0.0);
  }
  for (std::size_t part = people.parts(); part-- > 0;) {
    const ConstSlab those = people[Part(part)];
    const Slab gone = taken_of[Part(part)];
    for (std::size_t at = 0; at < share.size(); ++at) gone[at] = those[at] * share[at];
  }
}

/// To each area so many times the shares of the parts, [part][draw].
KOHORT_WIDE void hand_out_to_all(std::span<const double> shares, ConstSlab arriving,
                                 std::size_t draws, PartSlabs& arrivals) {
  for (const Part part : positions<Part>(arrivals.parts())) {
    const double* share = &shares[part.position() * draws];
    for (std::size_t first = 0; first < arriving.size(); first += draws) {
      const double* all = &arriving[first];
      double* come = &arrivals[part][first];
      for (std::size_t draw = 0; draw < draws; ++draw) come[draw] = all[draw] * share[draw];
    }
  }
}

KOHORT_WIDE void take_shares(const Changers& changers, std::span<const Change> changes,
                             Slab staying) {
  std::copy(changers.people.begin(), changers.people.end(), staying.begin());
  for (const Change& one : changes) {
    for (std::size_t at = 0; at < staying.size(); ++at) {
      one.changing[at] = changers.people[at] * one.chance[at];
      staying[at] -= one.changing[at];
    }
  }
  // What rounding leaves below nothing is nobody.
  std::transform(staying.begin(), staying.end(), staying.begin(),
                 [](double left) { return std::max(left, 0.0); });
}

}  // namespace

void ExpectedPartEvents::take(const PartSite& /*site*/, Event /*event*/, ConstSlab taken,
                              std::span<const double> odds, const PartSlabs& people,
                              PartSlabs& taken_of) const {
  if (std::adjacent_find(odds.begin(), odds.end(), std::not_equal_to<>()) == odds.end()) {
    take_alike(taken, people, taken_of);
    return;
  }
  TakenRow row(odds, people.parts());
  for (std::size_t first = 0; first < taken.size(); first += row_width) {
    const std::size_t count = std::min(row_width, taken.size() - first);
    row.take(taken.subspan(first, count), people, first);
    row.enter(taken_of, first, count);
    for (std::size_t at = first; at < first + count; ++at) {
      if (!row.is_plain(at - first)) take_one(at, taken[at], odds, people, taken_of);
    }
  }
}

void ExpectedPartEvents::take_one(std::size_t at, double taken, std::span<const double> odds,
                                  const PartSlabs& people, PartSlabs& taken_of) {
  const PartNumbers present(people, at);
  PartNumbers parts(people.parts());
  share_out_expected(taken, present.all(), odds, parts.all());
  // Rounding may not take more than there are: nobody is left then, not fewer than nobody.
  for (std::size_t part = 0; part < people.parts(); ++part) {
    parts[part] = std::min(parts[part], present.all()[part]);
  }
  parts.enter(taken_of, at);
}

void ExpectedPartEvents::divide(const PartSite& /*site*/, Event /*event*/, ConstSlab people,
                                const PartSlabs& shares, PartSlabs& divided) const {
  for (const Part part : positions<Part>(shares.parts())) {
    std::transform(people.begin(), people.end(), shares[part].begin(), divided[part].begin(),
                   std::multiplies<>());
  }
}

void ExpectedPartEvents::hand_out(const PartSite& /*site*/, Event /*event*/, MoverPool& pool,
                                  ConstSlab arriving, PartSlabs& arrivals) const {
  for (const Part part : positions<Part>(pool.in.parts())) {
    const ConstSlab movers = std::as_const(pool.in)[part];
    std::copy_n(movers.begin(), draws_,
                pool.shares.begin() + static_cast<std::ptrdiff_t>(part.position() * draws_));
  }
  shares_of_pool(pool.shares, draws_);
  hand_out_to_all(pool.shares, arriving, draws_, arrivals);
}

void ExpectedPartEvents::change(const PartSite& /*site*/, const Changers& changers,
                                std::span<const Change> changes, Slab staying) const {
  take_shares(changers, changes, staying);
}

}  // namespace kohort::partition
