// What the sweeps of care do is what happens cohort by cohort, to the last bit.
#include "models/care/sweeps.hpp"

#include <algorithm>
#include <memory>
#include <random>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/table/tabulate.hpp"
#include "models/care/step.hpp"
#include "models/population/ledger.hpp"
#include "models/population/model.hpp"
#include "models/population/state.hpp"
#include "tests/support/example.hpp"

namespace kohort::care {
namespace {

const test::ExampleShape shape{.areas = 3, .groups = 1, .open_age = 30, .intervals = 4};

/// Sets [...][last] such that they sum to 1 over positions that lie `apart`.
template <class Table>
void sum_to_one(Table& table, std::size_t count, std::size_t apart) {
  const auto values = table.values();
  for (std::size_t block = 0; block < values.size(); block += count * apart) {
    for (std::size_t at = block; at < block + apart; ++at) {
      double sum = 0.0;
      for (std::size_t one = 0; one < count; ++one) sum += values[at + one * apart];
      for (std::size_t one = 0; one < count; ++one) values[at + one * apart] /= sum;
    }
  }
}

/// People of 20 and older in three states of two series, everything of whom is drawn by lot.
CareRates some_rates(const Frame& frame, unsigned seed) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> part(0.01, 1.0);
  const auto fill = [&](auto& table) {
    for (double& value : table.values()) value = part(random);
  };
  CareRates rates;
  rates.care.first_age = Age(20);
  rates.care.states = {{"none", {}}, {"home", Series(0)}, {"housing", Series(1)}};
  rates.care.series = {"home", "housing"};
  rates.method = Method::multistate;
  const std::size_t sexes = frame.sexes.size();
  const std::size_t ages = rates.care.ages(frame);
  const std::size_t areas = frame.areas.size();
  const auto shares = [&] {
    PrevalenceTable table({sexes, ages, 3, areas});
    fill(table);
    sum_to_one(table, 3, areas);
    return table;
  };
  rates.base = shares();
  for (std::size_t interval = 0; interval < frame.intervals; ++interval) {
    rates.prevalence.push_back(shares());
    TransitionTable& transitions =
        rates.transitions.emplace_back(TransitionTable::Extents{sexes, ages, 3, 3, areas});
    fill(transitions);
    sum_to_one(transitions, 3, areas);
    ResponseTable& responses =
        rates.responses.emplace_back(ResponseTable::Extents{sexes, ages, 4, 3, areas});
    fill(responses);
  }
  rates.odds_of_dying = Table<double, Sex, CareState>({sexes, 3});
  for (const Sex sex : positions<Sex>(sexes)) {
    double odds = 1.0;
    for (double& one : rates.odds_of_dying.slab(sex)) {
      one = odds;
      odds *= 1.0 + 2.0 * part(random);
    }
  }
  rates.uncertainty.level = Table<double, Series, Area>({2, areas}, 0.3);
  rates.uncertainty.course = Table<double, Interval, Series>({frame.intervals, 2}, 0.2);
  return rates;
}

struct Shape {
  std::size_t draws;
  bool paths;  ///< draws differ in their levels of care
  Precision precision = Precision::in_double;
};

Frame frame_of(const test::Example& example, Precision precision) {
  Frame frame = example.frame;
  frame.precision = precision;
  return frame;
}

/// A projection of people and of their care side by side.
class Course {
 public:
  Course(const test::Example& example, const CareRates& rates, const Shape& run,
         const CareSweepKernels* sweeps)
      : people_(example.frame, example.rates, example.conventions, example.base, {}),
        care_(frame_of(example, run.precision), rates, {.paths = run.paths, .events = false},
              people_.rates().in_migrants.empty(), sweeps),
        block_{.count = run.draws, .seed = 7},
        ledger_(people_.ledger(run.draws)),
        state_(people_.start(block_, *ledger_)),
        stock_(example.frame, rates.care, block_, care_.precision_of(block_)),
        room_(example.frame, rates.care, run.draws) {
    care_.start(people(), stock_);
  }

  void step(Interval interval) {
    people_.step(interval, *state_, *ledger_);
    care_.step(interval, {people(), dynamic_cast<population::PopulationLedger&>(*ledger_)}, stock_,
               room_);
  }
  const CareTable& persons() const { return stock_.persons; }
  bool goes_by_sweeps(bool paths) const {
    return CareSweeps::know(care_.rates(), paths, care_.closed());
  }

 private:
  const population::PopulationState& people() const {
    return dynamic_cast<const population::PopulationState&>(*state_);
  }

