#include "engine/run/summary_axes.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "engine/model/frame_groups.hpp"

namespace kohort {
namespace {

std::vector<SummaryArea> summary_areas(const Frame& frame) {
  std::vector<SummaryArea> areas;
  SummaryArea all{std::string(everywhere), "all areas", "all", {}};
  SummaryArea own{std::string(all_but_rest), "all areas but the rest", "all", {}};
  for (const Area area : positions<Area>(frame.areas.size())) {
    const AreaDescription& described = frame.areas[area.position()];
    areas.push_back({described.code, described.name, described.rest ? "rest" : "area", {area}});
    all.members.push_back(area);
    if (!described.rest) own.members.push_back(area);
  }
  for (const AreaGroup& group : frame.area_groups) {
    areas.push_back({group.name, group.name, "group", group.members});
  }
  if (frame.closed_by_rest()) areas.push_back(std::move(own));
  areas.push_back(std::move(all));
  return areas;
}

std::vector<AgeBand> age_bands(const std::vector<AgeGroup>& groups) {
  std::set<std::size_t> starts;
  for (const AgeGroup& group : groups) {
    starts.insert(group.first.position());
    starts.insert(group.last.position() + 1);
  }
  std::vector<AgeBand> bands;
  for (auto start = starts.begin(); std::next(start) != starts.end(); ++start) {
    bands.push_back({Age(*start), Age(*std::next(start) - 1)});
  }
  return bands;
}

}  // namespace

SummaryAxes summary_axes(const Frame& frame) {
  SummaryAxes axes{summary_areas(frame), frame.age_groups, {}, {}};
  axes.ages.push_back({std::string(everywhere), Age(0), Age(frame.ages() - 1)});
  axes.bands = age_bands(axes.ages);
  SummarySex both{"both", {}};
  for (const Sex sex : positions<Sex>(frame.sexes.size())) {
    axes.sexes.push_back({frame.sexes[sex.position()], {sex}});
    both.members.push_back(sex);
  }
  if (frame.sexes.size() > 1) axes.sexes.push_back(std::move(both));
  return axes;
}

const SummaryArea* find_area(const SummaryAxes& axes, const std::string& label) {
  const auto found = std::find_if(axes.areas.begin(), axes.areas.end(),
                                  [&](const SummaryArea& area) { return area.label == label; });
  return found == axes.areas.end() ? nullptr : &*found;
}

}  // namespace kohort
