// One interval, reckoned on paper: a few people, one rate of each kind, and every convention. The
// figures are in the comments.
#include <cmath>
#include <ostream>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/folder.hpp"
#include "tests/support/projected.hpp"

namespace kohort {
namespace {

using test::Projected;
using test::Who;

/// Women in area A, ages 0 to 4 and 5+, from 2000 to 2001. A test adds what happens to them.
class ByHand : public ::testing::Test {
 protected:
  /// A table in words of TOML; cells that it leaves out are 0.
  std::string table(const std::string& text, const std::string& ages = "end_of_year") {
    const std::string name = "t" + std::to_string(++tables_) + ".csv";
    folder_.write(name, text);
    return "{ file = \"" + name +
           "\", missing = \"zero\", basis = \"assumed\", age_definition = \"" + ages + "\" }";
  }

  void set(const std::string& parameter, const std::string& value) {
    lines_ += parameter + " = " + value + "\n";
  }
  void base(const std::string& text) { set("population.base", table(text)); }
  void probabilities(const std::string& value) {
    set("population.mortality.measure", "\"probability_of_dying\"");
    set("population.mortality.rates", value);
  }
  void childless() { set("population.fertility.rates", "0"); }

  Projected project(const std::string& areas = R"(["A"])",
                    const std::string& sexes = R"(["female"])") {
    return Projected(
        folder_.write("s.toml",
                      "format = 1\ntitle = \"by hand\"\nprojection.base_year = 2000\n"
                      "projection.end_year = 2001\nprojection.open_age = 5\nprojection.sexes = " +
                          sexes + "\nareas.codes = " + areas + "\n" + lines_));
  }

  static Who woman(int age, const std::string& area = "A", const std::string& group = "") {
    return {area, "female", age, group};
  }
  static void expect(const Projected& ours, const std::string& variable, const Who& who,
                     double figure) {
    EXPECT_NEAR(ours.at(variable, 2001, who), figure, 1e-9)
        << variable << " in " << who.area << " aged " << who.age;
  }

