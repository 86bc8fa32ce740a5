// Elder care of Örebro county: the shipped scenarios meet the published figures, and show effects.
#include <cmath>
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

// The mean of 2013 and 2014, each as a ratio to the nation's share by the definition of the year.
TEST(CareOfOrebro, MeetsTheMeanRatiosToTheNation) {
  const CareRun run(project_file("scenarios/orebro/care.toml"));
  const auto shares = published();
  const auto& areas = run.run().frame().areas;
  for (const std::string service : {"home_care", "special_housing"}) {
    const int rest = static_cast<int>(areas.size()) - 1;
    double users = 0.0;
    double people = 0.0;
    for (int area = 0; area <= rest; ++area) {
      double all = 0.0;
      for (const std::string state :
           {"none", "home_care_below_25", "home_care_25_or_more", "special_housing"}) {
        all += run.people(state, 2015, 65, area);
      }
      users += share(run, service, area) * all;
      people += all;
    }
    for (int area = 0; area < rest; ++area) {
      const std::string& code = areas[static_cast<std::size_t>(area)].code;
      const auto ratio = [&](const std::string& year) {
        const std::string definition = "register_" + year;
        return shares.at({year, code, service, definition}) /
               shares.at({year, "00", service, definition});
      };
      const double expected = (ratio("2013") + ratio("2014")) / 2.0 * users / people;
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

/// Hours of home care in the county in 2030, draw by draw.
std::vector<double> hours(const std::string& scenario, int seed) {
  const CareRun run(project_file("scenarios/orebro/" + scenario),
                    {"draws=24", "seed=" + std::to_string(seed), "uncertainty.paths=true",
                     "uncertainty.events=true", "output.draws=true",
                     "output.quantiles_of=[\"care/volume\"]", "projection.end_year=2030"});
  const Recorded& volume = run.recorded("care/volume", "home_care");
  const std::size_t areas = run.run().frame().areas.size();
  const std::size_t years = run.run().frame().intervals;
  std::vector<double> sums;
  for (std::size_t draw = 0; draw < 24; ++draw) {
    const auto first =
        volume.draws.begin() + static_cast<std::ptrdiff_t>((draw * years + years - 1) * areas);
    sums.push_back(std::accumulate(first, first + static_cast<std::ptrdiff_t>(areas - 1), 0.0));
  }
  return sums;
}

struct Effect {
  double mean = 0.0;
  double sd = 0.0;
};

Effect effect(const std::vector<double>& of, const std::vector<double>& against) {
  const auto draws = static_cast<double>(of.size());
  Effect effect;
  for (std::size_t at = 0; at < of.size(); ++at) effect.mean += (of[at] - against[at]) / draws;
  for (std::size_t at = 0; at < of.size(); ++at) {
    const double apart = of[at] - against[at] - effect.mean;
    effect.sd += apart * apart / (draws - 1.0);
  }
  effect.sd = std::sqrt(effect.sd);
  return effect;
}

// Of two independent runs the standard deviation of the difference is 12 times as large.
TEST(CareOfOrebro, CommonRandomNumbersNarrowTheEffectOfPrevention) {
  const std::vector<double> reference = hours("care.toml", 1);
  const Effect common = effect(hours("prevention.toml", 1), reference);
  const Effect independent = effect(hours("prevention.toml", 2), reference);
  EXPECT_LT(common.mean + 4.0 * common.sd, 0.0);
  EXPECT_LT(common.sd, independent.sd / 4.0);
}

}  // namespace
}  // namespace kohort
