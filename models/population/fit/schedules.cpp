#include "models/population/fit/schedules.hpp"

#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "engine/base/error.hpp"
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

SexAge read_schedule(const Source& source, const std::string& flow) {
  WantedAxis sexes = source.frame.sex_axis();
  sexes.required = true;
  const ScheduleTable table = source.tables.read<FlowKind, Sex, ScheduleParameter>(
      p::schedules, *require_quantity(source, p::schedules).table(),
      {WantedAxis{.name = "flow",
                  .labels = {flow},
                  .known = {"into_city", "out_of_city", "emigration"},
                  .required = true},
       sexes, WantedAxis{.name = "parameter", .labels = parameter_names, .required = true}});
  SexAge rates({source.frame.sexes.size(), source.frame.ages()});
  for (const Sex sex : positions<Sex>(rates.extent<Sex>())) {
    const MigrationSchedule schedule = schedule_of(table, FlowKind(0), sex);
    for (const Age age : positions<Age>(rates.extent<Age>())) {
      const double rate = rates(sex, age) = rate_at(schedule, age);
      if (rate > 0.0 && std::isfinite(rate)) continue;
      throw Error(Fault::input,
                  source.settings.mistake(
                      p::schedules,
                      fmt::format("{} at age {}: the schedule of {} gives {:.4g}",
                                  source.frame.sexes[sex.position()], age.position(), flow, rate),
                      "a schedule of moves must be above 0 at every age"));
    }
  }
  return rates;
}

double rate_at(const MigrationSchedule& schedule, Age age) {
  const double rate = schedule.at(static_cast<double>(age.position()));
  return age == Age(0) ? rate / 2.0 : rate;
}

}  // namespace kohort::population::fit
