#include "engine/random/stream.hpp"

#include <fmt/format.h>

#include "engine/base/error.hpp"

namespace kohort {

void require_sites_fit(const SiteExtents& extents) {
  Mistakes mistakes;
  const auto require = [&](const char* axis, std::size_t found, std::size_t most) {
    if (found <= most) return;
    mistakes.add({{},
                  fmt::format("{} {}, more than random numbers are keyed for", found, axis),
                  fmt::format("use at most {}, or a run without chance", most)});
  };
  require("draws", extents.draws, SiteLimits::draws);
  require("sexes", extents.sexes, SiteLimits::sexes);
  require("rows of age", extents.rows, SiteLimits::rows);
  require("groups", extents.groups, SiteLimits::groups);
  const int year = extents.last_year.value();
  constexpr int most = static_cast<int>(SiteLimits::years) - 1;
  if (year < 0 || year > most) {
    mistakes.add({{},
                  fmt::format("the year {} is outside what random numbers are keyed for", year),
                  fmt::format("end the projection between the years 0 and {}", most)});
  }
  mistakes.throw_if_any(Fault::scenario);
}

}  // namespace kohort
