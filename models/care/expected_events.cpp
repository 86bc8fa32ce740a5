#include "models/care/expected_events.hpp"

#include <algorithm>
#include <vector>

#include "engine/random/hypergeometric.hpp"

namespace kohort::care {

void ExpectedCareEvents::take(const CareSite& /*site*/, Drawn /*drawn*/, ConstSlab taken,
                              std::span<const double> odds, const StateSlabs& people,
                              StateSlabs& taken_of) const {
  std::vector<double> present(people.states());
  std::vector<double> parts(people.states());
  for (std::size_t at = 0; at < taken.size(); ++at) {
    for (const CareState state : positions<CareState>(people.states())) {
      present[state.position()] = people[state][at];
    }
    share_out_expected(taken[at], present, odds, parts);
    for (const CareState state : positions<CareState>(people.states())) {
      // Rounding may not take more than there are: nobody is left then, not fewer than nobody.
      taken_of[state][at] = std::min(parts[state.position()], present[state.position()]);
    }
  }
}

void ExpectedCareEvents::divide(const CareSite& /*site*/, Drawn /*drawn*/, ConstSlab people,
                                const StateSlabs& shares, StateSlabs& parts) const {
  for (const CareState state : positions<CareState>(shares.states())) {
    std::transform(people.begin(), people.end(), shares[state].begin(), parts[state].begin(),
                   std::multiplies<>());
  }
}

void ExpectedCareEvents::hand_out(const CareSite& /*site*/, const StateSlabs& pool,
                                  ConstSlab arriving, StateSlabs& arrivals) const {
  std::vector<double> in_pool(draws_);
  std::vector<double> all(draws_);
  for (const CareState state : positions<CareState>(pool.states())) {
    for (std::size_t at = 0; at < arriving.size(); ++at) all[at % draws_] += pool[state][at];
  }
  for (const CareState state : positions<CareState>(pool.states())) {
    std::fill(in_pool.begin(), in_pool.end(), 0.0);
    for (std::size_t at = 0; at < arriving.size(); ++at) in_pool[at % draws_] += pool[state][at];
    for (std::size_t at = 0; at < arriving.size(); ++at) {
      const double movers = all[at % draws_];
      arrivals[state][at] = movers > 0.0 ? arriving[at] * in_pool[at % draws_] / movers : 0.0;
    }
  }
}

void ExpectedCareEvents::change(const CareSite& /*site*/, CareState /*from*/, ConstSlab people,
                                std::span<const Change> changes, Slab staying) const {
  std::copy(people.begin(), people.end(), staying.begin());
  for (const Change& one : changes) {
    for (std::size_t at = 0; at < people.size(); ++at) {
      one.changing[at] = people[at] * one.chance[at];
      staying[at] -= one.changing[at];
    }
  }
  // What rounding leaves below nothing is nobody.
  std::transform(staying.begin(), staying.end(), staying.begin(),
                 [](double left) { return std::max(left, 0.0); });
}

}  // namespace kohort::care
