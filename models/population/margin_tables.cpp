#include "models/population/margin_tables.hpp"

#include <algorithm>
#include <array>

#include "engine/base/error.hpp"
#include "engine/table/tabulate.hpp"

namespace kohort::population {

namespace p = parameters;

namespace {

using County = Index<struct CountyAxis>;

}  // namespace

MarginLayout::MarginLayout(const Source& source) {
  const Frame& frame = source.frame;
  const bool by_county =
      std::any_of(frame.areas.begin(), frame.areas.end(),
                  [](const AreaDescription& area) { return !area.county.empty(); });
  for (const Area at : positions<Area>(frame.areas.size())) {
    const AreaDescription& area = frame.areas[at.position()];
    if (area.rest && by_county) {
      rest = at;
    } else {
      county(area.county).areas.push_back({area.code, at});
    }
  }
  for (const AreaDescription& area : frame.other_areas) {
    if (!by_county) continue;
    const bool estimated =
        std::any_of(counties.begin(), counties.end(),
                    [&](const EstimatedCounty& one) { return one.code == area.county; });
    if (estimated) {
      county(area.county).areas.push_back({area.code, std::nullopt});
    } else {
      whole_counties.insert(area.county);
    }
  }
  check(source, by_county);
  for (const EstimatedCounty& one : counties) {
    for (const EstimatedArea& area : one.areas) codes.push_back(area.code);
  }
}

EstimatedCounty& MarginLayout::county(const std::string& code) {
  for (EstimatedCounty& known : counties) {
    if (known.code == code) return known;
  }
  return counties.emplace_back(EstimatedCounty{code, {}});
}

void MarginLayout::check(const Source& source, bool by_county) const {
  if (!source.frame.groups.empty()) {
    throw Error(Fault::scenario,
                source.settings.mistake(p::base_form, "people with groups have no margins",
                                        "give population.base as a table"));
  }
  const bool unknown = whole_counties.contains("") ||
                       std::any_of(counties.begin(), counties.end(),
                                   [](const EstimatedCounty& one) { return one.code.empty(); });
  if (!by_county || !unknown) return;
  throw Error(Fault::scenario, source.settings.mistake(
                                   p::margin_county,
                                   "areas.table does not say of every area in which county it lies",
                                   "fill in its column county"));
}

MarginTables::MarginTables(const Source& source, const MarginLayout& layout)
    : source_(source),
      layout_(layout),
      counties_{.name = "county", .every = true},
      areas_{.name = "area", .labels = layout.codes, .required = true, .every = true} {
  for (const EstimatedCounty& one : layout.counties) counties_.labels.push_back(one.code);
  for (const std::string& code : layout.whole_counties) {
    (layout.rest ? counties_.labels : counties_.known).push_back(code);
  }
  counties_.required = counties_.labels.size() > 1 || !counties_.known.empty();
  for (const auto* all : {&source.frame.areas, &source.frame.other_areas}) {
    for (const AreaDescription& area : *all) {
      if (!is_estimated(area.code)) areas_.known.push_back(area.code);
    }
  }
  if (!is_estimated("rest")) areas_.known.emplace_back("rest");
  if (source.settings.given(p::margin_broad_ages)) {
    groups_ = read_age_groups(source, p::margin_age_groups);
  }
}

std::vector<Table<double, Sex, Age>> MarginTables::counties() const {
  const auto table =
      read<Interval, County, Sex, Age>(p::margin_county, {year(), counties_, sexes(), ages()});
  std::vector<Table<double, Sex, Age>> counties;
  for (const County county : positions<County>(counties_.labels.size())) {
    counties.push_back(tabulate<Table<double, Sex, Age>>(
        {source_.frame.sexes.size(), source_.frame.ages()},
        [&](Sex sex, Age age) { return table(Interval(0), county, sex, age); }));
  }
  return counties;
}

std::vector<double> MarginTables::totals() const {
  const auto table = source_.tables.read<Interval, Area>(
      p::margin_totals, *require_quantity(source_, p::margin_totals).table(), {year(), areas_});
  std::vector<double> totals;
  for (const Area area : positions<Area>(layout_.codes.size())) {
    totals.push_back(table(Interval(0), area));
  }
  return totals;
}

Table<double, Area, Sex, BroadAge> MarginTables::broad() const {
  if (!groups_) return {};
  const WantedAxis groups{.name = "age_group", .labels = groups_->labels(), .required = true};
  const auto table = source_.tables.read<Interval, Area, Sex, BroadAge>(
      p::margin_broad_ages, *require_quantity(source_, p::margin_broad_ages).table(),
      {year(), areas_, source_.frame.sex_axis(), groups});
  const std::size_t sexes = table.varies_along<Sex>() ? source_.frame.sexes.size() : 1;
  return tabulate<Table<double, Area, Sex, BroadAge>>(
      {layout_.codes.size(), sexes, groups_->size()},
      [&](Area area, Sex sex, BroadAge group) { return table(Interval(0), area, sex, group); });
}

AreaSexAge MarginTables::people(const TableParameter& parameter) const {
  WantedAxis areas = areas_;
  areas.required = parameter.name != p::margin_seed.name;
  const auto table = read<Interval, Area, Sex, Age>(parameter, {year(), areas, sexes(), ages()});
  return tabulate<AreaSexAge>(
      {layout_.codes.size(), source_.frame.sexes.size(), source_.frame.ages()},
      [&](Area area, Sex sex, Age age) { return table(Interval(0), area, sex, age); });
}

template <class... Positions>
BroadcastTable<Positions...> MarginTables::read(
    const TableParameter& parameter,
    const std::array<WantedAxis, sizeof...(Positions)>& axes) const {
  const TableReference reference = *require_quantity(source_, parameter).table();
  auto table = source_.tables.read<Positions...>(parameter, reference, axes);
  require_stock(source_, parameter, reference);
  return table;
}

bool MarginTables::is_estimated(const std::string& code) const {
  return std::find(layout_.codes.begin(), layout_.codes.end(), code) != layout_.codes.end();
}

WantedAxis MarginTables::year() const {
  return wanted_years({source_.frame.base_year, source_.frame.base_year});
}

WantedAxis MarginTables::sexes() const {
  WantedAxis axis = source_.frame.sex_axis();
  axis.required = axis.labels.size() > 1;
  return axis;
}

WantedAxis MarginTables::ages() const {
  WantedAxis axis = source_.frame.age_axis();
  axis.required = true;
  return axis;
}

AgeGroups read_age_groups(const Source& source, const TextList& parameter) {
  try {
    return {source.settings[parameter], source.frame.step, source.frame.open_age};
  } catch (const Error& error) {
    Mistakes mistakes;
    for (const Mistake& one : error.mistakes()) {
      mistakes.add(source.settings.mistake(parameter, one.what, one.remedy));
    }
    throw Error(Fault::scenario, mistakes.found());
  }
}

void require_stock(const Source& source, const Parameter& parameter,
                   const TableReference& reference) {
  if (source.tables.age_definition(parameter, reference) == AgeDefinition::end_of_year) return;
  throw Error(Fault::scenario, source.settings.mistake(parameter, "the table is by age at an event",
                                                       "a stock is by age at the end of the year"));
}

}  // namespace kohort::population
