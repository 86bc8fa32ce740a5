#include "models/population/fit/municipal.hpp"

#include <numeric>

#include "engine/base/error.hpp"
#include "engine/table/tabulate.hpp"
#include "models/population/fit/parameters.hpp"

namespace kohort::population::fit {

namespace p = parameters;

namespace {

/// Totals of every known municipality, the projected ones first, in the order of the frame.
WantedAxis all_municipalities(const Frame& frame) {
  WantedAxis axis{.name = "area", .required = true, .every = true};
  for (const auto* areas : {&frame.areas, &frame.other_areas}) {
    for (const AreaDescription& area : *areas) {
      if (!area.rest) axis.labels.push_back(area.code);
    }
  }
  return axis;
}

Table<double, PastYear, Area> read_totals(const Source& source, Year first, Year last) {
  const Frame& frame = source.frame;
  const TableReference reference = *require_quantity(source, p::history_totals).table();
  const WantedAxis all = all_municipalities(frame);
  const auto table = source.tables.read<PastYear, Area>(p::history_totals, reference,
                                                        {wanted_years({first, last}), all});
  const std::size_t own = frame.own_areas();
  const std::size_t known = all.labels.size();
  return tabulate<Table<double, PastYear, Area>>(
      {static_cast<std::size_t>(last - first) + 1, frame.areas.size()},
      [&](PastYear year, Area area) {
        if (area.position() < own) return table(year, area);
        double rest = 0.0;
        for (std::size_t other = own; other < known; ++other) rest += table(year, Area(other));
        return rest;
      });
}

std::optional<Table<double, PastYear, Area, Sex, Age>> read_structure(const Source& source,
                                                                      Year first, Year last) {
  if (!source.settings.given(p::history_structure)) return std::nullopt;
  const Frame& frame = source.frame;
  const TableReference reference = *require_quantity(source, p::history_structure).table();
  const auto table = source.tables.read<PastYear, Area, Sex, Age>(
      p::history_structure, reference,
      {wanted_years({first, last}), frame.own_area_axis(), frame.sex_axis(), frame.age_axis()});
  return tabulate<Table<double, PastYear, Area, Sex, Age>>(
      {static_cast<std::size_t>(last - first) + 1, frame.own_areas(), 2, frame.ages()},
      [&](PastYear year, Area area, Sex sex, Age age) { return table(year, area, sex, age); });
}

std::vector<double> totals_of(const Frame& frame, const AgeTable& base) {
  std::vector<double> totals(frame.areas.size());
  for (const Sex sex : positions<Sex>(frame.sexes.size())) {
    for (const Age age : positions<Age>(frame.ages())) {
      for (const Area area : positions<Area>(totals.size())) {
        totals[area.position()] += base(sex, age, Group(0), area);
      }
    }
  }
  return totals;
}

}  // namespace

MunicipalHistory::MunicipalHistory(const Source& source, const AgeTable& base, Year first,
                                   Year last)
    : frame_(source.frame),
      base_(base),
      first_(first),
      base_totals_(totals_of(source.frame, base)),
      totals_(read_totals(source, first, last)),
      stocks_(read_structure(source, first, last)) {}

double MunicipalHistory::total(Area area, Year year) const {
  return totals_(PastYear(static_cast<std::size_t>(year - first_)), area);
}

double MunicipalHistory::stock(Area area, Year year, Sex sex, Age age) const {
  const PastYear at(static_cast<std::size_t>(year - first_));
  if (stocks_ && area.position() < stocks_->extent<Area>()) return (*stocks_)(at, area, sex, age);
  return base_(sex, age, Group(0), area) * total(area, year) / base_totals_[area.position()];
}

double MunicipalHistory::at_risk(Area area, Year year, Sex sex, Age age) const {
  if (age == Age(0)) return 0.0;
  const Year before = year - 1;
  double persons = stock(area, before, sex, Age(age.position() - 1));
  if (age.position() + 1 == frame_.ages()) persons += stock(area, before, sex, age);
  return persons;
}

}  // namespace kohort::population::fit
