// Estimates of one run, frozen to a file and used by another.
#include <algorithm>
#include <cstdlib>
#include <fstream>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <hdf5.h>
#include <nlohmann/json.hpp>

#include "engine/base/digest.hpp"
#include "engine/base/file.hpp"
#include "engine/model/frozen_tables.hpp"
#include "engine/run/scenario_run.hpp"
#include "engine/store/reader.hpp"
#include "tests/population/fit/country.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/projected.hpp"

namespace kohort {
namespace {

const std::string every_component = "mortality fertility domestic emigration immigration";
const std::vector<std::string> no_changes;
const std::vector<std::string> history_tables{
    "population",         "deaths",   "births", "totals", "suppressed_moves", "moves",
    "national_emigrants", "schedules"};

/// A country in which everything happens and every year is a little different.
test::Country lively_country() {
  test::Country country;
  country.sources = every_component;
  country.history =
      "domestic_years = 5\ninternational_years = 5\nfertility_years = 3\nmortality_level_years = "
      "3\n";
  country.moves = [](int year, const std::string& from, const std::string& to) {
    return 20.0 + 6.0 * (year % 2) + 20.0 * (from == "A") + 5.0 * (to == "B");
  };
  country.births = [](int year, const std::string& county, const std::string&, int age) {
    return age == 2 ? 90.0 + 4.0 * (year % 3) + 7.0 * (county == "1") : 0.0;
  };
  country.deaths = [](int year, const std::string& county, const std::string&, int age) {
    return age == 5 ? 80.0 - (year - 2005) + 5.0 * (county == "2") : 2.0 + (year % 2);
  };
  country.base = [](const std::string& area, const std::string&, int age) {
    return 100.0 + age + 10.0 * (area == "B");
  };
  return country;
}

class Freeze : public ::testing::Test {
 protected:
  /// The country's scenario, in a file of its own that leaves idle parameters to the other.
  std::string fitted() const {
    country.write(folder);
    return folder.write("fitted.toml", "format = 1\nextends = \"scenario.toml\"\n");
  }
  /// Writes it and its estimates.
  void freeze() const { ScenarioRun(fitted(), {}).freeze(estimates()); }
  std::string estimates() const { return folder.name("estimates.h5"); }
  /// A scenario that takes what `freeze` wrote.
  std::string frozen(const std::string& sections = "", const std::string& history = "") const {
    return folder.write("frozen.toml", "format = 1\nextends = \"scenario.toml\"\n" + sections +
                                           "[history]\nfrozen = \"estimates.h5\"\n" + history);
  }
  /// The hash of all that a run computes.
  std::string content(const std::string& scenario,
                      const std::vector<std::string>& overrides = no_changes) const {
    const ScenarioRun run(scenario, overrides);
    run.write(run.project(), folder.name("result.h5"));
    return store::Reader(folder.name("result.h5")).text("content_sha256").value();
  }
  std::string refusal(Fault fault, const std::string& scenario,
                      const std::vector<std::string>& overrides = no_changes) const {
    return test::error_of(fault, [&] { ScenarioRun(scenario, overrides); });
  }
  /// Says of tables on their cards since when they are known.
  void know(const std::vector<std::string>& tables, const std::string& since) const {
    for (const std::string& table : tables) {
      folder.write(table + ".card.toml", "known_from = " + since + "\nbasis = \"observed\"\n");
    }
  }

