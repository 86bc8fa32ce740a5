#include "models/population/base.hpp"

#include <array>
#include <cmath>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/table/tabulate.hpp"
#include "models/population/base_parameters.hpp"
#include "models/population/margin_tables.hpp"
#include "models/population/margins.hpp"

namespace kohort::population {

namespace p = parameters;

namespace {

AgeTable read_table(const Source& source) {
  const Frame& frame = source.frame;
  const TableReference reference = *require_quantity(source, p::base).table();
  std::array<WantedAxis, 5> axes{wanted_years({frame.base_year, frame.base_year}),
                                 frame.area_axis(), frame.group_axis(), frame.sex_axis(),
                                 frame.age_axis()};
  for (std::size_t axis = 1; axis < axes.size(); ++axis) {
    axes[axis].required = axes[axis].labels.size() > 1;
  }
  const auto table = source.tables.read<Interval, Area, Group, Sex, Age>(p::base, reference, axes);
  require_stock(source, p::base, reference);
  return tabulate<AgeTable>(age_extents(frame), [&](Sex sex, Age age, Group group, Area area) {
    return table(Interval(0), area, group, sex, age);
  });
}

}  // namespace

BasePopulation read_base(const Source& source) {
  if (source.settings[p::base_form] == BaseForm::margins) return estimate_base(source);
  return {read_table(source), {}};
}

void require_whole(const Source& source, const AgeTable& base) {
  for (const double persons : base.values()) {
    if (persons == std::floor(persons)) continue;
    throw Error(
        Fault::input,
        source.settings.mistake(
            p::chance_events, fmt::format("the base population has {} persons in a cell", persons),
            "whole people need a base of whole people: round the table, or say "
            "population.margins.whole = true where it is estimated"));
  }
}

}  // namespace kohort::population
