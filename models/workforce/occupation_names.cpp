#include "models/workforce/occupation_names.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/nearest.hpp"
#include "models/care/states.hpp"
#include "models/partition/parts.hpp"
#include "models/workforce/parameters.hpp"

namespace kohort::workforce {

namespace p = parameters;

namespace {

void check_ages(const Source& source, Mistakes& mistakes) {
  const Frame& frame = source.frame;
  const std::int64_t first = source.settings[p::first_age];
  const std::int64_t last = source.settings[p::last_age];
  if (frame.step != 1) {
    mistakes.add(source.settings.mistake(p::occupations,
                                         fmt::format("staff come and go from year to year, and "
                                                     "the projection has steps of {}",
                                                     frame.step),
                                         "set projection.step = 1"));
  }
  if (first > last) {
    mistakes.add(
        source.settings.mistake(p::last_age, fmt::format("found {}", last),
                                fmt::format("it must be workforce.first_age, {}, or more", first)));
  }
  if (last >= frame.open_age) {
    mistakes.add(
        source.settings.mistake(p::last_age, fmt::format("found {}", last),
                                fmt::format("it must lie below the open age, {}", frame.open_age)));
  }
}

}  // namespace

WorkforceFrame read_workforce_frame(const Source& source) {
  Mistakes mistakes;
  check_ages(source, mistakes);
  WorkforceFrame frame;
  std::set<std::string> names;
  for (const Settings& block : source.settings[p::occupations]) {
    frame.occupations.push_back(block[p::occupation_name]);
    const std::string& name = frame.occupations.back();
    if (!name.empty() && names.insert(name).second) continue;
    mistakes.add(block.mistake(p::occupation_name, fmt::format("a second '{}', or no name", name),
                               "give each occupation a name of its own"));
  }
  if (frame.occupations.empty()) {
    mistakes.add(source.settings.mistake(p::occupations, "there is none",
                                         "give [[workforce.occupation]] blocks"));
  }
  if (frame.parts() > partition::most_parts) {
    mistakes.add(source.settings.mistake(
        p::occupations, fmt::format("found {}", frame.occupations.size()),
        fmt::format("give {} at most: put together those that need not be told apart",
                    partition::most_parts - 1)));
  }
  mistakes.throw_if_any(Fault::scenario);
  frame.first_age = Age(static_cast<std::size_t>(source.settings[p::first_age]));
  frame.last_age = Age(static_cast<std::size_t>(source.settings[p::last_age]));
  return frame;
}

std::optional<Occupation> find_occupation(const Settings& block, const Parameter& field,
                                          const std::string& name,
                                          const std::vector<std::string>& occupations,
                                          Mistakes& mistakes) {
  const auto found = std::find(occupations.begin(), occupations.end(), name);
  if (found != occupations.end()) {
    return Occupation(static_cast<std::size_t>(found - occupations.begin()));
  }
  const auto meant = nearest(name, occupations);
  mistakes.add(block.mistake(field, fmt::format("no occupation is called '{}'", name),
                             meant ? fmt::format("did you mean '{}'?", *meant)
                                   : fmt::format("there are {}", fmt::join(occupations, ", "))));
  return std::nullopt;
}

WantedAxis occupation_axis(const std::vector<std::string>& occupations, const std::string& name) {
  return {.name = name, .labels = occupations, .required = occupations.size() > 1};
}

WantedAxis areas_and_nation(const Frame& frame) {
  WantedAxis areas = frame.area_axis();
  areas.labels.emplace_back(care::nation_code);
  areas.every = false;
  areas.partial = true;
  return areas;
}

}  // namespace kohort::workforce
