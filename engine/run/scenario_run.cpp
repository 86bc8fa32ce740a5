#include "engine/run/scenario_run.hpp"

#include <algorithm>
#include <chrono>

#include "engine/base/memory.hpp"
#include "engine/comm/communicator.hpp"
#include "engine/run/parameters.hpp"
#include "engine/scenario/read.hpp"
#include "engine/scenario/write.hpp"
#include "engine/store/writer.hpp"
#include "models/population/model.hpp"

namespace kohort {

namespace {

RunOptions read_options(const Settings& settings) {
  for (const Parameter* said : std::initializer_list<const Parameter*>{&parameters::scenario_format,
                                                                       &parameters::description}) {
    settings.mark(*said);  // there for people
  }
  return {settings[parameters::title], settings[parameters::seed],
          static_cast<std::size_t>(settings[parameters::draws]), settings[parameters::life_tables]};
}

bool is_life_table(const Estimate& estimate) { return estimate.name.starts_with("life_table/"); }

}  // namespace

ScenarioRun::ScenarioRun(const std::filesystem::path& scenario,
                         const std::vector<std::string>& overrides)
    : settings_(read_scenario(scenario, overrides, full_catalogue())) {
  Tables tables(launch_year(settings_));
  frame_ = read_frame(settings_, tables);
  model_ = std::make_unique<population::PopulationModel>(settings_, frame_, tables);
  inputs_ = tables.records();
  options_ = read_options(settings_);
  settings_.require_all_read(full_catalogue());
  resolved_scenario_ = resolved_toml(settings_, full_catalogue());
}

Plan ScenarioRun::plan() const {
  // With the rates and tables of this scenario, which have been read by now.
  const Memory in_use = memory_in_use();
  Plan plan;
  plan.areas = frame_.areas.size();
  plan.cells = frame_.places() * frame_.sexes.size() * frame_.ages();
  plan.intervals = frame_.intervals;
  plan.draws = options_.draws;
  plan.cell_years = plan.cells * plan.intervals * plan.draws;
  const std::size_t variables = model_->variables().size();
  const std::size_t results = variables * plan.cells * (plan.intervals + 1) * sizeof(double);
  plan.disk = results;
  for (const Estimate& estimate : model_->estimates()) {
    plan.disk += estimate.values.size() * sizeof(double);
  }
  const std::size_t states = (variables + 2) * plan.cells * plan.draws * sizeof(double);
  plan.memory = std::max(in_use.peak, in_use.resident + states + plan.disk);
  plan.tables = inputs_.size();
  return plan;
}

Expectation ScenarioRun::expect() const {
  constexpr std::size_t most_draws = 8;
  const Plan plan = this->plan();
  const std::size_t draws = std::min(plan.draws, most_draws);
  std::vector<std::unique_ptr<State>> blocks;
  blocks.push_back(model_->start(draws));
  Recorder recorder(*model_, frame_, draws);
  const auto started = std::chrono::steady_clock::now();
  model_->step(Interval(0), *blocks.front());
  recorder.record(Interval(0), blocks);
  const std::chrono::duration<double> interval = std::chrono::steady_clock::now() - started;
  const std::vector<Recorded> recorded = recorder.finish(LocalCommunicator());
  const auto stock = std::find_if(recorded.begin(), recorded.end(), [](const Recorded& one) {
    return one.variable.moment == Moment::stock;
  });
  Expectation expectation;
  expectation.computing = interval.count() * static_cast<double>(plan.intervals) *
                          static_cast<double>(plan.draws) / static_cast<double>(draws);
  if (stock != recorded.end()) {
    const auto end_of_interval = std::span(stock->values).subspan(plan.cells, plan.cells);
    const double share =
        static_cast<double>(end_of_interval.size_bytes()) / static_cast<double>(plan.disk);
    expectation.writing = store::seconds_to_write(end_of_interval) / share;
  }
  return expectation;
}

Outcome ScenarioRun::project(const std::function<void(const Progress&)>& observe,
                             const std::stop_token& stop) const {
  const LocalCommunicator communicator;
  const std::size_t draws = options_.draws;
  std::vector<std::unique_ptr<State>> blocks;
  blocks.push_back(model_->start(draws));
  Recorder recorder(*model_, frame_, draws);
  recorder.record_base(blocks);
  for (const Interval interval : positions<Interval>(frame_.intervals)) {
    stop_if_asked(stop);
    for (const auto& block : blocks) model_->step(interval, *block);
    recorder.record(interval, blocks);
    if (observe) observe({interval.position() + 1, frame_.intervals});
  }
  Outcome outcome{recorder.finish(communicator), {}};
  outcome.estimates = model_->estimates();
  if (!options_.life_tables) std::erase_if(outcome.estimates, is_life_table);
  return outcome;
}

void ScenarioRun::write(const Outcome& outcome, const std::filesystem::path& file,
                        const std::stop_token& stop) const {
  const Provenance provenance{options_.title,
                              resolved_scenario_,
                              std::filesystem::path(settings_.scenario_file()).parent_path(),
                              inputs_,
                              options_.seed,
                              static_cast<std::int64_t>(options_.draws)};
  write_result({file, stop}, frame_, provenance, outcome.recorded, outcome.estimates);
}

}  // namespace kohort
