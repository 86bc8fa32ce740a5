// What a scenario says of staff: the ends of ranges, and mistakes.
#include <gtest/gtest.h>

#include "tests/support/expect_error.hpp"
#include "tests/workforce/town.hpp"

namespace kohort {
namespace {

using test::Town;

std::string mistake_of(const Town& town, Fault fault = Fault::scenario) {
  return test::error_of(fault, [&] { town.inputs(); });
}

constexpr const char* ranges =
    "occupation,value_low,value,value_high\nnurse,0.01,0.02,0.04\n"
    "aide,0.1,0.2,0.4\n";

TEST(AssumedRanges, GiveTheEndThatLeavesFewerOrMoreStaff) {
  Town town;
  town.set("workforce.exit", town.table(ranges));
  town.set("workforce.staff_growth", town.table(ranges)).remove("workforce.other_entry");
  const auto at = [&](const std::string& assumed) {
    const workforce::StaffInputs inputs =
        town.set("workforce.assumed", "\"" + assumed + "\"").inputs();
    return std::pair(inputs.exit(Town::nurse, Town::male, PartAge(0), Town::a), inputs.growth[0]);
  };
  EXPECT_EQ(at("middle"), std::pair(0.02, 0.02));
  EXPECT_EQ(at("fewer"), std::pair(0.04, 0.01));
  EXPECT_EQ(at("more"), std::pair(0.01, 0.04));
}

TEST(AssumedRanges, AreOfTheColumnThatIsNamed) {
  Town town;
  const std::string text =
      "occupation,other_low,other,other_high\nnurse,1e-3,0.1,0.2\naide,0,0,0\n";
  town.set("workforce.exit", town.table(text, ", value = \"other\""));
  town.set("workforce.assumed", "\"more\"");
  EXPECT_EQ(town.inputs().exit(Town::nurse, Town::male, PartAge(0), Town::a), 1e-3);
}

TEST(AssumedRanges, LeaveTablesWithoutEndsAsTheyAre) {
  Town town;
  town.set("workforce.exit", town.table("occupation,value,value_low\nnurse,0.1,0\naide,0.2,0\n"));
  town.set("workforce.assumed", "\"more\"");
  EXPECT_EQ(town.inputs().exit(Town::aide, Town::male, PartAge(0), Town::a), 0.2);
}

TEST(AssumedRanges, DoNotTellWhichChangesOfOccupationLeaveFewer) {
  Town town;
  town.set("workforce.change",
           town.table("occupation,to_occupation,value_low,value,value_high\naide,nurse,0,0.1,1\n",
                      ", missing = \"zero\""));
  town.set("workforce.assumed", "\"fewer\"");
  EXPECT_EQ(town.inputs().change(Town::aide, workforce::ToOccupation(0)), 0.1);
}

TEST(StaffMistakes, AnUnknownOccupationIsSaidWithTheOnesThereAre) {
  Town town;
  town.set("workforce.staff", town.table("occupation,sex,area,value\nnurs,female,00,600\n"));
  const std::string error = mistake_of(town, Fault::input);
  EXPECT_HAS(error, "unknown occupation 'nurs'");
  EXPECT_HAS(error, "did you mean 'nurse'?");
}

TEST(StaffMistakes, AnEducationAndALeverNameOccupationsThatExist) {
  Town town;
  town.add(
      "[[workforce.education]]\nname = \"school\"\noccupation = \"nurses\"\nyears = 1\n"
      "places = 1.0\ncompletion = 1.0\nenters = 1.0\nwomen = 0.5\nages = " +
      town.table("age,value\n16,1\n20,0\n"));
  EXPECT_HAS(mistake_of(town),
             "workforce.education.occupation: no occupation is called 'nurses'; did you mean "
             "'nurse'?");
  Town other;
  other.add("[[workforce.lever]]\non = \"exit\"\nfactor = 0.5\noccupations = [\"doctor\"]");
  EXPECT_HAS(
      test::error_of(Fault::scenario, [&] { other.estimate(); }),
      "workforce.lever.occupations: no occupation is called 'doctor'; there are nurse, aide");
}

TEST(StaffMistakes, SharesThatDoNotSumToOne) {
  Town town;
  town.set("workforce.entry_ages_ages", "[\"16\", \"30\"]");
  town.set("workforce.entry_ages", town.table("age,value\n16,0.5\n30,0.4\n"));
  town.set("workforce.abroad.delay", town.table("years_since,value\n0,0.5\n1,0.6\n"));
  town.set("workforce.abroad.share", "0.6");
  const std::string error = mistake_of(town);
  EXPECT_HAS(error,
             "workforce.entry_ages: the shares of nurse sum to 0.9; give shares that sum to 1");
  EXPECT_HAS(error,
             "workforce.abroad.delay: the shares of those who enter after some years sum to 1.1");
  EXPECT_HAS(error, "workforce.abroad.share: the shares sum to 1.2");
}

TEST(StaffMistakes, AgesOutOfOrder) {
  Town town;
  town.set("workforce.exit_ages", "[\"16\", \"40\", \"30\"]");
  EXPECT_HAS(mistake_of(town), "workforce.exit_ages: found '30'");
  town.set("workforce.exit_ages", "[\"20\", \"40\"]");
  EXPECT_HAS(mistake_of(town),
             "workforce.exit_ages: the first group begins at 20; begin at "
             "workforce.first_age, 16, or before");
  Town old;
  old.set("workforce.last_age", "80");
  EXPECT_HAS(mistake_of(old), "workforce.last_age: found 80; it must lie below the open age, 80");
  old.set("workforce.last_age", "15");
  EXPECT_HAS(mistake_of(old), "it must be workforce.first_age, 16, or more");
}

TEST(StaffMistakes, FiguresOutOfRange) {
  Town town;
  town.set("workforce.exit", "-0.1");
  EXPECT_HAS(mistake_of(town), "workforce.exit");
  Town shares;
  shares.set("workforce.participation", shares.table("sex,value\nfemale,1.1\nmale,0.5\n"));
  EXPECT_HAS(mistake_of(shares, Fault::input), "1.1 for sex=female is above 1");
}

TEST(StaffMistakes, HeadsMustTellSexesAndAreasApart) {
  Town town;
  town.set("workforce.staff", town.table("occupation,sex,value\nnurse,female,600\n"));
  EXPECT_HAS(mistake_of(town, Fault::input), "there is no column 'area'");
}

TEST(StaffMistakes, AnAreaWithoutAFigureWhereTheNationHasNone) {
  Town town;
  town.set("workforce.exit", town.table("area,value\na,0.1\n"));
  EXPECT_HAS(mistake_of(town),
             "workforce.exit: the table has no figure for nurse, female, age 16, "
             "area b, nor for the nation (00)");
  Town staff;
  staff.set("workforce.staff", staff.table("occupation,sex,area,value\nnurse,female,a,1\n"));
  EXPECT_HAS(test::error_of(Fault::input, [&] { staff.estimate(); }),
             "workforce.staff: nurse, female: there is no figure for area b, nor for the nation");
}

TEST(StaffMistakes, AreasThatHaveMoreThanTheNation) {
  Town town;
  town.set("workforce.staff", town.table("occupation,sex,area,value\nnurse,female,00,600\n"
                                         "nurse,female,a,601\nnurse,male,00,60\n"
                                         "aide,female,00,900\naide,male,00,300\n"));
  EXPECT_HAS(test::error_of(Fault::input, [&] { town.estimate(); }),
             "nurse, female: areas with figures of their own have 601, more than the nation's 600");
}

TEST(StaffMistakes, APayrollThatLacksFigures) {
  Town town;
  town.set("workforce.own_staff",
           town.table("occupation,sex,age,area,value\nnurse,female,16,a,10\n"));
  EXPECT_HAS(mistake_of(town), "workforce.own_staff: area a has 1 of its 28 figures");
}

TEST(StaffMistakes, AMeanAgeThatNobodyHas) {
  Town town;
  town.set("workforce.mean_age", "75.0");
  EXPECT_HAS(
      test::error_of(Fault::input, [&] { town.estimate(); }),
      "workforce.mean_age: nurse, female: no staff of the labour force have the mean age 75");
}

TEST(StaffMistakes, EntryThatIsGivenAndToBeEstimated) {
  Town town;
  town.set("workforce.staff_growth", "0.01");
  EXPECT_HAS(mistake_of(town), "workforce.other_entry: workforce.staff_growth is given too");
}

TEST(StaffMistakes, AnOccupationThatChangesToItself) {
  Town town;
  town.set("workforce.change",
           town.table("occupation,to_occupation,value\naide,aide,0.1\n", ", missing = \"zero\""));
  EXPECT_HAS(mistake_of(town), "workforce.change: 'aide' would change to itself");
}

}  // namespace
}  // namespace kohort
