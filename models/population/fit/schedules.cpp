#include "models/population/fit/schedules.hpp"

#include <array>
#include <string>

#include "models/population/fit/parameters.hpp"

namespace kohort::population::fit {

namespace p = parameters;

namespace {

const std::vector<std::string> parameter_names = {
    "childhood_height",    "childhood_descent", "constant",          "labour_height",
    "labour_position",     "labour_ascent",     "labour_descent",    "student_height",
    "student_position",    "student_ascent",    "student_descent",   "retirement_height",
    "retirement_position", "retirement_ascent", "retirement_descent"};

using FlowKind = Index<struct FlowKindAxis>;
using ScheduleParameter = Index<struct ScheduleParameterAxis>;

using ScheduleTable = BroadcastTable<FlowKind, Sex, ScheduleParameter>;

MigrationSchedule schedule_of(const ScheduleTable& table, FlowKind flow, Sex sex) {
  std::size_t next = 0;
  const auto take = [&] { return table(flow, sex, ScheduleParameter(next++)); };
  MigrationSchedule schedule;
  schedule.childhood_height = take();
  schedule.childhood_descent = take();
  schedule.constant = take();
  for (MigrationPeak* peak : {&schedule.labour, &schedule.student, &schedule.retirement}) {
    peak->height = take();
    peak->position = take();
    peak->ascent = take();
    peak->descent = take();
  }
  return schedule;
}

}  // namespace

Schedules read_schedules(const Source& source) {
  WantedAxis sexes = source.frame.sex_axis();
  sexes.required = true;
  const ScheduleTable table = source.tables.read<FlowKind, Sex, ScheduleParameter>(
      p::schedules, *require_quantity(source, p::schedules).table(),
      {WantedAxis{
           .name = "flow", .labels = {"into_city", "out_of_city", "emigration"}, .required = true},
       sexes, WantedAxis{.name = "parameter", .labels = parameter_names, .required = true}});
  Schedules schedules;
  for (const Sex sex : positions<Sex>(source.frame.sexes.size())) {
    schedules.into_city.push_back(schedule_of(table, FlowKind(0), sex));
    schedules.out_of_city.push_back(schedule_of(table, FlowKind(1), sex));
    schedules.emigration.push_back(schedule_of(table, FlowKind(2), sex));
  }
  return schedules;
}

double rate_at(const MigrationSchedule& schedule, Age age) {
  const double rate = schedule.at(static_cast<double>(age.position()));
  return age == Age(0) ? rate / 2.0 : rate;
}

}  // namespace kohort::population::fit
