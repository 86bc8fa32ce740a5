// The schedules of moves of a student city, fitted to those of Linköping, of which full counts
// exist.
#pragma once

#include <string>
#include <vector>

namespace kohort::test {

/// One row of scenarios/sweden/data/migration_schedules_YEAR.csv.
struct ScheduleRow {
  std::string flow;
  std::string sex;
  std::string parameter;
  double value = 0.0;
};

/// Fits moves into and out of the city and emigration from it over the ten years to `last_year`.
/// `data` is the folder ../shared/data: the city's table is read in place, and the nation's stocks
/// from the project's own.
std::vector<ScheduleRow> fit_linkoping(const std::string& data, const std::string& project,
                                       int last_year);

}  // namespace kohort::test
