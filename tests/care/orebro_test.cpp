// Elder care of Örebro county: the shipped scenarios meet the published figures, and show effects.
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <numeric>

#include <gtest/gtest.h>

#include "engine/input/csv.hpp"
#include "tests/care/village.hpp"

namespace kohort {
namespace {

using test::CareRun;
using test::project_file;

using Key = std::array<std::string, 4>;  // year, area, service, definition

/// The published shares of 65 and older.
std::map<Key, double> published() {
  const Csv table = Csv::read(project_file("scenarios/sweden/data/care_shares_orebro.csv"));
  std::map<Key, double> shares;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto cell = [&](const char* column) {
      return std::string(table.cell(row, *table.column(column)));
    };
    if (cell("ages") != "65+") continue;
    shares[{cell("year"), cell("area"), cell("service"), cell("definition")}] =
        std::stod(cell("share"));
  }
  return shares;
}

/// The share of users among those of 65 and older in the base year.
double share(const CareRun& run, const std::string& service, int area) {
  const int year = run.run().frame().base_year.value();
  const double light = run.people("home_care_below_25", year, 65, area);
  const double heavy = run.people("home_care_25_or_more", year, 65, area);
  const double housing = run.people("special_housing", year, 65, area);
  const double all = run.people("none", year, 65, area) + light + heavy + housing;
  return (service == "home_care" ? light + heavy : housing) / all;
}

/// The nation's share of users, from what series_2020 has of women and men in 2015.
double national(const CareRun& run, const std::string& service) {
  const Csv table = Csv::read(project_file("scenarios/sweden/data/care_shares_sweden.csv"));
  const Frame& frame = run.run().frame();
  const auto& values = run.recorded("population/persons").values;
  std::vector<double> persons(2);
  for (std::size_t area = 0; area < frame.areas.size(); ++area) {
    for (std::size_t sex = 0; sex < 2; ++sex) {
      for (std::size_t age = 65; age < frame.ages(); ++age) {
        persons[sex] += values[(area * 2 + sex) * frame.ages() + age];
      }
    }
  }
  double users = 0.0;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto cell = [&](const char* column) {
      return std::string(table.cell(row, *table.column(column)));
    };
    if (cell("year") != "2015" || cell("service") != service || cell("ages") != "65+" ||
        cell("definition") != "series_2020") {
      continue;
    }
    if (const auto sex = frame.position_of(cell("sex"))) {
      users += persons[sex->position()] * std::stod(cell("share"));
    }
  }
  return users / (persons[0] + persons[1]);
}

// The mean of 2013 and 2014, each as a ratio to the nation's share by the definition of the year,
// times the nation's published share of the base year, which is met itself.
TEST(CareOfOrebro, MeetsTheMeanRatiosToTheNation) {
  const CareRun run(project_file("scenarios/orebro/care.toml"), {"projection.end_year=2016"});
  const auto shares = published();
  const auto& areas = run.run().frame().areas;
  for (const std::string service : {"home_care", "special_housing"}) {
    const double nation = national(run, service);
    EXPECT_NEAR(nation, service == "home_care" ? 0.085 : 0.042, 0.0005);
    EXPECT_NEAR(share(run, service, -1), nation, 1e-9);
    for (int area = 0; area + 1 < static_cast<int>(areas.size()); ++area) {
      const std::string& code = areas[static_cast<std::size_t>(area)].code;
      const auto ratio = [&](const std::string& year) {
        const std::string definition = "register_" + year;
        return shares.at({year, code, service, definition}) /
               shares.at({year, "00", service, definition});
      };
      const double expected = (ratio("2013") + ratio("2014")) / 2.0 * nation;
      EXPECT_NEAR(share(run, service, area), expected, 1e-9) << code << " " << service;
    }
  }
}

/// The scenario with areas calibrated to the mean share by one definition as it is.
CareRun by_definition(const std::string& definition, int first, int last) {
  const test::Folder folder(definition);
  const std::string file = folder.write(
      "one.toml", "format = 1\nextends = \"" + project_file("scenarios/orebro/care.toml") +
                      "\"\n[care]\narea_level = \"share\"\narea_first_year = " +
                      std::to_string(first) + "\narea_last_year = " + std::to_string(last) +
                      "\n[care.area_definitions]\nhome_care = [\"" + definition +
                      "\"]\nspecial_housing = [\"" + definition + "\"]\n");
  return CareRun(file);
}

