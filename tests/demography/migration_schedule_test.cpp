#include "engine/demography/migration_schedule.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "engine/input/csv.hpp"
#include "tests/support/folder.hpp"

namespace kohort {
namespace {

// Rogers & Castro (1981), RR-81-30, fundamental parameters.
MigrationSchedule fundamental() {
  MigrationSchedule schedule;
  schedule.childhood_height = 0.02;
  schedule.childhood_descent = 0.1;
  schedule.labour = {0.06, 20.0, 0.4, 0.1};
  schedule.constant = 0.003;
  return schedule;
}

TEST(MigrationSchedule, EqualsTheFundamentalScheduleOfRogersAndCastro) {
  const Csv csv =
      Csv::read(test::shared_file("cases/rogers_castro_fundamental/expected_schedule.csv"));
  double sum = 0.0;
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    const double age = std::stod(std::string(csv.cell(row, 0)));
    const double rate = std::stod(std::string(csv.cell(row, 1)));
    EXPECT_NEAR(fundamental().at(age), rate, 1e-10);
    sum += fundamental().at(age);
  }
  EXPECT_NEAR(sum, 1.056808, 5e-7);
}

TEST(MigrationSchedule, HasItsLowPointAt15AndItsPeakAt23) {
  const MigrationSchedule schedule = fundamental();
  const auto by_rate = [&](int a, int b) { return schedule.at(a) < schedule.at(b); };
  std::vector<int> ages(24);
  for (int age = 0; age < 24; ++age) ages[static_cast<std::size_t>(age)] = age;
  EXPECT_EQ(*std::min_element(ages.begin(), ages.end(), by_rate), 15);
  EXPECT_EQ(*std::max_element(ages.begin() + 15, ages.end(), by_rate), 23);
}

}  // namespace
}  // namespace kohort
