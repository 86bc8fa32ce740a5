#include "models/care/random_events.hpp"

#include <algorithm>
#include <utility>

#include "engine/random/hypergeometric.hpp"
#include "engine/random/multinomial.hpp"
#include "engine/random/rows.hpp"

namespace kohort::care {

Site RandomCareEvents::site_of(const CareSite& site, Drawn drawn, std::size_t draw,
                               std::size_t group) const {
  return {block_.draw(draw), frame_.end_of(site.interval),
          site.sex,          CohortRow(site.age.position()),
          Group(group),      event_of(drawn)};
}

Stream RandomCareEvents::stream(const CareSite& site, Drawn drawn, std::size_t at) const {
  return {keys_[at / block_.count], site_of(site, drawn, at % block_.count, 0)};
}

void RandomCareEvents::take(const CareSite& site, Drawn drawn, ConstSlab taken,
                            std::span<const double> odds, const StateSlabs& people,
                            StateSlabs& taken_of) const {
  for (std::size_t at = 0; at < taken.size(); ++at) {
    StateNumbers parts(people.states());
    if (taken[at] != 0.0) {
      const StateNumbers present(people, at);
      share_out(stream(site, drawn, at), taken[at], present.all(), odds, parts.all());
    }
    parts.enter(taken_of, at);
  }
}

void RandomCareEvents::divide(const CareSite& site, Drawn drawn, ConstSlab people,
                              const StateSlabs& shares, StateSlabs& parts) const {
  for (std::size_t at = 0; at < people.size(); ++at) {
    StateNumbers counts(shares.states());
    if (people[at] != 0.0) {
      const StateNumbers weights(shares, at);
      split<double>(stream(site, drawn, at), people[at], weights.all(), counts.all());
    }
    counts.enter(parts, at);
  }
}

/// Area after area takes its arrivals out of those who are left.
void RandomCareEvents::hand_out(const CareSite& site, const StateSlabs& pool, ConstSlab arriving,
                                StateSlabs& arrivals) const {
  const std::size_t draws = block_.count;
  const std::size_t states = pool.states();
  const StateNumbers alike(states, 1.0);
  for (std::size_t draw = 0; draw < draws; ++draw) {
    StateNumbers left(states);
    for (std::size_t at = draw; at < arriving.size(); at += draws) {
      for (std::size_t state = 0; state < states; ++state)
        left[state] += pool[CareState(state)][at];
    }
    for (std::size_t at = draw; at < arriving.size(); at += draws) {
      StateNumbers parts(states);
      if (arriving[at] != 0.0) {
        share_out(stream(site, Drawn::destinations, at), arriving[at], std::as_const(left).all(),
                  alike.all(), parts.all());
      }
      parts.enter(arrivals, at);
      for (std::size_t state = 0; state < states; ++state) left[state] -= parts[state];
    }
  }
}

void RandomCareEvents::change(const CareSite& site, CareState from, ConstSlab people,
                              std::span<const Change> changes, Slab staying) const {
  const std::size_t draws = block_.count;
  const auto row_of = [&](ConstSlab slab, std::size_t at, std::size_t count) {
    RowNumbers numbers{};
    std::copy_n(slab.begin() + static_cast<std::ptrdiff_t>(at), count, numbers.begin());
    return numbers;
  };
  for (std::size_t area = 0; area < keys_.size(); ++area) {
    for (std::size_t first = 0; first < draws; first += widest_row) {
      const std::size_t at = area * draws + first;
      const std::size_t count = std::min(widest_row, draws - first);
      const StreamRow streams(keys_[area], site_of(site, Drawn::change, first, from.position()),
                              count);
      LeaverRow row(streams, row_of(people, at, count));
      for (const Change& one : changes) {
        const RowNumbers& changing = row.leave(row_of(one.chance, at, count));
        std::copy_n(changing.begin(), count,
                    one.changing.begin() + static_cast<std::ptrdiff_t>(at));
      }
      std::copy_n(row.stayers().begin(), count, staying.begin() + static_cast<std::ptrdiff_t>(at));
    }
  }
}

}  // namespace kohort::care