  test::Country country = lively_country();
  test::Folder folder;
};

TEST_F(Freeze, AFrozenRunGivesTheSameToTheBit) {
  freeze();
  EXPECT_EQ(content(frozen()), content(fitted()));
}

TEST_F(Freeze, SoDoesAFrozenEnsemble) {
  freeze();
  const std::vector<std::string> ensemble{"draws=5", "uncertainty.paths=true",
                                          "uncertainty.events=true"};
  EXPECT_EQ(content(frozen(), ensemble), content(fitted(), ensemble));
  EXPECT_NE(content(frozen(), ensemble), content(frozen()));
}

TEST_F(Freeze, SoDoesAnEnsembleThatSetsOutBeforeTheBaseYear) {
  const std::vector<std::string> ensemble{"draws=5", "uncertainty.paths=true"};
  country.sources = "fertility";
  country.history = "last_year = 2009\nfertility_years = 3\nfertility_path_years = 4\n";
  freeze();
  EXPECT_EQ(content(frozen(), ensemble), content(fitted(), ensemble));
}

TEST_F(Freeze, SoDoesFrozenNetMigration) {
  country.sources = "mortality fertility net_migration";
  country.history += "net_migration_years = 5\n";
  country.stocks = [](int year, const std::string& county, const std::string&, int) {
    return 100.0 + (year - 2005) * (county == "1" ? 2.0 : -1.0);
  };
  freeze();
  EXPECT_EQ(content(frozen()), content(fitted()));
}

TEST_F(Freeze, NoTableOfTheHistoryIsRead) {
  freeze();
  for (const std::string& table : history_tables) {
    ASSERT_TRUE(std::filesystem::remove(folder.name(table + ".csv"))) << table;
  }
  EXPECT_NO_THROW(ScenarioRun(frozen(), {}));
}

TEST_F(Freeze, FreezingAFrozenRunChangesNothing) {
  freeze();
  ScenarioRun(frozen(), {}).freeze(folder.name("again.h5"));
  EXPECT_EQ(store::Reader(folder.name("again.h5")).text("content_sha256"),
            store::Reader(estimates()).text("content_sha256"));
}

TEST_F(Freeze, AreasMayStandInAnotherOrder) {
  freeze();
  const test::Projected one(fitted());
  const test::Projected other(frozen(), {"areas.codes=[\"B\", \"A\"]"});
  for (const std::string area : {"A", "B", "rest"}) {
    for (const std::string variable : {"persons", "deaths", "domestic_in", "immigration"}) {
      const test::Who who{area, "male", 4};
      EXPECT_NEAR(one.at(variable, 2012, who), other.at(variable, 2012, who), 1e-9)
          << area << ' ' << variable;
    }
  }
  EXPECT_NE(one.at("persons", 2012, {"A", "male", 4}), one.at("persons", 2012, {"B", "male", 4}));
}

TEST_F(Freeze, TheProjectionMayEndEarlier) {
  freeze();
  const test::Projected all(fitted());
  const test::Projected first(frozen(), {"projection.end_year=2011"});
  EXPECT_EQ(first.at("persons", 2011, {"A", "female", 3}),
            all.at("persons", 2011, {"A", "female", 3}));
}

TEST_F(Freeze, TheProjectionMayNotEndLater) {
  freeze();
  const std::string error = refusal(Fault::scenario, frozen(), {"projection.end_year=2013"});
  EXPECT_HAS(error, "it was frozen to 2012, and the scenario ends in 2013");
  EXPECT_HAS(error, "freeze again with a later projection.end_year");
}

TEST_F(Freeze, OtherAreasAreRefusedByName) {
  freeze();
  const std::string error = refusal(Fault::scenario, frozen(), {"areas.codes=[\"A\"]"});
  EXPECT_HAS(error, "it was frozen for other areas than those of the scenario: it has B besides");
}

TEST_F(Freeze, AnotherFrameIsRefused) {
  freeze();
  const Frame frame = ScenarioRun(fitted(), {}).frame();
  const auto refused = [&](auto&& change) {
    Frame other = frame;
    change(other);
    return test::error_of(Fault::scenario, [&] { FrozenTables(estimates(), other); });
  };
  EXPECT_HAS(refused([](Frame& other) { other.base_year = Year(2009); }),
             "frozen for the base year 2010, and the scenario's is 2009");
  EXPECT_HAS(refused([](Frame& other) { other.sexes = {"female"}; }), "other sexes");
  EXPECT_HAS(refused([](Frame& other) { other.open_age = 4; }),
             "frozen for the open age 5, and the scenario's is 4");
  EXPECT_HAS(refused([](Frame& other) { other.groups = {"one", "two"}; }), "without groups");
  EXPECT_HAS(refused([](Frame& other) { other.step = 5; }), "frozen in steps of 1 years");
}

TEST_F(Freeze, WhatTheFileLacksIsAnError) {
  country.sources = "mortality";
  freeze();
  country.sources = "mortality fertility";
  fitted();
  const std::string error = refusal(Fault::scenario, frozen());
  EXPECT_HAS(error, "estimates.h5' holds nothing of fertility");
  EXPECT_HAS(error, "give population.fertility by tables");
}

TEST_F(Freeze, ACounterfactualDiffersOnlyInWhatItGives) {
  freeze();
  folder.write("immigrants.csv",
               "area,sex,age,persons\nA,female,3,5\nA,male,3,0\nB,female,3,0\nB,male,3,0\n"
               "rest,female,3,0\nrest,male,3,0\n");
  const test::Projected as_it_was(fitted());
  const test::Projected other(frozen(
      "[population.immigration]\nsource = \"tables\"\ncounts = { file = \"immigrants.csv\", "
      "value = \"persons\", basis = \"assumed\", age_definition = \"end_of_year\", missing = "
      "\"zero\" }\n"));
  EXPECT_EQ(other.total("immigration", 2011), 5.0);
  EXPECT_NE(as_it_was.total("immigration", 2011), 5.0);
  // Nobody comes at age 4, and those aged 4 at the end were no babies of the women who came.
  for (const std::string variable : {"domestic_out", "emigration"}) {
    const test::Who who{"A", "male", 4};
    EXPECT_EQ(other.at(variable, 2011, who), as_it_was.at(variable, 2011, who)) << variable;
    EXPECT_GT(other.at(variable, 2011, who), 0.0) << variable;
  }
  const auto reported = [&](const std::string& name) {
    const auto& all = other.outcome().estimates;
    return std::any_of(all.begin(), all.end(),
                       [&](const Estimate& one) { return one.name == "fit/" + name; });
  };
  EXPECT_TRUE(reported("national_emigrants"));
  EXPECT_FALSE(reported("immigrants"));
  EXPECT_FALSE(reported("uncertainty_immigration_phi"));
}

TEST_F(Freeze, AnotherBasePopulationDoesNotRefit) {
  freeze();
  const test::Projected as_it_was(fitted());
  country.base = [](const std::string&, const std::string&, int) { return 1000.0; };
  const test::Projected refitted(fitted());
  const test::Projected kept(frozen());
  const auto moved = [](const test::Projected& run, double people) {
    return run.at("domestic_out", 2011, {"A", "male", 4}) / people;
  };
  EXPECT_NEAR(moved(kept, 1000.0), moved(as_it_was, 103.0), 1e-12);
  EXPECT_GT(std::abs(moved(refitted, 1000.0) - moved(as_it_was, 103.0)), 1e-4);
}

TEST_F(Freeze, ParametersOfTheFitThatNothingReadsAreErrors) {
  freeze();
  EXPECT_HAS(refusal(Fault::scenario, frozen("", "fertility_years = 2\n")),
             "history.fertility_years: it is given, but nothing in this scenario reads it; leave "
             "it out, or history.frozen, which is read in its place");
}

TEST_F(Freeze, TheFileIsAnErrorWhereNothingComesFromHistory) {
  freeze();
  country.sources = "";
  fitted();
  EXPECT_HAS(refusal(Fault::scenario, frozen()), "history.frozen: it is given, but nothing");
}

TEST_F(Freeze, AScenarioThatFitsNothingHasNothingToFreeze) {
  country.sources = "";
  const std::string error = test::error_of(Fault::scenario, [&] { freeze(); });
  EXPECT_HAS(error, "nothing in this scenario is fitted from history");
}

TEST_F(Freeze, TheResultListsTheFileAsAnInput) {
  freeze();
  content(frozen());
  const store::Reader result(folder.name("result.h5"));
  const auto inputs = nlohmann::json::parse(result.text("inputs").value());
  const auto found = std::find_if(inputs.begin(), inputs.end(), [](const auto& input) {
    return input.at("parameter") == "history.frozen";
  });
  ASSERT_NE(found, inputs.end());
  EXPECT_EQ(found->at("file"), "estimates.h5");
  EXPECT_EQ(found->at("sha256"), sha256(read_file(estimates()).text.value()));
  EXPECT_EQ(found->at("basis"), "estimated");
}

TEST_F(Freeze, TheFileKnowsWhatItCameFrom) {
  know(history_tables, "\"year\"");
  know({"schedules", "areas", "base"}, "2009");
  freeze();
  const store::Reader reader(estimates());
  EXPECT_EQ(reader.number("known_from"), 2010);  // the last rows that the fit read
  EXPECT_EQ(reader.text("basis"), "estimated");
  const auto inputs = nlohmann::json::parse(reader.text("inputs").value());
  EXPECT_TRUE(std::any_of(inputs.begin(), inputs.end(), [](const auto& input) {
    return input.at("parameter") == "history.deaths" && input.at("sha256").dump().size() == 66U;
  }));
}

TEST_F(Freeze, AssumptionsOfTheFitAreAssumptionsOfTheFrozenRun) {
  country.fertility = "total = 1.5\n";
  country.history += "fertility_path = \"given\"\n";
  freeze();
  EXPECT_EQ(store::Reader(estimates()).text("basis"), "assumed");
  const ScenarioRun run(frozen(), {});
  EXPECT_EQ(to_string(run.model().variables().front().basis), "assumed");
}

TEST_F(Freeze, TheLaunchYearRefusesAFileThatKnowsMore) {
  know(history_tables, "2012");
  know({"areas", "base"}, "2010");
  freeze();
  EXPECT_HAS(refusal(Fault::scenario, frozen(), {"projection.launch_year=2011"}),
             "estimates.h5' was known only from 2012, after the launch year 2011");
  EXPECT_NO_THROW(ScenarioRun(frozen(), {"projection.launch_year=2012"}));
}

TEST_F(Freeze, TheLaunchYearRefusesAFileThatDoesNotSayWhatItKnows) {
  know({"areas", "base"}, "2010");
  freeze();  // nobody says since when the tables of the history are known
  EXPECT_HAS(refusal(Fault::scenario, frozen(), {"projection.launch_year=2011"}),
             "does not say from when all that it came from was known");
}

TEST_F(Freeze, OtherFilesAreRefused) {
  fitted();
  EXPECT_HAS(refusal(Fault::scenario, frozen()), "history.frozen: there is no file '");
  folder.write("estimates.h5", "area,persons\n");
  EXPECT_HAS(refusal(Fault::storage, frozen()), "this is no HDF5 file");
  const ScenarioRun run(fitted(), {});
  std::filesystem::remove(estimates());
  run.write(run.project(), estimates());
  EXPECT_HAS(refusal(Fault::storage, frozen()),
             "it holds no estimates; name a file that `kohort run --freeze FILE` has written");
}

TEST_F(Freeze, ATruncatedFileIsRefused) {
  freeze();
  std::filesystem::resize_file(estimates(), std::filesystem::file_size(estimates()) * 2 / 3);
  const std::string error = refusal(Fault::storage, frozen());
  EXPECT_HAS(error, "estimates.h5: error: it cannot be read, and may be damaged or cut off");
  EXPECT_HAS(error, "freeze it again");
}

TEST_F(Freeze, ADamagedFileIsRefused) {
  freeze();
  std::fstream file(estimates(), std::ios::in | std::ios::out | std::ios::binary);
  const auto size = static_cast<std::streamoff>(std::filesystem::file_size(estimates()));
  file.seekp(size / 2);
  file << std::string(static_cast<std::size_t>(size / 4), '\xff');
  file.close();
  EXPECT_HAS(refusal(Fault::storage, frozen()), "estimates.h5: error: it");
}

TEST_F(Freeze, AnEditedFigureIsRefused) {
  freeze();
  const hid_t file = H5Fopen(estimates().c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  const hid_t table = H5Dopen2(file, "uncertainty/fertility/national_sd", H5P_DEFAULT);
  const double edited = 0.5;
  EXPECT_GE(H5Dwrite(table, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, &edited), 0);
  H5Dclose(table);
  H5Fclose(file);
  EXPECT_HAS(refusal(Fault::storage, frozen()), "its hashes do not fit its content");
}

TEST_F(Freeze, AnEditedAttributeIsRefused) {
  know(history_tables, "2012");
  know({"areas", "base"}, "2010");
  freeze();
  const hid_t file = H5Fopen(estimates().c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  const hid_t known = H5Aopen(file, "known_from", H5P_DEFAULT);
  const std::int64_t edited = 2010;
  EXPECT_GE(H5Awrite(known, H5T_NATIVE_INT64, &edited), 0);
  H5Aclose(known);
  H5Fclose(file);
  EXPECT_HAS(refusal(Fault::storage, frozen()), "its hashes do not fit its content");
}

/// The shipped scenario, from the same fit.
TEST(FrozenOrebro, GivesTheSameToTheBit) {
  const test::Folder folder;
  const std::string reference = test::project_file("scenarios/orebro/reference.toml");
  const std::vector<std::string> short_run{"projection.end_year=2018", "draws=2",
                                           "uncertainty.paths=true"};
  const auto content = [&](const std::string& scenario, const std::string& name) {
    const ScenarioRun run(scenario, short_run);
    if (name == "fitted") run.freeze(folder.name("estimates.h5"));
    run.write(run.project(), folder.name(name + ".h5"));
    return store::Reader(folder.name(name + ".h5")).text("content_sha256").value();
  };
  const std::string fitted = content(reference, "fitted");
  const std::string frozen =
      folder.write("frozen.toml", "format = 1\nextends = \"" + reference +
                                      "\"\n[history]\nfrozen = \"estimates.h5\"\n");
  EXPECT_EQ(content(frozen, "frozen"), fitted);
}

}  // namespace
}  // namespace kohort
