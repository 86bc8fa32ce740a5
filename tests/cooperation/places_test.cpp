// Places that areas share: with figures made in memory, and as scenarios say it.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/care/services_fixture.hpp"
#include "tests/support/expect_error.hpp"

namespace kohort::care {
namespace {

using cooperation::Cooperation;
using test::ServiceExample;

/// An example that has been run for its one year.
struct Shared {
  explicit Shared(const ServiceExample& example)
      : services(example.model()),
        ledger(services.ledger(example.persons.at(0).extent<Draw>())),
        stock(services.start(CareTable(example.persons.at(0)), ledger)) {
    services.step(Interval(0), CareTable(example.persons.at(1)), stock, ledger);
  }

  Services services;
  ServiceLedger ledger;
  ServiceStock stock;
};

std::vector<double> all(const ServiceAmounts& amounts) {
  return {amounts.values().begin(), amounts.values().end()};
}

/// 100 people in each of three areas who need a place of 2 units a year, at 5 kronor: room for 70,
/// 150 and 110.
ServiceExample three_areas() {
  ServiceExample example = test::idle_example({.areas = 3});
  for (partition::PartTable& persons : example.persons) {
    for (double& people : persons.slab(CareState(0))) people = 100.0;
  }
  for (double& use : example.rates.use.slab(Service(0), CareState(0))) use = 1.0;
  for (double& units : example.rates.per_user.values()) units = 2.0;
  for (double& price : example.rates.price.values()) price = 5.0;
  const std::vector<double> room{70.0, 150.0, 110.0};
  for (const Area area : positions<Area>(3)) {
    for (const StockYear year : positions<StockYear>(2)) {
      example.rates.room(Service(0), year, area) = room[area.position()];
    }
  }
  return example;
}

ServiceExample sharing(ServiceExample example, double fraction) {
  cooperation::Pool pool{{}, fraction};
  for (const Area area : positions<Area>(example.frame.areas.size())) pool.members.push_back(area);
  example.rates.places = Cooperation({pool});
  return example;
}

// Of 50 + 10 to spare 15 are lent, 5 parts of 6 by one area.
TEST(SharedPlaces, GoToThoseWhoWait) {
  const Shared year(sharing(three_areas(), 0.25));
  EXPECT_EQ(all(year.stock.borrowed), (std::vector<double>{15.0, -12.5, -2.5}));
  EXPECT_EQ(all(year.stock.queue), (std::vector<double>{15.0, 0.0, 0.0}));
  EXPECT_DOUBLE_EQ(year.ledger.users.as<double>().values()[0], 85.0);
}

// In the year's mean 70 and 85 users of the first area, which pays for them.
TEST(SharedPlaces, ArePaidWhereTheirUsersLive) {
  const Shared year(sharing(three_areas(), 0.25));
  EXPECT_EQ(all(year.ledger.volume), (std::vector<double>{155.0, 200.0, 200.0}));
  EXPECT_EQ(all(year.ledger.unmet), (std::vector<double>{45.0, 0.0, 0.0}));
  EXPECT_EQ(all(year.ledger.cost), (std::vector<double>{775.0, 1000.0, 1000.0}));
}

TEST(SharedPlaces, TakeWorkWhereTheyAre) {
  EXPECT_EQ(all(Shared(three_areas()).stock.provided), (std::vector<double>{140.0, 200.0, 200.0}));
  EXPECT_EQ(all(Shared(sharing(three_areas(), 0.25)).stock.provided),
            (std::vector<double>{140.0, 225.0, 205.0}));
}

TEST(SharedPlaces, OfAnAreaWithoutUsersTakeWhatIsUsual) {
  ServiceExample example = sharing(three_areas(), 0.25);
  for (partition::PartTable& persons : example.persons) {
    persons(CareState(0), Sex(0), CareAge(0), Area(1), Draw(0)) = 0.0;
  }
  const Shared year(example);  // 150 + 10 to spare, of which the 30 that are lacking
  EXPECT_NEAR(year.stock.borrowed(Service(0), Area(1), Draw(0)), -28.125, 1e-12);
  EXPECT_NEAR(year.stock.provided(Service(0), Area(1), Draw(0)), 56.25, 1e-12);
}

TEST(SharedPlaces, AreNotLentByAreasWithoutALimit) {
  ServiceExample example = sharing(three_areas(), 1.0);
  for (const StockYear year : positions<StockYear>(2)) {
    example.rates.room(Service(0), year, Area(1)) = std::numeric_limits<double>::infinity();
  }
  EXPECT_EQ(all(Shared(example).stock.borrowed), (std::vector<double>{10.0, 0.0, -10.0}));
}

TEST(DeliveredServices, LeaveTheRestUnmetAndUnpaid) {
  ServiceExample example = three_areas();
  example.rates.services[0].user_share = 0.1;
  Shared year(example);
  ServiceAmounts shares({1, 3, 1}, 1.0);
  shares(Service(0), Area(1), Draw(0)) = 0.75;
  year.services.deliver(Interval(0), shares, year.ledger);
  EXPECT_EQ(all(year.ledger.volume), (std::vector<double>{140.0, 150.0, 200.0}));
  EXPECT_EQ(all(year.ledger.unmet), (std::vector<double>{60.0, 50.0, 0.0}));
  EXPECT_EQ(all(year.ledger.cost), (std::vector<double>{700.0, 750.0, 1000.0}));
  EXPECT_DOUBLE_EQ(year.ledger.paid(Payer(0), Area(1), Draw(0)), 675.0);
  EXPECT_DOUBLE_EQ(year.ledger.paid(by_users, Area(1), Draw(0)), 75.0);
}

ServiceExample any(std::mt19937_64& random) {
  ServiceExample example = test::random_example(random);
  for (double& room : example.rates.room.values()) {
    room = std::min(room, std::uniform_real_distribution<double>(0.0, 600.0)(random));
  }
  return example;
}

RC_GTEST_PROP(AnySharedPlaces, NeverLeaveMoreUnmetThanWithout, ()) {
  std::mt19937_64 random(*rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>()));
  const ServiceExample example = any(random);
  const double fraction = std::uniform_real_distribution<double>(0.0, 1.0)(random);
  const Shared alone(example);
  const Shared together(sharing(example, fraction));
  for (std::size_t at = 0; at < alone.stock.queue.size(); ++at) {
    const double queue = alone.stock.queue.values()[at];
    const double unmet = alone.ledger.unmet.values()[at];
    RC_ASSERT(together.stock.queue.values()[at] <= queue + 1e-9 * (1.0 + queue));
    RC_ASSERT(together.ledger.unmet.values()[at] <= unmet + 1e-9 * (1.0 + unmet));
  }
}

RC_GTEST_PROP(AnySharedPlaces, SumToNoneBorrowed, ()) {
  std::mt19937_64 random(*rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>()));
  const Shared year(sharing(any(random), 0.8));
  const ServiceAmounts& borrowed = year.stock.borrowed;
  for (const Service service : positions<Service>(borrowed.extent<Service>())) {
    for (const Draw draw : positions<Draw>(borrowed.extent<Draw>())) {
      double sum = 0.0;
      for (const Area area : positions<Area>(borrowed.extent<Area>())) {
        sum += borrowed(service, area, draw);
      }
      RC_ASSERT(std::abs(sum) <= 1e-9);
    }
  }
}

}  // namespace
}  // namespace kohort::care

