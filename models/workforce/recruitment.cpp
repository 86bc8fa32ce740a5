#include "models/workforce/recruitment.hpp"

namespace kohort::workforce {

void reckon_recruitment(const DemandInHeads& demand, const StaffFlows& flows,
                        const Commuting& commuting, StaffAmounts& room, Recruitment& recruitment) {
  commuting.move(flows[StaffFlow::retirements], recruitment.retirement);
  const auto at_home = room.values();
  const auto of = [&](StaffFlow flow, std::size_t at) { return flows[flow].values()[at]; };
  for (std::size_t at = 0; at < at_home.size(); ++at) {
    at_home[at] = of(StaffFlow::exits, at) + of(StaffFlow::deaths, at) +
                  of(StaffFlow::emigrated, at) +
                  (of(StaffFlow::moved_out, at) - of(StaffFlow::moved_in, at)) +
                  (of(StaffFlow::changed_out, at) - of(StaffFlow::changed_in, at));
  }
  commuting.move(room, recruitment.other);
  for (std::size_t at = 0; at < at_home.size(); ++at) {
    const double growth = demand.after.values()[at] - demand.before.values()[at];
    recruitment.growth.values()[at] = growth;
    recruitment.need.values()[at] =
        growth + recruitment.retirement.values()[at] + recruitment.other.values()[at];
  }
}

}  // namespace kohort::workforce
