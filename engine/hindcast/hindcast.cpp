#include "engine/hindcast/hindcast.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/compare/result.hpp"
#include "engine/hindcast/error_parts.hpp"
#include "engine/hindcast/judged.hpp"
#include "engine/hindcast/known_figures.hpp"
#include "engine/hindcast/naive_methods.hpp"
#include "engine/model/frame_parameters.hpp"
#include "engine/run/parameters.hpp"
#include "engine/run/scenario_run.hpp"
#include "engine/scenario/read.hpp"
#include "engine/store/temporary_file.hpp"

namespace kohort::hindcast {
namespace {

using compare::CellAxes;
using compare::Comparison;
using compare::Result;
using Areas = std::vector<std::pair<std::string, std::string>>;

/// Everything that a plan names, read.
struct PlanTables {
  explicit PlanTables(const Plan& plan) {
    Attempts attempts;
    const auto read_all = [&](const std::vector<TableSource>& sources,
                              std::vector<ReadTable>& tables) {
      for (const TableSource& source : sources) {
        attempts.attempt([&] { tables.push_back(read_table(source)); });
      }
    };
    read_all(plan.history, history);
    read_all(plan.outturns, outturns);
    for (const PublishedSource& source : plan.published) {
      attempts.attempt([&] { published.push_back(read_table(source.table)); });
    }
    for (const FlowSource& source : plan.flows) {
      attempts.attempt([&] {
        flows.push_back({source.component, KnownFlows(read_table(source.table))});
      });
    }
    attempts.throw_if_any();
  }

  std::vector<ReadTable> history;
  std::vector<ReadTable> outturns;
  std::vector<ReadTable> published;
  std::vector<OutturnFlows> flows;
};

/// The last year that anything of a launch is judged in.
int last_year(const Plan& plan, int launch) {
  int last = launch;
  for (const Judged& judged : plan.judged) {
    if (!judged.of_launch(launch)) continue;
    for (const int year : judged.years_of(launch)) last = std::max(last, year);
  }
  return last;
}

bool has_several_draws(const RunSpec& spec, const std::vector<std::string>& overrides) {
  return read_scenario(spec.scenario, overrides, full_catalogue())[parameters::draws] > 1;
}

/// A scenario made ready, with the launch year of its run.
ScenarioRun ready(const Plan& plan, const RunSpec& spec, const RunWish& wish,
                  const std::stop_token& stop) {
  std::vector<std::string> overrides{
      fmt::format("projection.launch_year={}", spec.launch),
      fmt::format("projection.end_year={}", last_year(plan, spec.launch))};
  overrides.insert(overrides.end(), spec.overrides.begin(), spec.overrides.end());
  if (wish.seed) overrides.push_back(fmt::format("seed={}", *wish.seed));
  if (wish.draws && has_several_draws(spec, overrides)) {
    overrides.push_back(fmt::format("draws={}", *wish.draws));
  }
  ScenarioRun run(spec.scenario, overrides, stop);
  run.use_threads(wish.threads);
  const auto launch = run.settings().maybe(parameters::launch_year);
  const int base = run.frame().base_year.value();
  if (base != spec.launch || launch != spec.launch) {
    throw Error(
        Fault::scenario,
        Mistake{spec.location,
                fmt::format("{} starts from {} and may know what was known in {}, not {}",
                            spec.scenario.string(), base, launch.value_or(base), spec.launch),
                "set projection.base_year to the launch year, and leave "
                "projection.launch_year to it"});
  }
  return run;
}

/// All that is judged from one launch year.
class Launch {
 public:
  Launch(const Plan& plan, const PlanTables& tables, int launch)
      : plan_(plan),
        tables_(tables),
        launch_(launch),
        known_(tables.history, launch),
        outturn_(tables.outturns) {}

