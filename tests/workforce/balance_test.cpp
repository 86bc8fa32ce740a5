// Supply at the place of work, the gap, who has to be recruited, and what staff can do: on paper,
// and what must hold of any staff.
#include "models/workforce/balance.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/table/tabulate.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/workforce/shire.hpp"

namespace kohort::workforce {
namespace {

using test::Shire;

std::vector<double> all(std::span<const double> values) { return {values.begin(), values.end()}; }
double sum(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}
bool close(double a, double b) {
  return std::abs(a - b) <= 1e-9 * std::max({1.0, std::abs(a), std::abs(b)});
}

/// Staff among people, with their heads.
class CountedStaff {
 public:
  explicit CountedStaff(const partition::PartTable& people)
      : people_(people),
        heads_({people.extent<Part>() - 1, people.extent<Area>(), people.extent<Draw>()}) {
    count_heads(people_, heads_);
  }
  operator Staff() const { return {people_, heads_}; }  // NOLINT: as that

 private:
  partition::PartStock people_;
  StaffAmounts heads_;
};

class SupplyScenarios : public ::testing::Test {
 protected:
  std::string error() {
    return test::error_of(Fault::scenario, [&] { shire.supply(); });
  }
  Shire shire;
};

TEST_F(SupplyScenarios, CountThoseInPartTimeForLess) {
  shire.set("workforce.full_time", shire.table("occupation,value\nnurse,0.6\naide,0.5\n"))
      .set("workforce.part_time_extent", "0.75");
  const SupplyRates rates = shire.supply();
  EXPECT_DOUBLE_EQ(rates.at(StockYear(0))(Shire::nurse, Sex(0), PartAge(0), Shire::a), 0.9);
  EXPECT_DOUBLE_EQ(rates.at(StockYear(4))(Shire::aide, Sex(1), PartAge(4), Shire::b), 0.875);
}

TEST_F(SupplyScenarios, CountMoreInFullTimeFromTheFirstYearOn) {
  shire.set("workforce.full_time", "0.5")
      .set("workforce.part_time_extent", "0.5")
      .add(
          "[[workforce.lever]]\non = \"full_time\"\nfactor = 1.6\noccupations = [\"nurse\"]\n"
          "sexes = [\"female\"]\nages = \"18-19\"\n");
  const SupplyRates rates = shire.supply();
  EXPECT_DOUBLE_EQ(rates.at(StockYear(0))(Shire::nurse, Sex(0), PartAge(2), Shire::a), 0.75);
  EXPECT_DOUBLE_EQ(rates.at(StockYear(1))(Shire::nurse, Sex(0), PartAge(2), Shire::a), 0.9);
  EXPECT_DOUBLE_EQ(rates.at(StockYear(1))(Shire::nurse, Sex(0), PartAge(1), Shire::a), 0.75);
  EXPECT_DOUBLE_EQ(rates.at(StockYear(1))(Shire::nurse, Sex(1), PartAge(2), Shire::a), 0.75);
  EXPECT_DOUBLE_EQ(rates.at(StockYear(1))(Shire::aide, Sex(0), PartAge(2), Shire::a), 0.75);
}

TEST_F(SupplyScenarios, RefuseMoreThanAllInFullTime) {
  shire.set("workforce.full_time", "0.8")
      .add("[[workforce.lever]]\non = \"full_time\"\nfactor = 1.5\noccupations = [\"aide\"]\n");
  EXPECT_HAS(error(), "workforce.lever.factor: 1.2 times all of aide would work full time");
}

TEST_F(SupplyScenarios, RefuseSharesOfCommutersThatAreNotAll) {
  shire.set("workforce.commuting",
            shire.table("area,workplace,value\na,a,0.7\na,b,0.2\nb,a,0\nb,b,1\n"));
  EXPECT_HAS(error(), "workforce.commuting: the shares of area a sum to 0.9; they must sum to 1");
}

TEST_F(SupplyScenarios, MoveThoseWhoCommute) {
  shire.set("workforce.commuting",
            shire.table("area,workplace,value\na,a,0.75\na,b,0.25\nb,a,0\nb,b,1\n"));
  StaffAmounts at_home({1, 2, 1}, 100.0);
  StaffAmounts at_work({1, 2, 1});
  shire.supply().commuting.move(at_home, at_work);
  EXPECT_EQ(all(at_work.values()), (std::vector<double>{75.0, 125.0}));
}

/// Random figures.
class Any {
 public:
  Any() : random_(*rc::gen::noShrink(rc::gen::arbitrary<std::uint64_t>())) {}

