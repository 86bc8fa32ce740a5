#include "models/partition/parts.hpp"

#include <algorithm>

namespace kohort::partition {

void PartSlabs::clear() {
  for (std::vector<double>& slab : slabs_) std::fill(slab.begin(), slab.end(), 0.0);
}

void PartSlabs::add(const PartSlabs& others, double sign) {
  for (std::size_t part = 0; part < slabs_.size(); ++part) {
    for (std::size_t at = 0; at < slabs_[part].size(); ++at) {
      slabs_[part][at] += sign * others.slabs_[part][at];
    }
  }
}

}  // namespace kohort::partition