  /// Takes what a run says of everything that is judged.
  void take(const std::string& method, const Result& result) {
    if (all_areas_.empty()) begin(areas_of(result));
    for (std::size_t at = 0; at < judged_.size(); ++at) {
      CellAxes axes = judged_[at].axes;
      for (std::size_t area = 0; area < axes.areas.size(); ++area) {
        axes.areas[area] = areas_[at][area].second;
      }
      MethodFigures figures{method, MethodKind::run};
      figures.figures = result.figures(persons, axes);
      figures.spread = result.spread(persons, axes);
      judged_[at].methods.push_back(std::move(figures));
    }
    auto parts = error_parts(result, {outturn_, tables_.flows}, all_areas_);
    if (!parts) return;
    parts_.push_back({.standard = "components of change",
                      .reference = true,
                      .vintage = {},
                      .result = method,
                      .launch = launch_,
                      .quantities = {},
                      .decompositions = {std::move(*parts)},
                      .left_out = {}});
  }

  void finish(std::vector<Comparison>& comparisons) {
    if (all_areas_.empty()) begin(outturn_.areas());
    for (JudgedLaunch& judged : judged_) {
      add_naive(judged);
      add_published(judged);
      for (Comparison& one : judge(std::move(judged))) comparisons.push_back(std::move(one));
    }
    for (Comparison& one : parts_) comparisons.push_back(std::move(one));
  }

 private:
  /// Those that a result projects, without the closing rest.
  static std::vector<std::string> areas_of(const Result& result) {
    std::vector<std::string> codes;
    for (const std::string& code : result.areas()) {
      if (result.kind_of_area(code) == "area") codes.push_back(code);
    }
    return codes;
  }

  /// The axes of everything that is judged, now that the areas are known.
  void begin(const std::vector<std::string>& codes) {
    for (const std::string& code : codes) all_areas_.emplace_back(code, code);
    for (const Judged& judged : plan_.judged) {
      const std::vector<int> years = judged.years_of(launch_);
      if (!judged.of_launch(launch_) || years.empty()) continue;
      areas_.push_back(judged.areas.empty() ? all_areas_ : judged.areas);
      JudgedLaunch one{judged.name, launch_, {{}, judged.ages, judged.sexes, years}, {}, {}, {}};
      for (const auto& [of_table, of_result] : areas_.back()) one.axes.areas.push_back(of_table);
      one.outturn = figures_of(outturn_, one.axes);
      check_outturn(judged, one);
      CellAxes then = one.axes;
      then.years = {launch_};
      one.at_launch = figures_of(known_, then);
      judged_.push_back(std::move(one));
    }
  }

  static std::vector<double> figures_of(const KnownFigures& known, const CellAxes& axes) {
    std::vector<double> figures;
    for (std::size_t at = 0; at < axes.size(); ++at) {
      const auto cell = axes.cell(at);
      figures.push_back(known.figure(axes.areas[cell.area],
                                     {axes.ages[cell.ages], axes.sexes[cell.sex]},
                                     axes.years[cell.year]));
    }
    return figures;
  }

  /// Each year and age group must be known of some area.
  void check_outturn(const Judged& judged, const JudgedLaunch& one) const {
    std::vector<bool> known(one.axes.ages.size() * one.axes.years.size(), false);
    for (std::size_t at = 0; at < one.outturn.size(); ++at) {
      const auto cell = one.axes.cell(at);
      if (std::isnan(one.outturn[at])) continue;
      known[cell.ages * one.axes.years.size() + cell.year] = true;
    }
    for (std::size_t at = 0; at < known.size(); ++at) {
      if (known[at]) continue;
      throw Error(
          Fault::scenario,
          Mistake{{plan_.file, 0, 0},
                  fmt::format("'{}' is judged in {}, and no outturn has the ages {} of its areas",
                              judged.name, one.axes.years[at % one.axes.years.size()],
                              one.axes.ages[at / one.axes.years.size()]),
                  "judge what is known, or name a table that has it: [[outturn]]"});
    }
  }

