#include "engine/estimate/integerise.hpp"

#include <cmath>
#include <map>
#include <numeric>
#include <random>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/input/csv.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"

namespace kohort {
namespace {

using Whole = std::vector<std::int64_t>;

// The tests of humanleague (github.com/virgesmith/humanleague, MIT).
TEST(Integerise, EqualsTheExamplesOfHumanleague) {
  struct Case {
    std::vector<double> fractions;
    Whole expected;
  };
  std::map<std::int64_t, Case> cases;
  const Csv csv = Csv::read(test::project_file("tests/published/ipf_reference/integerise.csv"));
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    Case& the = cases[std::stoll(std::string(csv.cell(row, 0)))];
    the.fractions.push_back(std::stod(std::string(csv.cell(row, 1))));
    the.expected.push_back(std::stoll(std::string(csv.cell(row, 2))));
  }
  EXPECT_EQ(cases.size(), 3U);
  for (const auto& [total, the] : cases) EXPECT_EQ(integerise(the.fractions, total), the.expected);
}

TEST(Integerise, RefusesANegativeTotal) {
  const std::vector<double> fractions{0.4, 0.3, 0.2, 0.1};
  EXPECT_HAS(test::error_of(Fault::input, [&] { integerise(fractions, -1); }),
             "-1 cannot be divided");
}

TEST(Integerise, RefusesSharesThatGiveNothing) {
  EXPECT_HAS(test::error_of(Fault::input,
                            [] {
                              integerise(std::vector<double>{0.0, 0.0}, 3);
                            }),
             "3 cannot be divided by shares that are all 0");
  EXPECT_HAS(test::error_of(Fault::input,
                            [] {
                              integerise(std::vector<double>{1.0, -1.0}, 3);
                            }),
             "share number 1 is -1");
}

TEST(Integerise, GivesTheFirstOfEqualsTheLastPerson) {
  EXPECT_EQ(integerise(std::vector<double>{0.0, 1.0, 1.0, 1.0}, 4), (Whole{0, 2, 1, 1}));
}

RC_GTEST_PROP(Integerise, SumsToTheTotalAndStaysWithinOne, ()) {
  std::mt19937 random(*rc::gen::arbitrary<unsigned>());
  const auto total = *rc::gen::inRange<std::int64_t>(0, 100000);
  std::vector<double> values(*rc::gen::inRange<std::size_t>(1, 40));
  for (double& value : values) {
    value = random() % 4 == 0 ? 0.0 : static_cast<double>(random() % 10000) / 7.0;
  }
  values[0] += 1.0;
  const Whole rounded = integerise(values, total);
  const double sum = std::accumulate(values.begin(), values.end(), 0.0);
  RC_ASSERT(std::accumulate(rounded.begin(), rounded.end(), std::int64_t{0}) == total);
  for (std::size_t at = 0; at < values.size(); ++at) {
    const double exact = values[at] / sum * static_cast<double>(total);
    RC_ASSERT(std::abs(static_cast<double>(rounded[at]) - exact) < 1.0);
    if (values[at] == 0.0) RC_ASSERT(rounded[at] == 0);
  }
}

// On paper: rows and columns sum to 1, so each has exactly one of the two.
TEST(RoundTable, KeepsWholeSums) {
  const Eigen::MatrixXd values = Eigen::Matrix2d{{0.6, 0.4}, {0.4, 0.6}};
  const IntegerMatrix rounded = round_table(values);
  EXPECT_EQ(rounded, (Eigen::Matrix<std::int64_t, 2, 2>{{1, 0}, {0, 1}}));
}

// A row of thirds, whose sum as doubles is 1 but for the last digit.
TEST(RoundTable, TakesThirdsForWhole) {
  const IntegerMatrix rounded = round_table(Eigen::MatrixXd::Constant(3, 3, 1.0 / 3.0));
  for (Eigen::Index at = 0; at < 3; ++at) {
    EXPECT_EQ(rounded.row(at).sum(), 1);
    EXPECT_EQ(rounded.col(at).sum(), 1);
  }
}

TEST(RoundTable, LeavesWholeTablesAlone) {
  const Eigen::MatrixXd values = Eigen::Matrix2d{{3.0, 0.0}, {12345678.0, 7.0}};
  EXPECT_EQ(round_table(values).cast<double>(), values);
}

TEST(RoundTable, RoundsASingleRowAsItsSum) {
  Eigen::MatrixXd values(1, 4);
  values << 0.25, 0.25, 0.25, 0.25;
  EXPECT_EQ(round_table(values).sum(), 1);
}

TEST(RoundTable, NamesACellThatIsNoCount) {
  const Eigen::MatrixXd values = Eigen::Matrix2d{{1.0, 2.0}, {-0.5, 1.0}};
  EXPECT_HAS(test::error_of(Fault::input, [&] { round_table(values); }), "row 1, column 0 is -0.5");
}

/// A whole number next to the exact one: rounded up or down, unchanged where it is whole.
bool neighbours(std::int64_t rounded, double exact) {
  const double off = std::abs(static_cast<double>(rounded) - exact);
  return std::abs(exact - std::round(exact)) < 1e-9 ? off < 1e-9 : off < 1.0;
}

RC_GTEST_PROP(RoundTable, StaysWithinOneInCellsRowsColumnsAndSum, ()) {
  std::mt19937 random(*rc::gen::arbitrary<unsigned>());
  // Sevenths, eighths or thousandths, so that sums are whole by chance too.
  const double unit = *rc::gen::element(7.0, 8.0, 1000.0);
  Eigen::MatrixXd values(*rc::gen::inRange(1, 12), *rc::gen::inRange(1, 12));
  for (double& value : values.reshaped()) value = static_cast<double>(random() % 5000) / unit;
  const IntegerMatrix rounded = round_table(values);
  for (Eigen::Index at = 0; at < values.size(); ++at) {
    RC_ASSERT(neighbours(rounded(at), values(at)));
  }
  for (Eigen::Index row = 0; row < values.rows(); ++row) {
    RC_ASSERT(neighbours(rounded.row(row).sum(), values.row(row).sum()));
  }
  for (Eigen::Index column = 0; column < values.cols(); ++column) {
    RC_ASSERT(neighbours(rounded.col(column).sum(), values.col(column).sum()));
  }
  RC_ASSERT(neighbours(rounded.sum(), values.sum()));
}

}  // namespace
}  // namespace kohort