  std::size_t below(std::size_t end) { return random_() % end; }
  double between(double least, double most) {
    return std::uniform_real_distribution<double>(least, most)(random_);
  }
  StaffAmounts amounts(const StaffAmounts::Extents& extents) {
    StaffAmounts amounts(extents);
    for (double& one : amounts.values()) one = below(5) == 0 ? 0.0 : between(0.0, 100.0);
    return amounts;
  }
  Table<double, Area, Workplace> commuting(std::size_t areas) {
    Table<double, Area, Workplace> shares({areas, areas});
    for (const Area home : positions<Area>(areas)) {
      double all = 0.0;
      for (double& share : shares.slab(home))
        all += share = below(3) == 0 ? 0.0 : between(0.0, 1.0);
      if (all == 0.0) all += shares(home, Workplace(0)) = 1.0;
      for (double& share : shares.slab(home)) share /= all;
    }
    return shares;
  }

 private:
  std::mt19937_64 random_;
};

RC_GTEST_PROP(AnyCommuting, LosesNobody, ()) {
  Any any;
  const StaffAmounts at_home = any.amounts({2, 1 + any.below(5), 3});
  StaffAmounts at_work(at_home.extents());
  Commuting(any.commuting(at_home.extent<Area>())).move(at_home, at_work);
  for (const Occupation occupation : positions<Occupation>(2)) {
    RC_ASSERT(close(sum(std::as_const(at_home).slab(occupation)),
                    sum(std::as_const(at_work).slab(occupation))));
  }
}

RC_GTEST_PROP(AnySupply, IsEveryHeadOnceWhereAllWorkFullTime, ()) {
  Any any;
  const std::size_t areas = 1 + any.below(4);
  const StaffTable ones({2, 2, 3, areas}, 1.0);
  const Supply supply({{ones}, Commuting(any.commuting(areas))}, ones);
  partition::PartTable people({3, 2, 3, areas, 2});
  for (double& one : people.values()) one = any.between(0.0, 100.0);
  StaffAmounts at_home({2, areas, 2});
  StaffAmounts posts = at_home;
  const CountedStaff staff(people);
  supply.reckon(StockYear(0), staff, at_home, posts);
  for (const Occupation occupation : positions<Occupation>(2)) {
    RC_ASSERT(close(sum(std::as_const(posts).slab(occupation)),
                    sum(std::as_const(people).slab(part_of(occupation)))));
  }
}

RC_GTEST_PROP(AnySupply, CountsEveryHeadForItsPosts, ()) {
  Any any;
  const std::size_t areas = 1 + any.below(4);
  StaffTable each({2, 2, 3, areas});
  const bool alike = any.below(2) == 0;
  for (double& posts : each.values()) posts = any.between(0.3, 1.0);
  for (const Occupation occupation : positions<Occupation>(alike ? 2 : 0)) {
    const auto all = each.slab(occupation);
    for (std::size_t at = areas; at < all.size(); ++at) all[at] = all[at - areas];
  }
  partition::PartTable people({3, 2, 3, areas, 2});
  for (double& one : people.values()) one = any.between(0.0, 100.0);
  StaffAmounts at_home({2, areas, 2});
  StaffAmounts posts = at_home;
  Supply({{each}, {}}, each).reckon(StockYear(0), CountedStaff(people), at_home, posts);
  for (const Occupation occupation : positions<Occupation>(2)) {
    for (const Area area : positions<Area>(areas)) {
      for (const Draw draw : positions<Draw>(2)) {
        double expected = 0.0;
        for (const Sex sex : positions<Sex>(2)) {
          for (const PartAge age : positions<PartAge>(3)) {
            expected += each(occupation, sex, age, area) *
                        people(part_of(occupation), sex, age, area, draw);
          }
        }
        RC_ASSERT(close(posts(occupation, area, draw), expected));
      }
    }
  }
}

// 30 heads of 0.5 posts and 10 of 0.9: 24 posts of 40 heads.
TEST(Supply, KnowsWhatAHeadOfTheBaseYearIsWorth) {
  StaffTable each({1, 2, 1, 1}, 0.5);
  StaffTable base({1, 2, 1, 1}, 30.0);
  each(Occupation(0), Sex(1), PartAge(0), Area(0)) = 0.9;
  base(Occupation(0), Sex(1), PartAge(0), Area(0)) = 10.0;
  EXPECT_DOUBLE_EQ(Supply({{each}, {}}, base).posts_per_head(StockYear(3), Occupation(0), Area(0)),
                   0.6);
  EXPECT_DOUBLE_EQ(Supply({{each}, {}}, StaffTable({1, 2, 1, 1}))
                       .posts_per_head(StockYear(0), Occupation(0), Area(0)),
                   0.7);
}

// Half of those who live in the first area work in the second.
TEST(Recruitment, GrowsAndReplacesWherePeopleWork) {
  Table<double, Area, Workplace> shares({2, 2});
  shares(Area(0), Workplace(0)) = 0.5;
  shares(Area(0), Workplace(1)) = 0.5;
  shares(Area(1), Workplace(1)) = 1.0;
  const StaffAmounts before({1, 2, 1}, 100.0);
  const StaffAmounts after({1, 2, 1}, 104.0);
  StaffFlows flows(before.extents());
  const auto enter = [&](StaffFlow flow, double persons) {
    flows[flow](Occupation(0), Area(0), Draw(0)) = persons;
  };
  enter(StaffFlow::entrants, 99.0);  // who is recruited is not who has to be
  enter(StaffFlow::retirements, 6.0);
  enter(StaffFlow::exits, 9.0);
  enter(StaffFlow::deaths, 2.0);
  enter(StaffFlow::emigrated, 1.0);
  enter(StaffFlow::moved_out, 5.0);
  enter(StaffFlow::moved_in, 8.0);
  enter(StaffFlow::changed_out, 4.0);
  enter(StaffFlow::changed_in, 3.0);
  StaffAmounts room(before.extents());
  Recruitment recruitment(before.extents());
  reckon_recruitment({before, after}, flows, Commuting(shares), room, recruitment);
  EXPECT_EQ(all(recruitment.growth.values()), (std::vector<double>{4.0, 4.0}));
  EXPECT_EQ(all(recruitment.retirement.values()), (std::vector<double>{3.0, 3.0}));
  EXPECT_EQ(all(recruitment.other.values()), (std::vector<double>{5.0, 5.0}));
  EXPECT_EQ(all(recruitment.need.values()), (std::vector<double>{12.0, 12.0}));
}

/// A task that takes 3 posts of the first and 1 of the second occupation.
Demand two_occupations() {
  DemandRates rates;
  rates.tasks = {{"care", Employer::municipality, true, 0},
                 {"more", Employer::municipality, true, 0},
                 {"hospital", Employer::region, true, 1},
                 {"nothing", Employer::municipality, true, 1}};
  rates.posts.assign(1, PostTable({4, 2, 1}));
  rates.posts[0](Task(0), Occupation(0), Area(0)) = 3.0;
  rates.posts[0](Task(0), Occupation(1), Area(0)) = 1.0;
  rates.posts[0](Task(1), Occupation(1), Area(0)) = 5.0;
  rates.posts[0](Task(2), Occupation(0), Area(0)) = 1.0;
  return Demand(rates);
}

// Of the first occupation 40 of 80 posts, of the second more than enough.
TEST(Delivered, IsTheShareOfPostsThatAreFilled) {
  StaffAmounts wanted({2, 1, 1}, 80.0);
  StaffAmounts available({2, 1, 1}, 40.0);
  available(Occupation(1), Area(0), Draw(0)) = 90.0;
  TaskShares delivered({4, 1, 1});
  reckon_delivered(StockYear(0), two_occupations(), {wanted, available}, delivered);
  EXPECT_EQ(all(delivered.values()), (std::vector<double>{0.625, 1.0, 1.0, 1.0}));
  care::ServiceAmounts services({3, 1, 1});
  reckon_services(two_occupations(), delivered, services);
  EXPECT_EQ(all(services.values()), (std::vector<double>{0.625, 1.0, 1.0}));
}

// 10 units of 4, 5, 1 and no posts.
TEST(Undone, IsTheRestOfThePostsOfATask) {
  TaskShares delivered({4, 1, 1}, 1.0);
  delivered(Task(0), Area(0), Draw(0)) = 0.625;
  Workload undone({4, 1, 1});
  reckon_undone(StockYear(0), two_occupations(), Workload({4, 1, 1}, 10.0), {delivered}, undone);
  EXPECT_EQ(all(undone.values()), (std::vector<double>{15.0, 0.0, 0.0, 0.0}));
}

/// Two years of random demand, staff and commuting.
struct AnyBalance {
  AnyBalance() {
    areas = 2 + any.below(4);
    rates.tasks = {{"t", Employer::municipality, true, 0}};
    for (std::size_t year = 0; year < 2; ++year) {
      PostTable& posts = rates.posts.emplace_back(PostTable({1, 2, areas}));
      for (double& one : posts.values()) one = any.below(4) == 0 ? 0.0 : any.between(0.0, 2.0);
      people.emplace_back(partition::PartTable({3, 1, 2, areas, 2}));
      for (double& one : people.back().values()) one = any.between(0.0, 100.0);
      care::ServiceAmounts& provided = services.emplace_back().provided;
      provided = care::ServiceAmounts({1, areas, 2});
      for (double& one : provided.values()) one = any.below(5) == 0 ? 0.0 : any.between(0.0, 100.0);
    }
    each = StaffTable({2, 1, 2, areas});
    for (double& one : each.values()) one = any.between(0.3, 1.0);
    shares = any.commuting(areas);
  }

