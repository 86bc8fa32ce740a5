// Services: by hand, and what must hold of any of them.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "models/care/service_sweep.hpp"
#include "tests/care/services_fixture.hpp"
#include "tests/support/expect_error.hpp"

namespace kohort::care {
namespace {

using test::ServiceExample;

/// An example that has been run for its one year.
struct Year1 {
  explicit Year1(const ServiceExample& example)
      : services(example.model()),
        ledger(services.ledger(example.persons.at(0).extent<Draw>())),
        before(services.start(CareTable(example.persons.at(0)), ledger)),
        users_before(ledger.users.as<double>()),
        after(before) {
    services.step(Interval(0), CareTable(example.persons.at(1)), after, ledger);
  }

  const partition::PartTable& users() const { return ledger.users.as<double>(); }

  Services services;
  ServiceLedger ledger;
  ServiceStock before;
  partition::PartTable users_before;
  ServiceStock after;
};

bool close(double a, double b) {
  return std::abs(a - b) <= 1e-9 * std::max({1.0, std::abs(a), std::abs(b)});
}

double only(const ServiceAmounts& amounts, std::size_t service = 0) {
  return amounts(Service(service), Area(0), Draw(0));
}

/// 100 and then 140 people in state 0, half of whom use 10 units a year at 3 kronor.
ServiceExample half_of_a_hundred() {
  ServiceExample example = test::idle_example({});
  example.persons[0](CareState(0), Sex(0), CareAge(0), Area(0), Draw(0)) = 100.0;
  example.persons[1](CareState(0), Sex(0), CareAge(0), Area(0), Draw(0)) = 140.0;
  example.rates.use(Service(0), CareState(0), Sex(0), CareAge(0), Area(0)) = 0.5;
  example.rates.per_user(Service(0), CareState(0), Sex(0), CareAge(0), Area(0)) = 10.0;
  example.rates.price(Service(0), Area(0)) = 3.0;
  return example;
}

TEST(Services, TakeTheMeanOfUsersAtBothEndsOfTheYear) {
  const Year1 year(half_of_a_hundred());
  EXPECT_DOUBLE_EQ(year.users_before.values().front(), 50.0);
  EXPECT_DOUBLE_EQ(year.users().values().front(), 70.0);
  EXPECT_DOUBLE_EQ(only(year.ledger.volume), 600.0);
  EXPECT_DOUBLE_EQ(only(year.ledger.cost), 1800.0);
}

TEST(Services, GrowDearerByRealGrowthAndInflation) {
  ServiceExample example = half_of_a_hundred();
  example.rates.price_level.values()[0] = 1.1;
  example.rates.inflation = {1.02};
  const Year1 year(example);
  EXPECT_DOUBLE_EQ(only(year.ledger.cost), 1980.0);
  EXPECT_DOUBLE_EQ(only(year.ledger.cost_current), 2019.6);
}

TEST(Services, ArePaidByTheirPayerAndTheirUsers) {
  ServiceExample example = half_of_a_hundred();
  example.rates.services[0].payer = Payer(1);
  example.rates.services[0].user_share = 0.05;
  const Year1 year(example);
  const auto paid = year.ledger.paid.values();
  EXPECT_DOUBLE_EQ(paid[0], 0.0);
  EXPECT_DOUBLE_EQ(paid[1], 1710.0);
  EXPECT_DOUBLE_EQ(paid[2], 90.0);
}

// Room for 50 and 60: nobody and 10 wait, whose 100 units count half a year.
TEST(Services, LeaveWaitingWhomThereIsNoRoomFor) {
  ServiceExample example = half_of_a_hundred();
  example.rates.room(Service(0), StockYear(0), Area(0)) = 50.0;
  example.rates.room(Service(0), StockYear(1), Area(0)) = 60.0;
  const Year1 year(example);
  EXPECT_DOUBLE_EQ(only(year.before.queue), 0.0);
  EXPECT_DOUBLE_EQ(only(year.after.queue), 10.0);
  EXPECT_DOUBLE_EQ(year.users().values().front(), 60.0);
  EXPECT_DOUBLE_EQ(only(year.ledger.volume), 550.0);
  EXPECT_DOUBLE_EQ(only(year.ledger.unmet), 50.0);
}

TEST(Services, ServeNobodyWithoutRoom) {
  ServiceExample example = half_of_a_hundred();
  for (double& room : example.rates.room.values()) room = 0.0;
  const Year1 year(example);
  EXPECT_EQ(year.users().values().front(), 0.0);
  EXPECT_EQ(only(year.ledger.cost), 0.0);
  EXPECT_DOUBLE_EQ(only(year.ledger.unmet), 600.0);
}

/// The people of state 1 need service 1, which has room for 20 of 30; of the others 80 % get
/// service 0 as those in state 0 do: 10 units.
ServiceExample full_house() {
  ServiceExample example = test::idle_example({.services = 2});
  for (partition::PartTable& persons : example.persons) {
    persons(CareState(1), Sex(0), CareAge(0), Area(0), Draw(0)) = 30.0;
  }
  example.rates.use(Service(1), CareState(1), Sex(0), CareAge(0), Area(0)) = 1.0;
  example.rates.per_user(Service(1), CareState(1), Sex(0), CareAge(0), Area(0)) = 1.0;
  example.rates.per_user(Service(0), CareState(0), Sex(0), CareAge(0), Area(0)) = 10.0;
  for (double& room : example.rates.room.slab(Service(1))) room = 20.0;
  example.rates.services[1].overflow = {{Service(0), 0.8, CareState(0)}};
  return example;
}

TEST(Services, PassOnThoseWhoWaitToAnother) {
  const Year1 year(full_house());
  EXPECT_DOUBLE_EQ(only(year.after.queue, 1), 10.0);
  EXPECT_DOUBLE_EQ(year.users().slab(part_of(Service(0)))[0], 8.0);
  EXPECT_DOUBLE_EQ(only(year.ledger.volume, 0), 80.0);
  EXPECT_DOUBLE_EQ(only(year.ledger.unmet, 1), 10.0);
}

TEST(Services, PassOnEvenToOneThatHasLittleRoomItself) {
  ServiceExample example = full_house();
  for (double& room : example.rates.room.slab(Service(0))) room = 5.0;
  const Year1 year(example);
  EXPECT_DOUBLE_EQ(year.users().slab(part_of(Service(0)))[0], 5.0);
  EXPECT_DOUBLE_EQ(only(year.after.queue, 0), 3.0);
  EXPECT_DOUBLE_EQ(only(year.ledger.unmet, 0), 30.0);
}

TEST(Services, TakeALeverOnVolumeForTheWholeYear) {
  ServiceExample example = half_of_a_hundred();
  example.rates.volume = {ServiceChanges({1, 1, 1, 1}, {0.95})};
  EXPECT_DOUBLE_EQ(only(Year1(example).ledger.volume), 570.0);
}

// The base year is as it is: 50 users before, 63 of 140 after.
TEST(Services, TakeALeverOnCoverageFromTheFirstYearsEnd) {
  ServiceExample example = half_of_a_hundred();
  example.rates.coverage = {ServiceChanges({1, 1, 1, 1}, {0.9})};
  const Year1 year(example);
  EXPECT_DOUBLE_EQ(year.users_before.values().front(), 50.0);
  EXPECT_DOUBLE_EQ(year.users().values().front(), 63.0);
}

TEST(Services, RefuseMoreUsersThanPeople) {
  ServiceExample example = half_of_a_hundred();
  example.rates.coverage = {ServiceChanges({1, 1, 1, 1}, {2.1})};
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { example.model(); }),
             "1.05 times all people of a state of care would use 'service 0' in area area 0");
}

