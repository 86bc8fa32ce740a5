#include "models/population/fit/municipal.hpp"

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "models/population/fit/parameters.hpp"
#include "models/population/fit/window.hpp"

namespace kohort::population::fit {

namespace p = parameters;

namespace {

/// Every known municipality, the projected ones first, in the order of the frame.
WantedAxis all_municipalities(const Frame& frame) {
  WantedAxis axis = frame.own_area_axis();
  axis.known.clear();
  axis.every = true;
  for (const AreaDescription& area : frame.other_areas) {
    if (!area.rest) axis.labels.push_back(area.code);
  }
  return axis;
}

Yearly<Area> read_totals(const Source& source, Years years) {
  const Frame& frame = source.frame;
  const WantedAxis all = all_municipalities(frame);
  const auto table = read_yearly<Area>(source, p::history_totals, years, {all});
  const std::size_t own = frame.own_areas();
  Yearly<Area> totals(years, {frame.areas.size()});
  totals.fill([&](Year year, Area area) {
    if (area.position() < own) return table(year, area);
    double rest = 0.0;
    for (std::size_t other = own; other < all.labels.size(); ++other) {
      rest += table(year, Area(other));
    }
    return rest;
  });
  return totals;
}

double total_of(const AgeTable& base, Area area) {
  double total = 0.0;
  for (const Sex sex : positions<Sex>(base.extent<Sex>())) {
    for (const Age age : positions<Age>(base.extent<Age>())) {
      total += base(sex, age, Group(0), area);
    }
  }
  return total;
}

}  // namespace

MunicipalHistory::MunicipalHistory(const Source& source, const AgeTable& base,
                                   const MunicipalYears& years) {
  const Frame& frame = source.frame;
  const bool structure = years.stocks && source.settings.given(p::history_structure);
  std::optional<Years> totals = years.totals;
  if (years.stocks && !structure) {
    totals = totals ? together(*totals, *years.stocks) : *years.stocks;
  }
  if (totals) totals_ = read_totals(source, *totals);
  if (!years.stocks) return;
  if (structure) {
    stocks_ =
        read_yearly<Area, Sex, Age>(source, p::history_structure, *years.stocks,
                                    {frame.own_area_axis(), frame.sex_axis(), frame.age_axis()});
  } else {
    scale_base(source, base, *years.stocks);
  }
}

void MunicipalHistory::scale_base(const Source& source, const AgeTable& base, Years years) {
  const Frame& frame = source.frame;
  std::vector<double> base_totals;
  for (const Area area : positions<Area>(frame.own_areas())) {
    base_totals.push_back(total_of(base, area));
    for (const Year year : years) {
      if (base_totals.back() > 0.0 || total(area, year) == 0.0) continue;
      throw Error(
          Fault::input,
          source.settings.mistake(
              p::history_totals,
              fmt::format("area {} has {} people in {} and none in the base year, so their "
                          "ages are unknown",
                          frame.areas[area.position()].code, total(area, year), year.value()),
              "give history.structure"));
    }
  }
  stocks_ = Yearly<Area, Sex, Age>(years, {frame.own_areas(), 2, frame.ages()});
  stocks_.fill([&](Year year, Area area, Sex sex, Age age) {
    const double all = base_totals[area.position()];
    return all > 0.0 ? base(sex, age, Group(0), area) * total(area, year) / all : 0.0;
  });
}

double MunicipalHistory::entering(Area area, Year year, Sex sex, Age age) const {
  if (age == Age(0)) return 0.0;
  const Year before = year - 1;
  double persons = stock(area, before, sex, Age(age.position() - 1));
  if (age.position() + 1 == stocks_.extent<Age>()) persons += stock(area, before, sex, age);
  return persons;
}

}  // namespace kohort::population::fit
