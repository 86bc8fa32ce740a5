#include "engine/run/scenario_run.hpp"

#include <algorithm>
#include <numeric>
#include <set>
#include <thread>

#include "engine/base/memory.hpp"
#include "engine/base/nearest.hpp"
#include "engine/comm/communicator.hpp"
#include "engine/model/parameter_change.hpp"
#include "engine/run/behind.hpp"
#include "engine/run/parameters.hpp"
#include "engine/run/read_variants.hpp"
#include "engine/run/years_in_memory.hpp"
#include "engine/scenario/read.hpp"
#include "engine/scenario/write.hpp"
#include "engine/store/writer.hpp"
#include "models/linked/model.hpp"

namespace kohort {

namespace {

RunOptions read_options(const Settings& settings) {
  for (const Parameter* said : std::initializer_list<const Parameter*>{
           &parameters::scenario_format, &parameters::description, &parameters::external,
           &parameters::quantiles, &parameters::quantiles_of, &parameters::keep_draws,
           &parameters::cells_of}) {
    settings.mark(*said);  // for people, or harmless where there is one draw
  }
  RunOptions options;
  options.title = settings[parameters::title];
  options.shape = {.first_draw = static_cast<std::size_t>(settings[parameters::first_draw]),
                   .draws = static_cast<std::size_t>(settings[parameters::draws]),
                   .seed = static_cast<std::uint64_t>(settings[parameters::seed])};
  options.keep = {read_quantiles(settings),
                  settings[parameters::quantiles_of],
                  settings.maybe(parameters::cells_of),
                  settings[parameters::keep_draws],
                  settings[population::parameters::chance_apart],
                  {},
                  {}};
  options.life_tables = settings[parameters::life_tables];
  return options;
}

/// An ensemble of equal draws would look certain.
void check_draws(const Settings& settings, const Model& model, const EnsembleShape& shape) {
  if (shape.draws == 1 || model.is_random()) return;
  throw Error(Fault::scenario,
              settings.mistake(parameters::draws,
                               "nothing is left to chance, so that all draws would be alike",
                               "set uncertainty.paths = true, uncertainty.events = true, or both"));
}

/// Layers can be told apart where there are both, and a spread.
void check_layers(const Settings& settings, const RunOptions& options) {
  namespace p = population::parameters;
  if (!options.keep.apart) return;
  if (settings[p::chance_paths] && settings[p::chance_events] && options.shape.draws > 1) return;
  throw Error(Fault::scenario,
              settings.mistake(p::chance_apart, "there are not two layers of several draws",
                               "set uncertainty.paths and uncertainty.events, and draws above 1"));
}

/// What the output is to hold must be there.
void check_names(const Settings& settings, const Model& model, const Keep& keep) {
  Mistakes mistakes;
  std::vector<std::string> names;
  for (const Variable& variable : model.variables()) names.push_back(variable.name);
  const auto require = [&](const Parameter& parameter, const std::vector<std::string>& wanted) {
    for (const std::string& name : wanted) {
      if (std::find(names.begin(), names.end(), name) != names.end()) continue;
      const auto meant = nearest(name, names);
      mistakes.add(settings.mistake(
          parameter, "there is no variable '" + name + "'",
          meant ? "did you mean '" + *meant + "'?" : "`kohort info` of a result lists them"));
    }
  };
  require(parameters::quantiles_of, keep.quantiles_of);
  require(parameters::cells_of, keep.cells_of.value_or(std::vector<std::string>{}));
  for (const Variable& variable : model.variables()) {
    const auto& wanted = keep.quantiles_of;
    if (std::find(wanted.begin(), wanted.end(), variable.name) == wanted.end()) continue;
    if (keeps_cells(keep, variable)) continue;
    mistakes.add(settings.mistake(parameters::quantiles_of,
                                  variable.name + " is not among those of output.cells_of",
                                  "add it there, or leave it out here"));
    break;
  }
  mistakes.throw_if_any(Fault::scenario);
}

/// Bytes that a summary takes.
struct SummarySize {
  std::size_t disk = 0;
  std::size_t memory = 0;  ///< besides what is written
  std::size_t sums = 0;    ///< of a year, indicators included
};

SummarySize summary_size(const Model& model, const Frame& frame, const RunOptions& options,
                         std::size_t draws) {
  const SummaryAxes axes = summary_axes(frame);
  std::size_t sums = 0;
  for (const Variable& variable : model.variables()) {
    sums += variable.detail == Detail::people ? axes.cells() : axes.areas.size();
  }
  const std::size_t indicators = model.indicators().size() * axes.areas.size();
  const std::size_t figures = 1 + (draws > 1 ? options.keep.quantiles.size() : 0);
  const std::size_t layers = options.keep.apart ? summary_layers.size() : 0;
  const std::size_t of_draw =
      frame.precision == Precision::in_single ? sizeof(float) : sizeof(double);
  // Indicators are written twice: with the groups of areas, and of areas alone.
  return {(frame.intervals + 1) * sizeof(double) *
              ((figures + layers) * sums + 2 * figures * indicators),
          draws * of_draw * (options.keep.apart ? 2 : 1) * (sums + indicators), sums + indicators};
}

/// Cells of a year, of variables that are kept cell by cell and of those whose quantiles are.
struct VariableSizes {
  std::size_t kept = 0;
  std::size_t in_result = 0;
  std::size_t with_quantiles = 0;
};

VariableSizes variable_sizes(const Model& model, const Frame& frame, const Keep& keep) {
  VariableSizes sizes;
  for (const Variable& variable : model.variables()) {
    const VariableCells cells(frame, variable);
    if (keeps_cells(keep, variable)) {
      sizes.kept += cells.size();
      sizes.in_result += cells.size_in_result();
    }
    const auto& wanted = keep.quantiles_of;
    const bool kept = std::find(wanted.begin(), wanted.end(), variable.name) != wanted.end();
    if (kept) sizes.with_quantiles += cells.size_in_result();
  }
  return sizes;
}

/// Bytes that a rank takes for its draws while so many threads project them: states, ledgers, sums,
/// what is kept of draws and years. One of several also gets all draws of a share of the cells.
std::size_t projecting(const Model& model, const Frame& frame, const Keep& keep,
                       const DividedDraws& draws, std::size_t threads) {
  const VariableSizes sizes = variable_sizes(model, frame, keep);
  const std::size_t own = draws.own_shape().draws;
  const std::size_t blocks = draws.own_blocks().size();
  const std::size_t times = keep.apart ? 2 : 1;
  const ModelSize of_draw = model.size();
  const std::size_t states = times * of_draw.state * own * sizeof(double);
  const std::size_t ledgers =
      std::min(blocks, threads) * of_draw.ledger * std::min(own, draws_in_block) * sizeof(double);
  const std::size_t sums = sizes.kept * BlockSums::rooms(draws, threads) * sizeof(double);
  const std::size_t judged_draws = draws.communicator().writes() ? draws.count() : own;
  const std::size_t judged = (keep.thresholds.size() + 2 * keep.goals.size()) *
                             (frame.intervals + 1) * judged_draws * sizeof(double);
  const std::size_t of_draws =
      draws.count() > 1 ? sizes.with_quantiles * draws.own_and_received() * sizeof(float) : 0;
  return states + ledgers + sums + judged + of_draws;
}

/// Bytes that the writing rank takes for years on their way into a file: the one that is finished,
/// those behind it, and what is kept of all years because it is small.
std::size_t writing(const Model& model, const Frame& frame, const Keep& keep, std::size_t draws) {
  std::size_t bytes = 0;
  for (const std::vector<YearlyTable>& tables :
       {tables_of_cells(model, frame, keep, draws),
        tables_of_sums(model, frame, {keep.quantiles, keep.apart}, draws)}) {
    for (const YearlyTable& table : tables) {
      bytes += (1 + Behind::most_years) * bytes_of_a_year(table);
    }
    bytes += bytes_kept(tables);
  }
  return bytes;
}

/// How many datasets a result has, about.
std::size_t datasets_of(const Model& model, const RunOptions& options, bool ensemble) {
  constexpr std::size_t scales = 20;
  const std::size_t figures = ensemble ? 2 : 1;  // means, and quantiles
  std::set<std::string> kept;
  std::set<std::string> names;
  for (const Variable& variable : model.variables()) {
    names.insert(variable.name);
    if (keeps_cells(options.keep, variable)) kept.insert(variable.name);
  }
  // Indicators are written twice: with the groups of areas, and of areas alone.
  return scales + kept.size() + (ensemble ? options.keep.quantiles_of.size() : 0) +
         figures * (names.size() + 2 * model.indicators().size()) + model.estimates().size();
}

/// A year of one variable as it stands in a result, on which the writing is tried.
std::vector<double> people_after_a_step(const Model& model, const EnsembleShape& shape) {
  const DrawBlock block = blocks_of(shape).front();
  const auto ledger = model.ledger(block.count);
  const auto state = model.start(block, *ledger);
  model.step(Interval(0), *state, *ledger);
  const std::vector<double> values = model.values(*state, *ledger, 0).all();
  std::vector<double> means;
  for (std::size_t at = 0; at < values.size(); at += block.count) {
    const auto draws = std::span(values).subspan(at, block.count);
    means.push_back(std::accumulate(draws.begin(), draws.end(), 0.0) /
                    static_cast<double>(block.count));
  }
  return means;
}

/// The least of some times: what else the machine does only adds to it.
double least_time_to_write(std::span<const double> values) {
  constexpr int times = 5;
  double least = store::seconds_to_write(values);
  for (int again = 1; again < times; ++again) {
    least = std::min(least, store::seconds_to_write(values));
  }
  return least;
}

bool is_life_table(const Estimate& estimate) { return estimate.name.starts_with("life_table/"); }

}  // namespace

ScenarioRun::ScenarioRun(const std::filesystem::path& scenario,
                         const std::vector<std::string>& overrides, const std::stop_token& stop)
    : settings_(read_scenario(scenario, overrides, full_catalogue())) {
  Tables tables = tables_of(settings_, full_catalogue());
  frame_ = read_frame(settings_, tables);
  ParameterChanges changes({settings_, frame_, tables, stop}, full_catalogue(), reached(settings_));
  changes.enter(settings_);
  Tables unread = tables;  // for variants, which begin with what the model begins with
  model_ = std::make_unique<LinkedModel>(settings_, frame_, tables, stop);
  inputs_ = tables.records();
  options_ = read_options(settings_);
  check_draws(settings_, *model_, options_.shape);
  check_names(settings_, *model_, options_.keep);
  check_layers(settings_, options_);
  options_.keep.thresholds = read_thresholds(settings_, frame_, *model_);
  options_.keep.goals = read_goals(settings_, frame_, *model_);
  changes.require_something();
  settings_.require_all_read(full_catalogue());
  options_.shape.by_variant =
      changes.any_random() && settings_[population::parameters::chance_paths];
  if (options_.shape.by_variant) {
    model_ = read_variants(std::move(model_), changes, {settings_, frame_, unread, stop},
                           options_.shape);
  }
  resolved_scenario_ = resolved_toml(settings_, full_catalogue());
}

const Communicator& ScenarioRun::ranks() const {
  static const LocalCommunicator alone;
  return ranks_ == nullptr ? alone : *ranks_;
}

Plan ScenarioRun::plan(std::size_t draws) const {
  // With the rates and tables of this scenario, which have been read by now.
  const Memory in_use = memory_in_use();
  Plan plan;
  plan.areas = frame_.areas.size();
  plan.cells = frame_.places() * frame_.sexes.size() * frame_.ages();
  plan.intervals = frame_.intervals;
  plan.draws = draws;
  plan.cell_years = plan.cells * plan.intervals * plan.draws;
  const VariableSizes sizes = variable_sizes(*model_, frame_, options_.keep);
  const std::size_t years = plan.intervals + 1;
  const bool ensemble = plan.draws > 1;
  const std::size_t quantiles = ensemble ? options_.keep.quantiles.size() : 0;
  const std::size_t kept_draws = ensemble && options_.keep.draws ? plan.draws : 0;
  plan.disk = years * ((sizes.in_result + quantiles * sizes.with_quantiles) * sizeof(double) +
                       kept_draws * sizes.with_quantiles * sizeof(float));
  EnsembleShape whole = options_.shape;
  whole.draws = draws;
  const DividedDraws divided(whole, ranks());
  plan.disk += summary_size(*model_, frame_, options_, draws).disk;
  std::size_t estimates = 0;
  for (const Estimate& estimate : model_->estimates()) {
    estimates += estimate.values.size() * sizeof(double);
  }
  plan.disk += estimates;
  plan.working =
      projecting(*model_, frame_, options_.keep, divided, threads()) +
      summary_size(*model_, frame_, options_, divided.own_and_received()).memory +
      (!ranks().writes()    ? 0
       : ranks().size() > 1 ? plan.disk
                            : writing(*model_, frame_, options_.keep, draws) + estimates);
  plan.memory = std::max(in_use.peak, in_use.resident + plan.working);
  plan.tables = inputs_.size();
  plan.variants = whole.by_variant ? variants_in(whole).size() : 0;
  return plan;
}

std::size_t ScenarioRun::threads() const {
  if (options_.shape.threads != 0) return options_.shape.threads;
  return std::max(1U, std::thread::hardware_concurrency());
}

PartCounts ScenarioRun::parts(const Plan& plan) const {
  const std::size_t years = plan.intervals + 1;
  const bool ensemble = plan.draws > 1;
  const VariableSizes sizes = variable_sizes(*model_, frame_, options_.keep);
  const SummarySize summary = summary_size(*model_, frame_, options_, plan.draws);
  EnsembleShape whole = options_.shape;
  whole.draws = plan.draws;
  PartCounts counts;
  counts.draws = DividedDraws(whole, ranks()).most_draws_of_a_rank();
  counts.draws_measured = blocks_of(whole).front().count;
  counts.intervals = plan.intervals;
  counts.quantiles = ensemble ? years * sizes.with_quantiles / ranks().size() : 0;
  counts.sums = ensemble ? years * summary.sums : 0;
  counts.datasets = datasets_of(*model_, options_, ensemble);
  counts.bytes = plan.disk;
  return counts;
}

Expectation ScenarioRun::expect() const {
  const Plan plan = this->plan();
  const PartCounts counts = parts(plan);
  EnsembleShape sample = options_.shape;
  sample.draws = counts.draws_measured;
  PartTimes times = time_block(*model_, frame_, sample, options_.keep);
  time_quantiles(plan.draws, options_.keep.quantiles, frame_.precision, times);
  const std::vector<double> year = people_after_a_step(*model_, sample);
  times.dataset = least_time_to_write(std::span(year).first(1));
  const double whole = least_time_to_write(year);
  times.byte =
      std::max(0.0, whole - times.dataset) / static_cast<double>(year.size() * sizeof(double));
  return expectation_of(times, counts);
}

Conclusions ScenarioRun::project_years(const Watch& watch, YearSink& years) const {
  const DividedDraws draws(options_.shape, ranks());
  Keep keep = options_.keep;
  keep.sums = watch.sums;
  Recorder recorder(*model_, frame_, draws, keep, ranks().writes() ? &years : nullptr);
  kohort::project(*model_, frame_, draws.own_shape(), recorder, watch);
  recorder.bring_together();
  if (!ranks().writes()) return {};
  Conclusions conclusions{model_->estimates(), recorder.thresholds(), recorder.goals()};
  if (!options_.life_tables) std::erase_if(conclusions.estimates, is_life_table);
  return conclusions;
}

Outcome ScenarioRun::project_watched(const Watch& watch) const {
  YearsInMemory years;
  Conclusions conclusions = project_years(watch, years);
  return {std::move(conclusions), years.take_recorded(), years.take_summary()};
}

void ScenarioRun::project_to(const ResultPlace& place, const Watch& watch) const {
  // Who kills one of several ranks ends all at once, and no half file may lie there then.
  if (ranks().size() > 1) {
    const Outcome outcome = project_watched(watch);
    if (ranks().writes()) write_to(place, outcome);
    return;
  }
  on_threads_of(options_.shape, [&] {
    ResultFile file(place, frame_, provenance_of_result());
    Behind behind(file);
    const Conclusions conclusions = project_years(watch, behind);
    behind.wait();
    file.finish(conclusions);
  });
}

std::vector<GoalOutcome> ScenarioRun::judge_goals(
    const std::function<void(const Progress&)>& observe, const std::stop_token& stop) const {
  const std::vector<DrawBlock> blocks = blocks_of(options_.shape);
  GoalWatch watch(*model_, frame_, blocks, options_.keep.goals);
  kohort::project(*model_, frame_, options_.shape, watch, {observe, stop});
  return watch.outcomes({});
}

std::vector<DrawFigures> ScenarioRun::follow_figures(
    const std::vector<Figure>& figures, const std::function<void(const Progress&)>& observe,
    const std::stop_token& stop) const {
  const std::vector<DrawBlock> blocks = blocks_of(options_.shape);
  FigureWatch watch(*model_, frame_, blocks, figures);
  kohort::project(*model_, frame_, options_.shape, watch, {observe, stop});
  std::vector<DrawFigures> followed;
  for (std::size_t at = 0; at < watch.size(); ++at) followed.push_back(watch.figure(at));
  return followed;
}

void ScenarioRun::write_to(const ResultPlace& place, const Outcome& outcome) const {
  on_threads_of(options_.shape, [&] {
    ResultFile file(place, frame_, provenance_of_result());
    replay(outcome.recorded, outcome.summary, frame_, file);
    file.finish(outcome);
  });
}

void ScenarioRun::freeze(const std::filesystem::path& file) const {
  const Frozen frozen = model_->frozen();
  if (frozen.tables.empty()) {
    throw Error(Fault::scenario,
                Mistake{{settings_.scenario_file(), 0, 0},
                        "nothing in this scenario is fitted from history, so that there is nothing "
                        "to freeze",
                        "say source = \"history\" of a component, or run it without --freeze"});
  }
  write_frozen(file, frame_, provenance(frozen.inputs), frozen);
}

Provenance ScenarioRun::provenance(const std::vector<InputRecord>& inputs) const {
  return {options_.title,
          resolved_scenario_,
          std::filesystem::path(settings_.scenario_file()).parent_path(),
          inputs,
          static_cast<std::int64_t>(options_.shape.seed),
          static_cast<std::int64_t>(options_.shape.draws),
          static_cast<std::int64_t>(options_.shape.first_draw),
          options_.keep.quantiles};
}

Provenance ScenarioRun::provenance_of_result() const {
  Provenance provenance = this->provenance(inputs_);
  const std::size_t variants = options_.shape.by_variant ? variants_in(options_.shape).size() : 0;
  provenance.precision = frame_.precision;
  provenance.interventions = intervention_records(settings_, reached(settings_), variants);
  return provenance;
}

}  // namespace kohort
