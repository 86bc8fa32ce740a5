// The 21 counties forecast from past launch years, beside what happened and beside naive forecasts,
// from the files that users run. The table in models/population/README.md is made by
// scenarios/sweden/hindcast.py; this holds the part of it that is promised.
#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "engine/input/csv.hpp"
#include "engine/run/scenario_run.hpp"
#include "engine/store/reader.hpp"
#include "tests/support/folder.hpp"

namespace kohort {
namespace {

constexpr std::size_t ages = 101;
const std::vector<std::string> stock_tables{"population_county", "deaths_county", "births_county"};

std::string scenario(const std::string& name) {
  return test::project_file("scenarios/sweden/" + name);
}

/// Persons of one county and year, by sex and age.
using Stock = std::array<std::array<double, ages>, 2>;
/// By county code.
using Stocks = std::map<std::string, Stock>;

/// The counted stocks by year.
const std::map<int, Stocks>& observed() {
  static const std::map<int, Stocks> stocks = [] {
    std::map<int, Stocks> found;
    for (const auto& [file, column] :
         {std::pair<std::string, std::string>{"population_county", "county"},
          {"population_municipality_2019", "area"}}) {
      const Csv csv = Csv::read(scenario("data/" + file + ".csv"));
      const auto cell = [&, name = column](std::size_t row, const std::string& what) {
        return std::string(csv.cell(row, *csv.column(what == "area" ? name : what)));
      };
      for (std::size_t row = 0; row < csv.rows(); ++row) {
        // A municipality's code begins with its county's.
        Stock& stock = found[std::stoi(cell(row, "year"))][cell(row, "area").substr(0, 2)];
        stock[cell(row, "sex") == "male" ? 1 : 0][std::stoul(cell(row, "age"))] +=
            std::stod(cell(row, "persons"));
      }
    }
    return found;
  }();
  return stocks;
}

/// Ages from `first` up to, but not including, `end`.
struct AgeGroup {
  std::size_t first;
  std::size_t end;
};

double persons(const Stock& stock, AgeGroup group) {
  double sum = 0.0;
  for (const auto& of_sex : stock) {
    for (std::size_t age = group.first; age < group.end; ++age) sum += of_sex[age];
  }
  return sum;
}

/// What each forecast says of the people of an age group in a county.
struct Launch {
  int from;
  int to;

  const Stock& now(const std::string& county) const { return observed().at(from).at(county); }
  const Stock& before(const std::string& county) const {
    return observed().at(from - (to - from)).at(county);
  }

