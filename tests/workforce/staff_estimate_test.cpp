// Staff of the base year and how they come and go, against figures reckoned on paper.
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "models/workforce/allocation.hpp"
#include "models/workforce/base_stock.hpp"
#include "models/workforce/retirement.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/workforce/town.hpp"

namespace kohort {
namespace {

using test::estimate_called;
using test::sum_where;
using test::Town;
using workforce::Occupation;
using workforce::StaffTable;

double staff_of(const StaffTable& table, Occupation occupation, Area area) {
  return sum_where(
      table, [&](Occupation o, Sex, PartAge, Area k) { return o == occupation && k == area; });
}

TEST(StaffTilt, IsTheLogarithmOfWhatTurnsOneAgeIntoTheNext) {
  // Three ages alike; weights 1, 2, 4 have the mean (2 + 2 x 4) / 7.
  const std::vector<double> counts{1.0, 1.0, 1.0};
  const std::vector<double> heads{5.0};
  const workforce::Tilted people{counts, heads, 20.0, 3};
  EXPECT_NEAR(workforce::tilt_to(people, 20.0 + 10.0 / 7.0).value(), std::log(2.0), 1e-12);
  EXPECT_NEAR(workforce::tilt_to(people, 21.0).value(), 0.0, 1e-12);
}

TEST(StaffTilt, WeighsAreasByTheirHeads) {
  // The second area has people of the second age alone.
  const std::vector<double> counts{1.0, 1.0, 0.0, 1.0};
  const std::vector<double> heads{2.0, 1.0};
  const workforce::Tilted people{counts, heads, 0.0, 2};
  EXPECT_DOUBLE_EQ(workforce::mean_age_of(people, 0.0), (2.0 * 0.5 + 1.0) / 3.0);
  // With the weights 1 and 3 of the first: (2 x 0.75 + 1) / 3.
  EXPECT_NEAR(workforce::tilt_to(people, 2.5 / 3.0).value(), std::log(3.0), 1e-12);
}

TEST(StaffTilt, MayBringTheYoungerOnesAloneToTheirMean) {
  const std::vector<double> counts{1.0, 1.0, 1.0};
  const std::vector<double> heads{5.0};
  const workforce::Tilted people{counts, heads, 20.0, 2};
  EXPECT_DOUBLE_EQ(workforce::mean_age_of(people, 0.0), 20.5);
  EXPECT_NEAR(workforce::tilt_to(people, 20.75).value(), std::log(3.0), 1e-12);
}

TEST(StaffTilt, HasNoneForAMeanBeyondTheAges) {
  const std::vector<double> counts{1.0, 1.0};
  const std::vector<double> heads{1.0};
  EXPECT_FALSE(workforce::tilt_to({counts, heads, 16.0, 2}, 18.0).has_value());
  EXPECT_FALSE(workforce::tilt_to({counts, heads, 16.0, 2}, 15.0).has_value());
}

TEST(MovedRetirement, ReadsHazardsAsManyYearsBefore) {
  const std::vector<double> hazards{0.5, 0.1, 0.2, 0.4, 0.8};  // of 54 to 58
  EXPECT_EQ(workforce::moved(hazards, 54, 0.0), hazards);
  EXPECT_EQ(workforce::moved(hazards, 54, 1.0), (std::vector<double>{0.5, 0.1, 0.1, 0.2, 0.4}));
  EXPECT_EQ(workforce::moved(hazards, 54, -1.0), (std::vector<double>{0.5, 0.2, 0.4, 0.8, 0.8}));
  const std::vector<double> half = workforce::moved(hazards, 54, 0.5);
  const std::vector<double> between{0.5, 0.1, 0.15, 0.3, 0.6};
  for (std::size_t age = 0; age < half.size(); ++age) EXPECT_NEAR(half[age], between[age], 1e-15);
}

TEST(StaffOfTheBaseYear, AreTheNationsByTheWeightsHandedIn) {
  Town town;
  const workforce::AllocationWeights alike({2, 2}, 1.0);
  const workforce::StaffRates rates = town.estimate(alike).rates;
  EXPECT_NEAR(staff_of(rates.base, Town::nurse, Town::a), 330.0, 1e-9);
  workforce::AllocationWeights weights({2, 2}, 0.0);
  weights(Town::nurse, Town::a) = 3.0;
  weights(Town::nurse, Town::b) = 1.0;
  // Nobody knows a weight of aides: by people, who are as many in both areas.
  const workforce::StaffRates weighted = town.estimate(weights).rates;
  EXPECT_NEAR(staff_of(weighted.base, Town::nurse, Town::a), 495.0, 1e-9);
  EXPECT_NEAR(staff_of(weighted.base, Town::nurse, Town::b), 165.0, 1e-9);
  EXPECT_NEAR(staff_of(weighted.base, Town::aide, Town::b), 600.0, 1e-9);
}

TEST(StaffOfTheBaseYear, OfAnAreaWithItsOwnCountsAreThose) {
  Town town;
  town.set("workforce.staff",
           town.table("occupation,sex,area,value\nnurse,female,00,600\nnurse,male,00,60\n"
                      "aide,female,00,900\naide,male,00,300\nnurse,female,a,100\n"));
  const StaffTable base = town.estimate().rates.base;
  EXPECT_NEAR(staff_of(base, Town::nurse, Town::a), 100.0 + 30.0, 1e-9);
  EXPECT_NEAR(staff_of(base, Town::nurse, Town::b), 500.0 + 30.0, 1e-9);
}

TEST(StaffOfTheBaseYear, HaveTheNationsMeanAge) {
  Town town;
  town.set("workforce.mean_age", town.table("occupation,sex,value\nnurse,female,50\nnurse,male,41\n"
                                            "aide,female,45\naide,male,30\n"));
  const auto [rates, estimates] = town.estimate();
  double heads = 0.0;
  double years = 0.0;
  for (int age = 16; age <= 74; ++age) {
    const double those = rates.base(Town::aide, Town::male, Town::age(age), Town::a);
    heads += those;
    years += those * age;
    // The tilt turns each age into the next by one factor.
    if (age < 74) {
      const double next = rates.base(Town::aide, Town::male, Town::age(age + 1), Town::a);
      EXPECT_NEAR(std::log(next / those), estimate_called(estimates, "theta").values[3], 1e-9);
    }
  }
  EXPECT_NEAR(heads, 150.0, 1e-9);
  EXPECT_NEAR(years / heads, 30.0, 1e-9);
  EXPECT_NEAR(estimate_called(estimates, "theta").values[2], 0.0, 1e-9);
  EXPECT_NEAR(estimate_called(estimates, "mean_age").values[0], 50.0, 1e-9);
}

TEST(StaffOfTheBaseYear, AreAnAreasOwnPayrollByGroupsOfAges) {
  Town town;
  town.set("workforce.own_staff_ages", "[\"16\", \"60\"]");
  town.set("workforce.own_staff",
           town.table("occupation,sex,age,area,value\nnurse,female,16,a,88\nnurse,female,60,a,30\n"
                      "aide,male,16,a,44\n",
                      ", missing = \"zero\""));
  const StaffTable base = town.estimate().rates.base;
  EXPECT_NEAR(base(Town::nurse, Town::female, Town::age(20), Town::a), 2.0, 1e-12);
  EXPECT_NEAR(base(Town::nurse, Town::female, Town::age(74), Town::a), 2.0, 1e-12);
  EXPECT_NEAR(base(Town::aide, Town::male, Town::age(59), Town::a), 1.0, 1e-12);
  EXPECT_EQ(base(Town::aide, Town::male, Town::age(60), Town::a), 0.0);
  EXPECT_EQ(staff_of(base, Town::nurse, Town::a), 118.0);
  // The others have what is left of the nation's.
  EXPECT_NEAR(staff_of(base, Town::nurse, Town::b), 660.0 - 118.0, 1e-9);
}

TEST(StaffOfTheBaseYear, BecomeFewerFrom55OnAsTheyRetire) {
  Town town;
  town.set("workforce.retirement_ages", "[\"16\", \"50\", \"65\"]");
  town.set("workforce.retirement", town.table("age,value\n16,0\n50,0.1\n65,0.5\n"));
  const StaffTable base = town.estimate().rates.base;
  const auto at = [&](int age) { return base(Town::nurse, Town::male, Town::age(age), Town::b); };
  EXPECT_NEAR(at(54), at(16), 1e-12);
  EXPECT_NEAR(at(55) / at(54), std::exp(-0.1), 1e-12);
  EXPECT_NEAR(at(70) / at(69), std::exp(-0.5), 1e-12);
}

TEST(StaffOfTheBaseYear, AreNeverMoreThanTheLabourForce) {
  Town town;
  // 2 x 59 ages x 50 people.
  town.set("workforce.staff", town.table("occupation,sex,area,value\nnurse,female,00,5000\n"
                                         "nurse,male,00,0\naide,female,00,901\naide,male,00,0\n"));
  const std::string error = test::error_of(Fault::input, [&] { town.estimate(); });
  EXPECT_HAS(error,
             "workforce.staff: area a, female, age 16: 50.0085 staff, but 50 people in the "
             "labour force");
}

TEST(StaffRetirement, MovesWithThePensionAge) {
  Town town;
  town.set("workforce.retirement_ages", "[\"16\", \"63\", \"64\", \"65\"]");
  town.set("workforce.retirement", town.table("age,value\n16,0\n63,0.1\n64,0.2\n65,0.4\n"));
  town.set("workforce.pension_age", town.table("year,value\n2000,65\n2001,65\n2002,66\n2003,66.5\n"
                                               "2004,67\n"));
  const auto at = [](const workforce::StaffRates& rates, std::size_t interval, int age) {
    return rates.retirement[interval](Town::aide, Town::male, Town::age(age), Town::b);
  };
  const workforce::StaffRates rates = town.estimate().rates;
  EXPECT_EQ(at(rates, 0, 65), 0.4);
  EXPECT_EQ(at(rates, 1, 65), 0.2);
  EXPECT_NEAR(at(rates, 2, 65), 0.15, 1e-15);
  EXPECT_EQ(at(rates, 3, 65), 0.1);
  EXPECT_EQ(at(rates, 3, 67), 0.4);
  town.set("workforce.pension_age_shift", "1.0");
  EXPECT_EQ(at(town.estimate().rates, 0, 65), 0.2);
}

TEST(StaffExit, OfAreasWithoutRowsIsTheNations) {
  Town town;
  town.set("workforce.exit_ages", "[\"0\", \"40\"]");
  town.set("workforce.exit",
           town.table("occupation,age,area,value\nnurse,0,00,0.1\nnurse,40,00,0.05\n"
                      "aide,0,00,0.2\naide,40,00,0.15\nnurse,40,b,0.01\n"));
  const StaffTable exit = town.estimate().rates.exit[3];
  EXPECT_EQ(exit(Town::nurse, Town::male, Town::age(39), Town::b), 0.1);
  EXPECT_EQ(exit(Town::nurse, Town::female, Town::age(40), Town::b), 0.01);
  EXPECT_EQ(exit(Town::nurse, Town::female, Town::age(40), Town::a), 0.05);
}

constexpr const char* school = R"([[workforce.education]]
name = "school"
occupation = "nurse"
completion = 0.8
enters = 0.5
women = 0.9
years = 2
ages_ages = ["16", "20", "25"]
)";

TEST(StaffFromEducation, AreThoseAdmittedWhoCompleteAndEnter) {
  Town town;
  town.add(std::string(school) + "places = " +
           town.table("area,year,value\n00,2000,1000\n00,2001,2000\na,2000,250\na,2001,250\n") +
           "\nages = " + town.table("age,value\n16,0\n20,1\n25,0\n"));
  const auto rates = town.estimate().rates;
  // Those who enter in 2001 were admitted in 1999, of which nothing is known but 2000.
  EXPECT_NEAR(staff_of(rates.education[0], Town::nurse, Town::a), 0.4 * 250.0, 1e-9);
  EXPECT_NEAR(staff_of(rates.education[0], Town::nurse, Town::b), 0.4 * 750.0, 1e-9);
  EXPECT_NEAR(staff_of(rates.education[1], Town::nurse, Town::b), 0.4 * 750.0, 1e-9);
  // Admitted in 2001, and in 2002 as many.
  EXPECT_NEAR(staff_of(rates.education[2], Town::nurse, Town::b), 0.4 * 1750.0, 1e-9);
  EXPECT_NEAR(staff_of(rates.education[3], Town::nurse, Town::b), 0.4 * 1750.0, 1e-9);
  EXPECT_EQ(staff_of(rates.education[0], Town::aide, Town::b), 0.0);
  EXPECT_NEAR(rates.education[0](Town::nurse, Town::female, Town::age(22), Town::a),
              0.4 * 250.0 * 0.9 / 5.0, 1e-9);
  EXPECT_EQ(rates.education[0](Town::nurse, Town::male, Town::age(25), Town::a), 0.0);
}

TEST(StaffSeries, AreOneTableForIntervalsThatAreAlike) {
  Town town;
  town.add(std::string(school) + "places = " +
           town.table("area,year,value\n00,2000,1000\n00,2001,2000\na,2000,250\na,2001,250\n") +
           "\nages = " + town.table("age,value\n16,0\n20,1\n25,0\n"));
  town.add("[[workforce.lever]]\non = \"exit\"\nfactor = 1.5\n");
  const auto rates = town.estimate().rates;
  EXPECT_EQ(&rates.education[0], &rates.education[1]);
  EXPECT_NE(&rates.education[1], &rates.education[2]);
  EXPECT_EQ(&rates.retirement[0], &rates.retirement[3]);
  EXPECT_NE(&rates.exit[0], &rates.exit[3]);  // levers work in some years only
}

TEST(StaffFromEducation, AreMoreAsManyYearsAfterALeverAsItTakes) {
  Town town;
  town.add(std::string(school) + "places = " + town.table("area,value\n00,1000\n") +
           "\nages = " + town.table("age,value\n16,0\n20,1\n25,0\n"));
  town.add("[[workforce.lever]]\non = \"education\"\nfactor = 1.5\nareas = [\"b\"]");
  const auto rates = town.estimate().rates;
  EXPECT_NEAR(staff_of(rates.education[1], Town::nurse, Town::b), 200.0, 1e-9);
  EXPECT_NEAR(staff_of(rates.education[2], Town::nurse, Town::b), 300.0, 1e-9);
  EXPECT_NEAR(staff_of(rates.education[2], Town::nurse, Town::a), 200.0, 1e-9);
}

TEST(StaffFromAbroad, AreAShareOfImmigrantsInEveryArea) {
  Town town;
  town.set("workforce.abroad.share", town.table("occupation,value\nnurse,0.01\naide,0.02\n"));
  town.set("workforce.abroad.delay", town.table("years_since,value\n0,0.25\n2,0.75\n"));
  const auto rates = town.estimate().rates;
  EXPECT_NEAR(staff_of(rates.abroad[1], Town::aide, Town::a), 0.02, 1e-12);
  EXPECT_NEAR(staff_of(rates.abroad[1], Town::nurse, Town::b), 0.01, 1e-12);
  EXPECT_EQ(rates.delay, (std::vector<double>{0.25, 0.0, 0.75}));
}

/// Persons who enter in the first year: rates times those of the labour force outside.
double entrants(const workforce::StaffRates& rates, Occupation occupation, double stays) {
  return sum_where(rates.other_entry[0],
                   [&](Occupation o, Sex, PartAge, Area) { return o == occupation; }) *
         stays;
}

TEST(StaffFromOtherWork, ReplaceAllWhoLeaveWhereStaffStayAsMany) {
  Town town;
  town.remove("workforce.other_entry");
  town.set("workforce.exit", "0.1");
  town.set("population.mortality.rates", "0.02");
  const auto [rates, estimates] = town.estimate();
  // Alike at all 59 ages: those of the last one retire, of the others 0.98 exp(-0.1) stay.
  const double staying = 58.0 / 59.0 * 0.98 * std::exp(-0.1);
  const auto& flows = estimate_called(estimates, "first_year").values;
  EXPECT_NEAR(flows[2], 660.0 * (1.0 - staying), 1e-9);
  EXPECT_NEAR(flows[9 + 2], 1200.0 * (1.0 - staying), 1e-9);
  EXPECT_NEAR(flows[7], 660.0 * 58.0 / 59.0 * 0.02, 1e-9);
  EXPECT_NEAR(estimate_called(estimates, "growth").values[0], 0.0, 1e-12);
  // Outside: half of the people at the end of the year but for the staff who stay.
  double persons = 0.0;
  for (int age = 16; age <= 74; ++age) {
    const double staff = age == 16 ? 0.0 : (600.0 + 900.0) / 2.0 / 59.0 * 0.98 * std::exp(-0.1);
    persons +=
        rates.other_entry[0](Town::nurse, Town::female, Town::age(age), Town::a) * (49.0 - staff);
  }
  EXPECT_NEAR(persons, 300.0 * (1.0 - staying), 1e-9);
}

TEST(StaffFromOtherWork, LetStaffGrowAsIsKnownButDoNotLeave) {
  Town town;
  town.remove("workforce.other_entry");
  town.set("workforce.staff_growth", town.table("occupation,value\nnurse,0.05\naide,-0.05\n"));
  const auto [rates, estimates] = town.estimate();
  EXPECT_NEAR(estimate_called(estimates, "growth").values[0], 0.05, 1e-12);
  // Fewer than retire at 74.
  EXPECT_NEAR(estimate_called(estimates, "growth").values[1], -1.0 / 59.0, 1e-12);
  EXPECT_EQ(estimate_called(estimates, "other_entry").values[1], 0.0);
  EXPECT_GT(estimate_called(estimates, "other_entry").values[0], 0.0);
  EXPECT_EQ(entrants(rates, Town::aide, 1.0), 0.0);
}

TEST(StaffFromOtherWork, AreEstimatedWithoutLevers) {
  Town town;
  town.remove("workforce.other_entry");
  town.set("workforce.exit", "0.1");
  const auto before = town.estimate().rates;
  town.set("workforce.pension_age_shift", "2.0");
  town.add("[[workforce.lever]]\non = \"exit\"\nfactor = 2.0\noccupations = [\"nurse\"]");
  town.add("[[workforce.lever]]\non = \"entry\"\nfactor = 3.0\nphase_in = 2");
  const auto after = town.estimate().rates;
  EXPECT_DOUBLE_EQ(entrants(after, Town::nurse, 1.0), 2.0 * entrants(before, Town::nurse, 1.0));
  EXPECT_EQ(after.exit[0](Town::nurse, Town::male, PartAge(3), Town::a), 0.2);
  EXPECT_EQ(after.exit[0](Town::aide, Town::male, PartAge(3), Town::a), 0.1);
}

TEST(StaffFromOtherWork, AreAsManyAsAreGiven) {
  Town town;
  town.set("workforce.other_entry", town.table("occupation,value\nnurse,0.01\naide,0.0\n"));
  town.set("workforce.entry_ages_ages", "[\"16\", \"30\"]");
  town.set("workforce.entry_ages", town.table("age,value\n16,1\n30,0\n"));
  const auto [rates, estimates] = town.estimate();
  const double outside = 2.0 * 2.0 * 59.0 * 50.0 - (660.0 + 1200.0) * 58.0 / 59.0;
  EXPECT_NEAR(estimate_called(estimates, "first_year").values[2], 0.01 * outside, 1e-9);
  EXPECT_EQ(rates.other_entry[0](Town::nurse, Town::female, Town::age(30), Town::a), 0.0);
  EXPECT_GT(rates.other_entry[0](Town::nurse, Town::female, Town::age(29), Town::a), 0.0);
}

TEST(StaffThatChangeOccupation, LeaveOneForAnother) {
  Town town;
  town.remove("workforce.other_entry");
  town.set("workforce.change",
           town.table("occupation,to_occupation,value\naide,nurse,0.04\n", ", missing = \"zero\""));
  const auto estimated = town.estimate();
  const auto& flows = estimate_called(estimated.estimates, "first_year").values;
  const double changing = 1200.0 * 58.0 / 59.0 * (1.0 - std::exp(-0.04));
  EXPECT_NEAR(flows[3], changing, 1e-9);
  EXPECT_NEAR(flows[9 + 4], changing, 1e-9);
}

}  // namespace
}  // namespace kohort
