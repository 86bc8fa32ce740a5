// Demand for staff: the arithmetic on paper, and what scenarios say of it.
#include <cmath>

#include <gtest/gtest.h>

#include "models/workforce/demand_calibration.hpp"
#include "models/workforce/demand_inputs.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/workforce/shire.hpp"

namespace kohort::workforce {
namespace {

using test::Shire;

// WHO (2010), Workload indicators of staffing need, User's manual: the form of its example, with
// the figures of the project's own acceptance.
TEST(WorkingYear, TurnsHoursIntoPosts) {
  const WorkingYear year{.weeks = 52.0,
                         .days_per_week = 5.0,
                         .public_holidays = 16.0,
                         .annual_leave = 35.0,
                         .sick_days = 10.0,
                         .other_absence = 10.0,
                         .training_days = 10.0,
                         .hours_per_day = 8.0};
  EXPECT_DOUBLE_EQ(year.available_days(), 179.0);
  EXPECT_NEAR(posts_for(25000.0, year.available_hours()), 17.46, 0.005);
}

TEST(WorkingYear, LosesDaysToMoreAbsence) {
  const WorkingYear year{.sick_days = 20.0, .other_absence = 10.0, .training_days = 5.0};
  EXPECT_DOUBLE_EQ(year.available_days(0.5), 260.0 - 15.0 - 5.0);
  EXPECT_DOUBLE_EQ(year.available_hours(2.0), (260.0 - 60.0 - 5.0) * 8.0);
}

/// Posts for a unit of the first task.
double posts(const DemandRates& rates, int year, Occupation occupation, Area area = Shire::a) {
  return rates.posts.at(static_cast<std::size_t>(year - 2000))(Task(0), occupation, area);
}

// 200 days of 8 hours: 1600 hours a year.
class DemandScenarios : public ::testing::Test {
 protected:
  DemandScenarios() {
    shire.set("workforce.public_holidays", "15.0")
        .set("workforce.annual_leave", "25.0")
        .set("workforce.sick_days", "16.0")
        .set("workforce.training_days", "4.0");
  }
  std::string hours() {
    return "[[workforce.task]]\nname = \"help\"\nservice = \"home\"\nbasis = \"hours\"\n"
           "work_per_hour = 1.6\nmix = " +
           mix() + "\n";
  }
  std::string units() {
    return "[[workforce.task]]\nname = \"day\"\nservice = \"housing\"\nbasis = \"units\"\n"
           "posts_per_unit = 0.7\nnight_posts_per_unit = 0.1\nmix = " +
           mix() + "\n";
  }
  std::string mix() { return shire.table("occupation,value\nnurse,0.25\naide,0.75\n"); }
  std::string error() {
    return test::error_of(Fault::scenario, [&] { shire.demand(); });
  }
  Shire shire;
};

TEST_F(DemandScenarios, TakePostsByHours) {
  const DemandRates rates = shire.add(hours()).demand();
  EXPECT_EQ(rates.tasks[0].name, "help");
  EXPECT_NEAR(posts(rates, 2000, Shire::nurse), 0.25 * 1.6 / 1600.0, 1e-15);
  EXPECT_NEAR(posts(rates, 2004, Shire::aide), 0.75 * 1.6 / 1600.0, 1e-15);
}

// Shares are of posts: those of 1600 and of 800 hours make the work together.
TEST_F(DemandScenarios, TakeMorePostsOfThoseWhoWorkLess) {
  shire.set("workforce.hours_per_day", shire.table("occupation,value\nnurse,4\naide,8\n"));
  const DemandRates rates = shire.add(hours()).demand();
  const double nurses = posts(rates, 2000, Shire::nurse);
  const double aides = posts(rates, 2000, Shire::aide);
  EXPECT_NEAR(nurses * 800.0 + aides * 1600.0, 1.6, 1e-12);
  EXPECT_NEAR(aides, 3.0 * nurses, 1e-15);
}

TEST_F(DemandScenarios, TakePostsByUnitsWithThoseOfTheNight) {
  const DemandRates rates = shire.add(units()).demand();
  EXPECT_NEAR(posts(rates, 2000, Shire::nurse), 0.2, 1e-15);
  EXPECT_NEAR(posts(rates, 2000, Shire::aide), 0.6, 1e-15);
}

TEST_F(DemandScenarios, TakeTheNationsFigureWhereAnAreaHasNone) {
  const std::string table = shire.table("area,value\n00,0.4\nb,0.8\n");
  const DemandRates rates =
      shire
          .add(
              "[[workforce.task]]\nname = \"t\"\nservice = \"housing\"\nbasis = \"units\"\n"
              "posts_per_unit = " +
              table + "\nmix = " + mix() + "\n")
          .demand();
  EXPECT_NEAR(posts(rates, 2000, Shire::nurse, Shire::a), 0.1, 1e-15);
  EXPECT_NEAR(posts(rates, 2000, Shire::nurse, Shire::b), 0.2, 1e-15);
}

// Sick days half as many: 208 days instead of 200, from 2002 on and in area b alone.
TEST_F(DemandScenarios, TakeFewerPostsWithLessAbsence) {
  shire.add(units()).add(
      "[[workforce.lever]]\non = \"absence\"\nfactor = 0.5\nfrom = 2002\nareas = [\"b\"]\n");
  const DemandRates rates = shire.demand();
  EXPECT_NEAR(posts(rates, 2002, Shire::nurse, Shire::b), 0.2 * 200.0 / 208.0, 1e-12);
  EXPECT_NEAR(posts(rates, 2001, Shire::nurse, Shire::b), 0.2, 1e-15);
  EXPECT_NEAR(posts(rates, 2002, Shire::nurse, Shire::a), 0.2, 1e-15);
}

TEST_F(DemandScenarios, TakeFewerPostsWithMoreWorkDoneInAnHour) {
  shire.add(units()).add(
      "[[workforce.lever]]\non = \"productivity\"\nfactor = 1.25\noccupations = [\"aide\"]\n");
  const DemandRates rates = shire.demand();
  EXPECT_NEAR(posts(rates, 2000, Shire::aide), 0.6, 1e-15);
  EXPECT_NEAR(posts(rates, 2001, Shire::aide), 0.48, 1e-12);
  EXPECT_NEAR(posts(rates, 2001, Shire::nurse), 0.2, 1e-15);
}

// A fifth of the nurses' work to aides who need 1.5 hours for one, in two years' steps.
TEST_F(DemandScenarios, ShiftWorkFromOneOccupationToAnother) {
  shire.add(units()).add(
      "[[workforce.division]]\nfrom_occupation = \"nurse\"\nto_occupation = \"aide\"\n"
      "share = 0.2\nexchange = 1.5\nfrom = 2001\nphase_in = 2\n");
  const DemandRates rates = shire.demand();
  EXPECT_NEAR(posts(rates, 2000, Shire::nurse), 0.2, 1e-15);
  EXPECT_NEAR(posts(rates, 2001, Shire::nurse), 0.18, 1e-12);
  EXPECT_NEAR(posts(rates, 2001, Shire::aide), 0.63, 1e-12);
  EXPECT_NEAR(posts(rates, 2004, Shire::nurse), 0.16, 1e-12);
  EXPECT_NEAR(posts(rates, 2004, Shire::aide), 0.66, 1e-12);
}

TEST_F(DemandScenarios, ShiftAllWorkAndNoMore) {
  const std::string block =
      "[[workforce.division]]\nfrom_occupation = \"nurse\"\nto_occupation = \"aide\"\nshare = ";
  shire.add(units()).add(block + "0.3\n").add(block + "0.7\nexchange = 0.0\n");
  EXPECT_EQ(posts(shire.demand(), 2001, Shire::nurse), 0.0);
  shire.add(block + "0.1\n");
  EXPECT_HAS(error(), "workforce.division.share: in 2001 nurse would hand over 1.1 times all");
}

TEST_F(DemandScenarios, RefuseWhatMakesNoSense) {
  const std::string task = "[[workforce.task]]\nname = \"t\"\n";
  const std::string rest = "mix = " + mix() + "\n";
  shire.add(task + "basis = \"units\"\nposts_per_unit = 1.0\n" + rest)
      .add(task + "service = \"hosing\"\nbasis = \"units\"\nposts_per_unit = 1.0\n" + rest)
      .add(task + "need = \"lss\"\nbasis = \"units\"\nposts_per_unit = 1.0\n" + rest)
      .add(task + "service = \"home\"\nbasis = \"hours\"\nposts_per_unit = 1.0\n" + rest)
      .add(task + "service = \"home\"\nbasis = \"hours\"\n" + rest)
      .add(task + "service = \"home\"\nbasis = \"hours\"\nwork_per_hour = 1.0\nmix = " +
           shire.table("occupation,value\nnurse,0.25\naide,0.5\n") + "\n")
      .add(
          "[[workforce.division]]\nfrom_occupation = \"aide\"\nto_occupation = \"aide\"\n"
          "share = 0.1\n")
      .add("[[workforce.lever]]\non = \"absence\"\nfactor = 0.5\nsexes = [\"male\"]\n");
  const std::string text = error();
  EXPECT_HAS(text, "workforce.task.service: there is none; name a service of care");
  EXPECT_HAS(text, "the scenario has no 'hosing'; did you mean 'housing'?");
  EXPECT_HAS(text, "workforce.task.need: the scenario has no 'lss'; it has none at all");
  EXPECT_HAS(text, "workforce.task.posts_per_unit: the basis is hours");
  EXPECT_HAS(text, "workforce.task.work_per_hour: the scenario does not give it");
  EXPECT_HAS(text, "the shares of the task sum to 0.75");
  EXPECT_HAS(text, "workforce.division.to_occupation: it is the one that hands its work over");
  EXPECT_HAS(text, "workforce.lever.sexes: demand does not tell staff apart by sex and age");
}

TEST_F(DemandScenarios, RefuseAYearWithoutWork) {
  shire.add(units()).set("workforce.annual_leave", "250.0");
  EXPECT_HAS(error(), "nurse has -25 days of work a year");
  shire.set("workforce.annual_leave", "25.0")
      .add("[[workforce.lever]]\non = \"absence\"\nfactor = 10.0\n")
      .set("workforce.sick_days", "30.0");
  EXPECT_HAS(error(), "workforce.lever.factor: no day of work would be left");
}

/// One task of 10 units in a and 30 in b that takes a post of each occupation for 10.
Demand small_demand(Employer employer = Employer::municipality) {
  DemandRates rates;
  rates.tasks = {{"t", employer, true, 0}};
  rates.posts.assign(2, PostTable({1, 2, 2}, 0.1));
  return Demand(rates);
}

Workload small_units() {
  Workload units({1, 2, 1});
  units(Task(0), Area(0), Draw(0)) = 10.0;
  units(Task(0), Area(1), Draw(0)) = 30.0;
  return units;
}

std::vector<double> all(const StaffAmounts& amounts) {
  return {amounts.values().begin(), amounts.values().end()};
}

TEST(Demand, IsUnitsTimesPosts) {
  StaffAmounts demand({2, 2, 1}, 7.0);
  small_demand().reckon(StockYear(1), small_units(), Employer::municipality, demand);
  EXPECT_EQ(all(demand), (std::vector<double>{1.0, 3.0, 1.0, 3.0}));
  small_demand().reckon(StockYear(1), small_units(), Employer::region, demand);
  EXPECT_EQ(all(demand), std::vector<double>(4));
}

TEST(Demand, IsCountedWhereTheServiceIsGivenAndWhereTheNeedIs) {
  DemandRates rates;
  rates.tasks = {{"care", Employer::municipality, true, 1},
                 {"lss", Employer::municipality, false, 0}};
  const Demand demand(rates);
  care::ServiceStock services;
  services.provided = care::ServiceAmounts({2, 2, 1});
  services.provided(care::Service(1), Area(1), Draw(0)) = 5.0;
  const std::vector<population::PersonTable> needs{population::PersonTable({2, 3, 1, 2, 1}, 4.0)};
  Workload units({2, 2, 1}, 9.0);
  demand.take_units({&services, &needs}, units);
  EXPECT_EQ((std::vector<double>{units.values().begin(), units.values().end()}),
            (std::vector<double>{0.0, 5.0, 24.0, 24.0}));
}

class DemandCalibration : public ::testing::Test {
 protected:
  DemandCalibration() {
    small_demand().reckon(StockYear(0), small_units(), Employer::municipality, demand);
    supply(Occupation(0), Area(0), Draw(0)) = 1.0;
    supply(Occupation(0), Area(1), Draw(0)) = 5.0;
    supply(Occupation(1), Area(1), Draw(0)) = 2.0;
  }
  Shire shire;
  StaffAmounts demand{{2, 2, 1}};
  StaffAmounts supply{{2, 2, 1}};
};

// 6 and 2 posts over 4; a fifth of the nurses' posts is vacant.
TEST_F(DemandCalibration, MeetsStaffAndVacantPostsOfAllAreasTogether) {
  shire.set("workforce.calibrate_demand", "true")
      .set("workforce.vacancy", shire.table("occupation,value\nnurse,0.2\naide,0\n"));
  Demand calibrated = small_demand();
  const auto estimates = shire.calibrate({demand, supply}, calibrated);
  EXPECT_EQ(estimates[0].name, "workforce/calibration/demand_factor");
  EXPECT_EQ(estimates[0].values, (std::vector<double>{1.875, 0.5}));
  StaffAmounts after({2, 2, 1});
  calibrated.reckon(StockYear(0), small_units(), Employer::municipality, after);
  EXPECT_DOUBLE_EQ(after.values()[0] + after.values()[1], 7.5);
  EXPECT_DOUBLE_EQ(after.values()[2] + after.values()[3], 2.0);
}

TEST_F(DemandCalibration, LeavesDemandAsItIsUnlessAsked) {
  Demand calibrated = small_demand();
  const auto estimates = shire.calibrate({demand, supply}, calibrated);
  EXPECT_EQ(estimates[0].values, (std::vector<double>{1.0, 1.0}));
  EXPECT_EQ(calibrated.posts(StockYear(0)), small_demand().posts(StockYear(0)));
}

TEST_F(DemandCalibration, LeavesTheRegionOut) {
  Demand region = small_demand(Employer::region);
  region.multiply(std::vector<double>{5.0, 5.0});
  EXPECT_EQ(region.posts(StockYear(0)), small_demand().posts(StockYear(0)));
}

TEST_F(DemandCalibration, RefusesStaffWhomNoTaskTakes) {
  shire.set("workforce.calibrate_demand", "true");
  for (double& posts : demand.slab(Occupation(1))) posts = 0.0;
  Demand calibrated = small_demand();
  EXPECT_HAS(test::error_of(Fault::scenario,
                            [&] {
                              shire.calibrate({demand, supply}, calibrated);
                            }),
             "there are 2 posts of 'aide', and no task of municipalities takes any");
}

}  // namespace
}  // namespace kohort::workforce