  struct Run {
    BalanceStock stock;
    BalanceLedger ledger;
  };
  Run run(double fraction) const {
    cooperation::Pool pool{{}, fraction};
    for (const Area area : positions<Area>(areas)) pool.members.push_back(area);
    const Balance balance(Demand(rates), Supply({{each}, Commuting(shares)}, each),
                          cooperation::Cooperation({pool}), 1);
    Run run{balance.start({CountedStaff(people[0]), {&services[0], nullptr}}),
            balance.ledger({2, areas, 2})};
    balance.step(Interval(0), {CountedStaff(people[1]), {&services[1], nullptr}},
                 StaffFlows({2, areas, 2}), run.stock, run.ledger);
    return run;
  }

  Any any;
  std::size_t areas;
  DemandRates rates;
  std::vector<partition::PartTable> people;
  std::vector<care::ServiceStock> services;
  StaffTable each;
  Table<double, Area, Workplace> shares;
};

RC_GTEST_PROP(AnyBalance, HasNoLargerGapWithCooperationAndTheSameInAll, ()) {
  AnyBalance any;
  const AnyBalance::Run alone = any.run(0.0);
  const AnyBalance::Run together = any.run(any.any.between(0.0, 1.0));
  for (std::size_t at = 0; at < alone.stock.gap.size(); ++at) {
    RC_ASSERT(together.stock.gap_alone.values()[at] == alone.stock.gap.values()[at]);
    RC_ASSERT(std::max(0.0, together.stock.gap.values()[at]) <=
              std::max(0.0, alone.stock.gap.values()[at]));
    RC_ASSERT(close(together.stock.gap.values()[at], together.stock.demand.values()[at] -
                                                         together.stock.supply.values()[at] -
                                                         together.stock.borrowed.values()[at]));
  }
  for (const Occupation occupation : positions<Occupation>(2)) {
    RC_ASSERT(std::abs(sum(std::as_const(together.stock.borrowed).slab(occupation))) <= 1e-9);
  }
}

RC_GTEST_PROP(AnyBalance, DeliversNoLessWithCooperationAndNoMoreThanAll, ()) {
  AnyBalance any;
  const AnyBalance::Run alone = any.run(0.0);
  const AnyBalance::Run together = any.run(any.any.between(0.0, 1.0));
  for (std::size_t at = 0; at < alone.stock.services.size(); ++at) {
    RC_ASSERT(together.stock.services.values()[at] >= alone.stock.services.values()[at] - 1e-12);
    RC_ASSERT(together.stock.services.values()[at] <= 1.0 + 1e-12);
  }
}

RC_GTEST_PROP(AnyBalance, RecruitsForTheGrowthOfDemandInHeads, ()) {
  const AnyBalance any;
  const AnyBalance::Run run = any.run(0.0);
  const Supply supply({{any.each}, {}}, any.each);
  for (const Occupation occupation : positions<Occupation>(2)) {
    for (const Area area : positions<Area>(any.areas)) {
      for (const Draw draw : positions<Draw>(2)) {
        const auto demand = [&](std::size_t year) {
          return any.rates.posts[year](Task(0), occupation, area) *
                 any.services[year].provided(care::Service(0), area, draw);
        };
        const double heads =
            (demand(1) - demand(0)) / supply.posts_per_head(StockYear(0), occupation, area);
        RC_ASSERT(close(run.ledger.recruitment.need(occupation, area, draw), heads));
      }
    }
  }
}

// 4 of 8 posts are filled in the base year, and 5 of 5 a year later.
TEST(Balance, DeliversInAYearTheMeanOfBothEnds) {
  DemandRates rates;
  rates.tasks = {{"t", Employer::municipality, true, 0}};
  rates.posts = {PostTable({1, 1, 1}, 8.0), PostTable({1, 1, 1}, 5.0)};
  const StaffTable ones({1, 1, 1, 1}, 1.0);
  const Balance balance(Demand(rates), Supply({{ones}, {}}, ones), {}, 1);
  const auto people = [](double heads) {
    return CountedStaff(partition::PartTable({2, 1, 1, 1, 1}, heads));
  };
  care::ServiceStock services;
  services.provided = care::ServiceAmounts({1, 1, 1}, 1.0);
  BalanceStock stock = balance.start({people(4.0), {&services, nullptr}});
  BalanceLedger ledger = balance.ledger({1, 1, 1});
  balance.step(Interval(0), {people(5.0), {&services, nullptr}}, StaffFlows({1, 1, 1}), stock,
               ledger);
  EXPECT_EQ(stock.services.values()[0], 1.0);
  EXPECT_EQ(ledger.services.values()[0], 0.75);
  EXPECT_EQ(ledger.recruitment.need.values()[0], -3.0);
}

}  // namespace
}  // namespace kohort::workforce
