#include "engine/demography/sullivan.hpp"

#include <cmath>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/expect_error.hpp"

namespace kohort {
namespace {

using Numbers = std::vector<double>;

// Hauet (1997), Practical guide on health expectancy calculation: Sullivan method, Euro-REVES,
// table 1: French women 1991 (INED), ages 65, 70, 75, 80, 85+.
const Numbers survivors{89367, 84968, 78012, 66625, 48532};
const Numbers person_years{436589, 408793, 364013, 290533, 289068};
const Numbers healthy_person_years{350877, 291942, 229175, 141559, 83967};
const Numbers healthy_years_above{1097520, 746643, 454701, 225526, 83967};
const Numbers expectancy{12.3, 8.8, 5.8, 3.4, 1.7};
// The shares without disability, in three digits. In the last row the source prints 0.710, which is
// the share *with* disability: 83 967 of 289 068 are without.
const Numbers healthy_share{0.804, 0.714, 0.630, 0.487, 1.0 - 0.710};

Numbers shares_of_the_printed_years() {
  Numbers shares;
  for (std::size_t at = 0; at < person_years.size(); ++at) {
    shares.push_back(1.0 - healthy_person_years[at] / person_years[at]);
  }
  return shares;
}

TEST(Sullivan, ReproducesFrenchWomenOf1991) {
  const Numbers shares = shares_of_the_printed_years();
  const HealthExpectancy found = sullivan({person_years, survivors, shares, {}});
  for (std::size_t at = 0; at < survivors.size(); ++at) {
    EXPECT_NEAR(found.healthy_person_years[at], healthy_person_years[at], 1e-8);
    EXPECT_NEAR(found.healthy_years_above[at], healthy_years_above[at], 1e-8);
    EXPECT_NEAR(found.expectancy[at], expectancy[at], 0.05);
  }
}

// The source multiplied by shares with more digits than it prints.
TEST(Sullivan, ComesAsNearAsThePrintedSharesAllow) {
  Numbers shares;
  for (const double healthy : healthy_share) shares.push_back(1.0 - healthy);
  const HealthExpectancy found = sullivan({person_years, survivors, shares, {}});
  for (std::size_t at = 0; at < survivors.size(); ++at) {
    EXPECT_NEAR(found.healthy_person_years[at], healthy_person_years[at],
                0.0006 * person_years[at]);
    EXPECT_NEAR(found.expectancy[at], expectancy[at], 0.05);
  }
}

// Two groups: 0.25 x 4^2 / 100 = 0.04 above, and 0.16 x 5^2 / 64 = 0.0625 below, sum 0.1025.
TEST(Sullivan, HasStandardErrorsThatCanBeCheckedOnPaper) {
  const HealthExpectancy found =
      sullivan({Numbers{5.0, 4.0}, Numbers{1.0, 0.8}, Numbers{0.2, 0.5}, Numbers{64.0, 100.0}});
  EXPECT_DOUBLE_EQ(found.healthy_years_above[0], 6.0);
  EXPECT_DOUBLE_EQ(found.expectancy[1], 2.5);
  EXPECT_DOUBLE_EQ(found.standard_error[0], std::sqrt(0.1025));
  EXPECT_DOUBLE_EQ(found.standard_error[1], 0.2 / 0.8);
}

TEST(Sullivan, HasNoStandardErrorsWithoutSampleSizes) {
  EXPECT_TRUE(sullivan({person_years, survivors, shares_of_the_printed_years(), {}})
                  .standard_error.empty());
}

RC_GTEST_PROP(Sullivan, PartsTheYearsOfLifeBetweenWithAndWithoutNeed, ()) {
  const auto percent = *rc::gen::container<std::vector<int>>(5, rc::gen::inRange(0, 101));
  Numbers with;
  Numbers without;
  for (const int each : percent) {
    with.push_back(each / 100.0);
    without.push_back(1.0 - with.back());
  }
  const HealthExpectancy healthy = sullivan({person_years, survivors, with, {}});
  const HealthExpectancy in_need = sullivan({person_years, survivors, without, {}});
  double above = 0.0;
  for (std::size_t at = 5; at-- > 0;) {
    above += person_years[at];
    RC_ASSERT(std::abs(healthy.expectancy[at] + in_need.expectancy[at] - above / survivors[at]) <
              1e-12);
  }
}

TEST(Sullivan, DoesNotDependOnTheRadix) {
  const Numbers shares = shares_of_the_printed_years();
  const Numbers sizes{100.0, 90.0, 80.0, 70.0, 60.0};
  Numbers years = person_years;
  Numbers living = survivors;
  for (double& each : years) each /= 1024.0;
  for (double& each : living) each /= 1024.0;
  const HealthExpectancy one = sullivan({person_years, survivors, shares, sizes});
  const HealthExpectancy other = sullivan({years, living, shares, sizes});
  EXPECT_EQ(one.expectancy, other.expectancy);
  EXPECT_EQ(one.standard_error, other.standard_error);
}

TEST(Sullivan, RefusesWhatIsNoLifeTableOrShare) {
  const auto refused = [](const Numbers& years, const Numbers& living, const Numbers& shares,
                          const Numbers& sizes) {
    return test::error_of(Fault::input, [&] { sullivan({years, living, shares, sizes}); });
  };
  EXPECT_HAS(refused({5.0, 4.0}, {1.0, 0.8}, {0.2, 1.5}, {}),
             "age group 2: a share with need of 1.5");
  EXPECT_HAS(refused({5.0, -4.0}, {1.0, 0.8}, {0.2, 0.5}, {}), "age group 2: -4 person-years");
  EXPECT_HAS(refused({5.0, 4.0}, {0.0, 0.8}, {0.2, 0.5}, {}), "age group 1: 0 survivors");
  EXPECT_HAS(refused({5.0, 4.0}, {1.0, 0.8}, {0.2, 0.5}, {9.0, 0.0}), "a sample of 0 persons");
}

TEST(Sullivan, NeedsAShareForEachAgeGroup) {
  EXPECT_THROW(sullivan({person_years, survivors, Numbers{0.5}, {}}), std::invalid_argument);
  EXPECT_THROW(sullivan({}), std::invalid_argument);
}

}  // namespace
}  // namespace kohort
