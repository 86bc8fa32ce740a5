// Staff are inhabitants: whatever happens to people happens to them, and nobody is lost.
#include "models/workforce/step.hpp"

#include <cmath>
#include <memory>
#include <numeric>
#include <random>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/table/tabulate.hpp"
#include "models/population/ledger.hpp"
#include "models/population/state.hpp"
#include "tests/support/example.hpp"

namespace kohort::workforce {
namespace {

using population::Chance;

/// People of 0 to 30 and older, staff among those of 16 to 27, in two occupations.
struct Town {
  test::Example example;
  StaffRates rates;

  const Frame& frame() const { return example.frame; }
  std::size_t ages() const { return rates.frame.ages(); }
  StaffTable staff(double value) const {
    return StaffTable({2, frame().sexes.size(), ages(), frame().areas.size()}, value);
  }
  /// The same in all years.
  static StaffSeries always(const StaffTable& table) { return StaffSeries(table); }
  /// Of the people of each cell, the share in the labour force.
  Table<double, Sex, PartAge, Area> participation(double share) const {
    return Table<double, Sex, PartAge, Area>({frame().sexes.size(), ages(), frame().areas.size()},
                                             share);
  }
};

/// In which staff neither come nor go.
Town quiet(test::Example example) {
  Town town{std::move(example), {}};
  town.rates.frame = {Age(16), Age(27), {"nurse", "aide"}};
  town.rates.participation = population::Series(town.participation(1.0));
  const StaffTable none = town.staff(0.0);
  for (auto* tables : {&town.rates.retirement, &town.rates.exit, &town.rates.education,
                       &town.rates.other_entry, &town.rates.abroad}) {
    *tables = town.always(none);
  }
  town.rates.change = Table<double, Occupation, ToOccupation>({2, 2});
  town.rates.base =
      tabulate<StaffTable>(none.extents(), [&](Occupation one, Sex sex, PartAge age, Area area) {
        const double people = town.example.base(sex, town.rates.frame.age_of(age), Group(0), area);
        return std::floor((one == Occupation(0) ? 0.3 : 0.2) * people);
      });
  return town;
}

const test::ExampleShape shape{.areas = 3, .groups = 1, .open_age = 30, .intervals = 4};

Frame frame_of(const Town& town, Precision precision) {
  Frame frame = town.frame();
  frame.precision = precision;
  return frame;
}

/// A projection of people and of their staff side by side.
class Course {
 public:
  Course(const Town& town, const Chance& chance, std::size_t draws,
         const StaffSweepKernels* sweeps = &fastest_staff_sweeps(),
         Precision precision = Precision::in_double)
      : people_(town.frame(), town.example.rates, town.example.conventions, town.example.base,
                chance),
        staff_(frame_of(town, precision), town.rates, chance, people_.rates().in_migrants.empty(),
               sweeps),
        block_{.count = draws, .seed = 7},
        ledger_(people_.ledger(draws)),
        state_(people_.start(block_, *ledger_)),
        stock_(town.frame(), town.rates.frame, staff_.lags(), block_, staff_.precision_of(block_)),
        flows_(town.frame(), town.rates.frame, draws) {
    staff_.start(people(), stock_);
  }

  /// Starts with other people in each draw: one in a hundred more than in the one before.
  void tell_draws_apart() {
    auto& persons = dynamic_cast<population::PopulationState&>(*state_).persons;
    for (std::size_t at = 0; at < persons.size(); ++at) {
      persons.values()[at] *= 1.0 + 0.01 * static_cast<double>(at % block_.count);
    }
    staff_.start(people(), stock_);
  }

