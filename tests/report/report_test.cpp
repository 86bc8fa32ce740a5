// What a page is given to show: exact figures of a result small enough to be checked on paper.
#include "engine/report/report.hpp"

#include <cmath>
#include <memory>
#include <numeric>

#include <gtest/gtest.h>

#include "engine/base/file.hpp"
#include "engine/report/about_json.hpp"
#include "engine/report/frame.hpp"
#include "engine/report/page.hpp"
#include "engine/store/writer.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/program.hpp"

namespace kohort {
namespace {

using nlohmann::json;
using report::ReportRequest;
using Axes = std::vector<std::string>;

/// A result of two years, 2015 and 2016, of the areas 1880, 1881 and the rest; of a batch with the
/// scenarios `third`, `base` and `broken`, of which the last failed, where `batch` is set.
struct SmallReport {
  std::string title = "Small";
  std::string first_area = "1880";
  double gap_of_first = 1.0;  ///< of area 1880 in 2015
  bool batch = false;

  std::vector<double> gaps(double added = 0.0) const {
    // [year, summary_area]: 1880, 1881, rest, all_but_rest, all; one occupation.
    return {gap_of_first + added,
            2.5 + added,
            100.0,
            3.5 + added,
            103.5 + added,
            12345.678,
            -20.0,
            200.0,
            12326.0,
            12526.0};
  }

  void write(const std::string& file) const {
    store::Writer writer(file);
    writer.add_attribute({"title", title});
    writer.add_attribute({"kohort_format", store::current_format});
    writer.add_attribute({"draws", std::int64_t{20}});
    writer.add_attribute({"seed", std::int64_t{7}});
    writer.add_attribute({"scenario", std::string("title = \"Small\"\n")});
    if (batch) writer.add_attribute({"base", std::string("base")});
    add_scales(writer);
    add(writer, "summary/workforce/gap_fte", {"year", "summary_area", "occupation"},
        {gaps(5.0), gaps(), missing(10)});
    add_quantiles(writer);
    add(writer, "summary/population/persons",
        {"year", "summary_area", "summary_age", "summary_sex"}, people_of_all());
    add(writer, "population/persons", {"year", "area", "sex", "age"},
        {counted(36), counted(36), counted(36)});
    if (batch) {
      add(writer, "difference/workforce/gap_fte", {"year", "summary_area", "occupation"},
          {std::vector<double>(10, 5.0), std::vector<double>(10, 0.0), missing(10)});
    }
    writer.finish();
  }

 private:
  static std::vector<double> missing(std::size_t count) {
    return std::vector<double>(count, std::nan(""));
  }
  /// 0, 1, 2 and so on.
  static std::vector<double> counted(std::size_t count) {
    std::vector<double> values(count);
    std::iota(values.begin(), values.end(), 0.0);
    return values;
  }
  /// [year, summary_area, summary_age, summary_sex]: counted.
  static std::vector<std::vector<double>> people_of_all() {
    return {counted(2 * 5 * 2 * 3), counted(2 * 5 * 2 * 3), missing(2 * 5 * 2 * 3)};
  }

  void add_scales(store::Writer& writer) const {
    const auto texts = [&](const std::string& name, const Axes& labels) {
      writer.add_scale({name, name, "", labels});
    };
    if (batch) {
      texts("scenario", {"third", "base", "broken"});
      writer.add_labels({"scenario_status", "status", "", Axes{"complete", "complete", "failed"}},
                        "scenario");
      writer.add_labels({"scenario_resolved", "as read", "", Axes{"a = 1\n", "a = 2\n", ""}},
                        "scenario");
    }
    writer.add_scale({"year", "year", "year", std::vector<std::int32_t>{2015, 2016}});
    writer.add_scale({"flow_year", "year", "year", std::vector<std::int32_t>{2016}});
    texts("area", {first_area, "1881", "rest"});
    writer.add_labels({"area_kind", "kind", "", Axes{"area", "area", "rest"}}, "area");
    texts("sex", {"female", "male"});
    writer.add_scale({"age", "age", "years", std::vector<std::int32_t>{0, 1, 2}});
    texts("occupation", {"nurse"});
    writer.add_scale({"quantile", "share", "1", std::vector<double>{0.1, 0.9}});
    texts("summary_area", {first_area, "1881", "rest", "all_but_rest", "all"});
    writer.add_labels({"summary_area_name", "name", "", Axes{"Örebro", "Kumla", "", "", ""}},
                      "summary_area");
    writer.add_labels({"summary_area_kind", "kind", "", Axes{"area", "area", "rest", "all", "all"}},
                      "summary_area");
    texts("summary_age", {"0-1", "all"});
    texts("summary_sex", {"female", "male", "both"});
  }