  void add_naive(JudgedLaunch& judged) const {
    const NaiveBasis basis{known_, launch_, plan_.naive};
    for (const std::string& method : plan_.naive.methods) {
      judged.methods.push_back(naive_figures(method, basis, judged.axes));
    }
    if (!plan_.naive.average_of.empty()) {
      judged.methods.push_back(average_of(judged.methods, plan_.naive.average_of));
    }
    MethodFigures growth{all_grow};
    growth.figures.assign(judged.axes.size(), 1.0);
    growth.directions = true;
    judged.methods.push_back(std::move(growth));
  }

  void add_published(JudgedLaunch& judged) const {
    for (std::size_t at = 0; at < plan_.published.size(); ++at) {
      const PublishedSource& source = plan_.published[at];
      const auto& beside = source.launches;
      if (!beside.empty() && std::find(beside.begin(), beside.end(), launch_) == beside.end()) {
        continue;
      }
      for (const compare::ReferenceFigures& figures : tables_.published[at].reference.figures) {
        add_published(source.name, figures, judged);
      }
    }
  }

  void add_published(const std::string& name, const compare::ReferenceFigures& figures,
                     JudgedLaunch& judged) const {
    const auto since = figures.quantity.since;
    const bool comparable = figures.directions ? since == launch_ : !since;
    if (figures.quantity.variable != persons.variable || !comparable) return;
    MethodFigures method{name, MethodKind::published};
    if (figures.vintage) method.name += fmt::format(" ({})", *figures.vintage);
    method.vintage = figures.vintage;
    method.directions = figures.directions;
    const CellAxes& axes = judged.axes;
    for (std::size_t at = 0; at < axes.size(); ++at) {
      const auto cell = axes.cell(at);
      method.figures.push_back(figures.figure(axes.areas[cell.area], axes.ages[cell.ages],
                                              axes.sexes[cell.sex], axes.years[cell.year]));
    }
    judged.methods.push_back(std::move(method));
  }

  const Plan& plan_;
  const PlanTables& tables_;
  int launch_;
  KnownFigures known_;
  KnownFigures outturn_;
  Areas all_areas_;
  std::vector<JudgedLaunch> judged_;
  std::vector<Areas> areas_;  ///< of each thing that is judged
  std::vector<Comparison> parts_;
};

}  // namespace

void check_plan(const Plan& plan, const RunWish& wish, const std::stop_token& stop) {
  const PlanTables tables(plan);
  Attempts attempts;
  for (const int launch : plan.launches()) {
    attempts.attempt([&] { const KnownFigures known(tables.history, launch); });
  }
  for (const RunSpec& spec : plan.runs) {
    attempts.attempt([&] { ready(plan, spec, wish, stop); });
  }
  attempts.throw_if_any();
}

Hindcast run_hindcast(const Plan& plan, const RunWish& wish, const HindcastWatch& watch) {
  const PlanTables tables(plan);
  Hindcast hindcast;
  for (const int launch_year : plan.launches()) {
    Launch launch(plan, tables, launch_year);
    for (const RunSpec& spec : plan.runs) {
      if (spec.launch != launch_year) continue;
      const ScenarioRun run = ready(plan, spec, wish, watch.stop);
      const auto observe = [&](const Progress& progress) {
        if (watch.observe) watch.observe(spec, progress);
      };
      const store::TemporaryFile file(wish.scratch);
      run.write(run.project(observe, watch.stop), file.name(), watch.stop);
      const Result result(file.name().string());
      Judgement judgement{spec, spec.method, run.settings()[parameters::conditional_on],
                          result.title(), result.reader().text("content_sha256").value_or("")};
      if (!judgement.given.empty()) judgement.method += " (conditional)";
      launch.take(judgement.method, result);
      hindcast.runs.push_back(std::move(judgement));
    }
    launch.finish(hindcast.comparisons);
  }
  return hindcast;
}

}  // namespace kohort::hindcast
