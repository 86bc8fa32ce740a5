// A result as files of other tools.
#include "engine/exchange/export.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/base/file.hpp"
#include "engine/base/interrupted.hpp"
#include "engine/exchange/import.hpp"
#include "engine/input/csv.hpp"
#include "tests/exchange/gathered.hpp"
#include "tests/exchange/small_result.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"

namespace kohort {
namespace {

using exchange::Disclosure;
using exchange::ExportFormat;
using exchange::Words;

const std::string population = "population_by_sex_age";

class Export : public ::testing::Test {
 protected:
  Export() {
    request.file = folder.name("r.h5");
    request.tables = {population};
    test::write_small_result(request.file);
  }

  std::string exported(const std::string& name) {
    request.output = folder.name(name);
    exchange::export_result(request);
    return text_of(name);
  }
  std::string text_of(const std::string& name) const { return *read_file(folder.name(name)).text; }
  static std::string line(const std::string& text, std::size_t number) {
    std::size_t begin = 0;
    for (; number > 0; --number) begin = text.find('\n', begin) + 1;
    return text.substr(begin, text.find('\n', begin) - begin);
  }

  test::Folder folder;
  exchange::ExportRequest request;
};

TEST_F(Export, TablesAreVariablesIndicatorsAndTheirSumsByTheirAxes) {
  const store::Reader reader(request.file);
  std::vector<std::string> names;
  for (const exchange::ResultTable& table : exchange::tables_of(reader)) {
    names.push_back(table.name);
  }
  EXPECT_EQ(names, (std::vector<std::string>{
                       population, "population_by_quantile_sex_age", "care_by_service", "staff",
                       "indicators", "summary_population_by_age_sex", "summary_population",
                       "summary_care_by_service", "summary_staff", "summary_indicators"}))
      << "neither single draws nor estimates";
}

TEST_F(Export, OfAResultTheCsvHasTheNamesAndEveryFigure) {
  const std::string csv = exported("t.csv");
  EXPECT_EQ(line(csv, 0), "year,area,area_name,sex,age,persons,deaths");
  EXPECT_EQ(line(csv, 1), "2020,0180,Ett,female,0,0,") << "there are no deaths in the base year";
  EXPECT_EQ(line(csv, 44), "2020,1880,Två,male,10+,201,");
  EXPECT_EQ(line(csv, 88), "2021,1880,Två,male,10+,1201,4");
  EXPECT_EQ(line(csv, 46), "2021,0180,Ett,female,1,1010,0.4");
  EXPECT_EQ(line(csv, 89), "");
}

TEST_F(Export, TheCsvIsAnInputTableWithItsCard) {
  exported("t.csv");
  EXPECT_EQ(Csv::read(folder.name("t.csv")).rows(), 88U);
  EXPECT_EQ(read_card(folder.name("t.csv")).basis, Basis::estimated);
}

TEST_F(Export, InSwedishItHasTheWordsOfStatisticsSweden) {
  request.style.words = Words::swedish;
  request.style.decimal_comma = true;
  const std::string csv = exported("t.csv");
  EXPECT_EQ(line(csv, 0), "\xEF\xBB\xBFår;region;regionnamn;kön;kön (text);ålder;folkmängd;döda");
  EXPECT_EQ(line(csv, 46), "2021;0180;Ett;female;kvinnor;1;1010;0,4");
}

TEST_F(Export, LabelsCanBeCodesOrNamesAlone) {
  request.style.labels = exchange::LabelChoice::codes;
  EXPECT_EQ(line(exported("t.csv"), 1), "2020,0180,female,0,0,");
  request.style.labels = exchange::LabelChoice::names;
  request.style.words = Words::english;
  const std::string csv = exported("t.csv");
  EXPECT_EQ(line(csv, 0), "year,region,sex,age,population,deaths");
  EXPECT_EQ(line(csv, 1), "2020,Ett,women,0,0,");
}

TEST_F(Export, SmallCountsAreKeptBackAndTheFileSaysSo) {
  request.style.disclosure = {Disclosure::Rule::suppress, 4};
  const std::string csv = exported("t.csv");
  EXPECT_EQ(line(csv, 0), "year,area,area_name,sex,age,persons,deaths,rule on small counts");
  EXPECT_EQ(line(csv, 1), "2020,0180,Ett,female,0,0,,counts of 1-4 are shown as ..");
  EXPECT_EQ(line(csv, 12), "2020,0180,Ett,male,0,..,,counts of 1-4 are shown as ..");
  EXPECT_EQ(line(csv, 46), "2021,0180,Ett,female,1,1010,0,counts of 1-4 are shown as ..");
  EXPECT_EQ(line(csv, 47), "2021,0180,Ett,female,2,1020,..,counts of 1-4 are shown as ..");
  EXPECT_HAS(text_of("t.card.toml"), "rule on small counts: counts of 1-4 are shown as ..");
}

TEST_F(Export, CountsCanBeRoundedInstead) {
  request.style.disclosure = {Disclosure::Rule::round, 3};
  const std::string csv = exported("t.csv");
  EXPECT_HAS(line(csv, 44), "2020,1880,Två,male,10+,201,,");
  EXPECT_HAS(line(csv, 46), "female,1,1011,0,");
  EXPECT_HAS(line(csv, 55), "2021,0180,Ett,female,10+,1101,3,");
}

TEST_F(Export, ARuleOnCountsLeavesAmountsSharesAndIndicatorsAlone) {
  request.style.disclosure = {Disclosure::Rule::suppress, 4};
  request.tables = {"care_by_service"};
  EXPECT_HAS(line(exported("t.csv"), 1), "2021,0180,Ett,home care,home care (hours),1.5,");
  request.tables = {"staff"};
  EXPECT_HAS(line(exported("t.csv"), 1), "2020,0180,Ett,0.9,") << "a share is no count";
  request.tables = {"indicators"};
  const std::string csv = exported("t.csv");
  EXPECT_HAS(line(csv, 4), "2021,1880,Två,3,");
  EXPECT_HAS(line(csv, 2), "2020,1880,Två,,") << "an indicator of nobody";
}

TEST_F(Export, QuantilesStandByTheYearLikeAllElse) {
  request.tables = {"population_by_quantile_sex_age"};
  const std::string csv = exported("t.csv");
  EXPECT_EQ(line(csv, 0), "year,quantile,area,area_name,sex,age,persons_quantiles");
  EXPECT_EQ(line(csv, 2), "2020,0.1,0180,Ett,female,1,10");
  EXPECT_EQ(line(csv, 44 + 2), "2020,0.9,0180,Ett,female,1,15");
  EXPECT_EQ(line(csv, 88 + 44 + 2), "2021,0.9,0180,Ett,female,1,1015");
}

TEST_F(Export, DecimalsCanBeAskedFor) {
  request.style.decimals = 2;
  EXPECT_EQ(line(exported("t.csv"), 46), "2021,0180,Ett,female,1,1010.00,0.40");
}

TEST_F(Export, JsonStatReadsBackAsTheSameFigures) {
  request.format = ExportFormat::json_stat;
  const std::string json = exported("t.json");
  const test::Gathered read = test::gathered(folder.name("t.json"));
  ASSERT_EQ(read.cube.dimensions.size(), 5U);
  EXPECT_EQ(read.cube.dimensions[0].id, "year");
  EXPECT_TRUE(read.cube.dimensions[0].is_time);
  EXPECT_TRUE(read.cube.dimensions[1].is_contents);
  EXPECT_EQ(read.cube.dimensions[2].texts, (std::vector<std::string>{"Ett", "Två"}));
  EXPECT_EQ(read.cube.dimensions[4].codes.back(), "10+");
  ASSERT_EQ(read.cells.size(), 2U * 2U * 44U);
  for (const auto& cell : read.cells) {
    const std::vector<int> at(cell.position.begin(), cell.position.end());
    if (at[1] == 0) {
      EXPECT_EQ(std::stod(cell.figure), test::small_persons(at[0], at[2], at[3], at[4]));
    } else if (at[0] == 0) {
      EXPECT_EQ(cell.text(), "\".\"") << "deaths in the base year";
    } else {
      EXPECT_EQ(std::stod(cell.figure), 0.4 * at[4]);
    }
  }
}

TEST_F(Export, JsonStatSaysWhatTheFiguresAre) {
  request.format = ExportFormat::json_stat;
  request.style.words = Words::swedish;
  request.style.disclosure = {Disclosure::Rule::suppress, 4};
  const auto json = nlohmann::json::parse(exported("t.json"));
  EXPECT_EQ(json.at("version"), "2.0");
  EXPECT_EQ(json.at("role").at("geo"), nlohmann::json{"area"});
  const auto& contents = json.at("dimension").at("contents").at("category");
  EXPECT_EQ(contents.at("label").at("persons"), "folkmängd");
  EXPECT_EQ(contents.at("note").at("persons")[0], "underlag: skattat");
  EXPECT_EQ(json.at("dimension").at("sex").at("category").at("label").at("male"), "män");
  EXPECT_HAS(json.at("note").dump(), "regel för små tal: antal 1-4 visas som ..");
  EXPECT_EQ(json.at("value")[11], nullptr);
  EXPECT_EQ(json.at("status").at("11"), "..");
}

TEST_F(Export, AJsonStatExportIsImportedAsAnInputTable) {
  request.format = ExportFormat::json_stat;
  request.style.words = Words::swedish;
  exported("t.json");
  exchange::ImportRequest back;
  back.file = folder.name("t.json");
  back.output = folder.name("back.csv");
  exchange::import_table(back);
  const Csv csv = Csv::read(folder.name("back.csv"));
  EXPECT_EQ(csv.columns(), (std::vector<std::string>{"year", "area", "sex", "age", "contents",
                                                     "value", "status"}));
  EXPECT_EQ(csv.cell(12, 2), "male");
  EXPECT_EQ(csv.cell(12, 5), "11");
}

TEST_F(Export, SeveralTablesGoIntoAFolder) {
  request.tables.clear();
  request.output = folder.name("tables");
  const auto files = exchange::export_result(request);
  EXPECT_EQ(files.size(), 10U);
  EXPECT_EQ(line(text_of("tables/care_by_service.csv"), 2),
            "2021,1880,Två,home care,home care (hours),2.25");
  EXPECT_EQ(line(text_of("tables/summary_population_by_age_sex.csv"), 1),
            "2020,0180,Ett,0-4,both,205");
  request.output = folder.name("one.csv");
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { exchange::export_result(request); }),
             "one file is named, and the result has 10 tables");
}

