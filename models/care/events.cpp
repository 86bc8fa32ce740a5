#include "models/care/events.hpp"

#include <algorithm>

namespace kohort::care {

void StateSlabs::clear() {
  for (std::vector<double>& slab : slabs_) std::fill(slab.begin(), slab.end(), 0.0);
}

void StateSlabs::add(const StateSlabs& others, double sign) {
  for (std::size_t state = 0; state < slabs_.size(); ++state) {
    for (std::size_t at = 0; at < slabs_[state].size(); ++at) {
      slabs_[state][at] += sign * others.slabs_[state][at];
    }
  }
}

}  // namespace kohort::care
