// Services as scenarios give them: what is read, what they are calibrated to, what is refused.
#include <gtest/gtest.h>

#include "tests/care/services_fixture.hpp"
#include "tests/support/expect_error.hpp"

namespace kohort {
namespace {

using test::by_area;
using test::estimate;

const std::string help =
    "[[care.service]]\nname = \"help\"\nunit = \"hours\"\nstates = [\"light\", \"heavy\"]\n";
const std::string places =
    "[[care.service]]\nname = \"places\"\nunit = \"places\"\nstates = [\"housing\"]\n";

class ServiceScenarios : public ::testing::Test {
 protected:
  std::string error(Fault fault, const std::string& more, const std::string& care = "") const {
    return test::error_of(fault, [&] { country.run(more, care); });
  }
  /// Users of a service in the base year: in a and in b.
  static double users(const Outcome& outcome, const std::string& service, std::size_t area) {
    return by_area(outcome, "care/users", service, 6).at(area);
  }

  test::CareCountry country;
};

// 7000 people of 65 and older in a, of whom 10 % have home care; twice as many in b.
TEST_F(ServiceScenarios, CountThePeopleOfTheirStates) {
  const Outcome outcome = country.run(help);
  EXPECT_NEAR(users(outcome, "help", 0), 700.0, 1e-6);
  EXPECT_NEAR(users(outcome, "help", 1), 1400.0, 1e-6);
}

TEST_F(ServiceScenarios, HaveAnAxisWithTheirUnits) {
  const Outcome outcome = country.run(help + places);
  std::vector<std::string> kinds;
  for (const Recorded& one : outcome.recorded) {
    if (one.variable.name != "care/volume") continue;
    kinds.push_back(one.variable.category.axis + " " + one.variable.category.label + " " +
                    one.variable.category.unit);
  }
  EXPECT_EQ(kinds, (std::vector<std::string>{"service help hours", "service places places"}));
}

TEST_F(ServiceScenarios, MeetTheUsersThatWereCountedWhereAFigureIsGiven) {
  country.write("users.csv", "area,value\na,350\n");
  const Outcome outcome =
      country.run(help + "observed_users = { file = \"users.csv\", basis = \"observed\" }\n");
  EXPECT_NEAR(users(outcome, "help", 0), 350.0, 1e-6);
  EXPECT_NEAR(users(outcome, "help", 1), 1400.0, 1e-6);
  EXPECT_NEAR(estimate(outcome, "care/calibration/use_factor")[0], 0.5, 1e-9);
  EXPECT_EQ(estimate(outcome, "care/calibration/use_factor")[1], 1.0);
}

TEST_F(ServiceScenarios, MeetTheShareThatWasCounted) {
  country.write("share.csv", "year,area,value\n1999,b,0.04\n2000,b,0.06\n2001,b,0.5\n");
  const Outcome outcome =
      country.run(help + "observed_share = { file = \"share.csv\", basis = \"observed\" }\n");
  EXPECT_NEAR(users(outcome, "help", 1), 0.05 * 14000.0, 1e-6);
}

TEST_F(ServiceScenarios, GiveAreasWithoutAShareTheNations) {
  country.write("share.csv", "area,value\na,0.04\n00,0.06\n");
  const Outcome outcome =
      country.run(help + "observed_share = { file = \"share.csv\", basis = \"observed\" }\n");
  EXPECT_NEAR(users(outcome, "help", 0), 0.04 * 7000.0, 1e-6);
  EXPECT_NEAR(users(outcome, "help", 1), 0.06 * 14000.0, 1e-6);
}

TEST_F(ServiceScenarios, RefuseNumbersOfTheNation) {
  country.write("numbers.csv", "year,area,value\n2000,a,300\n2000,00,90000\n");
  const std::string table = " = { file = \"numbers.csv\", basis = \"observed\" }\n";
  for (const std::string parameter : {"observed_users", "observed_waiting", "places"}) {
    EXPECT_HAS(error(Fault::scenario, help + parameter + table),
               "care.service." + parameter + ": the table has rows of area 00");
  }
}

// 350 need a place in a: 300 have one and 20 wait, so that use is less; b has no register.
TEST_F(ServiceScenarios, KeepTheWaitingListApartFromTheUsers) {
  country.write("users.csv", "area,value\na,300\n");
  country.write("waiting.csv", "area,value\na,20\n");
  const std::string users_table =
      "observed_users = { file = \"users.csv\", basis = \"observed\" }\n";
  const std::string waiting_table =
      "observed_waiting = { file = \"waiting.csv\", basis = \"observed\" }\n";
  const Outcome outcome = country.run(places + users_table + waiting_table);
  EXPECT_NEAR(users(outcome, "places", 0), 300.0, 1e-6);
  const auto queue = by_area(outcome, "care/queue", "places", 6);
  EXPECT_NEAR(queue[0], 20.0, 1e-6);
  EXPECT_EQ(queue[1], 0.0);
  EXPECT_NEAR(estimate(outcome, "care/calibration/use_factor")[0], 320.0 / 350.0, 1e-9);
  // In later years there is room for no more.
  EXPECT_LE(users(outcome, "places", 2), 300.0 + 1e-6);
  EXPECT_GT(queue[2], 0.0);
  country.write("places.csv", "year,area,value\n2000,a,310\n2001,a,400\n2002,a,400\n");
  const Outcome built = country.run(places + users_table + waiting_table +
                                    "places = { file = \"places.csv\", basis = \"assumed\" }\n");
  EXPECT_NEAR(by_area(built, "care/queue", "places", 6)[0], 10.0, 1e-6);
  EXPECT_EQ(by_area(built, "care/queue", "places", 6)[2], 0.0);
  EXPECT_HAS(error(Fault::scenario, places + waiting_table),
             "area a has people who wait, but no users that were counted");
}

// In the base year's mean; the heavy keep taking four times as much as the light.
TEST_F(ServiceScenarios, MeetTheUnitsPerUserThatWereCounted) {
  country.write("units.csv", "state,value\nlight,1\nheavy,4\n");
  country.write("mean.csv", "area,value\na,120\n00,60\n");
  const Outcome outcome =
      country.run(help + "per_user = { file = \"units.csv\", basis = \"assumed\" }\n" +
                  "observed_per_user = { file = \"mean.csv\", basis = \"observed\" }\n");
  const auto& factors = estimate(outcome, "care/calibration/volume_factor");
  EXPECT_NEAR(factors[0] * (0.6 * 1.0 + 0.4 * 4.0), 120.0, 1e-6);
  EXPECT_NEAR(factors[1] * (0.6 * 1.0 + 0.4 * 4.0), 60.0, 1e-6);
}

TEST_F(ServiceScenarios, ReadFiguresByAge) {
  country.write("days.csv", "age,value\n65-79,1\n80+,0\n");
  const Outcome outcome = country.run(
      "[[care.service]]\nname = \"days\"\nunit = \"days\"\n"
      "states = [\"none\", \"light\", \"heavy\", \"housing\"]\n"
      "use = { file = \"days.csv\", basis = \"observed\" }\n");
  EXPECT_NEAR(users(outcome, "days", 0), 2 * 15 * 100.0, 1e-6);
}

// 350 in housing in a: 300 places of which 97 in 100 are in use.
TEST_F(ServiceScenarios, KeepToThePlacesOfEachYear) {
  country.write("places.csv", "year,area,value\n2000,a,300\n2001,a,1000\n2002,a,1000\n");
  const Outcome outcome = country.run(
      places + "occupancy = 0.97\nplaces = { file = \"places.csv\", basis = \"assumed\" }\n");
  EXPECT_NEAR(users(outcome, "places", 0), 291.0, 1e-6);
  const auto queue = by_area(outcome, "care/queue", "places", 6);
  EXPECT_NEAR(queue[0], 59.0, 1e-6);
  EXPECT_EQ(queue[1], 0.0);
  EXPECT_EQ(queue[2], 0.0);
}

TEST_F(ServiceScenarios, CountEmptyPlacesInTheVolume) {
  const Outcome full = country.run(places);
  const Outcome some = country.run(places + "occupancy = 0.5\n");
  const auto volume = [](const Outcome& outcome) {
    return by_area(outcome, "care/volume", "places", 4)[0];
  };
  EXPECT_NEAR(volume(some), 2.0 * volume(full), 1e-6);
}

TEST_F(ServiceScenarios, BringPricesToThePriceYear) {
  const auto cost = [&](const std::string& price) {
    return by_area(country.run(help + price, "price_year = 2000\ninflation = 0.1\n"), "care/cost",
                   "help", 4)[0];
  };
  EXPECT_NEAR(cost("price = 110.0\nprice_year = 2001\n"), cost("price = 100.0\n"), 1e-6);
  EXPECT_NEAR(cost("price = 100.0\nprice_growth = 0.05\n"), 1.05 * cost("price = 100.0\n"), 1e-6);
}

TEST_F(ServiceScenarios, ArePulledByLevers) {
  const std::string lever =
      "[[care.lever]]\non = \"volume\"\nfactor = 0.5\nservices = [\"help\"]\nareas = [\"b\"]\n";
  const auto volume = [&](const std::string& more, const std::string& service) {
    return by_area(country.run(help + places + more), "care/volume", service, 4);
  };
  const auto plain = volume("", "help");
  const auto pulled = volume(lever, "help");
  EXPECT_DOUBLE_EQ(pulled[0], plain[0]);
  EXPECT_NEAR(pulled[1], 0.5 * plain[1], 1e-9 * plain[1]);
  EXPECT_EQ(volume(lever, "places"), volume("", "places"));
}

TEST_F(ServiceScenarios, RefuseNamesThatStandForNothing) {
  EXPECT_HAS(error(Fault::scenario,
                   "[[care.service]]\nname = \"x\"\nunit = \"h\"\n"
                   "states = [\"lite\"]\n"),
             "care.service.states: no state of care is called 'lite'");
  EXPECT_HAS(error(Fault::scenario, help + "overflow_to = [\"hepl\"]\noverflow_shares = [1.0]\n"),
             "care.service.overflow_to: no service is called 'hepl'; the services are help");
  EXPECT_HAS(error(Fault::scenario, help + "[[care.lever]]\non = \"volume\"\nfactor = 0.5\n"
                                           "services = [\"hlp\"]\n"),
             "care.lever.services: no service is called 'hlp'; did you mean 'help'?");
  EXPECT_HAS(error(Fault::scenario, help + help), "care.service.name: a second 'help'");
}

TEST_F(ServiceScenarios, RefuseLeversOnServicesThatAreNotThere) {
  EXPECT_HAS(error(Fault::scenario, "[[care.lever]]\non = \"coverage\"\nfactor = 0.5\n"),
             "care.lever.on: there are no services");
}

TEST_F(ServiceScenarios, RefuseToServeSomebodyTwice) {
  const std::string more =
      "[[care.service]]\nname = \"beds\"\nunit = \"places\"\nstates = [\"heavy\"]\n"
      "overflow_to = [\"help\"]\noverflow_shares = [1.0]\n";
  EXPECT_HAS(error(Fault::scenario, help + more),
             "care.service.overflow_to: people in 'heavy' can have 'help' anyway");
}

TEST_F(ServiceScenarios, RefuseMoreUsersThanPeopleOfTheStates) {
  country.write("users.csv", "area,value\na,1000\n");
  EXPECT_HAS(
      error(Fault::scenario,
            help + "observed_users = { file = \"users.csv\", basis = \"observed\" }\n"),
      "care.service: use: 1.43 times all people of a state of care would use 'help' in area a");
}

TEST_F(ServiceScenarios, RefuseGapsInTables) {
  country.write("places.csv", "year,area,value\n2000,a,300\n2002,a,1000\n");
  EXPECT_HAS(
      error(Fault::scenario, places + "places = { file = \"places.csv\", basis = \"assumed\" }\n"),
      "the table has places of area a, but none at the end of 2001");
  country.write("price.csv", "area,value\na,300\n");
  EXPECT_HAS(
      error(Fault::scenario, help + "price = { file = \"price.csv\", basis = \"assumed\" }\n"),
      "the table has no price for area b up to 2000; add its row, or one of area 00");
  country.write("use.csv", "state,value\nlight,0.5\n");
  EXPECT_HAS(error(Fault::scenario, help + "use = { file = \"use.csv\", basis = \"assumed\" }\n"),
             "the table has no figure for area a, state heavy");
}

}  // namespace
}  // namespace kohort
