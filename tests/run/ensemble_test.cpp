// Ensembles: what may not matter, what must agree, and what must balance.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <random>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/evaluate/quantile.hpp"
#include "engine/run/quantiles.hpp"
#include "engine/run/scenario_run.hpp"
#include "engine/store/reader.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"

namespace kohort {
namespace {

const std::string events = "uncertainty.events=true";
const std::string paths = "uncertainty.paths=true";

/// The reference scenario of Örebro county over a few years.
ScenarioRun orebro(std::vector<std::string> overrides) {
  overrides.emplace_back("projection.end_year=2018");
  return {test::project_file("scenarios/orebro/reference.toml"), overrides};
}

const Recorded& recorded(const Outcome& outcome, const std::string& name) {
  for (const Recorded& one : outcome.recorded) {
    if (one.variable.name == name) return one;
  }
  throw std::out_of_range(name);
}

std::string content(const ScenarioRun& run, const std::string& file) {
  run.write(run.project(), file);
  return *store::Reader(file).text("content_sha256");
}

class Ensemble : public ::testing::Test {
 protected:
  std::string hash(const std::vector<std::string>& overrides, std::size_t threads = 0) {
    ScenarioRun run = orebro(overrides);
    run.use_threads(threads);
    return content(run, folder.name("result.h5"));
  }
  test::Folder folder;
};

TEST_F(Ensemble, IsTheSameOnAnyNumberOfThreads) {
  const std::vector<std::string> overrides{"draws=70", events, paths};
  const std::string one = hash(overrides, 1);
  EXPECT_EQ(hash(overrides, 2), one);
  EXPECT_EQ(hash(overrides, 8), one);
}

TEST_F(Ensemble, QuantilesAscend) {
  for (const std::string given : {"[0.9, 0.1]", "[0.5, 0.5]"}) {
    EXPECT_HAS(test::error_of(Fault::scenario, [&] { orebro({"output.quantiles=" + given}); }),
               "write each once, from the least to the greatest");
  }
}

TEST_F(Ensemble, HasTheSameDrawsWhenTheyAreRunAlone) {
  const std::vector<std::string> all{"draws=20", "output.draws=true", events, paths};
  const Outcome ensemble = orebro(all).project();
  const Outcome alone = orebro({"first_draw=17", events, paths}).project();
  const std::vector<float>& draws = recorded(ensemble, "population/persons").draws;
  const std::vector<double>& seventeenth = recorded(alone, "population/persons").values;
  ASSERT_EQ(draws.size(), 20 * seventeenth.size());
  for (std::size_t at = 0; at < seventeenth.size(); ++at) {
    ASSERT_EQ(draws[17 * seventeenth.size() + at], static_cast<float>(seventeenth[at]));
  }
}

/// Takes two years of some draws; what they come to in the draws from `first` on, over all
/// variables.
std::vector<double> last_of(const Model& model, const DrawBlock& block, std::size_t first) {
  const auto ledger = model.ledger(block.count);
  const auto state = model.start(block, *ledger);
  for (const Interval interval : positions<Interval>(2)) model.step(interval, *state, *ledger);
  std::vector<double> figures;
  for (std::size_t variable = 0; variable < model.variables().size(); ++variable) {
    const auto values = model.values(*state, *ledger, variable).all();
    for (std::size_t at = 0; at < values.size(); ++at) {
      if (at % block.count >= first) figures.push_back(values[at]);
    }
  }
  return figures;
}

// Beside many draws fewer areas are worked on at once: of 13 areas 6 beside 40 draws, all beside 2.
TEST_F(Ensemble, OfCareAndStaffIsTheSameHoweverManyDrawsAreTakenAtOnce) {
  const ScenarioRun run(test::project_file("scenarios/orebro/workforce.toml"),
                        {"projection.end_year=2017", "draws=40"});
  for (const bool whole : {false, true}) {
    const DrawBlock all{.first = 0, .count = 40, .seed = 1, .events = whole};
    const DrawBlock last{.first = 38, .count = 2, .seed = 1, .events = whole};
    EXPECT_EQ(last_of(run.model(), all, 38), last_of(run.model(), last, 0));
  }
}

// Whatever is recorded lies within a hundred-thousandth of what it is in double precision, of the
// greatest of its kind; means of people are alike to the last bit.
TEST_F(Ensemble, OfCareAndStaffIsNearlyTheSameInSinglePrecision) {
  const auto project = [](const std::string& precision) {
    return ScenarioRun(test::project_file("scenarios/orebro/workforce.toml"),
                       {"projection.end_year=2018", "draws=20", "uncertainty.paths=true",
                        "uncertainty.events=false", "projection.precision=" + precision})
        .project();
  };
  const Outcome exact = project("double");
  const Outcome single = project("single");
  const auto compare = [](const std::vector<double>& found, const std::vector<double>& expected,
                          const std::string& name) {
    ASSERT_EQ(found.size(), expected.size());
    double most = 0.0;
    for (const double figure : expected) {
      if (!std::isnan(figure)) most = std::max(most, std::abs(figure));
    }
    for (std::size_t at = 0; at < found.size(); ++at) {
      if (std::isnan(expected[at])) continue;
      ASSERT_NEAR(found[at], expected[at], 1e-5 * std::max(1.0, most)) << name << " " << at;
    }
  };
  bool differs = false;
  for (std::size_t at = 0; at < exact.recorded.size(); ++at) {
    const Recorded& one = exact.recorded[at];
    compare(single.recorded[at].values, one.values, one.variable.name);
    const bool of_people = one.variable.name.starts_with("population/");
    if (of_people) {
      EXPECT_EQ(single.recorded[at].values, one.values) << one.variable.name;
    }
    differs = differs || single.recorded[at].values != one.values;
  }
  EXPECT_TRUE(differs);
  for (std::size_t at = 0; at < exact.summary.size(); ++at) {
    const Summarised& one = exact.summary[at];
    compare(single.summary[at].values, one.values, one.variable.name);
    compare(single.summary[at].quantiles, one.quantiles, one.variable.name);
  }
}

// Whole people are counted in double precision all the same.
TEST_F(Ensemble, OfWholePeopleKnowsNoSinglePrecision) {
  const auto persons = [](const std::string& precision) {
    const Outcome outcome =
        ScenarioRun(test::project_file("scenarios/orebro/workforce.toml"),
                    {"projection.end_year=2017", "draws=3", "uncertainty.events=true",
                     "projection.precision=" + precision})
            .project();
    std::vector<std::vector<double>> values;
    for (const Recorded& one : outcome.recorded) {
      const std::string& name = one.variable.name;
      const bool counted = name == "care/persons" || name == "workforce/headcount";
      if (counted || name.starts_with("population/")) values.push_back(one.values);
    }
    return values;
  };
  EXPECT_EQ(persons("single"), persons("double"));
}

TEST_F(Ensemble, DependsOnTheSeed) {
  EXPECT_NE(hash({events, "seed=1"}), hash({events, "seed=2"}));
}

/// Sums over everything but year and area.
std::vector<double> by_year_and_area(const Recorded& one, const Frame& frame) {
  const std::size_t cells = frame.group_count() * frame.sexes.size() * frame.ages();
  std::vector<double> sums(one.values.size() / cells);
  for (std::size_t at = 0; at < one.values.size(); ++at) sums[at / cells] += one.values[at];
  return sums;
}

// Each total is a sum of many independent events, so its variance is at most about the number of
// events that made it; five standard errors of the mean of 64 draws leave one false alarm in a
// million for each of the 13 areas.
TEST_F(Ensemble, HasTheMeanOfTheDeterministicRun) {
  const double draws = 64.0;
  const ScenarioRun expected_run = orebro({});
  const Outcome expected = expected_run.project();
  const Outcome drawn = orebro({"draws=64", events}).project();
  const Frame& frame = expected_run.frame();
  for (const std::string name : {"population/births", "population/deaths", "population/domestic_in",
                                 "population/immigration", "population/emigration"}) {
    const auto a = by_year_and_area(recorded(expected, name), frame);
    const auto b = by_year_and_area(recorded(drawn, name), frame);
    for (std::size_t at = 0; at < a.size(); ++at) {
      EXPECT_NEAR(b[at], a[at], 5.0 * std::sqrt(a[at] / draws) + 1e-9) << name << " " << at;
    }
  }
}

TEST_F(Ensemble, HasWholePeopleWhoseAccountsBalanceExactly) {
  const ScenarioRun run = orebro({events, paths});
  const Outcome outcome = run.project();
  const Frame& frame = run.frame();
  for (const Recorded& one : outcome.recorded) {
    for (const double count : one.values) ASSERT_EQ(count, std::floor(count)) << one.variable.name;
  }
  const auto persons = by_year_and_area(recorded(outcome, "population/persons"), frame);
  std::map<std::string, std::vector<double>> flows;
  for (const std::string name :
       {"births", "deaths", "domestic_in", "domestic_out", "immigration", "emigration"}) {
    flows[name] = by_year_and_area(recorded(outcome, "population/" + name), frame);
  }
  const std::size_t areas = frame.areas.size();
  for (std::size_t at = 0; at < flows["births"].size(); ++at) {
    EXPECT_EQ(persons[at + areas], persons[at] + flows["births"][at] - flows["deaths"][at] +
                                       flows["domestic_in"][at] - flows["domestic_out"][at] +
                                       flows["immigration"][at] - flows["emigration"][at]);
  }
}

TEST_F(Ensemble, HasItsQuantilesInOrderAroundTheMean) {
  const Outcome outcome =
      orebro({"draws=32", events, "output.quantiles=[0.1, 0.5, 0.9]"}).project();
  const Recorded& persons = recorded(outcome, "population/persons");
  const std::size_t size = persons.values.size();
  ASSERT_EQ(persons.quantiles.size(), 3 * size);
  for (std::size_t at = 0; at < size; ++at) {
    EXPECT_LE(persons.quantiles[at], persons.quantiles[size + at]);
    EXPECT_LE(persons.quantiles[size + at], persons.quantiles[2 * size + at]);
  }
}

TEST_F(Ensemble, IsRefusedWhereNothingIsLeftToChance) {
  EXPECT_HAS(test::error_of(Fault::scenario, [] { orebro({"draws=2"}); }),
             "nothing is left to chance");
  EXPECT_HAS(test::error_of(Fault::scenario, [] { orebro({"output.quantiles_of=[\"people\"]"}); }),
             "there is no variable 'people'");
}

// Of 0, 10, 20, 30: a share of 0.5 lies half-way between the second and the third.
TEST(ExpectedTime, IsThatOfAllPartsAndGrowsWithTheDraws) {
  const PartTimes times{1.0, 2.0, 5.0, 0.1, 0.2, 0.01, 0.001};
  PartCounts counts{32, 16, 10, 100, 50, 20, 1000};
  const Expectation two_blocks = expectation_of(times, counts);
  // Two blocks of 1 + 10 x 2; the estimates; quantiles of cells; sums.
  EXPECT_DOUBLE_EQ(two_blocks.computing, 42.0 + 5.0 + 10.0 + 10.0);
  EXPECT_DOUBLE_EQ(two_blocks.writing, 0.2 + 1.0);
  EXPECT_DOUBLE_EQ(two_blocks.on(1), two_blocks.computing + two_blocks.writing);
  EXPECT_DOUBLE_EQ(two_blocks.on(8), 0.5 * two_blocks.computing + two_blocks.writing / 8.0);
  counts.draws = 64;
  EXPECT_DOUBLE_EQ(expectation_of(times, counts).computing - two_blocks.computing, 42.0);
}

TEST(ExpectedTime, IsMeasuredOfTheRunAtHand) {
  const Expectation expected = orebro({events, "draws=20"}).expect();
  EXPECT_GT(expected.computing, 0.0);
  EXPECT_GT(expected.writing, 0.0);
  EXPECT_EQ(expected.blocks, 2U);
}

TEST(Quantile, LiesBetweenTheNearestDraws) {
  const std::vector<float> sorted{0.0F, 10.0F, 20.0F, 30.0F};
  EXPECT_DOUBLE_EQ(quantile_of_sorted(sorted, 0.0), 0.0);
  EXPECT_DOUBLE_EQ(quantile_of_sorted(sorted, 0.5), 15.0);
  EXPECT_DOUBLE_EQ(quantile_of_sorted(sorted, 0.9), 27.0);
  EXPECT_DOUBLE_EQ(quantile_of_sorted(sorted, 1.0), 30.0);
}

/// What the finder gives, beside the quantiles of the sorted values.
template <class Value>
void expect_as_if_sorted(QuantileFinder<Value>& finder, std::vector<Value> values,
                         const std::vector<double>& shares) {
  const auto found = finder.of(values);
  std::sort(values.begin(), values.end());
  for (std::size_t at = 0; at < shares.size(); ++at) {
    RC_ASSERT(found[at] == quantile_of_sorted(std::span<const Value>(values), shares[at]));
  }
}

template <class Value>
void expect_as_if_sorted(const std::vector<Value>& values, const std::vector<double>& shares) {
  for (const auto& kernels : kernels::fast::order_implementations<Value>()) {
    QuantileFinder<Value> finder(shares, kernels);
    expect_as_if_sorted(finder, values, shares);
  }
}

/// Values of any size; whole ones where `unit` is 1.
template <class Value>
std::vector<Value> any_values(int range, Value unit) {
  const auto whole =
      *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(-range, range)));
  std::vector<Value> values;
  for (const int value : whole) values.push_back(static_cast<Value>(value) * unit);
  return values;
}

