#include "models/population/rates/figures.hpp"

#include <algorithm>
#include <array>

#include "engine/base/error.hpp"

namespace kohort::population {
namespace {

/// The axis as the frame has it, or a single position, which no column can tell apart, where the
/// parameter knows no such axis.
WantedAxis restricted(const Parameter& parameter, WantedAxis axis, Completeness completeness) {
  const auto& axes = parameter.axes;
  if (std::find(axes.begin(), axes.end(), axis.name) == axes.end()) {
    return {.labels = {axis.labels.front()}};
  }
  const bool several = axis.labels.size() > 1;
  if (completeness == Completeness::counts && axis.name != "year") axis.required = several;
  return axis;
}

}  // namespace

Figures Figures::read(const Source& source, const Parameter& parameter, Completeness completeness,
                      std::optional<std::vector<std::string>> ages) {
  Figures figures;
  const Quantity quantity = require_quantity(source, parameter);
  if (const double* number = quantity.number()) {
    if (completeness == Completeness::counts && *number != 0.0) {
      throw Error(Fault::scenario,
                  source.settings.mistake(parameter, "one number would stand in every cell",
                                          "give a table over sex and age, or 0"));
    }
    const bool chosen = source.settings.setting(parameter).origin != Origin::fallback;
    source.tables.note(chosen ? Basis::assumed : Basis::estimated);
    figures.table_ = decltype(figures.table_)(*number);
    return figures;
  }
  WantedAxis age_axis = source.frame.age_axis();
  if (ages) age_axis.labels = *std::move(ages);
  std::array<WantedAxis, 5> axes{source.frame.flow_years(), source.frame.area_axis(),
                                 source.frame.group_axis(), source.frame.sex_axis(),
                                 std::move(age_axis)};
  for (WantedAxis& axis : axes) axis = restricted(parameter, std::move(axis), completeness);
  figures.table_ =
      source.tables.read<Interval, Area, Group, Sex, Age>(parameter, *quantity.table(), axes);
  if (figures.table_.varies_along<Age>()) {
    figures.ages_ = source.tables.age_definition(parameter, *quantity.table());
  }
  return figures;
}

void require_year_end_ages(const Source& source, const Parameter& parameter,
                           const Figures& figures) {
  if (figures.ages() == AgeDefinition::end_of_year) return;
  throw Error(Fault::scenario,
              source.settings.mistake(parameter, "the table is by age at the event",
                                      "this parameter is read by age at the end of the year"));
}

}  // namespace kohort::population