ServiceExample any() {
  std::mt19937_64 random(*rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>()));
  return test::random_example(random);
}

/// Calls `check(service, area, draw)` for all.
template <class Check>
void for_all(const ServiceExample& example, const Check& check) {
  for (const Service service : positions<Service>(example.services())) {
    for (const Area area : positions<Area>(example.frame.areas.size())) {
      for (const Draw draw : positions<Draw>(example.persons[1].extent<Draw>())) {
        check(service, area, draw);
      }
    }
  }
}

double users_of(const Year1& year, Service service, Area area, Draw draw) {
  double sum = 0.0;
  for (const Sex sex : positions<Sex>(year.users().extent<Sex>())) {
    for (const CareAge age : positions<CareAge>(year.users().extent<CareAge>())) {
      sum += year.users()(part_of(service), sex, age, area, draw);
    }
  }
  return sum;
}

/// Those who need a service themselves; what others pass on to it is not among them.
double own_need(const ServiceExample& example, Service service, Area area, Draw draw) {
  double need = 0.0;
  for (const CareState state : example.rates.services[service.position()].states) {
    for (const Sex sex : positions<Sex>(example.frame.sexes.size())) {
      for (const CareAge age : positions<CareAge>(example.rates.use.extent<CareAge>())) {
        need += example.rates.use(service, state, sex, age, area) *
                example.persons[1](state, sex, age, area, draw);
      }
    }
  }
  return need;
}