  void step(Interval interval) {
    people_.step(interval, *state_, *ledger_);
    staff_.step(interval, {people(), dynamic_cast<population::PopulationLedger&>(*ledger_)}, stock_,
                flows_);
  }
  const population::PopulationState& people() const {
    return dynamic_cast<const population::PopulationState&>(*state_);
  }
  const StaffStock& stock() const { return stock_; }
  const partition::PartTable& staff() const { return stock_.people.as<double>(); }
  bool goes_by_sweeps() const {
    return StaffSweeps::know(staff_.rates(), false, people_.rates().in_migrants.empty());
  }
  const StaffFlows& flows() const { return flows_.flows; }
  double heads() const {
    StaffAmounts heads(stock_.heads.extents());
    count_heads(stock_.people, heads);
    return std::accumulate(heads.values().begin(), heads.values().end(), 0.0);
  }

 private:
  population::PopulationModel people_;
  StaffProjection staff_;
  DrawBlock block_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<State> state_;
  StaffStock stock_;
  StaffLedger flows_;
};

double total(const StaffFlows& flows, StaffFlow flow) {
  const auto values = flows[flow].values();
  return std::accumulate(values.begin(), values.end(), 0.0);
}

TEST(Staff, OnlyGrowOlderWhereNothingHappens) {
  std::mt19937_64 random(1);
  const Town town = quiet(test::still_example(shape, random));
  Course run(town, {}, 1);
  const partition::PartTable before = run.staff();
  run.step(Interval(0));
  for (std::size_t age = 1; age < town.ages(); ++age) {
    for (const Part part : {part_of(Occupation(0)), part_of(Occupation(1))}) {
      const auto old = before.slab(part, Sex(1), PartAge(age - 1));
      const auto now = run.staff().slab(part, Sex(1), PartAge(age));
      for (std::size_t at = 0; at < now.size(); ++at) ASSERT_NEAR(now[at], old[at], 1e-9);
    }
  }
  EXPECT_EQ(total(run.flows(), StaffFlow::entrants), 0.0);
  EXPECT_GT(total(run.flows(), StaffFlow::retirements), 0.0);  // those past the last age
}

// A hundred of each age, ten of them staff at each age: as many take the place of those who leave.
TEST(Staff, StayAsManyWhereAsManyEnterAsLeave) {
  std::mt19937_64 random(2);
  Town town = quiet(test::still_example(shape, random));
  for (double& people : town.example.base.values()) people = 100.0;
  town.rates.base = town.staff(10.0);
  StaffTable entrants = town.staff(0.0);
  for (const Occupation one : {Occupation(0), Occupation(1)}) {
    for (const Sex sex : positions<Sex>(town.frame().sexes.size())) {
      const auto young = entrants.slab(one, sex, PartAge(0));
      std::fill(young.begin(), young.end(), 10.0);
    }
  }
  town.rates.education = town.always(entrants);
  Course run(town, {}, 1);
  const double before = run.heads();
  for (const Interval interval : positions<Interval>(4)) {
    run.step(interval);
    EXPECT_NEAR(run.heads(), before, 1e-9);
  }
}

// exp(-0.5) of a cell stay when hazards of 0.2, 0.2 and 0.1 compete, and leavers are as 2 : 2 : 1.
TEST(Staff, LeaveByHazardsThatCompete) {
  std::mt19937_64 random(3);
  Town town = quiet(test::still_example(shape, random));
  town.rates.retirement = town.always(town.staff(0.2));
  town.rates.exit = town.always(town.staff(0.2));
  town.rates.change(Occupation(0), ToOccupation(1)) = 0.1;
  town.rates.change(Occupation(1), ToOccupation(0)) = 0.1;
  Course run(town, {}, 1);
  const partition::PartTable before = run.staff();
  run.step(Interval(0));
  const double nurses = before(part_of(Occupation(0)), Sex(0), PartAge(3), Area(1), Draw(0));
  const double aides = before(part_of(Occupation(1)), Sex(0), PartAge(3), Area(1), Draw(0));
  const double now = run.staff()(part_of(Occupation(0)), Sex(0), PartAge(4), Area(1), Draw(0));
  EXPECT_NEAR(now, nurses * std::exp(-0.5) + aides * (1.0 - std::exp(-0.5)) / 5.0, 1e-9);
  EXPECT_NEAR(total(run.flows(), StaffFlow::exits),
              2.0 * total(run.flows(), StaffFlow::changed_out), 1e-6);
  EXPECT_NEAR(total(run.flows(), StaffFlow::changed_in), total(run.flows(), StaffFlow::changed_out),
              1e-9);
}

TEST(Staff, ComeFromAbroadAfterADelay) {
  std::mt19937_64 random(4);
  Town town = quiet(test::busy_example(shape, random));
  town.rates.base = town.staff(0.0);
  StaffTable share = town.staff(0.0);
  share(Occupation(0), Sex(0), PartAge(4), Area(0)) = 0.5;
  town.rates.abroad = town.always(share);
  town.rates.delay = {0.0, 0.2};
  Course run(town, {}, 1);
  run.step(Interval(0));
  // Those of the year before are taken to be as many as in the first year.
  const double immigrants = run.stock().immigrants(Lag(1), Area(0), Draw(0));
  EXPECT_NEAR(total(run.flows(), StaffFlow::entrants), 0.5 * 0.2 * immigrants, 1e-9);
}

/// A town in which everything happens.
Town busy(unsigned seed, const test::ExampleShape& of = shape) {
  std::mt19937_64 random(seed);
  Town town = quiet(test::busy_example(of, random));
  for (double& people : town.example.base.values()) people = std::floor(people);
  std::uniform_real_distribution<double> part(0.0, 1.0);
  const auto some = [&](double most) {
    StaffTable table = town.staff(0.0);
    for (double& value : table.values()) value = most * part(random);
    return table;
  };
  town.rates.retirement = town.always(some(0.3));
  town.rates.exit = town.always(some(0.5));
  town.rates.education = town.always(some(8.0));
  town.rates.other_entry = town.always(some(0.2));
  town.rates.abroad = town.always(some(0.05));
  town.rates.delay = {0.1, 0.3, 0.2};
  town.rates.change(Occupation(1), ToOccupation(0)) = part(random);
  town.rates.participation = population::series_of(town.frame().intervals, [&](Interval) {
    auto table = town.participation(0.0);
    for (double& share : table.values()) share = 0.2 + 0.8 * part(random);
    return table;
  });
  return town;
}

RC_GTEST_PROP(Staff, ArePartOfTheLabourForceInEveryDraw, ()) {
  const Town town = busy(*rc::gen::inRange(0U, 10000U));
  const bool events = *rc::gen::arbitrary<bool>();
  Course run(town, {.paths = false, .events = events}, 3);
  for (const Interval interval : positions<Interval>(4)) {
    run.step(interval);  // which asserts the accounts
    const partition::PartTable& people = run.staff();
    for (const Sex sex : positions<Sex>(town.frame().sexes.size())) {
      for (const PartAge age : positions<PartAge>(town.ages())) {
        const auto all = run.people().persons.slab(sex, town.rates.frame.age_of(age));
        for (std::size_t at = 0; at < all.size(); ++at) {
          double staff = 0.0;
          for (const Part part : {part_of(Occupation(0)), part_of(Occupation(1))}) {
            const double one = people.slab(part, sex, age)[at];
            RC_ASSERT(one >= 0.0);
            RC_ASSERT(!events || one == std::floor(one));
            staff += one;
          }
          const double share =
              town.rates.participation[interval.position()](sex, age, Area(at / 3));
          RC_ASSERT(staff <= share * all[at] + 1e-9);
        }
      }
    }
  }
}

// To the last bit, for packs of every width and the draws that are left over.
RC_GTEST_PROP(Staff, GoTheSameWayBySweepsAsByCohorts, ()) {
  test::ExampleShape of = shape;
  of.areas = *rc::gen::element<std::size_t>(1, 3, 37);  // one at once, some, more than are at once
  const Town town = busy(*rc::gen::inRange(0U, 10000U), of);
  const std::size_t draws = *rc::gen::element<std::size_t>(1, 2, 7, 8, 13, 16);
  Course by_cohorts(town, {}, draws, nullptr);
  by_cohorts.tell_draws_apart();
  std::vector<std::unique_ptr<Course>> by_sweeps;
  for (const StaffSweepKernels& sweeps : staff_sweep_implementations()) {
    by_sweeps.push_back(std::make_unique<Course>(town, Chance{}, draws, &sweeps));
    by_sweeps.back()->tell_draws_apart();
    RC_ASSERT(by_sweeps.back()->goes_by_sweeps());
  }
  for (const Interval interval : positions<Interval>(4)) {
    by_cohorts.step(interval);
    for (const auto& run : by_sweeps) {
      run->step(interval);
      RC_ASSERT(run->staff() == by_cohorts.staff());
      for (std::size_t flow = 0; flow < staff_flow_count; ++flow) {
        const auto which = static_cast<StaffFlow>(flow);
        RC_ASSERT(run->flows()[which] == by_cohorts.flows()[which]);
      }
    }
  }
}

// The same bits on every kind of processor, a hundred-thousandth of a cell's people from double.
RC_GTEST_PROP(Staff, InSinglePrecisionAreNearlyTheSame, ()) {
  test::ExampleShape of = shape;
  of.areas = *rc::gen::element<std::size_t>(1, 3, 37);
  const Town town = busy(*rc::gen::inRange(0U, 10000U), of);
  const std::size_t draws = *rc::gen::element<std::size_t>(1, 2, 7, 8, 13, 16, 24, 31);
  Course in_double(town, {}, draws);
  in_double.tell_draws_apart();
  std::vector<std::unique_ptr<Course>> in_single;
  for (const StaffSweepKernels& sweeps : staff_sweep_implementations()) {
    in_single.push_back(
        std::make_unique<Course>(town, Chance{}, draws, &sweeps, Precision::in_single));
    in_single.back()->tell_draws_apart();
    RC_ASSERT(in_single.back()->stock().people.precision() == Precision::in_single);
  }
  for (const Interval interval : positions<Interval>(4)) {
    in_double.step(interval);
    for (const auto& run : in_single) {
      run->step(interval);  // which asserts the accounts
      RC_ASSERT(run->stock().people.as<float>() == in_single.front()->stock().people.as<float>());
      RC_ASSERT(run->stock().heads == in_single.front()->stock().heads);
    }
    const auto exact = in_double.staff().values();
    const auto found = in_single.front()->stock().people.as<float>().values();
    const std::size_t cells = in_double.staff().slab(Part(0)).size();
    for (std::size_t at = 0; at < exact.size(); ++at) {
      double people = 0.0;
      for (std::size_t part = at % cells; part < exact.size(); part += cells) people += exact[part];
      RC_ASSERT(std::abs(found[at] - exact[at]) <= 1e-5 * std::max(1.0, people));
    }
  }
}

// The mean of 4000 draws of all heads lies within four standard errors of the expected ones.
TEST(Staff, AreInDrawsAsManyAsExpectedOnAverage) {
  Town town = busy(11);
  for (double& people : town.example.base.values()) people += 400.0;
  town.rates.participation = population::Series(town.participation(1.0));
  Course expected(town, {}, 1);
  constexpr std::size_t draws = 4000;
  Course drawn(town, {.paths = false, .events = true}, draws);
  for (const Interval interval : positions<Interval>(3)) {
    expected.step(interval);
    drawn.step(interval);
  }
  std::vector<double> heads(draws);
  for (const Part part : {part_of(Occupation(0)), part_of(Occupation(1))}) {
    const auto of_part = drawn.staff().slab(part);
    for (std::size_t at = 0; at < of_part.size(); ++at) heads[at % draws] += of_part[at];
  }
  const double mean = std::accumulate(heads.begin(), heads.end(), 0.0) / draws;
  double squares = 0.0;
  for (const double one : heads) squares += (one - mean) * (one - mean);
  const double error = std::sqrt(squares / (draws - 1.0) / draws);
  EXPECT_NEAR(mean, expected.heads(), 4.0 * error);
}

}  // namespace
}  // namespace kohort::workforce
