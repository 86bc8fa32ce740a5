#include "engine/hindcast/error_parts.hpp"

#include <algorithm>
#include <cmath>

namespace kohort::hindcast {
namespace {

using compare::CellAxes;
using compare::Decomposition;
using compare::Part;
using compare::Quantity;
using compare::Result;
using Areas = std::vector<std::pair<std::string, std::string>>;

const PeopleLabel everybody{"all", "both"};

/// A flow of a result and how it changes the population.
struct SignedFlow {
  const char* variable;
  double sign;
};

std::vector<SignedFlow> flows_of(const std::string& component) {
  if (component == "births") return {{"population/births", 1.0}};
  if (component == "deaths") return {{"population/deaths", -1.0}};
  if (component == "natural_change") {
    return {{"population/births", 1.0}, {"population/deaths", -1.0}};
  }
  return {{"population/domestic_in", 1.0},
          {"population/domestic_out", -1.0},
          {"population/immigration", 1.0},
          {"population/emigration", -1.0},
          {"population/net_migration", 1.0}};
}

double sign_of(const std::string& component) { return component == "deaths" ? -1.0 : 1.0; }

class ErrorParts {
 public:
  ErrorParts(const Result& result, const OutturnAccount& outturn, const Areas& areas)
      : result_(result), outturn_(outturn) {
    for (const auto& [of_table, of_result] : areas) {
      found_.axes.areas.push_back(of_table);
      areas_.push_back(of_result);
    }
    found_.quantity = persons;
    found_.base = result.launch();
    found_.axes.ages = {everybody.ages};
    found_.axes.sexes = {everybody.sex};
    for (const int year : result.years(true)) {
      if (!is_known(year)) break;
      found_.axes.years.push_back(year);
    }
  }

  std::optional<Decomposition> take() {
    if (found_.axes.years.empty() || found_.axes.areas.empty()) return std::nullopt;
    const CellAxes own = {areas_, found_.axes.ages, found_.axes.sexes, found_.axes.years};
    found_.difference = result_.figures(persons, own);
    for (std::size_t at = 0; at < found_.difference.size(); ++at) {
      const auto cell = found_.axes.cell(at);
      found_.difference[at] -= outturn_.persons.figure(found_.axes.areas[cell.area], everybody,
                                                       found_.axes.years[cell.year]);
    }
    found_.noise = result_.mean_errors(persons, own);
    add_base();
    for (const OutturnFlows& flows : outturn_.flows) add_component(flows, own);
    add_rest();
    return std::move(found_);
  }

 private:
  /// Whether every area has its population and all components of a year.
  bool is_known(int year) const {
    for (const std::string& area : found_.axes.areas) {
      if (std::isnan(outturn_.persons.figure(area, everybody, year))) return false;
      for (const OutturnFlows& flows : outturn_.flows) {
        if (std::isnan(flows.flows.of(area, year))) return false;
      }
    }
    return true;
  }

  void add_base() {
    const int launch = result_.launch();
    const std::vector<double> base =
        result_.figures(persons, {areas_, found_.axes.ages, found_.axes.sexes, {launch}});
    Part part{"base_population", {}};
    for (std::size_t at = 0; at < found_.axes.size(); ++at) {
      const std::size_t area = found_.axes.cell(at).area;
      part.values.push_back(base[area] -
                            outturn_.persons.figure(found_.axes.areas[area], everybody, launch));
    }
    found_.parts.push_back(std::move(part));
  }

  void add_component(const OutturnFlows& flows, const CellAxes& own) {
    std::vector<double> forecast(own.size(), 0.0);
    for (const SignedFlow& flow : flows_of(flows.component)) {
      if (!result_.has({flow.variable})) continue;
      const std::vector<double> events = result_.figures({flow.variable}, own);
      for (std::size_t at = 0; at < events.size(); ++at) forecast[at] += flow.sign * events[at];
    }
    Part part{flows.component, {}};
    double sum = 0.0;
    for (std::size_t at = 0; at < own.size(); ++at) {
      const auto cell = own.cell(at);
      if (cell.year == 0) sum = 0.0;
      sum += forecast[at] - sign_of(flows.component) *
                                flows.flows.of(found_.axes.areas[cell.area], own.years[cell.year]);
      part.values.push_back(sum);
    }
    found_.parts.push_back(std::move(part));
  }

  void add_rest() {
    const bool migration =
        std::any_of(outturn_.flows.begin(), outturn_.flows.end(),
                    [](const OutturnFlows& flows) { return flows.component == "net_migration"; });
    Part rest{migration ? "not_accounted_for" : "net_migration_and_rest", found_.difference};
    for (const Part& part : found_.parts) {
      for (std::size_t at = 0; at < rest.values.size(); ++at) rest.values[at] -= part.values[at];
    }
    found_.parts.push_back(std::move(rest));
  }

  const Result& result_;
  const OutturnAccount& outturn_;
  std::vector<std::string> areas_;
  Decomposition found_;
};

}  // namespace

std::optional<Decomposition> error_parts(const Result& result, const OutturnAccount& outturn,
                                         const Areas& areas) {
  if (outturn.flows.empty()) return std::nullopt;
  return ErrorParts(result, outturn, areas).take();
}

}  // namespace kohort::hindcast
