#include "models/workforce/allocation.hpp"

#include <cmath>

#include <fmt/format.h>

#include "engine/base/error.hpp"

namespace kohort::workforce {

std::vector<double> allocate(const NationalFigure& figure, std::span<const double> weights) {
  const auto fail = [&](const std::string& what, std::string remedy) {
    throw Error(Fault::input, figure.settings.mistake(figure.parameter, figure.of + ": " + what,
                                                      std::move(remedy)));
  };
  std::vector<double> areas(figure.own.begin(), figure.own.end());
  double known = 0.0;
  double weight = 0.0;
  const AreaDescription* without = nullptr;
  for (std::size_t area = 0; area < areas.size(); ++area) {
    if (!std::isnan(areas[area])) {
      known += areas[area];
      continue;
    }
    if (without == nullptr) without = &figure.frame.areas[area];
    weight += weights[area];
  }
  if (without == nullptr) return areas;
  if (std::isnan(figure.national)) {
    fail(fmt::format("there is no figure for area {}, nor for the nation", without->code),
         "add rows of the area, or of the nation as area 00");
  }
  const double rest = figure.national - known;
  constexpr double rounding = 1e-9;
  if (rest < -rounding * figure.national) {
    fail(fmt::format("areas with figures of their own have {:.6g}, more than the nation's {:.6g}",
                     known, figure.national),
         "check both tables, or give figures of all areas");
  }
  if (rest > rounding * figure.national && weight <= 0.0) {
    fail(fmt::format("nobody is there for {:.6g} of the nation's {:.6g}", rest, figure.national),
         "check the ages, or give figures of all areas");
  }
  for (std::size_t area = 0; area < areas.size(); ++area) {
    if (!std::isnan(areas[area])) continue;
    areas[area] = weight > 0.0 ? std::max(0.0, rest) * weights[area] / weight : 0.0;
  }
  return areas;
}

}  // namespace kohort::workforce
