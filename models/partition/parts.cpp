#include "models/partition/parts.hpp"

#include <algorithm>

#include "engine/base/wide.hpp"

namespace kohort::partition {

void PartSlabs::clear() {
  for (std::vector<double>& slab : slabs_) std::fill_n(slab.begin(), cells_, 0.0);
}

KOHORT_WIDE void PartSlabs::add(const PartSlabs& others, double sign) {
  for (std::size_t part = 0; part < slabs_.size(); ++part) {
    double* sums = slabs_[part].data();
    const double* more = others.slabs_[part].data();
    for (std::size_t at = 0; at < cells_; ++at) sums[at] += sign * more[at];
  }
}

}  // namespace kohort::partition