 private:
  test::Folder folder_;
  std::string lines_;
  int tables_ = 0;
};

// 1000 women reach age 2: q = 0.1, a tenth moves away, and 2 % of the nation's 5000 move in at
// mid-year.
//   Out 100 x 0.95 = 95; in 100, of whom 5 die; deaths 1000 x 0.1 x 0.95 + 5 = 100.
TEST_F(ByHand, InTheOpenFormInMigrantsAreAShareOfTheNation) {
  base("age,value\n1,1000\n");
  probabilities("0.1");
  childless();
  set("population.domestic.form", "\"open\"");
  set("population.domestic.leaving", "0.1");
  set("population.domestic.in_shares", table("age,value\n2,0.02\n"));
  set("population.domestic.national", table("year,age,value\n2001,2,5000\n2001,3,7000\n"));
  const Projected ours = project();
  expect(ours, "domestic_out", woman(2), 95.0);
  expect(ours, "domestic_in", woman(2), 100.0);
  expect(ours, "domestic_in", woman(3), 0.0);
  expect(ours, "deaths", woman(2), 100.0);
  expect(ours, "persons", woman(2), 905.0);
}

/// Timing, what the rates of leaving are, and what comes of it.
struct Exposure {
  const char* timing;
  const char* leaving_rates;
  double deaths;
  double emigrants;
  double persons;
};
void PrintTo(const Exposure& one, std::ostream* out) {
  *out << one.timing << ", " << one.leaving_rates;
}

class Competition : public ByHand, public ::testing::WithParamInterface<Exposure> {};

// 1000 women reach age 2: q = 0.1, x = 0.2; 100 immigrants.
//   start:    1000 x 0.1 x 0.8 +  100 x 0.1       = 90 deaths
//   mid-year: 1000 x 0.1 x 0.9 +  100 x 0.1 x 0.5 = 95
//   end:      1000 x 0.1 x 1.0 +  0               = 100
// Leavers, independent: 200 x 1, 200 x 0.95, 200 x 0.9; crude: 200. Persons are the balance of
// 1000 + 100.
TEST_P(Competition, LetsDeathAndDepartureCompete) {
  base("age,value\n1,1000\n");
  probabilities("0.1");
  childless();
  set("population.emigration.rates", "0.2");
  set("population.immigration.counts", table("age,value\n2,100\n"));
  set("population.migration.timing", "\"" + std::string(GetParam().timing) + "\"");
  set("population.migration.leaving_rates", "\"" + std::string(GetParam().leaving_rates) + "\"");
  const Projected ours = project();
  expect(ours, "deaths", woman(2), GetParam().deaths);
  expect(ours, "emigration", woman(2), GetParam().emigrants);
  expect(ours, "immigration", woman(2), 100.0);
  expect(ours, "persons", woman(2), GetParam().persons);
}

INSTANTIATE_TEST_SUITE_P(ByHand, Competition,
                         ::testing::Values(Exposure{"start", "independent", 90, 200, 810},
                                           Exposure{"mid_year", "independent", 95, 190, 815},
                                           Exposure{"end", "independent", 100, 180, 820},
                                           Exposure{"start", "crude", 90, 200, 810},
                                           Exposure{"mid_year", "crude", 95, 200, 805},
                                           Exposure{"end", "crude", 100, 200, 800}));

// 1000 women reach age 3 and bear 0.1 each: 100 girls. For them q = 0.3, x = 0.2, exposed by 0.6;
// 30 infants immigrate. Deaths 100 x 0.3 (1 - 0.6 x 0.2) + 30 x 0.3 x 0.6 = 26.4 + 5.4; leavers
// 100 x 0.2 (1 - 0.4 x 0.3) = 17.6.
TEST_F(ByHand, TheNewbornHaveAnExposureOfTheirOwn) {
  base("age,value\n2,1000\n");
  probabilities(table("age,value\n0,0.3\n"));
  set("population.fertility.rates", table("age,value\n3,0.1\n"));
  set("population.fertility.sex_ratio_at_birth", "0");
  set("population.emigration.rates", table("age,value\n0,0.2\n"));
  set("population.immigration.counts", table("age,value\n0,30\n"));
  set("population.migration.newborn_exposure", "0.6");
  const Projected ours = project();
  expect(ours, "births", woman(3), 100.0);
  expect(ours, "deaths", woman(0), 31.8);
  expect(ours, "emigration", woman(0), 17.6);
  expect(ours, "persons", woman(0), 80.6);
}

// m = 2/9: q = m / (1 + m/2) = 0.2; of the newborn (m/2) / (1 + m/2) = 0.1. 100 girls, see above,
// from the mean of 1000 and 800 women.
TEST_F(ByHand, CentralRatesOfACohortAreOverTheMeanOfItsStocks) {
  base("age,value\n2,1000\n");
  set("population.mortality.rates", "0.2222222222222222");
  set("population.fertility.rates", table("age,value\n3,0.1\n"));
  set("population.fertility.sex_ratio_at_birth", "0");
  const Projected ours = project();
  expect(ours, "deaths", woman(3), 200.0);
  expect(ours, "births", woman(3), 90.0);
  expect(ours, "deaths", woman(0), 9.0);
}

/// Which women, by which age, and what they bear.
struct Mothers {
  const char* exposure;
  const char* ages;
  double births;
};
void PrintTo(const Mothers& one, std::ostream* out) { *out << one.exposure << ", " << one.ages; }

class Births : public ByHand, public ::testing::WithParamInterface<Mothers> {};

// 1000 women reach age 3, q = 0.1. 60 immigrants of age 3 at the end, half of them there from the
// start; 40 net migrants of age 2 at the event, 20 of whom come at the start and reach age 3, 20 at
// the end at age 2. At the end 900 + (60 - 3) + (20 - 2) = 975 are 3, and 20 are 2. Each bears 0.1.
//   by age at the year's end (3):  stocks  (1000 + 975)/2 x 0.1,  adjusted (1050 + 975)/2 x 0.1,
//                                  before migrants (1000 + 900)/2 x 0.1
//   by age at the event (2):       stocks  (1000 +  20)/2 x 0.1,  adjusted (1050 +  20)/2 x 0.1,
//                                  before migrants (1000 +   0)/2 x 0.1
TEST_P(Births, AreOfTheMeanOfTwoStocks) {
  const bool at_event = std::string(GetParam().ages) == "at_event";
  base("age,value\n2,1000\n");
  probabilities(table("age,value\n3,0.1\n"));
  set("population.fertility.rates",
      table(at_event ? "age,value\n2,0.1\n" : "age,value\n3,0.1\n", GetParam().ages));
  set("population.fertility.exposure", "\"" + std::string(GetParam().exposure) + "\"");
  set("population.immigration.counts", table("age,value\n3,60\n"));
  set("population.net_migration.form", "\"counts\"");
  set("population.net_migration.values", table("age,value\n2,40\n", "at_event"));
  set("population.fertility.sex_ratio_at_birth", "0");
  const Projected ours = project();
  expect(ours, "persons", woman(3), 975.0);
  expect(ours, "persons", woman(2), 20.0);
  expect(ours, "births", woman(at_event ? 2 : 3), GetParam().births);
}

INSTANTIATE_TEST_SUITE_P(ByHand, Births,
                         ::testing::Values(Mothers{"stocks", "end_of_year", 98.75},
                                           Mothers{"adjusted_stocks", "end_of_year", 101.25},
                                           Mothers{"before_migrants", "end_of_year", 95.0},
                                           Mothers{"stocks", "at_event", 51.0},
                                           Mothers{"adjusted_stocks", "at_event", 53.5},
                                           Mothers{"before_migrants", "at_event", 50.0}));

// 1000 women bear 90 children, 1.25 boys for each girl: 50 boys and 40 girls.
TEST_F(ByHand, TheSexRatioIsBoysPerGirl) {
  base("sex,age,value\nfemale,2,1000\n");
  probabilities("0");
  set("population.fertility.rates", table("age,value\n3,0.09\n"));
  set("population.fertility.sex_ratio_at_birth", "1.25");
  const Projected ours = project(R"(["A"])", R"(["female", "male"])");
  expect(ours, "persons", {"A", "male", 0}, 50.0);
  expect(ours, "persons", woman(0), 40.0);
}

// Where women alone are projected, the boys are not: 40 girls.
TEST_F(ByHand, WithoutMenTheBoysAreLeftOut) {
  base("age,value\n2,1000\n");
  probabilities("0");
  set("population.fertility.rates", table("age,value\n3,0.09\n"));
  set("population.fertility.sex_ratio_at_birth", "1.25");
  expect(project(), "births", woman(3), 40.0);
}

// 1000 mothers of group g bear 90, a quarter of them in h; 200 of group h bear 18.
TEST_F(ByHand, ChildrenMayBelongToAnotherGroupThanTheirMothers) {
  set("projection.groups", R"(["g", "h"])");
  base("group,age,value\ng,2,1000\nh,2,200\n");
  probabilities("0");
  set("population.fertility.rates", table("age,value\n3,0.09\n"));
  set("population.fertility.sex_ratio_at_birth", "0");
  set("population.fertility.newborn_groups",
      table("group,child_group,value\ng,g,0.75\ng,h,0.25\nh,h,1\n"));
  const Projected ours = project();
  expect(ours, "persons", woman(0, "A", "g"), 67.5);
  expect(ours, "persons", woman(0, "A", "h"), 22.5 + 18.0);
}

// 100 immigrants of age 2 who are there from the start: q is 0.1 at their age, 0.3 at the next. In
// the open age, 0.5, there is no next.
TEST_F(ByHand, ImmigrantsMayDieAtTheRiskOfTheNextAge) {
  base("age,value\n0,1\n");
  probabilities(table("age,value\n2,0.1\n3,0.3\n5,0.5\n"));
  childless();
  set("population.immigration.counts", table("age,value\n2,100\n5,100\n"));
  set("population.migration.timing", "\"start\"");
  expect(project(), "deaths", woman(2), 10.0);
  set("population.immigration.mortality", "\"next_age\"");
  const Projected next = project();
  expect(next, "deaths", woman(2), 30.0);
  expect(next, "deaths", woman(5), 50.0);
}

// 1000 of age 1 with q = 0.1; 40 migrants by age 1 at the event. At mid-year 20 of them come at the
// start, 18 of whom reach age 2, and 20 at the end, at age 1.
TEST_F(ByHand, ArrivalsByAgeAtTheEventComeInTwoHalves) {
  base("age,value\n1,1000\n");
  probabilities("0.1");
  childless();
  set("population.net_migration.form", "\"counts\"");
  set("population.net_migration.values", table("age,value\n1,40\n5,40\n", "at_event"));
  const Projected ours = project();
  expect(ours, "persons", woman(2), 918.0);
  expect(ours, "persons", woman(1), 20.0);
  expect(ours, "net_migration", woman(2), 20.0);
  expect(ours, "persons", woman(5), 18.0 + 20.0);
  set("population.migration.timing", "\"start\"");
  expect(project(), "persons", woman(2), 900.0 + 36.0);
}

// 100 turn 5, 50 were older; 0.8 and, where told apart, 0.6 of them survive.
TEST_F(ByHand, TheOpenAgeIsPooledSeparateOrDropped) {
  base("age,value\n4,100\n5,50\n");
  childless();
  set("population.mortality.measure", "\"survival_ratio\"");
  set("population.mortality.rates", "0.8");
  const Projected pooled = project();
  expect(pooled, "persons", woman(5), 120.0);
  set("population.open_age_survivors", "\"dropped\"");
  const Projected dropped = project();
  expect(dropped, "persons", woman(5), 80.0);
  expect(dropped, "deaths", woman(5), 20.0 + 50.0);
}

// The 50 are dropped whole: nobody is left of them to leave. Of the 100, 20 leave and 20 die.
TEST_F(ByHand, ThoseWhoAreDroppedLeaveInNoOtherWay) {
  base("age,value\n4,100\n5,50\n");
  childless();
  probabilities("0.2");
  set("population.open_age_survivors", "\"dropped\"");
  set("population.emigration.rates", "0.2");
  set("population.migration.timing", "\"end\"");
  set("population.migration.leaving_rates", "\"crude\"");
  const Projected ours = project();
  expect(ours, "emigration", woman(5), 20.0);
  expect(ours, "deaths", woman(5), 20.0 + 50.0);
}

TEST_F(ByHand, TheOpenAgeMaySurviveByARatioOfItsOwn) {
  base("age,value\n4,100\n5,50\n");
  childless();
  set("population.open_age_survivors", "\"separate\"");
  set("population.mortality.measure", "\"survival_ratio\"");
  set("population.mortality.rates", table("age,value\n0,1\n1,1\n2,1\n3,1\n4,1\n5,0.8\n6,0.6\n"));
  const Projected ours = project();
  expect(ours, "persons", woman(5), 80.0 + 30.0);
  expect(ours, "deaths", woman(5), 20.0 + 20.0);
}

// 1000 with q = 0.1 in A leave at 0.2, a quarter of them for A itself; q = 0.3 in B. 190 leave,
// 142.5 for B, where 142.5 x 0.3 / 2 = 21.375 die; of the 47.5 who stay 47.5 x 0.1 / 2 = 2.375.
TEST_F(ByHand, MoversDieWhereTheyArrive) {
  base("area,age,value\nA,1,1000\nB,1,0\n");
  probabilities(table("area,age,value\nA,2,0.1\nB,2,0.3\n"));
  childless();
  set("population.domestic.form", "\"pool\"");
  set("population.domestic.leaving", "0.2");
  set("population.domestic.destination_shares",
      table("origin,destination,value\nA,A,0.25\nA,B,0.75\nB,B,1\n"));
  const Projected ours = project(R"(["A", "B"])");
  expect(ours, "domestic_out", woman(2), 190.0);
  expect(ours, "domestic_in", woman(2, "B"), 142.5);
  expect(ours, "deaths", woman(2), 90.0 + 2.375);
  expect(ours, "deaths", woman(2, "B"), 21.375);
  expect(ours, "persons", woman(2), 765.125);
  expect(ours, "persons", woman(2, "B"), 121.125);
}

// 200 of 1000 change from g (q = 0.1) to h (q = 0.3): 1000 x 0.1 x 0.9 die in g, 200 x 0.3 / 2 in
// h.
TEST_F(ByHand, OneWhoChangesGroupDiesByTheRiskOfTheNew) {
  set("projection.groups", R"(["g", "h"])");
  base("group,age,value\ng,1,1000\n");
  probabilities(table("group,age,value\ng,2,0.1\nh,2,0.3\n"));
  childless();
  set("population.transfers.rates", table("group,to_group,age,value\ng,h,2,0.2\n"));
  set("population.migration.leaving_rates", "\"crude\"");
  const Projected ours = project();
  expect(ours, "persons", woman(2, "A", "g"), 710.0);
  expect(ours, "persons", woman(2, "A", "h"), 170.0);
  expect(ours, "deaths", woman(2, "A", "g"), 90.0);
  expect(ours, "deaths", woman(2, "A", "h"), 30.0);
}

/// A net rate, when the migrants come, and what comes of it.
struct NetRate {
  double rate;
  const char* timing;
  double deaths;
  double persons;
};
void PrintTo(const NetRate& one, std::ostream* out) { *out << one.rate << ", " << one.timing; }

class NetRates : public ByHand, public ::testing::WithParamInterface<NetRate> {};

// 1000 with q = 0.1: 50 come or leave, exposed to the whole risk, half of it or none.
TEST_P(NetRates, MayHaveEitherSign) {
  base("age,value\n1,1000\n");
  probabilities("0.1");
  childless();
  set("population.net_migration.form", "\"rates\"");
  set("population.net_migration.values", std::to_string(GetParam().rate));
  set("population.migration.timing", "\"" + std::string(GetParam().timing) + "\"");
  const Projected ours = project();
  expect(ours, "net_migration", woman(2), 1000.0 * GetParam().rate);
  expect(ours, "deaths", woman(2), GetParam().deaths);
  expect(ours, "persons", woman(2), GetParam().persons);
}

INSTANTIATE_TEST_SUITE_P(ByHand, NetRates,
                         ::testing::Values(NetRate{0.05, "start", 105.0, 945.0},
                                           NetRate{0.05, "mid_year", 102.5, 947.5},
                                           NetRate{0.05, "end", 100.0, 950.0},
                                           NetRate{-0.05, "start", 95.0, 855.0},
                                           NetRate{-0.05, "mid_year", 97.5, 852.5},
                                           NetRate{-0.05, "end", 100.0, 850.0}));

// From 1000 with q = 0.1 to 995: 95 are missing, and of n who come at mid-year 0.95 n are left.
TEST_F(ByHand, TheResidualIsWhatIsMissingAndWhoOfItDies) {
  base("age,value\n1,1000\n");
  probabilities("0.1");
  childless();
  set("population.net_migration.form", "\"residual\"");
  set("population.net_migration.target", table("year,age,value\n2001,2,995\n"));
  const Projected ours = project();
  expect(ours, "net_migration", woman(2), 100.0);
  expect(ours, "deaths", woman(2), 100.0 + 5.0);
  expect(ours, "persons", woman(2), 995.0);
}

/// Two areas; from A 0.15 die, 0.05 emigrate and 0.2 move to B a year; in B nothing happens.
class TwoAreas : public ByHand {
 protected:
  Projected project_in(const std::string& form, const std::string& ages = "end_of_year") {
    base("area,age,value\nA,1,600\nB,2,1000\n");
    set("population.mortality.rates", by_area("0.15", ages));
    set("population.emigration.rates", by_area("0.05", ages));
    set("population.fertility.rates", table("age,value\n3,0.12\n"));
    set("population.fertility.sex_ratio_at_birth", "0");
    set("population.domestic.form", "\"multistate\"");
    set("population.domestic.transition", "\"" + form + "\"");
    set("population.domestic.rates", table("origin,destination,value\nA,B,0.2\nB,A,0\n"));
    return project(R"(["A", "B"])");
  }
  std::string by_area(const std::string& rate, const std::string& ages) {
    std::string text = "area,age,value\n";
    for (int age = 0; age < 6; ++age) text += "A," + std::to_string(age) + "," + rate + "\n";
    return table(text + "B,5,0\n", ages);
  }
};

// (I + M/2) P = I - M/2, with 0.4 exits from A: P_AA = 0.8/1.2 = 2/3; P_BA = 0.1 + 0.1 x 2/3 = 1/6.
// So of 600, 400 stay, 100 are in B, 100 are gone: 75 dead, 25 abroad.
TEST_F(TwoAreas, LinearTransition) {
  const Projected ours = project_in("linear");
  expect(ours, "persons", woman(2), 400.0);
  expect(ours, "persons", woman(2, "B"), 100.0);
  expect(ours, "domestic_out", woman(2), 100.0);
  expect(ours, "deaths", woman(2), 75.0);
  expect(ours, "emigration", woman(2), 25.0);
  expect(ours, "persons", woman(3, "B"), 1000.0);
  expect(ours, "persons", woman(0, "B"), 120.0);
}

// exp(-M): exp(-0.4) stay; of the others the half (0.2 of 0.4) move, 3/8 die, 1/8 emigrate.
TEST_F(TwoAreas, ExponentialTransition) {
  const Projected ours = project_in("exponential");
  const double stay = std::exp(-0.4);
  expect(ours, "persons", woman(2), 600.0 * stay);
  expect(ours, "persons", woman(2, "B"), 600.0 * (1.0 - stay) / 2.0);
  expect(ours, "deaths", woman(2), 600.0 * (1.0 - stay) * 3.0 / 8.0);
  expect(ours, "emigration", woman(2), 600.0 * (1.0 - stay) / 8.0);
}

// Newborn: (I + M/2)^-1, so that 1/1.2 = 5/6 stay and 0.1 x 5/6 = 1/12 are in B.
TEST_F(ByHand, TheNewbornLiveThroughHalfOfALinearTransition) {
  base("area,age,value\nA,2,1000\nB,2,0\n");
  set("population.mortality.rates", table("area,age,value\nA,0,0.2\nB,0,0\n"));
  set("population.fertility.rates", table("age,value\n3,0.12\n"));
  set("population.fertility.sex_ratio_at_birth", "0");
  set("population.domestic.form", "\"multistate\"");
  set("population.domestic.transition", "\"linear\"");
  set("population.domestic.rates", table("origin,destination,age,value\nA,B,0,0.2\nB,A,0,0\n"));
  const Projected ours = project(R"(["A", "B"])");
  expect(ours, "births", woman(3), 120.0);
  expect(ours, "persons", woman(0), 100.0);
  expect(ours, "persons", woman(0, "B"), 10.0);
  expect(ours, "deaths", woman(0), 10.0);
}

// A rate of 0.2 at every age by age at death, nobody moves: by the exponential form the survival
// ratio is exp(-0.2) from each age to the next and into the open one, and from birth to the year's
// end the person-years of the first year, (1 - exp(-0.2)) / 0.2.
TEST_F(ByHand, ConstantRatesByAgeAtDeathSurviveExponentially) {
  base("area,age,value\nA,1,1000\nA,2,1000\nA,4,300\nA,5,200\nB,1,0\n");
  std::string rates = "age,value\n";
  for (int age = 0; age < 6; ++age) rates += std::to_string(age) + ",0.2\n";
  set("population.mortality.rates", table(rates, "at_event"));
  set("population.fertility.rates", table("age,value\n3,0.1\n"));
  set("population.fertility.sex_ratio_at_birth", "0");
  set("population.domestic.form", "\"multistate\"");
  set("population.domestic.rates", table("origin,destination,value\nA,B,0\nB,A,0\n"));
  const Projected ours = project(R"(["A", "B"])");
  const double survival = std::exp(-0.2);
  expect(ours, "persons", woman(2), 1000.0 * survival);
  expect(ours, "persons", woman(5), 500.0 * survival);
  const double births = 0.1 * 1000.0 * (1.0 + survival) / 2.0;
  expect(ours, "persons", woman(0), births * (1.0 - survival) / 0.2);
}

}  // namespace
}  // namespace kohort
