// Age schedules of moves, read as parameters of the model schedule.
#pragma once

#include <string>

#include "engine/demography/migration_schedule.hpp"
#include "models/population/fit/history.hpp"

namespace kohort::population::fit {

/// The rates of a flow of history.schedules ("into_city", "out_of_city" or "emigration") by age at
/// the year's end. Throws `Error` (Fault::input) where one of them is not above 0.
SexAge read_schedule(const Source& source, const std::string& flow);

/// The rate of an age group by age at the year's end. The newborn are there for half a year.
double rate_at(const MigrationSchedule& schedule, Age age);

}  // namespace kohort::population::fit