/// What the sweep of some kind of processor makes of the people of the example's first year.
template <class Real>
struct Swept {
  Swept(const ServiceExample& example, const ServiceTable& units, const ServiceKernels& kernels)
      : users({example.services(), 1, 1, example.frame.areas.size(),
               example.persons[0].extent<Draw>()}),
        need({example.services(), example.frame.areas.size(), example.persons[0].extent<Draw>()}),
        served(need) {
    const partition::PartTable& all = example.persons[0];
    partition::PartTableOf<Real> people(all.extents());
    std::transform(all.values().begin(), all.values().end(), people.values().begin(),
                   [](double persons) { return static_cast<Real>(persons); });
    const std::size_t areas = example.frame.areas.size();
    const Sex sex(all.extent<Sex>() - 1);
    const CareAge age(all.extent<PartAge>() - 1);
    const ServiceTable& use = example.rates.use;
    const CareState none(0);
    const auto table = use.slab(Service(0), none).size();
    const auto of_services = [&](ServiceAmounts& amounts) {
      return partition::Slabs<double>{amounts.values().data(), amounts.slab(Service(0)).size()};
    };
    kernels({0, areas, all.extent<Draw>(), all.extent<Part>()},
            ServiceSlab<Real>{{people.slab(none, sex, age).data(), people.slab(none).size()},
                              example.rates.services,
                              {use.slab(Service(0), none, sex, age).data(), table},
                              {units.slab(Service(0), none, sex, age).data(), table},
                              areas,
                              age == CareAge(0),
                              partition::slabs_of(users, Sex(0), PartAge(0)),
                              of_services(need),
                              of_services(served)});
  }

  partition::PartTableOf<Real> users;
  ServiceAmounts need;
  ServiceAmounts served;
};

template <class Real>
void expect_the_same_on_all_processors(const ServiceExample& example, double tolerance) {
  ServiceTable units = example.rates.use;
  for (std::size_t at = 0; at < units.size(); ++at) {
    units.values()[at] *= example.rates.per_user.values()[at];
  }
  const Swept<Real> first(example, units, service_implementations().front());
  for (const ServiceKernels& kernels : service_implementations()) {
    const Swept<Real> other(example, units, kernels);
    RC_ASSERT(other.users == first.users);
    RC_ASSERT(other.need == first.need);
    RC_ASSERT(other.served == first.served);
  }
  const Sex sex(example.persons[0].extent<Sex>() - 1);
  const CareAge age(example.persons[0].extent<PartAge>() - 1);
  for_all(example, [&](Service service, Area area, Draw draw) {
    double users = 0.0;
    double served = 0.0;
    for (const CareState state : example.rates.services[service.position()].states) {
      const double people = example.persons[0](state, sex, age, area, draw);
      users += people * example.rates.use(service, state, sex, age, area);
      served += people * units(service, state, sex, age, area);
    }
    const auto near = [&](double found, double expected) {
      return std::abs(found - expected) <= tolerance * std::max(1.0, expected);
    };
    RC_ASSERT(near(first.users(part_of(service), Sex(0), PartAge(0), area, draw), users));
    RC_ASSERT(near(first.need(service, area, draw), users));
    RC_ASSERT(near(first.served(service, area, draw), served));
  });
}

RC_GTEST_PROP(AnyServices, HaveTheSameUsersOnEveryProcessor, ()) {
  std::mt19937_64 random(*rc::gen::arbitrary<std::uint32_t>());
  ServiceExample example = test::random_example(random);
  const auto [states, sexes, ages, areas, draws] = example.persons[0].extents();
  example.persons[0] = partition::PartTable(
      {states, sexes, ages, areas, *rc::gen::element<std::size_t>(1, 3, 8, 15, 16, 24)});
  for (double& people : example.persons[0].values()) people = static_cast<double>(random() % 900);
  example.persons[1] = example.persons[0];
  for (ServiceDescription& service : example.rates.services) {
    service.states.assign(1, CareState(0));
    for (std::size_t state = 1; state < states; ++state) service.states.push_back(CareState(state));
  }
  expect_the_same_on_all_processors<double>(example, 1e-12);
  expect_the_same_on_all_processors<float>(example, 1e-5);
}

