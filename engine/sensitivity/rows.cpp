#include "engine/sensitivity/rows.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/exchange/csv_line.hpp"
#include "engine/run/version.hpp"

namespace kohort {
namespace {

using Json = nlohmann::ordered_json;

/// A line of CSV, cell by cell.
class Line {
 public:
  Line& add(const std::string& text) {
    if (!line_.empty()) line_ += ',';
    exchange::add_csv_cell(line_, text, ',');
    return *this;
  }
  Line& add(double number) { return add(std::isnan(number) ? "" : fmt::format("{}", number)); }
  Line& add(const IndexEstimate& index) { return add(index.value).add(index.low).add(index.high); }
  std::string finish() const { return line_ + "\n"; }

 private:
  std::string line_;
};

Json json_of(double number) { return std::isnan(number) ? Json() : Json(number); }

Json json_of(const IndexEstimate& index) {
  return {
      {"value", json_of(index.value)}, {"low", json_of(index.low)}, {"high", json_of(index.high)}};
}

const Swing& swing_of(const IndicatorSensitivity& indicator, std::size_t number) {
  return *std::find_if(indicator.tornado.begin(), indicator.tornado.end(),
                       [&](const Swing& swing) { return swing.number == number; });
}

Json json_of(const IndicatorSensitivity& indicator, const std::vector<VariedNumber>& numbers) {
  Json json{{"name", indicator.name},
            {"figure", indicator.figure},
            {"unit", indicator.unit},
            {"year", indicator.year.value()},
            {"scenario", json_of(indicator.own)},
            {"monte_carlo_error", json_of(indicator.own_error)},
            {"complete_rows", indicator.indices.rows},
            {"mean", json_of(indicator.indices.mean)},
            {"variance", json_of(indicator.indices.variance)},
            {"indices", Json::array()},
            {"tornado", Json::array()}};
  for (std::size_t number = 0; number < numbers.size(); ++number) {
    const InputIndices& indices = indicator.indices.inputs[number];
    json["indices"].push_back({{"parameter", numbers[number].parameter},
                               {"first_order", json_of(indices.first)},
                               {"total", json_of(indices.total)}});
  }
  for (const Swing& swing : indicator.tornado) {
    json["tornado"].push_back({{"parameter", numbers[swing.number].parameter},
                               {"at_from", json_of(swing.at_from)},
                               {"at_to", json_of(swing.at_to)}});
  }
  return json;
}

Json json_of(const FailedRun& failed) {
  Json messages = Json::array();
  for (const Mistake& mistake : failed.mistakes) messages.push_back(to_string(mistake));
  return {{"row", failed.row ? Json(*failed.row + 1) : Json()},
          {"set", failed.overrides},
          {"errors", messages}};
}

}  // namespace

std::string to_csv(const Sensitivity& sensitivity) {
  std::string text =
      "indicator,figure,unit,year,parameter,parameter_unit,scenario,from,to,first_order,"
      "first_order_low,first_order_high,total,total_low,total_high,figure_in_scenario,"
      "figure_at_from,figure_at_to,mean,variance,complete_rows\n";
  for (const IndicatorSensitivity& indicator : sensitivity.indicators) {
    for (std::size_t at = 0; at < sensitivity.numbers.size(); ++at) {
      const VariedNumber& number = sensitivity.numbers[at];
      const InputIndices& indices = indicator.indices.inputs[at];
      const Swing& swing = swing_of(indicator, at);
      Line line;
      line.add(indicator.name).add(indicator.figure).add(indicator.unit);
      line.add(std::to_string(indicator.year.value()));
      line.add(number.parameter).add(number.unit).add(number.own).add(number.from).add(number.to);
      line.add(indices.first).add(indices.total);
      line.add(indicator.own).add(swing.at_from).add(swing.at_to);
      line.add(indicator.indices.mean).add(indicator.indices.variance);
      text += line.add(std::to_string(indicator.indices.rows)).finish();
    }
  }
  return text;
}

std::string to_json(const Study& study, const Sensitivity& sensitivity) {
  const PlanSample& sample = study.sample();
  Json json{{"program_version", std::string(program_version())},
            {"git_commit", std::string(git_commit())},
            {"sample", sample.name},
            {"scenario", study.run().options().title},
            {"method", sample.method == Design::sobol ? "sobol" : "latin_hypercube"},
            {"rows", sample.size},
            {"sample_seed", sample.seed},
            {"runs", study.runs()},
            {"draws", study.run().options().shape.draws},
            {"seed", study.run().options().shape.seed},
            {"parameters", Json::array()},
            {"indicators", Json::array()},
            {"failed", Json::array()}};
  for (const VariedNumber& number : sensitivity.numbers) {
    json["parameters"].push_back({{"parameter", number.parameter},
                                  {"unit", number.unit},
                                  {"scenario", number.own},
                                  {"from", number.from},
                                  {"to", number.to}});
  }
  for (const IndicatorSensitivity& indicator : sensitivity.indicators) {
    json["indicators"].push_back(json_of(indicator, sensitivity.numbers));
  }
  for (const FailedRun& failed : sensitivity.failed) json["failed"].push_back(json_of(failed));
  return json.dump(2) + "\n";
}

}  // namespace kohort
