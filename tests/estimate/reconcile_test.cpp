#include "engine/estimate/reconcile.hpp"

#include <cmath>
#include <random>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/estimate/ipf.hpp"
#include "tests/support/expect_error.hpp"

namespace kohort {
namespace {

/// One total of all flows.
Membership all_of(Eigen::Index flows) { return Eigen::MatrixXd::Ones(1, flows).sparseView(); }

constexpr Change both_kinds[] = {Change::proportion, Change::squares};

TEST(Reconcile, ScalesToOneTotalEitherWay) {
  for (const Change change : both_kinds) {
    const Reconciled result =
        reconcile(Eigen::Vector2d(1.0, 3.0), all_of(2), Eigen::VectorXd::Constant(1, 8.0), change);
    EXPECT_LT((result.flows - Eigen::Vector2d(2.0, 6.0)).norm(), 1e-8);
  }
}

TEST(Reconcile, ChangesNothingThatFits) {
  for (const Change change : both_kinds) {
    const Reconciled result =
        reconcile(Eigen::Vector2d(1.0, 3.0), all_of(2), Eigen::VectorXd::Constant(1, 4.0), change);
    EXPECT_EQ(result.steps, 0);
    EXPECT_EQ(result.factors, Eigen::Vector2d(1.0, 1.0));
  }
}

// On paper: inflow 100 and outflow 80 to a net of 30. Squares: (x' - x)^2 / x, price p with
// 100 (1 + p) - 80 (1 - p) = 30, p = 10 / 180. Proportion: 100 f - 80 / f = 30, the plus-minus
// rule.
TEST(Reconcile, BringsGrossFlowsToANet) {
  Eigen::MatrixXd net(1, 2);
  net << 1.0, -1.0;
  const Eigen::VectorXd total = Eigen::VectorXd::Constant(1, 30.0);
  const Eigen::Vector2d flows(100.0, 80.0);
  const Reconciled squares = reconcile(flows, net.sparseView(), total, Change::squares);
  EXPECT_NEAR(squares.flows[0], 100.0 * (1.0 + 10.0 / 180.0), 1e-8);
  const Reconciled proportion = reconcile(flows, net.sparseView(), total, Change::proportion);
  const double f = (30.0 + std::sqrt(900.0 + 4.0 * 8000.0)) / 200.0;
  EXPECT_NEAR(proportion.factors[0], f, 1e-10);
  EXPECT_NEAR(proportion.factors[1], 1.0 / f, 1e-10);
}

// On paper: flows 1, 1, 1 with x1 + x2 = 0.5 and x1 + x3 = 4. Unbounded, x1 = 1.5 would force x2
// below 0; so x2 = 0, x1 = 0.5, x3 = 3.5.
TEST(Reconcile, HoldsAFlowAtZeroInsteadOfBelow) {
  Eigen::MatrixXd membership(2, 3);
  membership << 1.0, 1.0, 0.0, 1.0, 0.0, 1.0;
  const Reconciled result = reconcile(Eigen::Vector3d(1.0, 1.0, 1.0), membership.sparseView(),
                                      Eigen::Vector2d(0.5, 4.0), Change::squares);
  EXPECT_LT((result.flows - Eigen::Vector3d(0.5, 0.0, 3.5)).norm(), 1e-8);
}

/// Row and column sums as totals over the cells of a matrix, column after column.
Membership rows_and_columns(Eigen::Index rows, Eigen::Index columns) {
  Membership result(rows + columns, rows * columns);
  for (Eigen::Index cell = 0; cell < rows * columns; ++cell) {
    result.insert(cell % rows, cell) = 1.0;
    result.insert(rows + cell / rows, cell) = 1.0;
  }
  return result;
}

TEST(Reconcile, IsProportionalFittingWhereTheTotalsAreRowsAndColumns) {
  const Eigen::MatrixXd seed = Eigen::Matrix2d{{5.0, 2.0}, {1.0, 7.0}};
  const Eigen::Vector4d totals(18.0, 20.0, 16.0, 22.0);
  const Reconciled result =
      reconcile(seed.reshaped(), rows_and_columns(2, 2), totals, Change::proportion);
  const IpfMatrix fit = fit_rows_and_columns(seed, totals.head(2), totals.tail(2), {1e-12});
  EXPECT_LT((result.flows - fit.cells.reshaped()).norm(), 1e-7);
}

// As a dense system this would be gigabytes, and hours.
TEST(Reconcile, TakesManyTotalsThatShareLittle) {
  constexpr Eigen::Index pairs = 20000;
  Membership membership(pairs + 1, 2 * pairs);
  for (Eigen::Index pair = 0; pair < pairs; ++pair) {
    for (const Eigen::Index flow : {2 * pair, 2 * pair + 1}) membership.insert(pair, flow) = 1.0;
    membership.insert(pairs, 2 * pair) = 1.0;
  }
  Eigen::VectorXd totals = Eigen::VectorXd::Constant(pairs + 1, 2.0);
  totals[pairs] = 1.5 * pairs;
  const Reconciled result =
      reconcile(Eigen::VectorXd::Ones(2 * pairs), membership, totals, Change::proportion);
  EXPECT_NEAR(result.flows[0], 1.5, 1e-8);
  EXPECT_NEAR(result.flows[1], 0.5, 1e-8);
}

TEST(Reconcile, SaysWhichTotalIsMissedMostAndByHowMuch) {
  const Eigen::MatrixXd apart = Eigen::MatrixXd::Identity(2, 2);
  try {
    reconcile(Eigen::Vector2d(1.0, 0.0), apart.sparseView(), Eigen::Vector2d(2.0, 3.0),
              Change::proportion);
    FAIL() << "nothing flows in the second";
  } catch (const TotalsUnmet& unmet) {
    EXPECT_EQ(unmet.total(), 1U);
    EXPECT_EQ(unmet.excess(), -3.0);
  }
}

TEST(Reconcile, NamesATotalThatCannotBeMet) {
  const Membership twice = Eigen::MatrixXd::Ones(2, 2).sparseView();
  for (const Change change : both_kinds) {
    const std::string contradiction = test::error_of(Fault::input, [&] {
      reconcile(Eigen::Vector2d(1.0, 3.0), twice, Eigen::Vector2d(4.0, 9.0), change);
    });
    EXPECT_HAS(contradiction, "cannot be met together with the others");
    const std::string negative = test::error_of(Fault::input, [&] {
      reconcile(Eigen::Vector2d(1.0, 3.0), all_of(2), Eigen::VectorXd::Constant(1, -1.0), change);
    });
    EXPECT_HAS(negative, "total number 0 is to be -1");
  }
}

TEST(Reconcile, RefusesFlowsBelowZeroAndOtherShapes) {
  EXPECT_HAS(test::error_of(Fault::input,
                            [] {
                              reconcile(Eigen::Vector2d(1.0, -3.0), all_of(2),
                                        Eigen::VectorXd::Ones(1), Change::squares);
                            }),
             "flow number 1 is -3");
  EXPECT_THROW(
      reconcile(Eigen::Vector2d(1.0, 3.0), all_of(3), Eigen::VectorXd::Ones(1), Change::squares),
      std::invalid_argument);
}

// Totals taken from other flows can always be met, rows, columns and all.
RC_GTEST_PROP(Reconcile, MeetsTotalsThatOtherFlowsHave, ()) {
  std::mt19937 random(*rc::gen::arbitrary<unsigned>());
  const auto draw = [&] { return 1.0 + static_cast<double>(random() % 5000); };
  const Eigen::Index rows = *rc::gen::inRange(1, 6);
  const Eigen::Index columns = *rc::gen::inRange(1, 6);
  const Change change = *rc::gen::element(Change::proportion, Change::squares);
  const Membership membership = rows_and_columns(rows, columns);
  Eigen::VectorXd flows(rows * columns);
  Eigen::VectorXd truth(rows * columns);
  for (double& flow : flows) flow = draw();
  for (double& flow : truth) flow = draw();
  const Eigen::VectorXd totals = membership * truth;
  const Reconciled result = reconcile(flows, membership, totals, change);
  RC_ASSERT(result.flows.minCoeff() >= 0.0);
  const Eigen::VectorXd off = (membership * result.flows - totals).cwiseAbs();
  RC_ASSERT((off.array() / totals.array().max(1.0)).maxCoeff() <= 2e-9);
  RC_ASSERT(result.largest_error <= 1e-9);
  if (change == Change::squares) {
    // No nearer than the nearest: the truth meets the totals too.
    const auto distance = [&](const Eigen::VectorXd& x) {
      return ((x - flows).array().square() / flows.array()).sum();
    };
    RC_ASSERT(distance(result.flows) <= distance(truth) * (1.0 + 1e-9) + 1e-9);
  }
}

}  // namespace
}  // namespace kohort
