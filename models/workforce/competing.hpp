// Hazards that compete, constant within a year: with H their sum, each takes h / H of 1 - exp(-H).
#pragma once

#include <cmath>

namespace kohort::workforce {

/// (1 - exp(-H)) / H, the chance per unit of hazard. H is mostly that of the place before, too.
class ChancePerHazard {
 public:
  double of(double all) {
    if (all != hazard_) chance_ = all > 0.0 ? -std::expm1(-all) / all : 0.0;
    hazard_ = all;
    return chance_;
  }

 private:
  double hazard_ = -1.0;
  double chance_ = 0.0;
};

}  // namespace kohort::workforce
