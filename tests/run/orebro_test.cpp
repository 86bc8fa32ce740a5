// The shipped scenarios of Örebro county and of all municipalities, from the files that users run.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <numeric>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/input/csv.hpp"
#include "engine/run/scenario_run.hpp"
#include "engine/store/reader.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"

namespace kohort {
namespace {

std::string scenario(const std::string& name) { return test::project_file("scenarios/" + name); }

/// One run of a scenario, shared by the tests of a suite.
struct Result {
  explicit Result(const std::string& name, const std::vector<std::string>& overrides = {})
      : run(scenario(name), overrides), outcome(run.project()) {}

  const std::vector<double>& values(const std::string& variable) const {
    for (const Recorded& recorded : outcome.recorded) {
      if (recorded.variable.name == variable) return recorded.values;
    }
    throw std::out_of_range(variable);
  }

  /// Persons of an area at a time, or those of them from an age on.
  double total(std::size_t time, std::size_t area, std::size_t from_age = 0) const {
    const Frame& frame = run.frame();
    double sum = 0.0;
    for (std::size_t sex = 0; sex < 2; ++sex) {
      for (std::size_t age = from_age; age < frame.ages(); ++age) {
        sum += values(
            "population/persons")[((time * frame.areas.size() + area) * 2 + sex) * frame.ages() +
                                  age];
      }
    }
    return sum;
  }

  double estimate(const std::string& name, std::size_t at) const {
    for (const Estimate& one : outcome.estimates) {
      if (one.name == name) return one.values[at];
    }
    throw std::out_of_range(name);
  }

  ScenarioRun run;
  Outcome outcome;
};

class Orebro : public ::testing::Test {
 protected:
  static const Result& reference() {
    static const Result result("orebro/reference.toml");
    return result;
  }
  static std::map<std::string, double> published(const std::string& file, int year,
                                                 const std::string& column) {
    const Csv csv = Csv::read(test::project_file("scenarios/sweden/data/" + file));
    std::map<std::string, double> values;
    for (std::size_t row = 0; row < csv.rows(); ++row) {
      if (csv.cell(row, *csv.column("year")) != std::to_string(year)) continue;
      values[std::string(csv.cell(row, *csv.column("area")))] +=
          std::stod(std::string(csv.cell(row, *csv.column(column))));
    }
    return values;
  }
};

TEST_F(Orebro, StartsFromTheInputToThePerson) {
  const Csv csv =
      Csv::read(test::project_file("scenarios/sweden/data/population_orebro_cohorts.csv"));
  const Frame& frame = reference().run.frame();
  const auto& persons = reference().values("population/persons");
  std::size_t compared = 0;
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    if (csv.cell(row, 0) != "2015") continue;
    const auto area = std::find_if(frame.areas.begin(), frame.areas.end(),
                                   [&](const auto& one) { return one.code == csv.cell(row, 1); });
    const auto at = static_cast<std::size_t>(area - frame.areas.begin());
    const std::size_t sex = csv.cell(row, 2) == "female" ? 0 : 1;
    const std::size_t age = std::stoul(std::string(csv.cell(row, 3)));
    EXPECT_EQ(persons[(at * 2 + sex) * frame.ages() + age],
              std::stod(std::string(csv.cell(row, 4))));
    ++compared;
  }
  EXPECT_EQ(compared, 13U * 2U * 101U);
}

TEST_F(Orebro, TwelveMunicipalitiesSumToTheCountyAtTheStart) {
  double county = 0.0;
  for (std::size_t area = 0; area < 12; ++area) county += reference().total(0, area);
  EXPECT_EQ(county, 291012.0);  // Statistics Sweden, 31 December 2015
}

TEST_F(Orebro, EveryMunicipalityStartsFromItsPublishedTotal) {
  auto totals = published("population_municipality.csv", 2015, "persons");
  const Frame& frame = reference().run.frame();
  for (std::size_t area = 0; area < 12; ++area) {
    EXPECT_EQ(reference().total(0, area), totals[frame.areas[area].code]);
  }
}

TEST_F(Orebro, FirstMovesAreThoseOfTheHistoryToAFewPerCent) {
  // The rates are made so that the base population would move as the mean of the window did; the
  // county has grown since its middle.
  const Frame& frame = reference().run.frame();
  const auto& moves = reference().values("population/domestic_in");
  std::map<std::string, double> history;
  for (int year = 2006; year <= 2015; ++year) {
    for (const auto& [area, in] : published("moves_totals.csv", year, "in_total")) {
      history[area] += in / 10.0;
    }
  }
  for (std::size_t area = 0; area < 12; ++area) {
    const auto first = moves.begin() + static_cast<std::ptrdiff_t>(area * 2 * frame.ages());
    const double ours =
        std::accumulate(first, first + static_cast<std::ptrdiff_t>(2 * frame.ages()), 0.0);
    const double theirs = history[frame.areas[area].code];
    EXPECT_NEAR(ours / theirs, 1.05, 0.07) << frame.areas[area].name;
  }
}

/// Yearly mean of a county table over 2011-2015 for county 18.
double county_mean(const std::string& file, const std::string& column) {
  const Csv csv = Csv::read(scenario("sweden/data/" + file));
  double sum = 0.0;
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    const int year = std::stoi(std::string(csv.cell(row, *csv.column("year"))));
    if (year < 2011 || csv.cell(row, *csv.column("county")) != "18") continue;
    sum += std::stod(std::string(csv.cell(row, *csv.column(column))));
  }
  return sum / 5.0;
}

