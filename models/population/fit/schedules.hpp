// Age schedules of moves, read as parameters of the model schedule.
#pragma once

#include <vector>

#include "engine/demography/migration_schedule.hpp"
#include "models/population/rates/figures.hpp"

namespace kohort::population::fit {

/// By sex, in the order of the frame.
struct Schedules {
  std::vector<MigrationSchedule> into_city;
  std::vector<MigrationSchedule> out_of_city;
  std::vector<MigrationSchedule> emigration;
};

Schedules read_schedules(const Source& source);

/// The rate of an age group by age at the year's end. The newborn are there for half a year.
double rate_at(const MigrationSchedule& schedule, Age age);

}  // namespace kohort::population::fit
