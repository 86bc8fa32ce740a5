#include "models/care/expected_events.hpp"

#include <algorithm>

#include "engine/random/hypergeometric.hpp"

namespace kohort::care {

void ExpectedCareEvents::take(const CareSite& /*site*/, Drawn /*drawn*/, ConstSlab taken,
                              std::span<const double> odds, const StateSlabs& people,
                              StateSlabs& taken_of) const {
  for (std::size_t at = 0; at < taken.size(); ++at) {
    StateNumbers present(people, at);
    StateNumbers parts(people.states());
    share_out_expected(taken[at], present.all(), odds, parts.all());
    // Rounding may not take more than there are: nobody is left then, not fewer than nobody.
    for (std::size_t state = 0; state < people.states(); ++state) {
      parts[state] = std::min(parts[state], present[state]);
    }
    parts.enter(taken_of, at);
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
  const std::size_t states = pool.states();
  for (std::size_t draw = 0; draw < draws_; ++draw) {
    StateNumbers in_pool(states);
    double movers = 0.0;
    for (std::size_t at = draw; at < arriving.size(); at += draws_) {
      for (std::size_t state = 0; state < states; ++state) {
        in_pool[state] += pool[CareState(state)][at];
        movers += pool[CareState(state)][at];
      }
    }
    for (std::size_t at = draw; at < arriving.size(); at += draws_) {
      for (std::size_t state = 0; state < states; ++state) {
        arrivals[CareState(state)][at] =
            movers > 0.0 ? arriving[at] * in_pool[state] / movers : 0.0;
      }
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
