#include "engine/report/report.hpp"

#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/report/about_json.hpp"
#include "engine/report/boundaries.hpp"
#include "engine/report/comparison_json.hpp"
#include "engine/report/figures_json.hpp"
#include "engine/report/page.hpp"
#include "engine/store/target.hpp"
#include "engine/store/text_file.hpp"

namespace kohort::report {
namespace {

using nlohmann::json;

/// Changes when a page of one program could not be filled by another.
constexpr int data_format = 1;
/// Where a plan looks to: the year in which the page opens, after the base year.
constexpr int horizon = 15;

struct Read {
  Scenarios scenarios;
  json comparisons = json::array();
};

Read read_all(const std::vector<std::string>& files) {
  Read read;
  for (const std::string& file : files) {
    const auto reader = std::make_shared<const store::Reader>(file);
    if (is_comparison(*reader)) {
      read.comparisons.push_back(comparison_json(*reader));
      continue;
    }
    const Scenarios scenarios = scenarios_of(reader);
    read.scenarios.insert(read.scenarios.end(), scenarios.begin(), scenarios.end());
  }
  if (read.scenarios.empty()) {
    throw Error(Fault::scenario, Mistake{{files.front(), 0, 0},
                                         "there are only comparisons, and no result to show",
                                         "name a result that a run has written as well"});
  }
  return read;
}

/// The year asked for, which must be one of the page, or the one of a plan's horizon.
int opening_year(const std::optional<int>& asked, const Frame& frame) {
  std::vector<int> years;
  for (const std::string& year : frame.years) years.push_back(std::stoi(year));
  if (!asked) {
    const auto beyond = std::upper_bound(years.begin(), years.end(), years.front() + horizon);
    return *std::prev(beyond);
  }
  if (std::find(years.begin(), years.end(), *asked) == years.end()) {
    throw Error(Fault::scenario,
                Mistake{{"--year", 0, 0},
                        fmt::format("there are no figures of {}", *asked),
                        fmt::format("name a year of {} to {}", years.front(), years.back())});
  }
  return *asked;
}

}  // namespace

json report_data(const ReportRequest& request) {
  Read read = read_all(request.files);
  const Frame frame = frame_of(read.scenarios);
  json about = json::array();
  json goals = json::array();
  for (const ScenarioResult& scenario : read.scenarios) {
    about.push_back(about_json(scenario));
    goals.push_back(goals_json(scenario));
  }
  return {{"format", data_format},
          {"year", opening_year(request.year, frame)},
          {"scenarios", about},
          {"differing", differing_json(read.scenarios)},
          {"inputs", inputs_json(read.scenarios)},
          {"labels", labels_json(read.scenarios, frame)},
          {"figures", figures_json(read.scenarios, frame)},
          {"pyramid", pyramid_json(read.scenarios, frame)},
          {"goals", goals},
          {"boundaries", boundaries_json(request.boundaries, frame)},
          {"comparisons", std::move(read.comparisons)}};
}

void write_report(const ReportRequest& request) {
  const auto target = store::file_target(request.output, {".html"});
  const json data = report_data(request);
  store::TextFile file(target);
  file.add(page_of(data, data["scenarios"][0]["of"].get<std::string>(), request.language));
  file.finish();
}

}  // namespace kohort::report
