// PX files and JSON-stat as Statistics Sweden and others deliver them, held against what an
// independent parser found in them: ../shared/cases/px_scb_examples and px_jsonstat_pxwebapi.
#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/base/file.hpp"
#include "tests/exchange/gathered.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"

namespace kohort {
namespace {

using Json = nlohmann::json;

Json expected(const std::string& of_case) {
  const FileText file = read_file(test::shared_file("cases/" + of_case + "/expected.json"));
  return file.text ? Json::parse(*file.text) : Json::object();
}

void expect_dimension(const exchange::Dimension& dimension, const Json& expected) {
  EXPECT_EQ(dimension.name, expected.at("name"));
  ASSERT_EQ(dimension.size(), expected.at("n")) << dimension.name;
  EXPECT_EQ(dimension.texts.front(), expected.at("first_value"));
  EXPECT_EQ(dimension.texts.back(), expected.at("last_value"));
  EXPECT_EQ(dimension.is_time, expected.at("has_timeval")) << dimension.name;
  if (expected.at("n_codes") == 0) return;
  EXPECT_EQ(dimension.codes.front(), expected.at("first_code"));
  EXPECT_EQ(dimension.codes.back(), expected.at("last_code"));
}

void expect_cells(const test::Gathered& read, const Json& expected) {
  double sum = 0.0;
  std::size_t figures = 0;
  std::map<std::string, std::size_t> symbols;
  for (const auto& cell : read.cells) {
    if (cell.symbol.empty()) {
      ++figures;
      sum += std::stod(cell.figure);
    } else {
      ++symbols[cell.symbol];
    }
  }
  EXPECT_EQ(figures, expected.at("numeric_cells"));
  EXPECT_NEAR(sum, expected.at("numeric_sum").get<double>(), 1e-9 * std::abs(sum));
  EXPECT_EQ(Json(symbols.empty() ? Json::object() : Json(symbols)),
            expected.at("missing_symbol_counts"));
  const Json& first = expected.at("first_10_cells");
  for (std::size_t at = 0; at < first.size(); ++at) EXPECT_EQ(read.cells[at].text(), first[at]);
  const Json& last = expected.at("last_5_cells");
  const std::size_t begin = read.cells.size() - std::min(last.size(), read.cells.size());
  for (std::size_t at = 0; begin + at < read.cells.size(); ++at) {
    EXPECT_EQ(read.cells[begin + at].text(), last[at]);
  }
}

void expect_file(const std::string& file, const Json& expected) {
  const test::Gathered read = test::gathered(file);
  std::vector<std::string> names = expected.at("stub");
  for (const std::string name : expected.at("heading")) names.push_back(name);
  const Json& dimensions = expected.at("dimensions");
  ASSERT_EQ(read.cube.dimensions.size(), dimensions.size());
  for (std::size_t at = 0; at < dimensions.size(); ++at) {
    EXPECT_EQ(read.cube.dimensions[at].name, names[at]);
    expect_dimension(read.cube.dimensions[at], dimensions[at]);
  }
  EXPECT_EQ(read.cube.cells(), expected.at("full_cube_cells"));
  EXPECT_EQ(read.cube.facts.title, expected.at("title"));
  if (expected.contains("stored_cells")) {
    EXPECT_EQ(read.cells.size(), expected.at("stored_cells"));
  }
  expect_cells(read, expected);
}

/// The cases of a folder that hold a table in PX.
std::vector<std::string> tables_of(const Json& cases) {
  std::vector<std::string> names;
  for (const auto& [name, expected] : cases.items()) {
    if (expected.contains("dimensions")) names.push_back(name);
  }
  return names;
}

TEST(PublishedPx, EveryExampleIsReadAsItIs) {
  const Json cases = expected("px_scb_examples");
  EXPECT_EQ(tables_of(cases).size(), 10U);
  for (const std::string& name : tables_of(cases)) {
    SCOPED_TRACE(name);
    expect_file(test::shared_file("cases/px_scb_examples/files/" + name), cases.at(name));
  }
}

TEST(PublishedPx, TablesOfTheWebServiceAreReadAsTheyAre) {
  const Json cases = expected("px_jsonstat_pxwebapi");
  EXPECT_EQ(tables_of(cases).size(), 2U);
  for (const std::string& name : tables_of(cases)) {
    SCOPED_TRACE(name);
    expect_file(test::shared_file("cases/px_jsonstat_pxwebapi/files/" + name), cases.at(name));
  }
}

TEST(PublishedPx, FatalErrorsAreNamedWithTheirPlaces) {
  const auto error = [](const std::string& name) {
    const std::string file = test::shared_file("cases/px_scb_examples/files/error__fatal__" + name);
    return test::error_of(Fault::input, [&] { test::gathered(file); });
  };
  EXPECT_HAS(error("BE0101F1errorValues.px"),
             "BE0101F1errorValues.px:18:24: error: VALUES(\"region\"): found 'w' where ';'");
  EXPECT_HAS(error("BE0101F1missingData.px"), "the file ends without the keyword DATA");
  EXPECT_HAS(error("BE0101F1missingStubHeading.px"), "neither STUB nor HEADING names a variable");
}

TEST(PublishedPx, AnErrorThatNeedNotStopIsAWarning) {
  const auto read = test::gathered(
      test::shared_file("cases/px_scb_examples/files/error__continue__BE0101F1errorTimeval.px"));
  EXPECT_EQ(read.cells.size(), 48U);
  ASSERT_EQ(read.doubts.size(), 1U);
  EXPECT_HAS(read.doubts[0], "TIMEVAL(\"period\") lists 2 times, and VALUES 1");
}

TEST(PublishedPx, FilesWithAndWithoutKeysAgree) {
  const std::string folder = "cases/px_scb_examples/files/";
  const auto with = test::gathered(test::shared_file(folder + "keys__BE0101F1symbnotkeys.px"));
  const auto without =
      test::gathered(test::shared_file(folder + "error__continue__BE0101F1errorTimeval.px"));
  ASSERT_EQ(with.cells.size(), without.cells.size());
  for (std::size_t at = 0; at < with.cells.size(); ++at) {
    EXPECT_EQ(with.cells[at].position, without.cells[at].position);
    EXPECT_EQ(with.cells[at].text(), without.cells[at].text());
  }
}

/// What the API says of a table, with the figures of the same table in PX.
class PublishedJsonStat : public ::testing::Test {
 protected:
  PublishedJsonStat()
      : metadata(read_file(metadata_file)),
        px(test::gathered(test::shared_file("cases/px_jsonstat_pxwebapi/files/TAB004.px"))) {}