TEST_F(Orebro, FirstBirthsAndDeathsGoOnFromTheCountysLastYears) {
  // Women of childbearing age grow by about a per cent a year, and deaths have been level.
  const std::size_t cells = 12 * 2 * reference().run.frame().ages();
  const auto first_year = [&](const std::string& variable) {
    const auto& flow = reference().values(variable);
    return std::accumulate(flow.begin(), flow.begin() + static_cast<std::ptrdiff_t>(cells), 0.0);
  };
  EXPECT_NEAR(first_year("population/births") / county_mean("births_county.csv", "births"), 1.04,
              0.04);
  EXPECT_NEAR(first_year("population/deaths") / county_mean("deaths_county.csv", "deaths"), 1.0,
              0.03);
}

TEST_F(Orebro, AllPopulationsStayPlausible) {
  const Frame& frame = reference().run.frame();
  for (std::size_t area = 0; area < frame.areas.size(); ++area) {
    const double growth = reference().total(frame.intervals, area) / reference().total(0, area);
    EXPECT_GT(growth, 0.85) << frame.areas[area].name;
    EXPECT_LT(growth, 1.35) << frame.areas[area].name;
  }
}

TEST_F(Orebro, TwoRunsInOneProcessGiveTheSameBytes) {
  test::Folder folder;
  const auto bytes = [&](const std::string& name) {
    const ScenarioRun run(scenario("orebro/reference.toml"), {"projection.end_year=2018"});
    run.write(run.project(), folder.name(name));
    std::ifstream stream(folder.name(name), std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  };
  EXPECT_EQ(bytes("a.h5"), bytes("b.h5"));
}

TEST_F(Orebro, TheResultSaysWhatItWasMadeFrom) {
  test::Folder folder;
  reference().run.write(reference().outcome, folder.name("a.h5"));
  const store::Reader reader(folder.name("a.h5"));
  const auto inputs = nlohmann::json::parse(*reader.text("inputs"));
  const auto base = std::find_if(inputs.begin(), inputs.end(), [](const auto& input) {
    return input.at("parameter") == "population.base";
  });
  ASSERT_NE(base, inputs.end());
  EXPECT_EQ(base->at("basis"), "estimated");
  EXPECT_EQ(base->at("known_from"), 2019);
  EXPECT_EQ(base->at("age_definition"), "end_of_year");
  EXPECT_EQ(base->at("file"), "../sweden/data/population_orebro_cohorts.csv");
  EXPECT_EQ(reader.describe("population/persons").axes,
            (std::vector<std::string>{"year", "area", "sex", "age"}));
}

TEST_F(Orebro, TheStoredScenarioRunsAgainToTheSameContent) {
  test::Folder folder;
  const std::vector<std::string> overrides{"projection.end_year=2017"};
  const ScenarioRun run(scenario("orebro/reference.toml"), overrides);
  run.write(run.project(), folder.name("a.h5"));
  const store::Reader first(folder.name("a.h5"));
  // Paths in the stored scenario are seen from the folder of the one that was run.
  const std::string again = scenario("orebro/test-of-stored-scenario.toml");
  std::ofstream(again) << *first.text("scenario");
  const ScenarioRun rerun(again, {});
  rerun.write(rerun.project(), folder.name("b.h5"));
  std::filesystem::remove(again);
  EXPECT_EQ(store::Reader(folder.name("b.h5")).text("content_sha256"),
            first.text("content_sha256"));
}

TEST(Launch2010, ReadsNothingThatWasKnownLater) {
  const Result result("orebro/launch-2010.toml", {"projection.end_year=2012"});
  test::Folder folder;
  result.run.write(result.outcome, folder.name("a.h5"));
  const store::Reader reader(folder.name("a.h5"));
  for (const auto& input : nlohmann::json::parse(*reader.text("inputs"))) {
    const auto& known = input.at("known_from");
    EXPECT_TRUE(known == "year" || known.get<int>() <= 2010) << input.dump();
  }
}

TEST(Launch2010, RefusesTheBaseThatKnowsOf2019) {
  const std::string text = test::error_of(Fault::scenario, [] {
    test::Folder folder;
    const std::string file =
        folder.write("s.toml", "format = 1\nextends = \"" + scenario("orebro/launch-2010.toml") +
                                   "\"\n[population]\nbase = { file = \"" +
                                   scenario("sweden/data/population_orebro_cohorts.csv") +
                                   "\", value = \"persons\" }\n");
    const ScenarioRun run(file, {});
  });
  EXPECT_HAS(text, "was known only from 2019, after the launch year 2010");
}

TEST(Launch2010, DoesNotDependOnWhatHappenedLater) {
  // Tables cut off after 2010 give the same result as the whole ones.
  test::Folder folder;
  for (const std::string name :
       {"population_county", "deaths_county", "births_county", "population_municipality",
        "components_orebro", "moves", "moves_totals", "international_migration",
        "population_orebro_margins"}) {
    std::ifstream all(scenario("sweden/data/" + name + ".csv"));
    std::string line;
    std::string kept;
    for (bool header = true; std::getline(all, line); header = false) {
      if (header || std::stoi(line.substr(0, 4)) <= 2010) kept += line + "\n";
    }
    folder.write("sweden/data/" + name + ".csv", kept);
  }
  for (const std::string name :
       {"sweden/from-history.toml", "orebro/reference.toml", "orebro/launch-2010.toml",
        "sweden/data/municipalities.csv", "sweden/data/migration_schedules_2010.csv"}) {
    std::filesystem::create_directories(std::filesystem::path(folder.name(name)).parent_path());
    std::filesystem::copy_file(scenario(name), folder.name(name));
  }
  for (const auto& entry : std::filesystem::directory_iterator(scenario("sweden/data"))) {
    if (entry.path().extension() != ".toml") continue;
    std::filesystem::copy_file(entry.path(),
                               folder.name("sweden/data/" + entry.path().filename().string()));
  }
  const Result whole("orebro/launch-2010.toml", {"projection.end_year=2020"});
  const ScenarioRun cut(folder.name("orebro/launch-2010.toml"), {"projection.end_year=2020"});
  const Outcome outcome = cut.project();
  ASSERT_EQ(outcome.recorded.size(), whole.outcome.recorded.size());
  for (std::size_t at = 0; at < outcome.recorded.size(); ++at) {  // stocks and every flow
    EXPECT_EQ(outcome.recorded[at].values, whole.outcome.recorded[at].values)
        << outcome.recorded[at].variable.name;
  }
  ASSERT_EQ(outcome.estimates.size(), whole.outcome.estimates.size());
  for (std::size_t at = 0; at < outcome.estimates.size(); ++at) {  // and what was fitted
    EXPECT_EQ(outcome.estimates[at].values, whole.outcome.estimates[at].values)
        << outcome.estimates[at].name;
  }
}

TEST(AllMunicipalities, RunFromTheCountedPopulationOf2019) {
  const Result result("sweden/all-municipalities.toml", {"projection.end_year=2022"});
  const Frame& frame = result.run.frame();
  ASSERT_EQ(frame.areas.size(), 290U);
  double start = 0.0;
  double end = 0.0;
  for (std::size_t area = 0; area < 290; ++area) {
    start += result.total(0, area);
    end += result.total(3, area);
    EXPECT_NEAR(result.total(3, area) / result.total(0, area), 1.0, 0.12) << frame.areas[area].name;
  }
  EXPECT_EQ(start, 10327589.0);  // Statistics Sweden, 31 December 2019
  EXPECT_NEAR(end / start, 1.025, 0.015);
}

}  // namespace
}  // namespace kohort
