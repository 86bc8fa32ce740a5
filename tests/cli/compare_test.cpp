// `kohort compare` as a user types it: what it prints, writes and refuses.
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/input/csv.hpp"
#include "engine/store/reader.hpp"
#include "tests/compare/hand_made.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/program.hpp"

namespace kohort {
namespace {

const std::string preston = test::project_file("tests/published/preston_box6/open.toml");

class Compare : public ::testing::Test {
 protected:
  test::Ran kohort(const std::vector<std::string>& arguments) {
    return test::kohort(arguments, folder.path().string());
  }

  /// People grow by 10 a year in a.h5, by 11 in b.h5.
  void write_results() {
    for (const auto& [name, growth] : {std::pair{"a.h5", 10.0}, {"b.h5", 11.0}}) {
      test::HandMade made;
      made.persons = [more = growth](const std::string&, int year, std::size_t, std::size_t) {
        return 100.0 + more * (year - 2010);
      };
      test::write_result(made, folder.name(name));
    }
  }
  test::Folder folder;
};

TEST_F(Compare, PrintsATable) {
  write_results();
  const test::Ran ran = kohort({"compare", "a.h5", "b.h5"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_HAS(ran.out, "b.h5 held against a.h5, from its launch in 2010");
  EXPECT_HAS(ran.out, "2012, ages all, both");
  EXPECT_HAS(ran.out, "+1.67 %");  // 732 of 720
  EXPECT_HAS(ran.out, "MAPE");
}

TEST_F(Compare, PrintsCsvThatCanBeReadAgain) {
  write_results();
  const test::Ran ran = kohort({"compare", "a.h5", "b.h5", "--csv", "--year", "2012"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  const Csv csv = Csv::read(folder.write("out.csv", ran.out));
  EXPECT_EQ(csv.columns().size(), 20U);
  // Two areas and all, two age groups, three sexes: four figures each; then measures.
  std::size_t figures = 0;
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    figures += csv.cell(row, *csv.column("over")).empty() ? 1 : 0;
  }
  EXPECT_EQ(figures, 3U * 2U * 3U * 4U);
  EXPECT_GT(csv.rows(), figures);
}

TEST_F(Compare, PrintsJson) {
  write_results();
  const test::Ran ran = kohort({"compare", "a.h5", "b.h5", "--json"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  const auto comparison = nlohmann::json::parse(ran.out).at("comparisons").at(0);
  EXPECT_EQ(comparison.at("launch"), 2010);
  const auto& persons = comparison.at("quantities").at(0);
  EXPECT_EQ(persons.at("figures").size(), 3U * 2U * 3U * 3U);
  EXPECT_EQ(persons.at("figures").at(2).at("difference"), 4.0);  // a, 0-1, female, 2012
}

TEST_F(Compare, WritesAFileThatIsWhole) {
  write_results();
  const test::Ran ran = kohort({"compare", "a.h5", "b.h5", "-o", "c.h5"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  const store::Reader reader(folder.name("c.h5"));
  EXPECT_NO_THROW(reader.verify());
  EXPECT_EQ(reader.number("kohort_comparison"), 1);
  EXPECT_EQ(reader.values("figures/difference").at(2), 4.0);
  EXPECT_EQ(std::get<std::vector<std::string>>(reader.labels("figure_area")).at(2), "a");
  EXPECT_FALSE(reader.has("parts/value"));
  EXPECT_HAS(kohort({"info", "c.h5"}).out, "Comparison of results");
}

TEST_F(Compare, HoldsResultsAgainstATable) {
  write_results();
  folder.write("truth.csv", "year,area,persons\n2012,a,360\n2012,b,360\n");
  folder.write("truth.card.toml", "unit = \"persons\"\n");
  const test::Ran ran = kohort(
      {"compare", "a.h5", "b.h5", "--reference", "truth.csv", "--value", "persons", "--json"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  const auto comparisons = nlohmann::json::parse(ran.out).at("comparisons");
  ASSERT_EQ(comparisons.size(), 2U);
  EXPECT_EQ(comparisons.at(1).at("quantities").at(0).at("figures").at(0).at("difference"), 372.0);
}

// More boys and fewer girls are born: nothing else has a part in the difference.
TEST_F(Compare, DecomposesADifference) {
  const std::string boys = "population.fertility.sex_ratio_at_birth=1.2";
  EXPECT_EQ(kohort({"run", preston, "-o", "a.h5"}).exit_code, 0);
  EXPECT_EQ(kohort({"run", preston, "-o", "b.h5", "--set", boys}).exit_code, 0);
  EXPECT_HAS(kohort({"compare", "a.h5", "b.h5", "--decompose"}).out,
             "population/persons in 1998: parts of the difference, from the population of 1993 on");
  const test::Ran ran =
      kohort({"compare", "a.h5", "b.h5", "--decompose", "--json", "--sex", "male"});
  const auto parts = nlohmann::json::parse(ran.out)["comparisons"][0]["decompositions"][0]["parts"];
  double all = 0.0;
  for (const auto& part : parts) {
    if (part["area"] != "SE" || part["ages"] != "all" || part["year"] != 1998) continue;
    if (part["part"] == "all") all = part["value"];
    const bool only_one = part["part"] == "all" || part["part"] == "births";
    EXPECT_NEAR(part["value"], only_one ? all : 0.0, 1e-6) << part;
  }
  EXPECT_GT(all, 1000.0);
}

// All that is assumed of staff at the end that leaves fewer; home care counted by another
// definition.
TEST_F(Compare, DecomposesTheGapInStaffAndTellsOtherDefinitionsApart) {
  const std::string shipped = test::project_file("scenarios/orebro/workforce.toml");
  const auto run = [&](const std::string& file, std::vector<std::string> more) {
    std::vector<std::string> arguments{"run",     shipped, "-o",    file,
                                       "--draws", "2",     "--set", "projection.end_year=2017"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const test::Ran ran = kohort(arguments);
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
  };
  run("a.h5", {});
  run("b.h5", {"--set", "workforce.assumed=fewer", "--set",
               "care.national_definitions={home_care=[\"definition_2022\"],"
               "special_housing=[\"series_2020\",\"series_2016\",\"definition_2022\"]}"});
  const test::Ran ran =
      kohort({"compare", "a.h5", "b.h5", "--decompose", "--any-definition", "--json", "--year",
              "2017", "--variable", "workforce/gap_fte", "--variable", "care/users"});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  std::map<std::string, std::map<std::string, double>> gaps;
  std::map<std::string, double> of_home_care;
  nlohmann::json definitions;
  const auto found = nlohmann::json::parse(ran.out)["comparisons"][0]["decompositions"];
  for (const auto& one : found) {
    for (const auto& part : one["parts"]) {
      if (one["variable"] == "care/users" && one["kind"] == "home_care") {
        definitions = one["definitions"];
        const bool shown = part["area"] == "all" && part["ages"] == "all" && part["sex"] == "both";
        if (shown) of_home_care[part["part"]] = part["value"];
      } else if (one["variable"] == "workforce/gap_fte" && one["kind"] == "assistant_nurse") {
        gaps[part["area"]][part["part"]] = part["value"];
      }
    }
  }
  // In 2014 8.4 per cent of those of 65 and older by the first, 6.9 by the second.
  ASSERT_EQ(definitions.size(), 3U);
  EXPECT_EQ(definitions[2]["people"], "80+ both");
  EXPECT_EQ(definitions[2]["overlap"], 2014);
  EXPECT_NEAR(definitions[2]["factor"], 18.7 / 23.1, 1e-12);
  ASSERT_EQ(of_home_care.size(), 5U);
  EXPECT_EQ(of_home_care.at("population_size"), 0.0);
  EXPECT_LT(of_home_care.at("definitions"), 0.9 * of_home_care.at("all"));
  EXPECT_GT(of_home_care.at("definitions"), 1.1 * of_home_care.at("all"));
  EXPECT_NEAR(of_home_care.at("definitions") + of_home_care.at("rates"), of_home_care.at("all"),
              1e-6);
  ASSERT_GT(gaps.size(), 12U);
  for (const auto& [area, parts] : gaps) {
    ASSERT_EQ(parts.size(), 8U) << area;
    double sum = 0.0;
    for (const auto& [name, value] : parts) sum += name == "all" ? 0.0 : value;
    EXPECT_NEAR(sum, parts.at("all"), 1e-6) << area;
  }
  EXPECT_GT(gaps.at("1880").at("exit"), 10.0);
}

// One year more is known, and fertility is taken as the mean of ten years instead of five.
TEST_F(Compare, TellsWhatIsNewSinceLastYearsForecast) {
  const std::string shipped = test::project_file("scenarios/orebro/reference.toml");
  const auto run = [&](const std::string& file, const std::string& year, const std::string& more) {
    const test::Ran ran =
        kohort({"run", shipped, "-o", file, "--set", "projection.base_year=" + year, "--set",
                "projection.end_year=2018", "--set", "history.international_years=9", "--set",
                "history.fertility_years=" + more});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
  };
  run("last.h5", "2014", "5");
  run("this.h5", "2015", "10");
  const std::vector<std::string> command{"compare",     "last.h5",    "this.h5",
                                         "--decompose", "--variable", "population/persons"};
  const auto with = [&](const std::vector<std::string>& more) {
    std::vector<std::string> arguments = command;
    arguments.insert(arguments.end(), more.begin(), more.end());
    const test::Ran ran = kohort(arguments);
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return ran.out;
  };
  const auto comparison = nlohmann::json::parse(with({"--json"})).at("comparisons").at(0);
  ASSERT_EQ(comparison.at("assumptions").size(), 1U);
  EXPECT_EQ(comparison.at("assumptions").at(0).at("name"), "history.fertility_years");
  EXPECT_EQ(comparison.at("assumptions").at(0).at("parts"), nlohmann::json({"births"}));
  const auto& found = comparison.at("decompositions");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found.at(1).at("by"), "news");
  EXPECT_EQ(found.at(2).at("by"), "news_of_components");
  for (const auto& one : found) {
    std::map<std::string, double> sums;
    for (const auto& part : one.at("parts")) {
      if (part.at("ages") != "all" || part.at("sex") != "both" || part.at("year") != 2018) continue;
      const std::string area = part.at("area");
      sums[area] += (part.at("part") == "all" ? -1.0 : 1.0) * part.at("value").get<double>();
      // Only of births a setting differs; a trend fitted again is no assumption.
      if (part.at("part") == "deaths_assumptions") {
        EXPECT_EQ(part.at("value"), 0.0);
      }
    }
    EXPECT_GT(sums.size(), 12U);
    for (const auto& [area, sum] : sums) EXPECT_NEAR(sum, 0.0, 1e-6) << area;
  }
  const std::string text = with({"-o", "news.h5"});
  EXPECT_HAS(text, "population/persons in 2018: what is new in it, from the population of 2015 on");
  EXPECT_HAS(text, "history.fertility_years: 5 -> 10 (births)");
  EXPECT_HAS(with({"--csv"}), ",part_new_rates,,");
  const store::Reader reader(folder.name("news.h5"));
  EXPECT_NO_THROW(reader.verify());
  const auto by = std::get<std::vector<std::string>>(reader.labels("part_by"));
  EXPECT_EQ(std::set<std::string>(by.begin(), by.end()),
            (std::set<std::string>{"components", "news", "news_of_components"}));
  EXPECT_EQ(std::get<std::vector<std::string>>(reader.labels("assumption_name")).at(0),
            "history.fertility_years");
}

TEST_F(Compare, RefusesWhatCannotBeCompared) {
  write_results();
  const test::Ran alone = kohort({"compare", "a.h5"});
  EXPECT_EQ(alone.exit_code, 2);
  EXPECT_HAS(alone.err, "there is one result and nothing to hold it against");
  const test::Ran ages = kohort({"compare", "a.h5", "b.h5", "--ages", "old"});
  EXPECT_EQ(ages.exit_code, 2);
  EXPECT_HAS(ages.err, "--ages: error: 'old' are no ages");
  EXPECT_EQ(kohort({"compare", "a.h5", "none.h5"}).exit_code, 4);
  EXPECT_EQ(kohort({"compare", "a.h5", "--reference", "none.csv"}).exit_code, 3);
  EXPECT_EQ(kohort({"compare", "a.h5", "b.h5", "--csv", "--json"}).exit_code, 2);
  EXPECT_HAS(kohort({"compare", "a.h5", "b.h5", "-o", "a.h5"}).err,
             "a.h5 is one of the results that are compared");
}

}  // namespace
}  // namespace kohort
