// Sums by groups of areas, ages and sexes: that they add up, draw by draw, and what they spread.
#include "engine/run/summary.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/evaluate/quantile.hpp"
#include "engine/run/ensemble.hpp"
#include "engine/run/years_in_memory.hpp"
#include "tests/population/sketch.hpp"
#include "tests/support/example.hpp"
#include "tests/support/expect_error.hpp"

namespace kohort {
namespace {

using test::Form;
using test::Net;
using test::Projected;
using test::Sketch;

const Summarised& item(const Projected& projected, const std::string& name) {
  for (const Summarised& one : projected.outcome().summary) {
    if (one.variable.name == name) return one;
  }
  throw std::out_of_range(name);
}

/// Figures of one item, by the labels of its axes.
class Sums {
 public:
  Sums(const Projected& projected, const std::string& name)
      : axes_(summary_axes(projected.frame())), item_(item(projected, name)) {}

  double mean(std::size_t year, const std::string& area, const std::string& ages,
              const std::string& sex) const {
    return item_.values[year * axes_.cells() + cell(area, ages, sex)];
  }
  double quantile(std::size_t number, std::size_t year, std::size_t cell) const {
    return item_.quantiles[number * item_.values.size() + year * axes_.cells() + cell];
  }
  double deviation(std::size_t layer, std::size_t year, std::size_t cell) const {
    return item_.deviations[layer * item_.values.size() + year * axes_.cells() + cell];
  }
  std::size_t cell(const std::string& area, const std::string& ages, const std::string& sex) const {
    const auto place = [](const auto& list, auto&& is_it) {
      return static_cast<std::size_t>(std::find_if(list.begin(), list.end(), is_it) - list.begin());
    };
    const auto a = place(axes_.areas, [&](const SummaryArea& one) { return one.label == area; });
    const auto x = place(axes_.ages, [&](const AgeGroup& one) { return one.name == ages; });
    const auto s = place(axes_.sexes, [&](const SummarySex& one) { return one.label == sex; });
    return (a * axes_.ages.size() + x) * axes_.sexes.size() + s;
  }
  const SummaryAxes& axes() const { return axes_; }
  const Summarised& all() const { return item_; }