  double no_change(const std::string& county, AgeGroup group) const {
    return persons(now(county), group);
  }
  double linear(const std::string& county, AgeGroup group) const {
    return 2.0 * persons(now(county), group) - persons(before(county), group);
  }
  /// Hamilton & Perry (1962), J. Amer. Inst. Planners 28(2); 90 and over together.
  double cohort_ratios(const std::string& county, AgeGroup group) const {
    constexpr std::size_t open = 90;
    const auto years = static_cast<std::size_t>(to - from);
    double sum = 0.0;
    for (std::size_t sex = 0; sex < 2; ++sex) {
      const auto& today = now(county)[sex];
      const auto& earlier = before(county)[sex];
      const auto from_age = [](const auto& of_sex, std::size_t first) {
        double total = 0.0;
        for (std::size_t age = first; age < ages; ++age) total += of_sex[age];
        return total;
      };
      for (std::size_t age = group.first; age < std::min(group.end, open); ++age) {
        sum += today[age - years] * today[age] / earlier[age - years];
      }
      if (group.end == ages) {
        sum +=
            from_age(today, open - years) * from_age(today, open) / from_age(earlier, open - years);
      }
    }
    return sum;
  }
};

/// Mean absolute percentage error over the counties of `forecast(county)`.
template <class Forecast>
double mape(int year, AgeGroup group, Forecast&& forecast) {
  double sum = 0.0;
  for (const auto& [county, stock] : observed().at(year)) {
    sum += std::abs(forecast(county) / persons(stock, group) - 1.0);
  }
  return 100.0 * sum / static_cast<double>(observed().at(year).size());
}

/// Our own forecast of the last year of a scenario.
Stocks project(int launch) {
  const ScenarioRun run(scenario("counties-" + std::to_string(launch) + ".toml"), {});
  const Outcome outcome = run.project();
  const auto& values = outcome.recorded[0].values;  // [year, area, sex, age]
  const Frame& frame = run.frame();
  Stocks stocks;
  std::size_t at = frame.intervals * frame.areas.size() * 2 * ages;
  for (const AreaDescription& area : frame.areas) {
    for (auto& of_sex : stocks[area.code]) {
      for (double& cell : of_sex) cell = values[at++];
    }
  }
  EXPECT_EQ(at, values.size());
  return stocks;
}

void expect_better_than_naive(const Launch& launch) {
  const Stocks ours = project(launch.from);
  for (const AgeGroup group : {AgeGroup{65, 80}, AgeGroup{80, ages}}) {
    const auto error = [&](auto&& forecast) { return mape(launch.to, group, forecast); };
    const double own =
        error([&](const std::string& county) { return persons(ours.at(county), group); });
    EXPECT_GT(own, 0.1) << "too good to be a forecast";
    EXPECT_LT(own, error([&](const auto& county) { return launch.no_change(county, group); }));
    EXPECT_LT(own, error([&](const auto& county) { return launch.linear(county, group); }));
    EXPECT_LT(own, error([&](const auto& county) { return launch.cohort_ratios(county, group); }));
  }
}

TEST(CountyHindcast, Of2000BeatsEachNaiveForecastOfTheOldIn2010) {
  expect_better_than_naive({2000, 2010});
}
TEST(CountyHindcast, Of2005BeatsEachNaiveForecastOfTheOldIn2015) {
  expect_better_than_naive({2005, 2015});
}
TEST(CountyHindcast, Of2010BeatsEachNaiveForecastOfTheOldIn2019) {
  expect_better_than_naive({2010, 2019});
}

/// The scenarios and their tables, with every figure after a year made wrong.
void copy_with_wrong_figures_after(int year, const test::Folder& folder) {
  const std::filesystem::path from = scenario("");
  for (const std::string name : {"counties-from-history.toml", "counties-2000.toml",
                                 "data/counties.csv", "data/counties.card.toml"}) {
    std::filesystem::create_directories(folder.path() / "data");
    std::filesystem::copy_file(from / name, folder.path() / name);
  }
  for (const std::string& name : stock_tables) {
    std::filesystem::copy_file(from / ("data/" + name + ".card.toml"),
                               folder.path() / ("data/" + name + ".card.toml"));
    std::ifstream table(from / ("data/" + name + ".csv"));
    std::string text;
    for (std::string line; std::getline(table, line); text += '\n') {
      const bool later = !text.empty() && std::stoi(line.substr(0, 4)) > year;
      text += later ? line + "7" : line;
    }
    folder.write("data/" + name + ".csv", text);
  }
}

std::string content_of(const std::string& scenario_file, const std::string& result) {
  const ScenarioRun run(scenario_file, {"projection.end_year=2003"});
  run.write(run.project(), result);
  return *store::Reader(result).text("content_sha256");
}

TEST(CountyHindcast, LetsNoLaterFigureIn) {
  const test::Folder folder;
  copy_with_wrong_figures_after(2000, folder);
  EXPECT_EQ(content_of(folder.name("counties-2000.toml"), folder.name("wrong.h5")),
            content_of(scenario("counties-2000.toml"), folder.name("right.h5")));
}

TEST(CountyHindcast, SeesTheFiguresOfTheLaunchYear) {
  const test::Folder folder;
  copy_with_wrong_figures_after(1999, folder);
  EXPECT_NE(content_of(folder.name("counties-2000.toml"), folder.name("wrong.h5")),
            content_of(scenario("counties-2000.toml"), folder.name("right.h5")));
}

}  // namespace
}  // namespace kohort
