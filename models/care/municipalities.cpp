#include "models/care/municipalities.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/base/nearest.hpp"
#include "engine/model/frame_groups.hpp"
#include "models/care/parameters.hpp"

namespace kohort::care {

namespace p = parameters;

namespace {

std::vector<std::string> codes_of(const Frame& frame) {
  std::vector<std::string> codes;
  for (const AreaDescription& area : frame.areas) codes.push_back(area.code);
  return codes;
}

}  // namespace

std::vector<Municipality> read_municipalities(const Source& source) {
  std::vector<Municipality> municipalities;
  Mistakes mistakes;
  const auto wrong = [&](std::string what, std::string remedy) {
    mistakes.add(source.settings.mistake(p::planning_areas, std::move(what), std::move(remedy)));
  };
  const std::vector<std::string> codes = codes_of(source.frame);
  std::set<Area> taken;
  for (const auto& [code, parts] :
       source.settings.maybe(p::planning_areas).value_or(NamedLists{})) {
    if (std::find(codes.begin(), codes.end(), code) != codes.end()) {
      wrong(fmt::format("'{}' is projected itself", code),
            "project either the municipality or its planning areas");
    }
    Municipality& municipality = municipalities.emplace_back(Municipality{code, {}});
    for (const std::string& part : parts) {
      const auto found = std::find(codes.begin(), codes.end(), part);
      if (found == codes.end()) {
        const auto meant = nearest(part, codes);
        wrong(fmt::format("'{}' of '{}' is none of the areas projected", part, code),
              meant ? fmt::format("did you mean '{}'?", *meant) : "add it to areas.codes");
        continue;
      }
      const Area area(static_cast<std::size_t>(found - codes.begin()));
      if (!taken.insert(area).second) {
        wrong(fmt::format("'{}' stands there twice", part), "name each planning area once");
      }
      municipality.areas.push_back(area);
    }
    if (parts.empty()) wrong(fmt::format("'{}' has no planning areas", code), "name them");
  }
  mistakes.throw_if_any(Fault::scenario);
  return municipalities;
}

WantedAxis areas_and_municipalities(const Frame& frame,
                                    const std::vector<Municipality>& municipalities) {
  WantedAxis areas = frame.area_axis();
  for (const Municipality& one : municipalities) areas.labels.push_back(one.code);
  return areas;
}

}  // namespace kohort::care