 private:
  SummaryAxes axes_;
  const Summarised& item_;
};

/// A sketch with groups of its areas and of its ages, some of which overlap.
Sketch grouped_sketch(Form form, Net net, std::mt19937_64& random) {
  Sketch sketch = any_sketch(form, net, random);
  sketch.settings["areas.groups"] = sketch.areas.size() == 1
                                        ? "{ alone = [\"a\"] }"
                                        : "{ both = [\"b\", \"a\"], b_too = [\"b\"] }";
  const int step = sketch.step;
  sketch.settings["projection.age_groups"] =
      fmt::format("[\"0-{}\", \"{}+\", \"{}-{}\"]", 2 * step - 1, 2 * step, step, 3 * step - 1);
  return sketch;
}

/// The same with whole people to whom things happen by chance.
Sketch drawn(Sketch sketch, int draws) {
  for (test::SketchTable::Row& row : sketch.tables["population.base"].rows)
    row.figure = std::floor(row.figure);
  sketch.settings["uncertainty.events"] = "true";
  sketch.settings["draws"] = std::to_string(draws);
  return sketch;
}

/// The sum of a recorded variable over what a cell of the summary stands for.
double sum_of_cells(const Recorded& recorded, const Frame& frame, std::size_t year,
                    const SummaryArea& area, const AgeGroup& ages, const SummarySex& sexes) {
  double sum = 0.0;
  for (const Area member : area.members) {
    for (std::size_t group = 0; group < frame.group_count(); ++group) {
      for (const Sex sex : sexes.members) {
        for (std::size_t age = ages.first.position(); age <= ages.last.position(); ++age) {
          std::size_t at = year * frame.areas.size() + member.position();
          at = (at * frame.group_count() + group) * frame.sexes.size() + sex.position();
          sum += recorded.values[at * frame.ages() + age];
        }
      }
    }
  }
  return sum;
}

/// Every mean of every sum is that of the cells, and every label is there once.
void expect_sums_of_cells(const Projected& projected) {
  const Frame& frame = projected.frame();
  for (const Recorded& recorded : projected.outcome().recorded) {
    const Sums sums(projected, recorded.variable.name);
    const SummaryAxes& axes = sums.axes();
    const std::size_t years = sums.all().values.size() / axes.cells();
    for (std::size_t year = 0; year < years; ++year) {
      for (const SummaryArea& area : axes.areas) {
        for (const AgeGroup& ages : axes.ages) {
          for (const SummarySex& sexes : axes.sexes) {
            const double cells = sum_of_cells(recorded, frame, year, area, ages, sexes);
            ASSERT_NEAR(sums.mean(year, area.label, ages.name, sexes.label), cells,
                        1e-10 * std::max(1.0, std::abs(cells)))
                << recorded.variable.name << " " << area.label << " " << ages.name;
          }
        }
      }
    }
  }
}

RC_GTEST_PROP(SummaryOfASketch, SumsTheCellsOfTheResult, ()) {
  std::mt19937_64 random(*rc::gen::arbitrary<std::uint64_t>());
  const test::Folder folder;
  const Form form = *rc::gen::element(Form::pool, Form::linear);
  expect_sums_of_cells(project(grouped_sketch(form, Net::counts, random), folder));
}

class SummaryOfDraws : public ::testing::Test {
 protected:
  Sketch sketch(int draws) { return drawn(grouped_sketch(Form::pool, Net::none, random), draws); }
  std::mt19937_64 random{20};
  test::Folder folder;
};

// Sums of whole numbers are exact, and so is a 32nd of them.
TEST_F(SummaryOfDraws, AddsUpWholePeopleExactly) {
  const Projected projected = project(sketch(32), folder);
  expect_sums_of_cells(projected);
  const Sums persons(projected, "population/persons");
  for (const AgeGroup& ages : persons.axes().ages) {
    EXPECT_EQ(
        persons.mean(1, "all", ages.name, "both"),
        persons.mean(1, "all", ages.name, "female") + persons.mean(1, "all", ages.name, "male"));
  }
}

// Quantiles of sums of kept draws, which are whole and so the same in single precision.
TEST_F(SummaryOfDraws, HasTheQuantilesOfTheSums) {
  Sketch kept = sketch(30);
  kept.settings["output.draws"] = "true";
  kept.settings["output.quantiles"] = "[0.1, 0.5, 0.975]";
  const Projected projected = project(kept, folder);
  const Frame& frame = projected.frame();
  const Recorded& persons = projected.outcome().recorded.front();
  const Sums sums(projected, "population/persons");
  const std::size_t size = persons.values.size();
  const std::size_t of_a_year = size / (frame.intervals + 1);
  std::vector<double> totals;
  for (std::size_t draw = 0; draw < 30; ++draw) {
    const auto first = persons.draws.begin() +
                       static_cast<std::ptrdiff_t>(draw * size + frame.intervals * of_a_year);
    totals.push_back(std::accumulate(first, first + static_cast<std::ptrdiff_t>(of_a_year), 0.0));
  }
  std::sort(totals.begin(), totals.end());
  ASSERT_LT(totals.front(), totals.back());
  for (std::size_t number = 0; number < 3; ++number) {
    const double share = std::vector<double>{0.1, 0.5, 0.975}[number];
    EXPECT_EQ(sums.quantile(number, frame.intervals, sums.cell("all", "all", "both")),
              quantile_of_sorted(std::span<const double>(totals), share));
  }
}

TEST_F(SummaryOfDraws, HasNeitherQuantilesNorSpreadOfOneDraw) {
  const Projected projected = project(sketch(1), folder);
  for (const Summarised& one : projected.outcome().summary) {
    EXPECT_TRUE(one.quantiles.empty());
    EXPECT_TRUE(one.deviations.empty());
  }
}

/// One closed area of 1000 women aged 1 and 500 aged 2, of whom 30 % die in a year, as chance has
/// it.
Sketch mortal(int draws) {
  Sketch sketch;
  sketch.open_age = 5;
  sketch.intervals = 1;
  sketch.areas = {"a"};
  sketch.settings = {{"draws", std::to_string(draws)},
                     {"uncertainty.events", "true"},
                     {"population.mortality.measure", "\"probability_of_dying\""},
                     {"population.mortality.rates", "0.3"},
                     {"population.fertility.rates", "0.0"},
                     {"projection.sexes", "[\"female\"]"},
                     {"projection.age_groups", "[\"2-3\"]"}};
  test::SketchTable base{{"age"}, {}, "end_of_year"};
  for (int age = 0; age <= 5; ++age) {
    base.rows.push_back({{std::to_string(age)}, age == 1 ? 1000.0 : age == 2 ? 500.0 : 0.0});
  }
  sketch.tables["population.base"] = base;
  return sketch;
}

// Of 2 sexes x 7 ages x 250 people each dies with q = 0.3: Var = n q (1 - q) = 3500 x 0.3 x 0.7 =
// 735. Nothing is uncertain about q. A standard deviation of 1000 draws has a relative standard
// error of 1 / sqrt(2000); five of them are allowed.
TEST(SummaryOfAModel, HasBinomialEventsInAClosedPopulation) {
  std::mt19937_64 random(1);
  test::Example example = test::still_example(
      {.areas = 1, .groups = 1, .step = 1, .open_age = 6, .intervals = 1}, random);
  example.rates.dying =
      population::Series(population::CellTable(population::cell_extents(example.frame), 0.3));
  example.base = population::AgeTable(population::age_extents(example.frame), 250.0);
  const population::PopulationModel model(example.frame, example.rates, example.conventions,
                                          example.base, {.paths = true, .events = true});
  const EnsembleShape shape{.draws = 1000, .seed = 1};
  const LocalCommunicator alone;
  const DividedDraws draws(shape, alone);
  YearsInMemory years;
  Recorder recorder(model, example.frame, draws, {.quantiles = {}, .apart = true}, &years);
  project(model, example.frame, shape, recorder, {});
  const std::vector<Summarised> summary = years.take_summary();
  const double sd = std::sqrt(735.0);
  const Summarised& persons = summary[0];
  ASSERT_EQ(persons.variable.name, "population/persons");
  const std::size_t last = persons.values.size() - 1;  // all areas, ages and both sexes, at the end
  const auto deviation = [&](std::size_t layer) {
    return persons.deviations[layer * persons.values.size() + last];
  };
  EXPECT_NEAR(deviation(0), sd, 5.0 * sd / std::sqrt(2000.0));
  EXPECT_NEAR(deviation(1), 0.0, 1e-9);
  EXPECT_NEAR(deviation(2), sd, 5.0 * sd / std::sqrt(2000.0));
  EXPECT_NEAR(persons.values[last], 2450.0, 5.0 * sd / std::sqrt(1000.0));
  EXPECT_EQ(persons.deviations[2 * persons.values.size()], 0.0);  // at the base year
}

// Flows are counted with one year too many: twice, where there is one interval.
TEST_F(SummaryOfDraws, IsInThePlanOfTheRun) {
  const Projected projected = project(mortal(100), folder);
  std::size_t figures = 0;
  for (const Recorded& one : projected.outcome().recorded) {
    figures += one.values.size() + one.quantiles.size();
  }
  for (const Summarised& one : projected.outcome().summary) {
    const std::size_t times = one.indicator ? 2 : 1;
    figures += times * (one.values.size() + one.quantiles.size()) + one.deviations.size();
  }
  const std::size_t disk = projected.run().plan().disk;
  EXPECT_GE(disk, figures * sizeof(double));
  EXPECT_LE(disk, 2 * figures * sizeof(double));
}

// Its sums stay, and are those of a run that keeps all.
TEST_F(SummaryOfDraws, NeedsNoCellsOfAVariable) {
  Sketch sketch = mortal(20);
  const Projected whole = project(sketch, folder);
  sketch.settings["output.cells_of"] = "[\"population/deaths\"]";
  const Projected part = project(sketch, folder);
  std::vector<std::string> names;
  for (const Recorded& one : part.outcome().recorded) names.push_back(one.variable.name);
  EXPECT_EQ(names, (std::vector<std::string>{"population/persons", "population/deaths"}));
  for (const Summarised& one : whole.outcome().summary) {
    EXPECT_EQ(item(part, one.variable.name).quantiles, one.quantiles) << one.variable.name;
  }
  EXPECT_LT(part.run().plan().disk, whole.run().plan().disk);
}

TEST_F(SummaryOfDraws, HasQuantilesOnlyOfCellsThatAreKept) {
  Sketch sketch = mortal(20);
  sketch.settings["output.cells_of"] = "[\"population/death\"]";
  sketch.settings["output.quantiles_of"] = "[\"population/births\"]";
  const std::string error = test::error_of(Fault::scenario, [&] { project(sketch, folder); });
  EXPECT_HAS(error,
             "output.cells_of: there is no variable 'population/death'; did you mean "
             "'population/deaths'?");
  EXPECT_HAS(error, "population/births is not among those of output.cells_of");
}

TEST_F(SummaryOfDraws, CannotTellApartLayersThatAreNotThere) {
  Sketch sketch = mortal(20);
  sketch.settings["uncertainty.apart"] = "true";
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { project(sketch, folder); }),
             "uncertainty.apart: there are not two layers of several draws");
}