  /// Of one scenario the second of the values, which are those of `base`.
  void add(store::Writer& writer, const std::string& path, Axes axes,
           const std::vector<std::vector<double>>& of_scenarios) const {
    const store::Attributes said{
        {"units", std::string("1")}, {"long_name", path}, {"basis", std::string("assumed")}};
    if (!batch) {
      writer.add_dataset({path, axes, said}, of_scenarios[1]);
      return;
    }
    axes.insert(axes.begin(), "scenario");
    std::vector<double> all;
    for (const auto& values : of_scenarios) all.insert(all.end(), values.begin(), values.end());
    writer.add_dataset({path, axes, said}, all);
  }

  void add_quantiles(store::Writer& writer) const {
    const auto around = [](std::vector<double> low, double width) {
      std::vector<double> both = low;
      for (double& value : both) value -= width;
      for (const double value : low) both.push_back(value + width);
      return both;
    };
    add(writer, "summary/workforce/gap_fte_quantiles",
        {"quantile", "year", "summary_area", "occupation"},
        {around(gaps(5.0), 1.0), around(gaps(), 1.0), missing(20)});
    if (!batch) return;
    add(writer, "difference/workforce/gap_fte_quantiles",
        {"quantile", "year", "summary_area", "occupation"},
        {around(std::vector<double>(10, 5.0), 2.0), std::vector<double>(20, 0.0), missing(20)});
  }
};

class Report : public ::testing::Test {
 protected:
  std::string written(const std::string& name, const SmallReport& result) const {
    result.write(folder.name(name));
    return folder.name(name);
  }
  static json data(const std::vector<std::string>& files) {
    ReportRequest request;
    request.files = files;
    return report::report_data(request);
  }
  static std::string refusal(Fault fault, const ReportRequest& request) {
    return test::error_of(fault, [&] { report::report_data(request); });
  }
  test::Folder folder;
};

TEST_F(Report, SumsAreThoseOfTheProjectedAreasAndOfAllButTheRest) {
  const json shown = data({written("a.h5", {})});
  EXPECT_EQ(shown["labels"]["area"], json({"1880", "1881", "all_but_rest"}));
  const json& gap = shown["figures"]["workforce/gap_fte"];
  EXPECT_EQ(gap["axes"], json({"year", "area", "occupation"}));
  EXPECT_EQ(gap["of"][0]["mean"], json({1, 2.5, 3.5, 12346, -20, 12326}));
  EXPECT_EQ(gap["of"][0]["quantiles"],
            json({{0, 1.5, 2.5, 12345, -21, 12325}, {2, 3.5, 4.5, 12347, -19, 12327}}));
  EXPECT_EQ(gap["basis"], "assumed");
  EXPECT_EQ(gap["words"]["sv"], "årsarbetare, brist");
}

TEST_F(Report, OfPeopleBothSexesAreShownByAgeGroup) {
  const json shown = data({written("a.h5", {})});
  const json& persons = shown["figures"]["population/persons"];
  EXPECT_EQ(persons["axes"], json({"year", "area", "age"}));
  EXPECT_EQ(persons["of"][0]["mean"], json({2, 5, 8, 11, 20, 23, 32, 35, 38, 41, 50, 53}));
}

TEST_F(Report, PyramidsAreOfSingleAgesOfTheProjectedAreas) {
  const json pyramid = data({written("a.h5", {})})["pyramid"];
  EXPECT_EQ(pyramid["age"], json({"0", "1", "2"}));
  std::vector<int> expected(12);
  std::iota(expected.begin(), expected.end(), 0);  // 2015: the rest, 12 to 17, is left out
  for (int cell = 18; cell < 30; ++cell) expected.push_back(cell);
  EXPECT_EQ(pyramid["of"][0]["mean"], json(expected));
}

TEST_F(Report, WhatTwoScenariosHaveAlikeStandsOnce) {
  SmallReport other;
  other.gap_of_first = 4.0;
  const json shown =
      data({written("a.h5", {}), written("b.h5", other), written("c.h5", {})})["figures"];
  EXPECT_EQ(shown["population/persons"]["of"][1], 0);
  EXPECT_EQ(shown["workforce/gap_fte"]["of"][1]["mean"][0], 4);
  EXPECT_EQ(shown["workforce/gap_fte"]["of"][2], 0);
}

TEST_F(Report, TheBaseOfABatchComesFirstAndWhatFailedIsLeftOut) {
  SmallReport batch;
  batch.batch = true;
  const json shown = data({written("batch.h5", batch)});
  ASSERT_EQ(shown["scenarios"].size(), 2U);
  EXPECT_EQ(shown["scenarios"][0]["name"], "base");
  EXPECT_EQ(shown["differing"], json::array({{{"path", "a"}, {"values", {"2", "1"}}}}));
  const json& gap = shown["figures"]["workforce/gap_fte"];
  EXPECT_EQ(gap["of"][0]["mean"][0], 1);
  EXPECT_EQ(gap["of"][1]["mean"][0], 6);
  EXPECT_EQ(gap["against_base"][1]["mean"], json({5, 5, 5, 5, 5, 5}));
  EXPECT_EQ(gap["against_base"][1]["quantiles"][0], json({3, 3, 3, 3, 3, 3}));
  EXPECT_EQ(gap["against_base"][1]["quantiles"][1], json({7, 7, 7, 7, 7, 7}));
}

TEST_F(Report, ThePageOpensFifteenYearsOnOrInTheLastYear) {
  EXPECT_EQ(data({written("a.h5", {})})["year"], 2016);
  ReportRequest request;
  request.files = {folder.name("a.h5")};
  request.year = 2030;
  EXPECT_HAS(refusal(Fault::scenario, request), "there are no figures of 2030");
}

TEST_F(Report, ResultsOfOtherAreasDoNotStandOnOnePage) {
  SmallReport other;
  other.first_area = "0180";
  ReportRequest request;
  request.files = {written("a.h5", {}), written("b.h5", other)};
  EXPECT_HAS(refusal(Fault::scenario, request), "its areas are others than those of");
}

TEST_F(Report, OutlinesAreThoseOfTheAreasOfTheResult) {
  const json outlines = data({written("a.h5", {})})["boundaries"];
  EXPECT_EQ(outlines.size(), 2U);
  EXPECT_EQ(outlines["1880"]["type"], "Polygon");
  ReportRequest request;
  request.files = {folder.name("a.h5")};
  request.boundaries = folder.write("b.geojson", R"({"features": [{"properties": {}}]})");
  EXPECT_HAS(refusal(Fault::input, request), "a feature has no property code");
}

TEST_F(Report, NoTitleCanEndTheScriptOrBecomeAnElement) {
  SmallReport evil;
  evil.title = "</script><script>alert('\"1\"')</script><!--";
  ReportRequest request;
  request.files = {written("a.h5", evil)};
  request.output = folder.name("page.html");
  report::write_report(request);
  const std::string page = *read_file(request.output).text;
  EXPECT_EQ(page.find("<script>alert"), std::string::npos);
  EXPECT_HAS(page, "<title>&lt;/script&gt;&lt;script&gt;alert(&#39;&quot;1&quot;&#39;)");
  EXPECT_HAS(page, "\\u003c/script>\\u003cscript>alert('\\\"1\\\"')");
  EXPECT_HAS(page, "default-src 'none'");
  EXPECT_EQ(page.find("@@DATA@@"), std::string::npos);
}

TEST_F(Report, AMarkInATitleStaysATitle) {
  EXPECT_HAS(report::page_of(json("@@TITLE@@"), "@@DATA@@", "en"), "<title>@@DATA@@</title>");
}

/// Rows of a comparison, the same for figures and parts: in 2018 of two areas, in 2020 of one.
void write_comparison(const std::string& file) {
  store::Writer writer(file);
  writer.add_attribute({"title", std::string("Compared")});
  writer.add_attribute({"kohort_format", store::current_format});
  writer.add_attribute({"kohort_comparison", std::int64_t{1}});
  writer.add_scale({"figure", "number", "1", std::vector<std::int32_t>{0, 1, 2, 3}});
  const auto texts = [&](const std::string& name, const Axes& labels) {
    writer.add_labels({"figure_" + name, name, "", labels}, "figure");
  };
  texts("standard", Axes(4, "folder/outturn.csv"));
  texts("result", Axes(4, "folder/result.h5"));
  texts("variable", Axes(4, "population/persons"));
  texts("area", {"1880", "1880", "1881", "1880"});
  texts("sex", {"both", "female", "both", "both"});
  writer.add_labels({"figure_year", "year", "", std::vector<std::int32_t>{2018, 2018, 2018, 2020}},
                    "figure");
  const std::vector<double> figures{1.0, 2.0, 3.0, 4.0};
  for (const char* path : {"figures/standard", "figures/result", "figures/percent"}) {
    writer.add_dataset({path, {"figure"}, {{"units", std::string("1")}}}, figures);
  }
  writer.finish();
}

TEST_F(Report, OfAComparisonBothSexesAreShownInTheYearThatMostIsKnownOf) {
  write_comparison(folder.name("c.h5"));
  const json shown = data({written("a.h5", {}), folder.name("c.h5")})["comparisons"];
  ASSERT_EQ(shown.size(), 1U);
  EXPECT_EQ(shown[0]["figures"]["area"], json({"1880", "1881"}));
  EXPECT_EQ(shown[0]["figures"]["figure_percent"], json({1, 3}));
  EXPECT_EQ(shown[0]["figures"]["standard"][0], "outturn.csv");
  EXPECT_TRUE(shown[0]["measures"].is_null());
}

TEST_F(Report, AComparisonAloneIsNoResultToShow) {
  write_comparison(folder.name("c.h5"));
  ReportRequest request;
  request.files = {folder.name("c.h5")};
  EXPECT_HAS(refusal(Fault::scenario, request), "there are only comparisons");
}

TEST_F(Report, GoalsAreToldWithHowProbablyTheyAreMet) {
  store::Writer writer(folder.name("goals.h5"));
  writer.add_attribute({"kohort_format", store::current_format});
  writer.add_scale({"goal", "name", "", Axes{"few missing", "of another"}});
  writer.add_labels({"goal_bound", "bound", "1", std::vector<double>{10.0, 20.0}}, "goal");
  writer.add_labels({"goal_side", "side", "", Axes{"at_most", "at_most"}}, "goal");
  const store::Attributes said{{"units", std::string("1")}, {"long_name", std::string("share")}};
  writer.add_dataset({"goals/probability", {"goal"}, said},
                     std::vector<double>{0.25, std::nan("")});
  writer.finish();
  const auto reader = std::make_shared<const store::Reader>(folder.name("goals.h5"));
  const json goals = report::goals_json(report::scenarios_of(reader).front());
  ASSERT_EQ(goals.size(), 1U);
  EXPECT_EQ(goals[0]["name"], "few missing");
  EXPECT_EQ(goals[0]["bound"], "10");
  EXPECT_EQ(goals[0]["result"]["probability"], json({0.25}));
}

TEST(ResolvedScenario, ValuesStandByTheirPathWithoutTheirOrigin) {
  const report::ResolvedValues values = report::resolved_values(
      "format = 1  # a.toml:1\n[care]\nlist = [{ name = \"a = b  # c\" }]  # default\n"
      "# measure = 2  # default, not read\n");
  EXPECT_EQ(values, (report::ResolvedValues{{"care.list", "[{ name = \"a = b  # c\" }]"},
                                            {"format", "1"}}));
}

TEST(RoundedFigures, KeepThreeDigitsAndAllBeforeThePoint) {
  EXPECT_EQ(report::rounded(123456.7), json(123457));
  EXPECT_EQ(report::rounded(12.3456), json(12.3));
  EXPECT_EQ(report::rounded(-0.0123456), json(-0.0123));
  EXPECT_EQ(report::rounded(3.00001), json(3));
  EXPECT_EQ(report::rounded(0.0), json(0));
  EXPECT_TRUE(report::rounded(std::nan("")).is_null());
}

TEST_F(Report, TheCommandWritesThePageAndRefusesWhatIsNone) {
  written("a.h5", {});
  const std::string here = folder.path().string();
  const test::Ran ran = test::kohort({"report", "a.h5", "-o", "page.html", "--lang", "en"}, here);
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(ran.out, "page.html\n");
  EXPECT_HAS(*read_file(folder.name("page.html")).text, "<html lang=\"en\">");
  const test::Ran refused = test::kohort({"report", "a.h5", "-o", "a.h5"}, here);
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_HAS(refused.err, "does not end in .html");
  EXPECT_EQ(test::kohort({"report", "page.html"}, here).exit_code, 4);
}

}  // namespace
}  // namespace kohort
