#include "models/care/random_events.hpp"

#include <algorithm>
#include <vector>

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
  std::vector<double> present(people.states());
  std::vector<double> parts(people.states());
  for (std::size_t at = 0; at < taken.size(); ++at) {
    std::fill(parts.begin(), parts.end(), 0.0);
    if (taken[at] != 0.0) {
      for (const CareState state : positions<CareState>(people.states())) {
        present[state.position()] = people[state][at];
      }
      share_out(stream(site, drawn, at), taken[at], present, odds, parts);
    }
    for (const CareState state : positions<CareState>(people.states())) {
      taken_of[state][at] = parts[state.position()];
    }
  }
}

void RandomCareEvents::divide(const CareSite& site, Drawn drawn, ConstSlab people,
                              const StateSlabs& shares, StateSlabs& parts) const {
  std::vector<double> weights(shares.states());
  std::vector<double> counts(shares.states());
  for (std::size_t at = 0; at < people.size(); ++at) {
    std::fill(counts.begin(), counts.end(), 0.0);
    if (people[at] != 0.0) {
      for (const CareState state : positions<CareState>(shares.states())) {
        weights[state.position()] = shares[state][at];
      }
      split<double>(stream(site, drawn, at), people[at], weights, counts);
    }
    for (const CareState state : positions<CareState>(shares.states())) {
      parts[state][at] = counts[state.position()];
    }
  }
}

/// Area after area takes its arrivals out of those who are left.
void RandomCareEvents::hand_out(const CareSite& site, const StateSlabs& pool, ConstSlab arriving,
                                StateSlabs& arrivals) const {
  const std::size_t draws = block_.count;
  StateSlabs left(pool.states(), draws);
  for (const CareState state : positions<CareState>(pool.states())) {
    for (std::size_t at = 0; at < arriving.size(); ++at) {
      left[state][at % draws] += pool[state][at];
    }
  }
  const std::vector<double> alike(pool.states(), 1.0);
  std::vector<double> present(pool.states());
  std::vector<double> parts(pool.states());
  for (std::size_t at = 0; at < arriving.size(); ++at) {
    std::fill(parts.begin(), parts.end(), 0.0);
    if (arriving[at] != 0.0) {
      for (const CareState state : positions<CareState>(pool.states())) {
        present[state.position()] = left[state][at % draws];
      }
      share_out(stream(site, Drawn::destinations, at), arriving[at], present, alike, parts);
    }
    for (const CareState state : positions<CareState>(pool.states())) {
      arrivals[state][at] = parts[state.position()];
      left[state][at % draws] -= parts[state.position()];
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