  std::string write(const Json& json) { return folder.write("t.json", json.dump()); }

  const std::string metadata_file =
      test::shared_file("cases/px_jsonstat_pxwebapi/files/MetadataById_tab004_js2.json");
  FileText metadata;
  test::Gathered px;
  test::Folder folder;
};

TEST_F(PublishedJsonStat, MetadataAloneAreNoTable) {
  const std::string text = test::error_of(Fault::input, [&] { test::gathered(metadata_file); });
  EXPECT_HAS(text, "there are no figures: the file only describes a table");
}

TEST_F(PublishedJsonStat, DimensionsRolesAndFiguresAreThoseOfTheSameTableInPx) {
  ASSERT_TRUE(metadata.text);
  Json json = Json::parse(*metadata.text);
  for (const auto& cell : px.cells) {
    if (cell.figure.empty()) {
      json["status"][std::to_string(json["value"].size())] = cell.symbol;
      json["value"].push_back(nullptr);
    } else {
      json["value"].push_back(Json::parse(cell.figure));
    }
  }
  const test::Gathered read = test::gathered(write(json));
  const Json said = expected("px_jsonstat_pxwebapi").at("MetadataById_tab004_js2.json");
  ASSERT_EQ(read.cube.dimensions.size(), said.at("id").size());
  for (std::size_t at = 0; at < said.at("id").size(); ++at) {
    const exchange::Dimension& dimension = read.cube.dimensions[at];
    EXPECT_EQ(dimension.id, said.at("id")[at]);
    EXPECT_EQ(dimension.id, px.cube.dimensions[at].id);
    EXPECT_EQ(dimension.size(), said.at("size")[at]);
    const Json& first = said.at("first_codes").at(dimension.id);
    for (std::size_t code = 0; code < first.size(); ++code) {
      EXPECT_EQ(dimension.codes[code], first[code]);
    }
    EXPECT_EQ(dimension.codes, px.cube.dimensions[at].codes);
    EXPECT_EQ(dimension.texts, px.cube.dimensions[at].texts);
    EXPECT_EQ(dimension.is_time, px.cube.dimensions[at].is_time);
    EXPECT_EQ(dimension.is_contents, px.cube.dimensions[at].is_contents);
  }
  ASSERT_EQ(read.cells.size(), px.cells.size());
  for (std::size_t at = 0; at < px.cells.size(); ++at) {
    EXPECT_EQ(read.cells[at].position, px.cells[at].position);
    EXPECT_EQ(read.cells[at].text(), px.cells[at].text());
  }
}

}  // namespace
}  // namespace kohort