TEST(CareOfOrebro, MeetsTheMeanSharesByEachDefinition) {
  const auto shares = published();
  const std::vector<std::tuple<std::string, int, int>> definitions{{"municipal_count", 2009, 2011},
                                                                   {"register_2012", 2012, 2012},
                                                                   {"register_2013", 2013, 2013},
                                                                   {"register_2014", 2014, 2014}};
  for (const auto& [definition, first, last] : definitions) {
    const CareRun run = by_definition(definition, first, last);
    const auto& areas = run.run().frame().areas;
    for (std::size_t area = 0; area + 1 < areas.size(); ++area) {
      for (const std::string service : {"home_care", "special_housing"}) {
        double sum = 0.0;
        int years = 0;
        for (int year = first; year <= last; ++year) {
          const auto found =
              shares.find({std::to_string(year), areas[area].code, service, definition});
          if (found == shares.end()) continue;
          sum += found->second;
          ++years;
        }
        ASSERT_GT(years, 0);
        EXPECT_NEAR(share(run, service, static_cast<int>(area)), sum / years, 1e-9)
            << areas[area].code << " " << service << " " << definition;
      }
    }
  }
}

constexpr std::size_t ensemble = 48;

/// Hours of home care in the county to 2030, by year and draw.
std::map<int, std::vector<double>> hours(const std::string& scenario, int seed) {
  const CareRun run(project_file("scenarios/orebro/" + scenario),
                    {"draws=" + std::to_string(ensemble), "seed=" + std::to_string(seed),
                     "uncertainty.paths=true", "uncertainty.events=true", "output.draws=true",
                     "output.quantiles_of=[\"care/volume\"]", "projection.end_year=2030"});
  const Recorded& volume = run.recorded("care/volume", "home_care");
  const std::size_t areas = run.run().frame().areas.size();
  const std::size_t years = run.run().frame().intervals;
  std::map<int, std::vector<double>> sums;
  for (std::size_t draw = 0; draw < ensemble; ++draw) {
    for (std::size_t year = 0; year < years; ++year) {
      const auto first =
          volume.draws.begin() + static_cast<std::ptrdiff_t>((draw * years + year) * areas);
      sums[2016 + static_cast<int>(year)].push_back(
          std::accumulate(first, first + static_cast<std::ptrdiff_t>(areas - 1), 0.0));
    }
  }
  return sums;
}

struct Avoided {
  double mean = 0.0;
  double sd = 0.0;
};

Avoided effect(const std::vector<double>& of, const std::vector<double>& against) {
  const auto draws = static_cast<double>(of.size());
  Avoided effect;
  for (std::size_t at = 0; at < of.size(); ++at) effect.mean += (of[at] - against[at]) / draws;
  for (std::size_t at = 0; at < of.size(); ++at) {
    const double apart = of[at] - against[at] - effect.mean;
    effect.sd += apart * apart / (draws - 1.0);
  }
  effect.sd = std::sqrt(effect.sd);
  return effect;
}

std::string thousands(double number) {
  return std::to_string(static_cast<int>(std::lround(number / 1000.0)));
}

// As models/care/README.md tells it.
TEST(CareOfOrebro, CommonRandomNumbersNarrowTheEffectOfPrevention) {
  auto reference = hours("care.toml", 1);
  auto same = hours("prevention.toml", 1);
  auto other = hours("prevention.toml", 2);
  std::ifstream stream(project_file("models/care/README.md"));
  const std::string readme{std::istreambuf_iterator<char>(stream), {}};
  for (const int year : {2020, 2030}) {
    const Avoided common = effect(same[year], reference[year]);
    const Avoided independent = effect(other[year], reference[year]);
    EXPECT_LT(common.mean + 4.0 * common.sd, 0.0);
    EXPECT_LT(common.sd, independent.sd / 4.0);
    const double mean =
        std::accumulate(reference[year].begin(), reference[year].end(), 0.0) / ensemble;
    const std::string row = "| " + std::to_string(year) + " | " + thousands(mean) + " | " +
                            thousands(-common.mean) + " | " + thousands(common.sd) + " | " +
                            thousands(independent.sd) + " |";
    EXPECT_NE(readme.find(row), std::string::npos) << row;
  }
}

}  // namespace
}  // namespace kohort
