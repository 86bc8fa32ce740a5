#include "models/workforce/commuting.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/table/tabulate.hpp"
#include "models/workforce/demand_parameters.hpp"

namespace kohort::workforce {

namespace p = parameters;

Commuting::Commuting(const Table<double, Area, Workplace>& shares) {
  for (const Area home : positions<Area>(shares.extent<Area>())) {
    for (const Workplace work : positions<Workplace>(shares.extent<Workplace>())) {
      const double share = shares(home, work);
      if (share != 0.0) ways_.push_back({home, Area(work.position()), share});
    }
  }
}

void Commuting::move(const StaffAmounts& at_home, StaffAmounts& at_work) const {
  if (ways_.empty()) {
    std::copy(at_home.values().begin(), at_home.values().end(), at_work.values().begin());
    return;
  }
  std::fill(at_work.values().begin(), at_work.values().end(), 0.0);
  for (const Occupation occupation : positions<Occupation>(at_home.extent<Occupation>())) {
    for (const Way& way : ways_) {
      const auto from = at_home.slab(occupation, way.home);
      const auto to = at_work.slab(occupation, way.work);
      for (std::size_t draw = 0; draw < from.size(); ++draw) to[draw] += way.share * from[draw];
    }
  }
}

Commuting read_commuting(const Source& source) {
  if (!source.settings.given(p::commuting)) return {};
  const Frame& frame = source.frame;
  WantedAxis homes = frame.area_axis();
  homes.required = true;
  const auto table = source.tables.read<Area, Workplace>(
      p::commuting, *source.settings.quantity(p::commuting).table(),
      {homes, frame.area_axis_named("workplace")});
  const auto shares = tabulate<Table<double, Area, Workplace>>(
      {frame.areas.size(), frame.areas.size()},
      [&](Area home, Workplace work) { return table(home, work); });
  Mistakes mistakes;
  for (const Area home : positions<Area>(frame.areas.size())) {
    double sum = 0.0;
    for (const double share : shares.slab(home)) sum += share;
    if (std::abs(sum - 1.0) <= 1e-9) continue;
    mistakes.add(source.settings.mistake(
        p::commuting,
        fmt::format("the shares of area {} sum to {:.12g}", frame.areas[home.position()].code, sum),
        "they must sum to 1"));
  }
  mistakes.throw_if_any(Fault::scenario);
  return Commuting(shares);
}

}  // namespace kohort::workforce
