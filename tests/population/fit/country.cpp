#include "tests/population/fit/country.hpp"

#include <fmt/format.h>

#include "engine/run/parameters.hpp"
#include "engine/scenario/read.hpp"
#include "engine/table/tabulate.hpp"

namespace kohort::test {
namespace {

constexpr int first_year = 2005;
constexpr int last_year = 2010;
const std::vector<std::string> areas{"A", "B", "C"};
const std::vector<std::string> counties{"1", "2", "3"};
const std::vector<std::string> sexes{"female", "male"};

std::string county_table(const std::string& value, const Country::CountyFigure& figure,
                         int open_age) {
  std::string text = "year,county,sex,age," + value + "\n";
  for (int year = first_year; year <= last_year; ++year) {
    for (const std::string& county : counties) {
      for (const std::string& sex : sexes) {
        for (int age = 0; age <= open_age; ++age) {
          text += fmt::format("{},{},{},{},{}\n", year, county, sex, age,
                              figure(year, county, sex, age));
        }
      }
    }
  }
  return text;
}

std::string area_table(const std::string& value, const Country::AreaFigure& figure,
                       std::size_t count) {
  std::string text = "year,area," + value + "\n";
  for (int year = first_year; year <= last_year; ++year) {
    for (std::size_t area = 0; area < count; ++area) {
      text += fmt::format("{},{},{}\n", year, areas[area], figure(year, areas[area]));
    }
  }
  return text;
}

/// Schedules that are the same at all ages, but for the newborn's half.
std::string flat_schedules() {
  std::string text = "flow,sex,parameter,value\n";
  for (const std::string flow : {"into_city", "out_of_city", "emigration"}) {
    for (const std::string& sex : sexes) {
      for (const std::string name : {"childhood_height", "childhood_descent", "constant"}) {
        text += fmt::format("{},{},{},{}\n", flow, sex, name, name == "constant" ? 0.01 : 0.0);
      }
      for (const std::string peak : {"labour", "student", "retirement"}) {
        for (const std::string part : {"height", "position", "ascent", "descent"}) {
          text += fmt::format("{},{},{}_{},{}\n", flow, sex, peak, part, 0.0);
        }
      }
    }
  }
  return text;
}

bool holds(const std::string& words, const std::string& word) {
  return (" " + words + " ").find(" " + word + " ") != std::string::npos;
}

}  // namespace

Country::Country() {
  const auto hundred = [](auto&&...) { return 100.0; };
  const auto none = [](auto&&...) { return 0.0; };
  stocks = hundred;
  deaths = [this](int, const std::string&, const std::string&, int age) {
    return age == open_age ? 100.0 : 0.0;
  };
  births = [](int, const std::string&, const std::string&, int age) {
    return age == 2 ? 100.0 : 0.0;
  };
  base = hundred;
  totals = [this](int, const std::string&) { return 200.0 * (open_age + 1); };
  moves = none;
  suppressed = none;
  suppressed_out = none;
  natural_change = none;
  net_migration = none;
}

void Country::write_tables(const Folder& folder) const {
  folder.write("areas.csv", "area,name,county\nA,A,1\nB,B,2\nC,C,3\n");
  folder.write("population.csv", county_table("persons", stocks, open_age));
  folder.write("deaths.csv", county_table("deaths", deaths, open_age));
  folder.write("births.csv", county_table("births", births, open_age));
  folder.write("totals.csv", area_table("persons", totals, 3));
  folder.write("suppressed_moves.csv", area_table("moves", suppressed, 3));
  folder.write("suppressed_out_moves.csv", area_table("moves", suppressed_out, 3));
  folder.write("natural_change.csv", area_table("persons", natural_change, 2));
  folder.write("net_migration.csv", area_table("persons", net_migration, 2));
  folder.write("schedules.csv", flat_schedules());
  std::string moved = "year,origin,destination,moves\n";
  std::string national = "year,emigrants\n";
  for (int year = first_year; year <= last_year; ++year) {
    national += fmt::format("{},{}\n", year, yearly_emigrants ? yearly_emigrants(year) : emigrants);
    for (const std::string& from : areas) {
      for (const std::string& to : areas) {
        if (from == to) continue;
        moved += fmt::format("{},{},{},{}\n", year, from, to, moves(year, from, to));
      }
    }
  }
  folder.write("moves.csv", moved);
  folder.write("national_emigrants.csv", national);
  std::string people = "year,area,sex,age,persons\n";
  for (const std::string area : {"A", "B", "rest"}) {
    for (const std::string& sex : sexes) {
      for (int age = 0; age <= open_age; ++age) {
        people += fmt::format("2010,{},{},{},{}\n", area, sex, age, base(area, sex, age));
      }
    }
  }
  folder.write("base.csv", people);
}

std::string Country::settings_but_history() const {
  std::string text = fmt::format(
      "format = 1\ntitle = \"t\"\n[projection]\nbase_year = 2010\nend_year = 2012\n"
      "open_age = {}\n[areas]\ntable = {{ file = \"areas.csv\" }}\ncodes = [\"A\", \"B\"]\n"
      "rest = \"C\"\n[population]\nbase = {{ file = \"base.csv\", value = \"persons\", basis = "
      "\"observed\", "
      "age_definition = \"end_of_year\" }}\n",
      open_age);
  for (const std::string component :
       {"mortality", "fertility", "domestic", "emigration", "immigration"}) {
    if (holds(sources, component)) {
      text += fmt::format("[population.{}]\nsource = \"history\"\n", component);
      if (component == "fertility") text += fertility;
      if (component == "domestic") text += domestic;
    } else if (component == "mortality" || component == "fertility") {
      text += fmt::format("[population.{}]\nrates = 0.0\n", component);
    }
  }
  if (holds(sources, "net_migration")) {
    text += "[population.net_migration]\nform = \"history\"\n";
  }
  return text;
}

std::string Country::write(const Folder& folder) const {
  write_tables(folder);
  std::string text = settings_but_history() + "[history]\n";
  const auto give = [&](const std::string& key, const std::string& value,
                        const std::string& more = "") {
    if (holds(left_out_, key)) return;
    text +=
        fmt::format("{0} = {{ file = \"{0}.csv\", value = \"{1}\", basis = \"observed\"{2} }}\n",
                    key, value, more);
  };
  give("population", "persons", ", age_definition = \"end_of_year\"");
  give("deaths", "deaths", ", age_definition = \"at_event\"");
  give("births", "births", ", age_definition = \"at_event\"");
  give("totals", "persons");
  give("moves", "moves", ", missing = \"zero\"");
  give("suppressed_moves", "moves");
  give("national_emigrants", "emigrants");
  give("schedules", "value");
  if (holds(given_, "suppressed_out_moves")) give("suppressed_out_moves", "moves");
  if (holds(given_, "natural_change")) give("natural_change", "persons");
  if (holds(given_, "net_migration")) give("net_migration", "persons");
  if (!holds(left_out_, "city_index")) text += "city_index = 0.4\n";
  const auto one_year = [&](const std::string& key) {
    if (history.find(key + " =") == std::string::npos) text += key + " = 1\n";
  };
  for (const std::string key : {"mortality_level_years", "local_level_years", "fertility_years",
                                "domestic_years", "international_years"}) {
    one_year(key);
  }
  for (const std::string key : {"mortality_trend_years", "fertility_path_years",
                                "international_path_years", "net_migration_path_years"}) {
    if (history.find(key) == std::string::npos) text += key + " = 5\n";
  }
  return folder.write("scenario.toml", text + history);
}

LoadedCountry Country::load(const Folder& folder) const {
  LoadedCountry country{read_scenario(write(folder), {}, full_catalogue()),
                        {},
                        std::make_unique<Tables>(std::nullopt),
                        {}};
  country.frame = read_frame(country.settings, *country.tables);
  const Frame& frame = country.frame;
  country.base = tabulate<population::AgeTable>(
      population::age_extents(frame), [&](Sex sex, Age age, Group, Area area) {
        const AreaDescription& of = frame.areas[area.position()];
        return base(of.rest ? "rest" : of.code, frame.sexes[sex.position()],
                    static_cast<int>(age.position()));
      });
  return country;
}

}  // namespace kohort::test
