#include "engine/demography/multistate.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "engine/demography/rates.hpp"
#include "engine/input/csv.hpp"
#include "tests/support/folder.hpp"

namespace kohort {
namespace {

double cell(const Csv& csv, std::size_t row, const std::string& name) {
  return std::stod(std::string(csv.cell(row, *csv.column(name))));
}

/// Willekens & Rogers (1978), tables 1.3 to 3.2: females of Slovenia and the rest of Yugoslavia,
/// 1961.
class Yugoslavia : public ::testing::Test {
 protected:
  static std::string published(const std::string& name) {
    return test::shared_file("cases/multiregional_yugoslavia1961_2region/" + name);
  }

  static std::vector<Generator> generators() {
    const Csv csv = Csv::read(published("input.csv"));
    std::vector<Generator> result;
    const std::size_t ages = csv.rows() / 2;
    for (std::size_t age = 0; age < ages; ++age) {
      Generator m = Generator::Zero(2, 2);
      for (int from = 0; from < 2; ++from) {
        const std::size_t row = age + static_cast<std::size_t>(from) * ages;
        const double population = cell(csv, row, "population");
        const double moves =
            cell(csv, row, from == 0 ? "out_to_rest_yu" : "out_to_slovenia") / population;
        m(from, from) = cell(csv, row, "deaths") / population + moves;
        m(1 - from, from) = -moves;
      }
      result.push_back(m);
    }
    return result;
  }
};

TEST_F(Yugoslavia, TransitionProbabilitiesAreThePrintedOnes) {
  const Csv csv = Csv::read(published("expected_transition_prob_from_slovenia.csv"));
  const auto all = generators();
  for (std::size_t age = 0; age + 1 < all.size(); ++age) {
    const Eigen::MatrixXd p = transition_matrix(all[age], 5.0, Transition::linear);
    EXPECT_NEAR(p(0, 0), cell(csv, age, "to_slovenia"), 5.1e-5);
    EXPECT_NEAR(p(1, 0), cell(csv, age, "to_rest_yu"), 5.1e-7);
    EXPECT_NEAR(1.0 - p(0, 0) - p(1, 0), cell(csv, age, "death"), 5.1e-7);
  }
}

TEST_F(Yugoslavia, SurvivorshipProportionsAreThePrintedOnes) {
  const Csv csv = Csv::read(published("expected_Sx_from_rest_yu.csv"));
  const auto s = cohort_transitions(generators(), 5.0, Transition::linear, OpenGroup::renewed);
  for (std::size_t age = 0; age < csv.rows(); ++age) {
    EXPECT_NEAR(s[age + 1](0, 1), cell(csv, age, "to_slovenia"), 5.1e-8) << "age group " << age;
    EXPECT_NEAR(s[age + 1](1, 1), cell(csv, age, "to_rest_yu"), 5.1e-5) << "age group " << age;
  }
}

TEST(Transition, OfOneStateIsTheLifeTable) {
  Generator m = Generator::Constant(1, 1, 0.02);
  const double linear = transition_matrix(m, 1.0, Transition::linear)(0, 0);
  const double q =
      cohort_probability(CentralRate::per_person_year(0.02), Duration::years(1)).share();
  EXPECT_NEAR(linear, 1.0 - q, 1e-15);
  EXPECT_NEAR(transition_matrix(m, 1.0, Transition::exponential)(0, 0), std::exp(-0.02), 1e-15);
}

TEST(Transition, OfTheNewbornIsTheirCohortProbability) {
  Generator m = Generator::Constant(1, 1, 0.02);
  const double q =
      newborn_probability(CentralRate::per_person_year(0.02), Duration::years(1)).share();
  EXPECT_NEAR(newborn_transition_matrix(m, 1.0, Transition::linear)(0, 0), 1.0 - q, 1e-15);
}

TEST(Transition, KeepsEverybodyWhereNobodyDies) {
  Generator m(2, 2);
  m << 0.3, -0.1, -0.3, 0.1;
  for (const Transition form : {Transition::linear, Transition::exponential}) {
    const Eigen::MatrixXd p = transition_matrix(m, 1.0, form);
    EXPECT_NEAR(p.col(0).sum(), 1.0, 1e-14);
    EXPECT_NEAR(p.col(1).sum(), 1.0, 1e-14);
  }
}

TEST(Transition, RefusesTheLinearFormWhereItWouldGoNegative) {
  const Generator m = Generator::Constant(1, 1, 0.5);
  EXPECT_THROW(transition_matrix(m, 5.0, Transition::linear), std::domain_error);
  EXPECT_NO_THROW(transition_matrix(m, 5.0, Transition::exponential));
}

}  // namespace
}  // namespace kohort