namespace kohort {
namespace {

const std::string housing =
    "[[care.service]]\nname = \"places\"\nunit = \"places\"\nstates = [\"housing\"]\n";
const std::string limited = housing + "places = { file = \"places.csv\", basis = \"assumed\" }\n";

std::string agreement(const std::string& fields) {
  return "[[cooperation]]\nname = \"county\"\nfraction = 0.5\n" + fields;
}

/// In 2001 and 2002 more places than needed in a, fewer in b.
class CooperationScenarios : public ::testing::Test {
 protected:
  CooperationScenarios() {
    country.write("places.csv",
                  "year,area,value\n2000,a,1000\n2001,a,1000\n2002,a,1000\n"
                  "2000,b,100\n2001,b,100\n2002,b,100\n");
  }
  std::string error(const std::string& more) const {
    return test::error_of(Fault::scenario, [&] { country.run(more); });
  }
  test::CareCountry country;
};

TEST_F(CooperationScenarios, BeginAfterTheBaseYearAndEndWhenTheySay) {
  const Outcome outcome = country.run(
      limited + agreement("areas = [\"a\", \"b\"]\nshares = [\"places\"]\nto = 2001\n"));
  const auto borrowed = test::by_area(outcome, "care/borrowed", "places", 6);
  EXPECT_EQ(borrowed[1], 0.0);
  EXPECT_GT(borrowed[3], 100.0);
  EXPECT_DOUBLE_EQ(borrowed[2], -borrowed[3]);
  EXPECT_EQ(borrowed[5], 0.0);
}

TEST_F(CooperationScenarios, ServeMoreThanWithout) {
  const auto unmet = [&](const std::string& more) {
    return test::by_area(country.run(limited + more), "care/unmet", "places", 4);
  };
  const auto alone = unmet("");
  const auto together = unmet(agreement("areas = [\"all\"]\nshares = [\"places\"]\n"));
  EXPECT_EQ(together[2], 0.0);
  EXPECT_LT(together[3], alone[3]);
}

TEST_F(CooperationScenarios, AreRefusedWhereTheyMakeNoSense) {
  EXPECT_HAS(error(limited + agreement("areas = [\"a\"]\nshares = [\"places\"]\n")),
             "cooperation.areas: area a is alone");
  EXPECT_HAS(error(limited + agreement("areas = []\nshares = [\"places\"]\n")),
             "cooperation.areas: there are none");
  EXPECT_HAS(error(limited + agreement("areas = [\"a\", \"c\"]\nshares = [\"places\"]\n")),
             "no area and no group is called 'c'");
  EXPECT_HAS(error(limited + agreement("areas = [\"all\"]\nshares = [\"beds\"]\n")),
             "cooperation.shares: found 'beds'; write \"staff\", \"places\" or both");
  EXPECT_HAS(error(limited + agreement("areas = [\"all\"]\nshares = []\n")),
             "cooperation.shares: there is nothing in it");
  EXPECT_HAS(error(housing + agreement("areas = [\"all\"]\nshares = [\"places\"]\n")),
             "there are no places to share; give care.service.places");
}

TEST_F(CooperationScenarios, ShareAThingWithOneGroupAtATime) {
  const std::string one = "areas = [\"a\", \"b\"]\nshares = [\"places\"]\n";
  EXPECT_HAS(error(limited + agreement(one + "to = 2001\n") + agreement(one)),
             "area a shares places with both 'county' and 'county' in 2001");
  EXPECT_NO_THROW(
      country.run(limited + agreement(one + "to = 2001\n") + agreement(one + "from = 2002\n")));
}

}  // namespace
}  // namespace kohort
