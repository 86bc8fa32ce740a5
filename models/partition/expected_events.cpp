#include "models/partition/expected_events.hpp"

#include <algorithm>
#include <functional>

#include "engine/random/hypergeometric.hpp"
#include "engine/random/whole.hpp"

namespace kohort::partition {
namespace {

/// No more are taken than there are, but for rounding.
void require_enough(ConstSlab taken, ConstSlab present) {
  for (std::size_t at = 0; at < taken.size(); ++at) {
    if (taken[at] >= 0.0 && taken[at] <= present[at] * (1.0 + 1e-12)) continue;
    refuse_to_draw("fewer persons than none or more than there are to be taken, in excess",
                   taken[at] - present[at]);
  }
}

}  // namespace

void ExpectedPartEvents::take(const PartSite& /*site*/, Event /*event*/, ConstSlab taken,
                              std::span<const double> odds, const PartSlabs& people,
                              PartSlabs& taken_of) const {
  if (std::adjacent_find(odds.begin(), odds.end(), std::not_equal_to<>()) == odds.end()) {
    take_alike(taken, people, taken_of);
    return;
  }
  for (std::size_t at = 0; at < taken.size(); ++at) {
    PartNumbers present(people, at);
    PartNumbers parts(people.parts());
    share_out_expected(taken[at], present.all(), odds, parts.all());
    // Rounding may not take more than there are: nobody is left then, not fewer than nobody.
    for (std::size_t part = 0; part < people.parts(); ++part) {
      parts[part] = std::min(parts[part], present[part]);
    }
    parts.enter(taken_of, at);
  }
}

/// Where all have the same odds each part gives the same share of its people: part after part, so
/// that the places of a slab are worked on together.
void ExpectedPartEvents::take_alike(ConstSlab taken, const PartSlabs& people, PartSlabs& taken_of) {
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

void ExpectedPartEvents::divide(const PartSite& /*site*/, Event /*event*/, ConstSlab people,
                                const PartSlabs& shares, PartSlabs& divided) const {
  for (const Part part : positions<Part>(shares.parts())) {
    std::transform(people.begin(), people.end(), shares[part].begin(), divided[part].begin(),
                   std::multiplies<>());
  }
}

void ExpectedPartEvents::hand_out(const PartSite& /*site*/, Event /*event*/, const PartSlabs& pool,
                                  ConstSlab arriving, PartSlabs& arrivals) const {
  const std::size_t parts = pool.parts();
  for (std::size_t draw = 0; draw < draws_; ++draw) {
    PartNumbers in_pool(parts);
    double movers = 0.0;
    for (std::size_t at = draw; at < arriving.size(); at += draws_) {
      for (std::size_t part = 0; part < parts; ++part) {
        in_pool[part] += pool[Part(part)][at];
        movers += pool[Part(part)][at];
      }
    }
    for (std::size_t at = draw; at < arriving.size(); at += draws_) {
      for (std::size_t part = 0; part < parts; ++part) {
        arrivals[Part(part)][at] = movers > 0.0 ? arriving[at] * in_pool[part] / movers : 0.0;
      }
    }
  }
}

void ExpectedPartEvents::change(const PartSite& /*site*/, const Changers& changers,
                                std::span<const Change> changes, Slab staying) const {
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

}  // namespace kohort::partition
