#include "models/population/fit/area_counts.hpp"

#include <algorithm>
#include <numeric>

#include "engine/demography/lexis.hpp"
#include "models/population/fit/tables.hpp"

namespace kohort::population::fit {

namespace {

using Row = Index<struct AreaCountsRowAxis>;

/// The split of infants does not matter: no use of the counts parts age 0 from age 1.
void to_year_end(std::span<double> by_age) {
  const std::vector<double> converted = by_age_at_year_end(by_age, 0.5);
  std::copy(converted.begin(), converted.end(), by_age.begin());
}

}  // namespace

AreaCounts::AreaCounts(const Source& source, const TableParameter& parameter, Years years) {
  const Frame& frame = source.frame;
  const TableReference reference = *require_quantity(source, parameter).table();
  WantedAxis areas = frame.own_area_axis();
  areas.every = false;
  areas.partial = true;
  const auto table = source.tables.read<Row, Area, Sex, Age>(
      parameter, reference,
      {wanted_years(years), areas, wanted(parameter, frame.sex_axis(), false),
       wanted(parameter, frame.age_axis(), false)});
  const std::size_t sexes = table.varies_along<Sex>() ? frame.sexes.size() : 1;
  const std::size_t ages = table.varies_along<Age>() ? frame.ages() : 1;
  counts_ = Yearly<Area, Sex, Age>(years, {frame.own_areas(), sexes, ages});
  counts_.fill([&](Year year, Area area, Sex sex, Age age) {
    return table(Row(static_cast<std::size_t>(year - years.first())), area, sex, age);
  });
  if (!by_age() || source.tables.age_definition(parameter, reference) != AgeDefinition::at_event) {
    return;
  }
  for (const Year year : years) {
    for (const Area area : positions<Area>(frame.own_areas())) {
      for (const Sex sex : positions<Sex>(sexes)) to_year_end(counts_.slab(year, area, sex));
    }
  }
}

double AreaCounts::total(Year year, Area area) const {
  const auto cells = counts_.slab(year, area);
  return std::accumulate(cells.begin(), cells.end(), 0.0);
}

}  // namespace kohort::population::fit
