// Care that gives only what staff can do, and staff that areas share: whole scenarios.
#include <algorithm>

#include <gtest/gtest.h>

#include "tests/care/services_fixture.hpp"
#include "tests/support/expect_error.hpp"

namespace kohort {
namespace {

using test::by_area;

const std::string help =
    "[[care.service]]\nname = \"help\"\nunit = \"persons\"\nstates = [\"light\", \"heavy\"]\n"
    "price = 10.0\n";
const std::string housing =
    "[[care.service]]\nname = \"housing\"\nunit = \"places\"\nstates = [\"housing\"]\n";

/// Of 700 and 1400 people with help ten need a post: 70 and 140 posts, of which 35 and 280 are
/// filled in the base year.
class StaffOfCare : public ::testing::Test {
 protected:
  StaffOfCare() {
    country.write("staff.csv", "sex,area,value\nfemale,a,35\nmale,a,0\nfemale,b,140\nmale,b,140\n");
    country.write("mix.csv", "occupation,value\naide,1\n");
  }
  static std::string staff(const std::string& more = "") {
    return "[workforce]\nfirst_age = 60\nlast_age = 90\nparticipation = 1.0\nretirement = 0.0\n"
           "exit = 0.0\nother_entry = 0.0\n"
           "staff = { file = \"staff.csv\", basis = \"assumed\" }\n" +
           more +
           "[[workforce.occupation]]\nname = \"aide\"\n"
           "[[workforce.task]]\nname = \"helping\"\nservice = \"help\"\nbasis = \"units\"\n"
           "posts_per_unit = 0.1\nmix = { file = \"mix.csv\", basis = \"assumed\" }\n";
  }
  static std::string sharing(const std::string& fraction) {
    return "[[cooperation]]\nname = \"both\"\nareas = [\"a\", \"b\"]\nshares = [\"staff\"]\n"
           "fraction = " +
           fraction + "\n";
  }
  static const std::vector<double>& posts(const Outcome& outcome, const std::string& name) {
    return test::figures(outcome, "workforce/" + name, "aide");
  }
  static std::vector<double> help_of(const Outcome& outcome, const std::string& name) {
    return by_area(outcome, "care/" + name, "help", 4);
  }
  test::CareCountry country;
};

TEST_F(StaffOfCare, AreMissedWhereMoreWorkIsToBeDone) {
  const Outcome outcome = country.run(help + staff());
  EXPECT_NEAR(posts(outcome, "demand_fte")[0], 70.0, 1e-6);
  EXPECT_NEAR(posts(outcome, "supply_fte")[0], 35.0, 1e-9);
  EXPECT_NEAR(posts(outcome, "gap_fte")[0], 35.0, 1e-6);
  EXPECT_NEAR(posts(outcome, "gap_fte")[1], -140.0, 1e-6);
}

TEST_F(StaffOfCare, LeaveCareAsItIsWithoutFeedback) {
  const Outcome alone = country.run(help + housing);
  const Outcome beside = country.run(help + housing + staff());
  for (const Recorded& one : alone.recorded) {
    const auto same =
        std::find_if(beside.recorded.begin(), beside.recorded.end(), [&](const Recorded& other) {
          return other.variable.name == one.variable.name &&
                 other.variable.category.label == one.variable.category.label;
        });
    ASSERT_NE(same, beside.recorded.end()) << one.variable.name;
    EXPECT_EQ(same->values, one.values) << one.variable.name;
  }
}

TEST_F(StaffOfCare, LimitWhatIsDeliveredWithFeedback) {
  const Outcome all = country.run(help + housing + staff());
  const Outcome able = country.run(help + housing + staff("feedback = true\n"));
  // The only task: all posts are its.
  const auto& undone = test::figures(able, "workforce/undone_fte", "helping");
  const auto& wanted = posts(able, "demand_fte");
  std::vector<double> shares(6);
  for (std::size_t at = 0; at < shares.size(); ++at) shares[at] = 1.0 - undone[at] / wanted[at];
  for (std::size_t at = 0; at < 4; ++at) {  // two years of a and b
    const double share = 0.5 * (shares[at] + shares[at + 2]);
    const double volume = help_of(all, "volume")[at];
    EXPECT_NEAR(help_of(able, "volume")[at], share * volume, 1e-9 * volume);
    EXPECT_NEAR(help_of(able, "unmet")[at], (1.0 - share) * volume, 1e-9 * volume);
    EXPECT_NEAR(help_of(able, "cost")[at], 10.0 * share * volume, 1e-8 * volume);
  }
  EXPECT_NEAR(shares[0], 0.5, 1e-6);
  EXPECT_EQ(shares[1], 1.0);
  EXPECT_EQ(by_area(able, "care/users", "help", 6), by_area(all, "care/users", "help", 6));
  EXPECT_EQ(by_area(able, "care/volume", "housing", 4), by_area(all, "care/volume", "housing", 4));
}

TEST_F(StaffOfCare, DeliverMoreTogether) {
  const Outcome alone = country.run(help + staff("feedback = true\n"));
  const Outcome together = country.run(help + staff("feedback = true\n") + sharing("1.0"));
  const auto& borrowed = posts(together, "borrowed_fte");
  EXPECT_EQ(borrowed[0], 0.0);
  EXPECT_GT(borrowed[2], 10.0);
  EXPECT_DOUBLE_EQ(borrowed[2], -borrowed[3]);
  EXPECT_EQ(posts(together, "gap_fte_alone"), posts(alone, "gap_fte"));
  EXPECT_NEAR(posts(together, "gap_fte")[2], 0.0, 1e-9);
  EXPECT_LT(help_of(together, "unmet")[0], help_of(alone, "unmet")[0]);
  EXPECT_EQ(help_of(together, "unmet")[1], 0.0);
}

TEST_F(StaffOfCare, AreSharedOnlyWhereThereAreAny) {
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { country.run(help + sharing("0.5")); }),
             "there are no staff to share");
}

// Demand of the base year, of both areas together, is the 315 posts that are filled.
TEST_F(StaffOfCare, MeetDemandOfTheBaseYearWhereItIsCalibrated) {
  const Outcome outcome = country.run(help + staff("calibrate_demand = true\n"));
  const auto& demand = posts(outcome, "demand_fte");
  EXPECT_NEAR(demand[0], 105.0, 1e-6);
  EXPECT_NEAR(demand[1], 210.0, 1e-6);
  EXPECT_NEAR(test::estimate(outcome, "workforce/calibration/demand_factor")[0], 1.5, 1e-9);
}

}  // namespace
}  // namespace kohort
