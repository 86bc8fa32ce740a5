#include "engine/hindcast/plan.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/nearest.hpp"
#include "engine/base/number.hpp"
#include "engine/hindcast/parameters.hpp"
#include "engine/scenario/layers.hpp"
#include "engine/scenario/read.hpp"
#include "engine/scenario/settings.hpp"

namespace kohort::hindcast {
namespace {

namespace p = parameters;

constexpr int most_line_years = 100;

class PlanReader {
 public:
  explicit PlanReader(const Settings& settings) : settings_(settings) {}

  Plan take() {
    Plan plan;
    plan.file = settings_.scenario_file();
    plan.title = settings_[p::title];
    for (const Settings& block : settings_[p::runs]) plan.runs.push_back(run(block));
    for (const Settings& block : settings_[p::history]) {
      plan.history.push_back(table(block, p::history_table));
    }
    for (const Settings& block : settings_[p::outturns]) {
      plan.outturns.push_back(table(block, p::outturn_table));
    }
    for (const Settings& block : settings_[p::published]) {
      plan.published.push_back({block[p::published_name], table(block, p::published_table),
                                wholes(block, p::published_launches)});
    }
    for (const Settings& block : settings_[p::flows]) {
      plan.flows.push_back({block[p::flow_component], table(block, p::flow_table)});
    }
    for (const Settings& block : settings_[p::judged]) plan.judged.push_back(judged(block));
    plan.naive = naive(plan);
    check(plan);
    mistakes_.throw_if_any(Fault::scenario);
    return plan;
  }

 private:
  RunSpec run(const Settings& block) {
    return {block[p::run_name], static_cast<int>(block[p::run_launch]), block.file(p::run_scenario),
            block[p::run_set], block.location()};
  }

  TableSource table(const Settings& block, const p::TableFields& fields) {
    TableSource source{
        block.file(fields.file).string(), {block[fields.value], "", {}}, {}, block.location()};
    for (const std::string& text : block[fields.columns]) {
      if (const auto names = pair_of(text)) {
        source.options.columns.insert(*names);
      } else {
        mistakes_.add(block.mistake(fields.columns, fmt::format("found '{}'", text),
                                    "write NAME=COLUMN, like \"ages=age\""));
      }
    }
    if (const auto digits = block.maybe(fields.code_digits)) {
      source.code_digits = static_cast<std::size_t>(*digits);
    }
    return source;
  }

  Judged judged(const Settings& block) {
    Judged found{block[p::judged_name],
                 block[p::judged_ages],
                 block[p::judged_sexes],
                 wholes(block, p::judged_years),
                 wholes(block, p::judged_horizons),
                 wholes(block, p::judged_launches),
                 {}};
    for (const std::string& ages : found.ages) {
      if (compare::span_of(ages)) continue;
      mistakes_.add(block.mistake(p::judged_ages, fmt::format("'{}' are no ages", ages),
                                  "write them like all, 65-79 or 80+"));
    }
    for (const std::string& sex : found.sexes) {
      if (sex == "female" || sex == "male" || sex == compare::both_sexes) continue;
      mistakes_.add(block.mistake(p::judged_sexes, fmt::format("found '{}'", sex),
                                  "write female, male or both"));
    }
    if (found.years.empty() && found.horizons.empty()) {
      mistakes_.add(block.mistake(p::judged_years, "no year is judged",
                                  "write years = [2020], or horizons = [5, 10]"));
    }
    for (const std::string& text : block[p::judged_areas]) {
      found.areas.push_back(pair_of(text).value_or(std::pair(text, text)));
    }
    return found;
  }