RC_GTEST_PROP(AnyServices, HaveNoMoreUsersThanPeople, ()) {
  const ServiceExample example = any();
  const Year1 year(example);
  for (const Service service : positions<Service>(example.services())) {
    for (const Sex sex : positions<Sex>(example.frame.sexes.size())) {
      for (const CareAge age : positions<CareAge>(example.rates.use.extent<CareAge>())) {
        const auto users = year.users().slab(part_of(service), sex, age);
        for (std::size_t at = 0; at < users.size(); ++at) {
          double people = 0.0;
          for (const CareState state :
               positions<CareState>(example.rates.use.extent<CareState>())) {
            people += example.persons[1].slab(state, sex, age)[at];
          }
          RC_ASSERT(users[at] >= 0.0 && users[at] <= people * (1.0 + 1e-9));
        }
      }
    }
  }
}

RC_GTEST_PROP(AnyServices, ServeOrLeaveWaitingAllWhoNeedThem, ()) {
  const ServiceExample example = any();
  const Year1 year(example);
  for_all(example, [&](Service service, Area area, Draw draw) {
    double need = own_need(example, service, area, draw);
    for (const Service from : positions<Service>(example.services())) {
      for (const Overflow& way : example.rates.services[from.position()].overflow) {
        if (way.to == service) need += way.share * year.after.queue(from, area, draw);
      }
    }
    const double served = users_of(year, service, area, draw);
    RC_ASSERT(close(served + year.after.queue(service, area, draw), need));
    RC_ASSERT(served <= example.rates.room(service, StockYear(1), area) * (1.0 + 1e-9));
  });
}

RC_GTEST_PROP(AnyServices, CostTheirVolumeTimesThePrice, ()) {
  ServiceExample example = any();
  example.rates.inflation = {1.25};
  const Year1 year(example);
  double costs = 0.0;
  for_all(example, [&](Service service, Area area, Draw draw) {
    const double cost = year.ledger.cost(service, area, draw);
    RC_ASSERT(
        close(cost, year.ledger.volume(service, area, draw) * example.rates.price(service, area)));
    costs += cost;
  });
  double paid = 0.0;
  for (const double part : year.ledger.paid.values()) paid += part;
  RC_ASSERT(close(paid, costs));
  for (std::size_t at = 0; at < year.ledger.paid.size(); ++at) {
    RC_ASSERT(close(year.ledger.paid_current.values()[at], 1.25 * year.ledger.paid.values()[at]));
  }
}

RC_GTEST_PROP(AnyServices, GrowWithThePeopleAndTheRoom, ()) {
  const ServiceExample example = any();
  ServiceExample twice = example;
  for (partition::PartTable& persons : twice.persons) {
    for (double& people : persons.values()) people *= 2.0;
  }
  for (double& room : twice.rates.room.values()) room *= 2.0;
  const Year1 one(example);
  const Year1 two(twice);
  for_all(example, [&](Service service, Area area, Draw draw) {
    const auto doubled = [&](const ServiceAmounts& a, const ServiceAmounts& b) {
      return close(2.0 * a(service, area, draw), b(service, area, draw));
    };
    RC_ASSERT(doubled(one.ledger.volume, two.ledger.volume));
    RC_ASSERT(doubled(one.ledger.unmet, two.ledger.unmet));
    RC_ASSERT(doubled(one.after.queue, two.after.queue));
  });
}

RC_GTEST_PROP(AnyServices, AreNothingWithoutUse, ()) {
  ServiceExample example = any();
  for (double& share : example.rates.use.values()) share = 0.0;
  const Year1 year(example);
  for (const double volume : year.ledger.volume.values()) RC_ASSERT(volume == 0.0);
  for (const double unmet : year.ledger.unmet.values()) RC_ASSERT(unmet == 0.0);
  for (const double paid : year.ledger.paid.values()) RC_ASSERT(paid == 0.0);
}

}  // namespace
}  // namespace kohort::care
