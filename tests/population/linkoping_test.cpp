// The shipped schedules are what the fit gives; and how near the fit is.
#include <cmath>

#include <gtest/gtest.h>

#include "engine/input/csv.hpp"
#include "tests/population/linkoping_schedules.hpp"
#include "tests/support/folder.hpp"

namespace kohort {
namespace {

TEST(LinkopingSchedules, AreThoseThatAreShipped) {
  const std::string data = test::shared_file("data/linkoping/SOURCES.md");
  ASSERT_FALSE(::testing::Test::HasFailure());
  const std::string folder = data.substr(0, data.rfind("/linkoping/"));
  const auto fitted = test::fit_linkoping(folder, test::project_folder(), 2015);
  const Csv shipped =
      Csv::read(test::project_file("scenarios/sweden/data/migration_schedules_2015.csv"));
  ASSERT_EQ(fitted.size(), shipped.rows());
  for (std::size_t row = 0; row < fitted.size(); ++row) {
    EXPECT_EQ(fitted[row].flow, shipped.cell(row, 0));
    EXPECT_EQ(fitted[row].sex, shipped.cell(row, 1));
    EXPECT_EQ(fitted[row].parameter, shipped.cell(row, 2));
    const double value = std::stod(std::string(shipped.cell(row, 3)));
    // Six digits are shipped; parameters that the data hardly tell may differ in the last of them.
    EXPECT_NEAR(fitted[row].value, value, 2e-3 * std::abs(value) + 1e-6) << "row " << row;
  }
}

}  // namespace
}  // namespace kohort