// With E the sum by expected events and Y the drawn one, Var Y = Var E + mean (Y - E)^2 - their
// mean difference squared + 2 Cov(E, Y - E), and the last two are but Monte Carlo error: of n
// draws, five standard errors are 10 sd(E) sd(Y - E) / sqrt(n) and 25 / n of the events' part.
TEST(SummaryOfOrebro, HasLayersWhoseSquaresAddUp) {
  const double draws = 64.0;
  const Projected projected(test::project_file("scenarios/orebro/reference.toml"),
                            {"draws=64", "uncertainty.events=true", "uncertainty.paths=true",
                             "uncertainty.apart=true", "projection.end_year=2018"});
  for (const std::string name : {"population/persons", "population/births", "population/deaths"}) {
    const Sums sums(projected, name);
    const std::size_t last = sums.all().values.size() / sums.axes().cells() - 1;
    for (std::size_t cell = 0; cell < sums.axes().cells(); ++cell) {
      const double all = sums.deviation(0, last, cell);
      const double paths = sums.deviation(1, last, cell);
      const double events = sums.deviation(2, last, cell);
      const double bound =
          10.0 * paths * events / std::sqrt(draws) + 27.0 * events * events / draws;
      EXPECT_NEAR(all * all, paths * paths + events * events, bound) << name << " " << cell;
      EXPECT_GE(paths, 0.0);
    }
    EXPECT_GT(sums.deviation(1, last, sums.cell("all_but_rest", "all", "both")), 0.0);
  }
}

}  // namespace
}  // namespace kohort
