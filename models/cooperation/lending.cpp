#include "models/cooperation/lending.hpp"

#include <algorithm>

namespace kohort::cooperation {

void lend(const Pool& pool, std::size_t draws, std::span<const double> lacking,
          std::span<double> borrowed) {
  for (std::size_t draw = 0; draw < draws; ++draw) {
    double shortage = 0.0;
    double surplus = 0.0;
    for (const Area area : pool.members) {
      const double amount = lacking[area.position() * draws + draw];
      shortage += std::max(0.0, amount);
      surplus += std::max(0.0, -amount);
    }
    const double moved = std::min(shortage, pool.fraction * surplus);
    for (const Area area : pool.members) {
      const std::size_t at = area.position() * draws + draw;
      const double whole = lacking[at] > 0.0 ? shortage : surplus;
      // In this order nobody gets more than it lacks, whatever the rounding.
      borrowed[at] = moved == 0.0 ? 0.0 : lacking[at] * (moved / whole);
    }
  }
}

}  // namespace kohort::cooperation
