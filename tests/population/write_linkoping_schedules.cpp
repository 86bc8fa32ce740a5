// Writes scenarios/sweden/data/migration_schedules_YEAR.csv anew.
// usage: write_linkoping_schedules SHARED_DATA PROJECT YEAR > FILE
#include <fmt/format.h>

#include "tests/population/linkoping_schedules.hpp"

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  fmt::print("flow,sex,parameter,value\n");
  for (const auto& row : kohort::test::fit_linkoping(argv[1], argv[2], std::stoi(argv[3]))) {
    fmt::print("{},{},{},{:.6g}\n", row.flow, row.sex, row.parameter, row.value);
  }
  return 0;
}