TEST_F(Export, AWorkbookOfTheSameResultHasTheSameBytes) {
  request.format = ExportFormat::xlsx;
  request.tables.clear();
  const std::string first = exported("a.xlsx");
  EXPECT_EQ(first.substr(0, 4), "PK\x03\x04");
  EXPECT_TRUE(first == exported("b.xlsx"));
  EXPECT_EQ(folder.files(), 3U);
}

TEST_F(Export, AnExportThatIsAskedToStopLeavesNothing) {
  std::stop_source stop;
  stop.request_stop();
  request.stop = stop.get_token();
  for (const auto& [format, name] :
       {std::pair(ExportFormat::csv, "t.csv"), std::pair(ExportFormat::xlsx, "t.xlsx"),
        std::pair(ExportFormat::json_stat, "t.json")}) {
    request.format = format;
    request.output = folder.name(name);
    EXPECT_THROW(exchange::export_result(request), Interrupted) << name;
    EXPECT_EQ(folder.files(), 1U) << name;
  }
}

TEST_F(Export, ATableThatIsNotThereIsNamedWithThoseThatAre) {
  request.tables = {"population"};
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { exchange::export_result(request); }),
             "there is no table 'population'; it has population_by_sex_age, ");
}

TEST_F(Export, ADecimalCommaIsForCsvAlone) {
  request.style.decimal_comma = true;
  request.format = ExportFormat::xlsx;
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { exchange::export_result(request); }),
             "Excel shows by the settings of the computer");
}

