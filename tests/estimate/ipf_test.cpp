#include "engine/estimate/ipf.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/input/csv.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"

namespace kohort {
namespace {

/// One of the published two-by-two cases.
struct Published {
  Eigen::MatrixXd seed = Eigen::MatrixXd::Zero(2, 2);
  Eigen::VectorXd rows = Eigen::VectorXd::Zero(2);
  Eigen::VectorXd columns = Eigen::VectorXd::Zero(2);
  Eigen::MatrixXd expected = Eigen::MatrixXd::Zero(2, 2);
};

Published published(const std::string& name) {
  const Csv csv = Csv::read(test::project_file("tests/published/ipf_reference/fits.csv"));
  Published result;
  for (std::size_t line = 0; line < csv.rows(); ++line) {
    if (csv.cell(line, 0) != name) continue;
    const auto number = [&](std::size_t at) { return std::stod(std::string(csv.cell(line, at))); };
    const auto row = static_cast<Eigen::Index>(number(1));
    const auto column = static_cast<Eigen::Index>(number(2));
    result.seed(row, column) = number(3);
    result.rows[row] = number(4);
    result.columns[column] = number(5);
    result.expected(row, column) = number(6);
  }
  return result;
}

// Willekens (1999), Mathematical Population Studies 7(3): migration between two regions.
TEST(Ipf, EqualsTheExampleOfWillekens) {
  const Published the = published("willekens1999_2x2");
  const IpfMatrix fit = fit_rows_and_columns(the.seed, the.rows, the.columns);
  EXPECT_TRUE(fit.converged);
  EXPECT_LT((fit.cells - the.expected).cwiseAbs().maxCoeff(), 1e-4);
}

// The tests of humanleague (github.com/virgesmith/humanleague, MIT).
TEST(Ipf, MakesTheIndependentTableFromASeedOfOnesInOneSweep) {
  const Published the = published("humanleague_2x2");
  const IpfMatrix fit = fit_rows_and_columns(the.seed, the.rows, the.columns);
  EXPECT_EQ(fit.sweeps, 1);
  EXPECT_LT((fit.cells - the.expected).cwiseAbs().maxCoeff(), 1e-12);
}

TEST(Ipf, LeavesAlreadyFittingCellsAlone) {
  const Eigen::MatrixXd seed = Eigen::Matrix2d{{1.0, 2.0}, {3.0, 4.0}};
  const IpfMatrix fit =
      fit_rows_and_columns(seed, Eigen::Vector2d(3.0, 7.0), Eigen::Vector2d(4.0, 6.0));
  EXPECT_EQ(fit.sweeps, 0);
  EXPECT_EQ(fit.cells, seed);
}

TEST(Ipf, SaysThatItDidNotConverge) {
  // Zeros force cells (2, 1) into the first row and column, where only 2 may be.
  const Eigen::MatrixXd seed = Eigen::Matrix2d{{1.0, 0.0}, {1.0, 1.0}};
  const IpfMatrix fit =
      fit_rows_and_columns(seed, Eigen::Vector2d(3.0, 1.0), Eigen::Vector2d(2.0, 2.0), {1e-8, 100});
  EXPECT_FALSE(fit.converged);
  EXPECT_EQ(fit.sweeps, 100);
  EXPECT_GT(fit.largest_error, 0.1);
}

TEST(Ipf, RefusesMarginsOfDifferentSums) {
  const Eigen::MatrixXd seed = Eigen::Matrix2d::Ones();
  const std::string text = test::error_of(Fault::input, [&] {
    fit_rows_and_columns(seed, Eigen::Vector2d(1.0, 2.0), Eigen::Vector2d(2.0, 2.0));
  });
  EXPECT_HAS(text, "margin 0 sums to 3 but margin 1 to 4");
}

TEST(Ipf, RefusesNegativeNumbers) {
  Eigen::MatrixXd seed = Eigen::Matrix2d::Ones();
  const Eigen::Vector2d totals(1.0, 1.0);
  EXPECT_HAS(
      test::error_of(Fault::input,
                     [&] { fit_rows_and_columns(seed, Eigen::Vector2d(-1.0, 3.0), totals); }),
      "total number 0 is -1");
  seed(0, 1) = -2.0;
  EXPECT_HAS(test::error_of(Fault::input, [&] { fit_rows_and_columns(seed, totals, totals); }),
             "cell number 1 is -2");
}

TEST(Ipf, RefusesATotalOverEmptyCells) {
  const Eigen::MatrixXd seed = Eigen::Matrix2d{{0.0, 0.0}, {1.0, 1.0}};
  const Eigen::Vector2d totals(1.0, 1.0);
  EXPECT_HAS(test::error_of(Fault::input, [&] { fit_rows_and_columns(seed, totals, totals); }),
             "total number 0 along axis 0 is to be 1");
}

TEST(Ipf, RefusesMarginsOfOtherTables) {
  const std::vector<double> cells(4, 1.0);
  const std::vector<std::size_t> lengths{2, 2};
  const auto fit = [&](Margin margin) {
    fit_margins({cells, lengths}, std::vector<Margin>{std::move(margin)});
  };
  EXPECT_THROW(fit({{0}, {1.0, 1.0, 1.0}}), std::invalid_argument);
  EXPECT_THROW(fit({{1, 0}, {1.0, 1.0, 1.0, 1.0}}), std::invalid_argument);
  EXPECT_THROW(fit({{2}, {1.0, 1.0}}), std::invalid_argument);
  EXPECT_THROW(fit_margins({cells, lengths}, {}), std::invalid_argument);
}

// On paper: ones in 2 x 2 x 2 with three one-way margins give the product of shares times 8.
TEST(Ipf, FitsThreeAxes) {
  const std::vector<double> ones(8, 1.0);
  const std::vector<std::size_t> lengths{2, 2, 2};
  const std::vector<Margin> margins{{{0}, {2.0, 6.0}}, {{1}, {4.0, 4.0}}, {{2}, {1.0, 7.0}}};
  const IpfResult fit = fit_margins({ones, lengths}, margins);
  EXPECT_TRUE(fit.converged);
  EXPECT_NEAR(fit.cells[0], 0.25 * 0.5 * 0.125 * 8.0, 1e-12);
  EXPECT_NEAR(fit.cells[7], 0.75 * 0.5 * 0.875 * 8.0, 1e-12);
}

/// A random table with zeros, and a second one of the same shape and zeros to take margins from.
struct Pair {
  std::vector<double> seed;
  std::vector<double> truth;
};
Pair random_pair(std::size_t cells) {
  std::mt19937 random(*rc::gen::arbitrary<unsigned>());
  Pair result;
  for (std::size_t cell = 0; cell < cells; ++cell) {
    const bool zero = random() % 8 == 0;
    result.seed.push_back(zero ? 0.0 : 1.0 + static_cast<double>(random() % 1000));
    result.truth.push_back(zero ? 0.0 : 1.0 + static_cast<double>(random() % 1000));
  }
  return result;
}

RC_GTEST_PROP(Ipf, MeetsTheTwoWayMarginsOfAThreeWayTable, ()) {
  const std::vector<std::size_t> lengths{*rc::gen::inRange<std::size_t>(1, 4),
                                         *rc::gen::inRange<std::size_t>(1, 5),
                                         *rc::gen::inRange<std::size_t>(1, 4)};
  const Pair tables = random_pair(lengths[0] * lengths[1] * lengths[2]);
  Margin front{{0, 1}, std::vector<double>(lengths[0] * lengths[1], 0.0)};
  Margin side{{1, 2}, std::vector<double>(lengths[1] * lengths[2], 0.0)};
  const auto add = [&](const std::vector<double>& cells, Margin& first, Margin& second) {
    for (std::size_t cell = 0; cell < cells.size(); ++cell) {
      first.totals[cell / lengths[2]] += cells[cell];
      second.totals[cell % (lengths[1] * lengths[2])] += cells[cell];
    }
  };
  add(tables.truth, front, side);
  const IpfResult fit = fit_margins({tables.seed, lengths}, std::vector<Margin>{front, side});
  RC_ASSERT(fit.converged);
  Margin front_left{front.axes, std::vector<double>(front.totals.size(), 0.0)};
  Margin side_left{side.axes, std::vector<double>(side.totals.size(), 0.0)};
  add(fit.cells, front_left, side_left);
  for (std::size_t at = 0; at < front.totals.size(); ++at) {
    RC_ASSERT(std::abs(front_left.totals[at] - front.totals[at]) <=
              1e-7 * (1.0 + front.totals[at]));
  }
  for (std::size_t at = 0; at < side.totals.size(); ++at) {
    RC_ASSERT(std::abs(side_left.totals[at] - side.totals[at]) <= 1e-7 * (1.0 + side.totals[at]));
  }
  for (std::size_t cell = 0; cell < fit.cells.size(); ++cell) {
    RC_ASSERT((fit.cells[cell] == 0.0) == (tables.seed[cell] == 0.0));
  }
}

// What makes it the nearest table: the odds ratios are those of the seed.
RC_GTEST_PROP(Ipf, KeepsTheOddsRatiosOfTheSeed, ()) {
  std::mt19937 random(*rc::gen::arbitrary<unsigned>());
  const auto draw = [&] { return 1.0 + static_cast<double>(random() % 100); };
  const Eigen::MatrixXd seed = Eigen::Matrix2d{{draw(), draw()}, {draw(), draw()}};
  const Eigen::MatrixXd truth = Eigen::Matrix2d{{draw(), draw()}, {draw(), draw()}};
  const IpfMatrix fit =
      fit_rows_and_columns(seed, truth.rowwise().sum(), truth.colwise().sum().transpose());
  const auto ratio = [](const Eigen::MatrixXd& of) {
    return of(0, 0) * of(1, 1) / (of(0, 1) * of(1, 0));
  };
  RC_ASSERT(fit.converged);
  RC_ASSERT(std::abs(ratio(fit.cells) / ratio(seed) - 1.0) < 1e-6);
}

}  // namespace
}  // namespace kohort