  NaivePlan naive(const Plan& plan) {
    NaivePlan found{settings_[p::naive_methods], settings_[p::naive_average_of],
                    static_cast<std::size_t>(settings_[p::naive_share_digits]),
                    static_cast<int>(settings_[p::naive_share_years])};
    const std::vector<std::string> words{"no_change", "constant_share", "cohort_ratios", "linear_5",
                                         "linear_10"};
    for (const std::string& method : found.methods) {
      if (linear_years(method) || std::count(words.begin(), words.end(), method) > 0) continue;
      const auto meant = nearest(method, words);
      mistakes_.add(settings_.mistake(
          p::naive_methods, fmt::format("there is no method '{}'", method),
          meant ? fmt::format("did you mean '{}'?", *meant)
                : fmt::format("write {}, or linear with another number", fmt::join(words, ", "))));
    }
    std::vector<std::string> known = found.methods;
    for (const RunSpec& run : plan.runs) known.push_back(run.method);
    for (const std::string& method : found.average_of) {
      if (std::count(known.begin(), known.end(), method) > 0) continue;
      mistakes_.add(settings_.mistake(p::naive_average_of,
                                      fmt::format("there is no method '{}'", method),
                                      fmt::format("name some of {}", fmt::join(known, ", "))));
    }
    return found;
  }

  void check(const Plan& plan) {
    std::set<std::pair<std::string, int>> seen;
    for (const RunSpec& run : plan.runs) {
      if (seen.emplace(run.method, run.launch).second) continue;
      mistakes_.add({run.location,
                     fmt::format("there is a run '{}' launched {} already", run.method, run.launch),
                     "give it another name"});
    }
    for (const int launch : plan.launches()) {
      const bool any = std::any_of(plan.judged.begin(), plan.judged.end(), [&](const Judged& one) {
        return one.of_launch(launch) && !one.years_of(launch).empty();
      });
      if (any) continue;
      mistakes_.add(settings_.mistake(p::judged, fmt::format("nothing of {} is judged", launch),
                                      "judge a year after it, or leave its runs out"));
    }
  }

  std::vector<int> wholes(const Settings& block, const RealList& parameter) {
    std::vector<int> found;
    for (const double number : block[parameter]) {
      if (number != std::round(number)) {
        mistakes_.add(
            block.mistake(parameter, fmt::format("found {}", number), "write whole numbers"));
      }
      found.push_back(static_cast<int>(number));
    }
    return found;
  }

  static std::optional<std::pair<std::string, std::string>> pair_of(const std::string& text) {
    const std::size_t at = text.find('=');
    if (at == std::string::npos || at == 0 || at + 1 == text.size()) return std::nullopt;
    return std::pair(text.substr(0, at), text.substr(at + 1));
  }

  const Settings& settings_;
  Mistakes mistakes_;
};

}  // namespace

bool Judged::of_launch(int launch) const {
  return launches.empty() || std::count(launches.begin(), launches.end(), launch) > 0;
}

std::vector<int> Judged::years_of(int launch) const {
  std::set<int> found;
  for (const int year : years) {
    if (year > launch) found.insert(year);
  }
  for (const int horizon : horizons) found.insert(launch + horizon);
  return {found.begin(), found.end()};
}

std::vector<int> Plan::launches() const {
  std::set<int> found;
  for (const RunSpec& run : runs) found.insert(run.launch);
  for (const Judged& one : judged) found.insert(one.launches.begin(), one.launches.end());
  return {found.begin(), found.end()};
}

std::optional<int> linear_years(const std::string& method) {
  constexpr std::string_view beginning = "linear_";
  if (!method.starts_with(beginning)) return std::nullopt;
  const auto years = number_in<int>(std::string_view(method).substr(beginning.size()));
  if (!years || *years < 1 || *years > most_line_years) return std::nullopt;
  return years;
}

bool is_plan(const std::filesystem::path& file) {
  const std::vector<Layer> layers = read_layers(file);
  return std::any_of(layers.begin(), layers.end(),
                     [](const Layer& layer) { return layer.table.contains(p::judged.name); });
}

Plan read_plan(const std::filesystem::path& file) {
  const Settings settings = read_scenario(file, {}, hindcast_catalogue());
  return PlanReader(settings).take();
}

}  // namespace kohort::hindcast