TEST_F(Export, AFileOfAnotherKindIsNotReplaced) {
  folder.write("t.txt", "mine");
  request.output = folder.name("t.txt");
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { exchange::export_result(request); }),
             "a name that does not end in .csv");
  request.output = request.file;
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { exchange::export_result(request); }),
             "a name that does not end in .csv");
}

TEST(Disclosure, ExpectedCountsAreJudgedAsWholeNumbers) {
  const Disclosure rule{Disclosure::Rule::suppress, 4};
  EXPECT_EQ(exchange::disclosed(0.49, rule), 0.0);
  EXPECT_TRUE(std::isnan(exchange::disclosed(0.5, rule)));
  EXPECT_TRUE(std::isnan(exchange::disclosed(4.49, rule)));
  EXPECT_EQ(exchange::disclosed(4.5, rule), 5.0);
  EXPECT_TRUE(std::isnan(exchange::disclosed(-3.0, rule)));
  EXPECT_EQ(exchange::disclosed(-5.0, rule), -5.0);
  EXPECT_EQ(exchange::disclosed(7.4, {Disclosure::Rule::round, 5}), 5.0);
  EXPECT_EQ(exchange::disclosed(7.5, {Disclosure::Rule::round, 5}), 10.0);
  EXPECT_EQ(exchange::disclosed(1.25, {}), 1.25);
}

}  // namespace
}  // namespace kohort