RC_GTEST_PROP(QuantileFinder, FindsWhatSortingWould, ()) {
  const auto range = *rc::gen::element(1, 100, 100'000);
  const auto unit = *rc::gen::element(1.0, 0.37, 1e-6);
  const std::vector<double> shares{0.0, 0.025, 0.1, 0.5, 0.9, 0.975, 1.0};
  expect_as_if_sorted(any_values(range, static_cast<float>(unit)), shares);
  expect_as_if_sorted(any_values(range, unit), shares);
}

/// A thousand values of some kind of spread, which a generator of pseudo-random bits makes.
std::vector<float> spread_values(int kind, std::mt19937& bits) {
  std::normal_distribution<float> normal;
  std::vector<float> values(1000);
  for (float& value : values) {
    const float z = normal(bits);
    value = kind == 0   ? 1000.0F + z
            : kind == 1 ? std::exp(3.0F * z)
            : kind == 2 ? std::round(z)
            : kind == 3 ? (z > 0.0F ? 1e6F : -1e-6F * z)
                        : 7.0F;
  }
  return values;
}

// What it has learnt from one spread is wrong for the next.
RC_GTEST_PROP(QuantileFinder, IsNotMisledByWhatItHasLearnt, ()) {
  const std::vector<double> shares{0.0, 0.025, 0.1, 0.5, 0.9, 0.975, 1.0};
  for (const auto& kernels : kernels::fast::order_implementations<float>()) {
    QuantileFinder<float> finder(shares, kernels);
    std::mt19937 bits(*rc::gen::arbitrary<unsigned>());
    int kind = 0;
    for (int call = 0; call < 20; ++call) {
      if (bits() % 3 == 0) kind = static_cast<int>(bits() % 5);
      expect_as_if_sorted(finder, spread_values(kind, bits), shares);
    }
  }
}

TEST(QuantileFinder, GivesOneZero) {
  QuantileFinder<double> finder({0.0, 0.5, 1.0});
  for (const double quantile : finder.of(std::vector<double>{-0.0, 0.0, -0.0, -0.0})) {
    EXPECT_FALSE(std::signbit(quantile));
  }
}

TEST(QuantileFinder, BearsTheSmallestAndTheLargestDistances) {
  expect_as_if_sorted(std::vector<double>{0.0, 5e-324, 0.25e-310}, {0.0, 0.5, 1.0});
  expect_as_if_sorted(std::vector<double>{-1.5e308, 0.5, 1.5e308}, {0.0, 0.5, 1.0});
}

TEST(QuantileFinder, RefusesWhatIsNotFinite) {
  QuantileFinder<double> finder({0.5});
  for (const double value :
       {std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_THROW(finder.of(std::vector<double>{1.0, value, 2.0}), Error);
  }
}

TEST(QuantileFinder, NeedsNoTwoValuesThatDiffer) {
  QuantileFinder<float> finder({0.0, 0.5, 1.0});
  for (const double quantile : finder.of(std::vector<float>(9, 2.5F))) EXPECT_EQ(quantile, 2.5);
}

}  // namespace
}  // namespace kohort
