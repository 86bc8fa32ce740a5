#include "models/population/figures.hpp"

#include "engine/base/error.hpp"

namespace kohort::population {
namespace {

Quantity quantity_of(const Settings& settings, const Parameter& parameter) {
  const Value& value = settings.setting(parameter).value;
  const auto* quantity = std::get_if<Quantity>(&value);
  return quantity == nullptr ? Quantity{} : *quantity;
}

bool has_axis(const Parameter& parameter, const std::string& axis) {
  for (const std::string& name : parameter.axes) {
    if (name == axis) return true;
  }
  return false;
}

/// The axis as the frame has it, or a single position where the parameter knows no such axis.
WantedAxis restricted(const Parameter& parameter, WantedAxis axis, Completeness completeness) {
  if (!has_axis(parameter, axis.name)) return {.name = axis.name, .labels = {axis.labels.front()}};
  const bool several = axis.labels.size() > 1;
  if (completeness == Completeness::counts && axis.name != "year") axis.required = several;
  return axis;
}

}  // namespace

Quantity require_quantity(const Source& source, const Parameter& parameter) {
  Quantity quantity = quantity_of(source.settings, parameter);
  if (quantity.given()) return quantity;
  throw Error(Fault::scenario, source.settings.mistake(parameter, "the scenario does not give it",
                                                       "it must be " + allowed(parameter)));
}

Figures Figures::read(const Source& source, const Parameter& parameter, Completeness completeness,
                      std::optional<std::vector<std::string>> ages) {
  Figures figures;
  const Quantity quantity = require_quantity(source, parameter);
  if (const double* number = quantity.number()) {
    figures.number_ = *number;
    return figures;
  }
  WantedAxis age_axis = source.frame.age_axis();
  if (ages) age_axis.labels = *std::move(ages);
  std::vector<WantedAxis> axes;
  for (WantedAxis axis : {source.frame.flow_years(), source.frame.area_axis(),
                          source.frame.group_axis(), source.frame.sex_axis(), age_axis}) {
    axes.push_back(restricted(parameter, std::move(axis), completeness));
  }
  figures.table_ = source.tables.read(parameter, *quantity.table(), axes);
  if (figures.table_->varies_along(4)) {
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