  population::PopulationModel people_;
  CareProjection care_;
  DrawBlock block_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<State> state_;
  CareStock stock_;
  CareLedger room_;
};

/// Sets a rate of those in the last rows.
void set_of_the_oldest(double rate, population::Series<population::CellTable>& rates) {
  population::CellTable table = rates.at(Interval(0));
  const std::size_t rows = table.extent<CohortRow>();
  for (const Sex sex : positions<Sex>(table.extent<Sex>())) {
    for (std::size_t row = rows / 2; row < rows; ++row) {
      const auto of_areas = table.slab(sex, CohortRow(row));
      std::fill(of_areas.begin(), of_areas.end(), rate);
    }
  }
  rates = population::Series(table);
}

/// Has so many of the oldest die, and leaves nobody who could leave otherwise.
void let_the_oldest_die(double dying, population::Rates& rates) {
  set_of_the_oldest(dying, rates.dying);
  set_of_the_oldest(0.0, rates.emigrating);
  set_of_the_oldest(0.0, rates.moving);
  rates.net_migrants = {};
}

/// Now and then nearly all of the oldest die, or all of them.
test::Example any_example(const test::ExampleShape& shape, std::mt19937_64& random) {
  test::Example example = test::busy_example(shape, random);
  const double dying = *rc::gen::element(0.0, 0.0, 0.999, 1.0 - 1e-5, 1.0 - 1e-9, 1.0);
  if (dying > 0.0) let_the_oldest_die(dying, example.rates);
  return example;
}

// For packs of every width and the draws that are left over.
RC_GTEST_PROP(CareSweeps, AreTheSameAsCohorts, ()) {
  const auto seed = *rc::gen::inRange(0U, 10000U);
  std::mt19937_64 random(seed);
  test::ExampleShape of = shape;
  of.areas = *rc::gen::element<std::size_t>(1, 3, 37);  // one at once, some, more than are at once
  const test::Example example = any_example(of, random);
  const CareRates rates = some_rates(example.frame, seed);
  const Shape run{*rc::gen::element<std::size_t>(1, 2, 7, 8, 13, 16), *rc::gen::arbitrary<bool>()};
  Course by_cohorts(example, rates, run, nullptr);
  RC_ASSERT(by_cohorts.goes_by_sweeps(run.paths));  // where it is given any
  std::vector<std::unique_ptr<Course>> by_sweeps;
  for (const CareSweepKernels& sweeps : care_sweep_implementations()) {
    by_sweeps.push_back(std::make_unique<Course>(example, rates, run, &sweeps));
  }
  for (const Interval interval : positions<Interval>(4)) {
    by_cohorts.step(interval);
    for (const auto& course : by_sweeps) {
      course->step(interval);
      RC_ASSERT(course->persons().as<double>() == by_cohorts.persons().as<double>());
    }
  }
  const auto of_draws =
      by_cohorts.persons().as<double>().slab(CareState(1), Sex(0), CareAge(3), Area(0));
  RC_ASSERT(run.draws == 1 || (of_draws[0] != of_draws[1]) == run.paths);
}

// The same bits on every kind of processor, a hundred-thousandth of a cell's people from double.
RC_GTEST_PROP(CareSweeps, InSinglePrecisionAreNearlyTheSame, ()) {
  const auto seed = *rc::gen::inRange(0U, 10000U);
  std::mt19937_64 random(seed);
  test::ExampleShape of = shape;
  of.areas = *rc::gen::element<std::size_t>(1, 3, 37);
  const test::Example example = test::busy_example(of, random);
  const CareRates rates = some_rates(example.frame, seed);
  Shape run{*rc::gen::element<std::size_t>(1, 2, 7, 8, 13, 16, 24, 31),
            *rc::gen::arbitrary<bool>()};
  Course in_double(example, rates, run, &fastest_care_sweeps());
  run.precision = Precision::in_single;
  std::vector<std::unique_ptr<Course>> in_single;
  for (const CareSweepKernels& sweeps : care_sweep_implementations()) {
    in_single.push_back(std::make_unique<Course>(example, rates, run, &sweeps));
    RC_ASSERT(in_single.back()->persons().precision() == Precision::in_single);
  }
  for (const Interval interval : positions<Interval>(4)) {
    in_double.step(interval);
    for (const auto& course : in_single) {
      course->step(interval);
      RC_ASSERT(course->persons().as<float>() == in_single.front()->persons().as<float>());
    }
    const auto exact = in_double.persons().as<double>().values();
    const auto found = in_single.front()->persons().as<float>().values();
    const std::size_t cells = in_double.persons().as<double>().slab(Part(0)).size();
    for (std::size_t at = 0; at < exact.size(); ++at) {
      double people = 0.0;
      for (std::size_t part = at % cells; part < exact.size(); part += cells) people += exact[part];
      RC_ASSERT(std::abs(found[at] - exact[at]) <= 1e-5 * std::max(1.0, people));
    }
  }
}

// Of those who are left of many, single precision knows little: but they are as many as the people.
RC_GTEST_PROP(CareSweeps, InSinglePrecisionEndWhereNearlyAllDie, ()) {
  const auto seed = *rc::gen::inRange(0U, 10000U);
  std::mt19937_64 random(seed);
  test::Example example = test::busy_example(shape, random);
  const double dying = *rc::gen::element(0.999, 1.0 - 1e-5, 1.0 - 1e-7, 1.0 - 1e-9, 1.0);
  let_the_oldest_die(dying, example.rates);
  const CareRates rates = some_rates(example.frame, seed);
  const Shape run{16, *rc::gen::arbitrary<bool>(), Precision::in_single};
  std::vector<std::unique_ptr<Course>> courses;
  for (const CareSweepKernels& sweeps : care_sweep_implementations()) {
    courses.push_back(std::make_unique<Course>(example, rates, run, &sweeps));
  }
  for (const Interval interval : positions<Interval>(4)) {
    for (const auto& course : courses) {
      course->step(interval);  // which asserts the sums
      RC_ASSERT(course->persons().as<float>() == courses.front()->persons().as<float>());
    }
  }
}

}  // namespace
}  // namespace kohort::care
