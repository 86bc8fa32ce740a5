#include "engine/sensitivity/study.hpp"

#include <algorithm>
#include <cmath>
#include <exception>
#include <limits>
#include <mutex>
#include <numeric>

#include <fmt/format.h>

#include "engine/base/interrupted.hpp"
#include "engine/batch/parameters.hpp"
#include "engine/batch/side_by_side.hpp"
#include "engine/run/parameters.hpp"
#include "engine/scenario/delta.hpp"
#include "engine/threads/parallel.hpp"

namespace kohort {

namespace p = parameters;

namespace {

constexpr double untold = std::numeric_limits<double>::quiet_NaN();

PlanSample with_overrides(PlanSample sample, const std::vector<std::string>& overrides) {
  sample.overrides.insert(sample.overrides.end(), overrides.begin(), overrides.end());
  return sample;
}

/// The mean of the draws, and its standard error; NaN where a draw cannot be told.
std::pair<double, double> mean_and_error(std::span<const double> draws) {
  const auto count = static_cast<double>(draws.size());
  double sum = 0.0;
  for (const double draw : draws) sum += draw;
  const double mean = sum / count;
  double squares = 0.0;
  for (const double draw : draws) squares += (draw - mean) * (draw - mean);
  return {mean, draws.size() < 2 ? untold : std::sqrt(squares / (count - 1.0) / count)};
}

/// What a figure is counted in. A share of its own value in another year has no unit.
std::string unit_of(const Figure& figure) {
  if (figure.reference) return "1";
  const Variable& variable = figure.measure.variable;
  const std::string& unit = variable.category.unit.empty() ? variable.unit : variable.category.unit;
  return figure.heads ? unit + " per person" : unit;
}

bool complete(std::span<const double> row) {
  return std::none_of(row.begin(), row.end(), [](double output) { return std::isnan(output); });
}

}  // namespace

Study::Study(PlanSample sample, const std::vector<std::string>& overrides,
             const std::stop_token& stop)
    : sample_(with_overrides(std::move(sample), overrides)),
      own_(sample_.file, sample_.overrides, stop),
      design_(index_design(sample_.method, sample_.size, sample_.parameters.size(), sample_.seed)) {
  if (sample_.indicators.empty()) {
    throw Error(
        Fault::scenario,
        Mistake{sample_.where, fmt::format("the sample '{}' has no indicator", sample_.name),
                "write [[sample.indicator]], with a name and a year"});
  }
  read_numbers();
  figures_of(own_);
  own_.use_threads(1);
}

/// Each must be a single real number of the scenario, its range within that of the parameter.
void Study::read_numbers() {
  Attempts attempts;
  Mistakes mistakes;
  for (const SampledParameter& varied : sample_.parameters) {
    attempts.attempt([&] {
      const NumberSetting number =
          number_setting(own_.settings(), full_catalogue(), varied.parameter, sample_.where);
      const Parameter& parameter = *number.parameter;
      if (number.whole()) {
        mistakes.add({sample_.where, parameter.name + " is a whole number",
                      "vary a number that can lie anywhere between two others"});
      }
      for (const double bound : {varied.from, varied.to}) {
        if (bound >= parameter.range.least && bound <= parameter.range.most) continue;
        mistakes.add({sample_.where,
                      fmt::format("{}: {:.12g} is out of its range", varied.parameter, bound),
                      "it must be " + allowed(parameter)});
      }
      numbers_.push_back({varied.parameter, parameter.unit, number.value, varied.from, varied.to});
    });
  }
  attempts.attempt([&] { mistakes.throw_if_any(Fault::scenario); });
  attempts.throw_if_any();
}

std::vector<Figure> Study::figures_of(const ScenarioRun& run) const {
  const std::vector<Settings> blocks = sample_.indicators;  // settings are of one thread
  Mistakes mistakes;
  FigureReader reader(p::indicator_fields, run.frame(), run.model(), mistakes);
  std::vector<Figure> figures;
  for (const Settings& block : blocks) figures.push_back(reader.read(block));
  mistakes.throw_if_any(Fault::scenario);
  return figures;
}

// Run 0 is the scenario as it is; then come the two ends of each range, then the design.
std::size_t Study::runs() const { return 1 + 2 * numbers_.size() + design_.points(); }

std::optional<std::size_t> Study::row_of(std::size_t number) const {
  const std::size_t before = 1 + 2 * numbers_.size();
  if (number < before) return std::nullopt;
  return (number - before) / design_.points_in_row();
}

/// What a run changes in the scenario.
std::vector<std::string> Study::numbers_of(std::size_t number) const {
  if (number == 0) return {};
  const std::size_t end = number - 1;
  if (end < 2 * numbers_.size()) {
    return {sample_.parameters[end / 2].override_at(end % 2 == 0 ? 0.0 : 1.0)};
  }
  const std::span<const double> point = design_.point(end - 2 * numbers_.size());
  std::vector<std::string> overrides;
  for (std::size_t at = 0; at < point.size(); ++at) {
    overrides.push_back(sample_.parameters[at].override_at(point[at]));
  }
  return overrides;
}

Study::Told Study::told_by(const ScenarioRun& run, const std::stop_token& stop) const {
  const std::vector<Figure> figures = figures_of(run);
  const std::vector<DrawFigures> followed = run.follow_figures(figures, {}, stop);
  Told told;
  for (std::size_t at = 0; at < figures.size(); ++at) {
    const auto [mean, error] = mean_and_error(followed[at].of(figures[at].year));
    told.means.push_back(mean);
    told.errors.push_back(error);
  }
  return told;
}

Study::Told Study::make_run(std::size_t number, const std::stop_token& stop) const {
  if (number == 0) return told_by(own_, stop);
  const std::vector<std::string> numbers = numbers_of(number);
  std::vector<std::string> overrides = sample_.overrides;
  overrides.insert(overrides.end(), numbers.begin(), numbers.end());
  try {
    ScenarioRun run(sample_.file, overrides, stop);
    run.use_threads(1);
    return told_by(run, stop);
  } catch (const Error& error) {
    const std::vector<double> none(sample_.indicators.size(), untold);
    return {none, none, FailedRun{row_of(number), numbers, error.fault(), error.mistakes()}};
  }
}

std::vector<Study::Told> Study::make_runs(std::size_t threads, const StudyWatch& watch) const {
  std::vector<Told> told(runs());
  std::vector<std::exception_ptr> errors(runs());
  std::mutex observing;
  std::size_t done = 0;
  const auto make = [&](std::size_t number) {
    try {
      stop_if_asked(watch.stop);
      told[number] = make_run(number, watch.stop);
      const std::lock_guard alone(observing);
      if (watch.observe) watch.observe(++done, runs());
    } catch (const Interrupted&) {
      throw;
    } catch (...) {
      errors[number] = std::current_exception();
    }
  };
  Arena arena(threads);
  std::vector<std::size_t> numbers(runs());
  std::iota(numbers.begin(), numbers.end(), std::size_t{0});
  side_by_side(arena, numbers, arena.threads(), make);
  for (const std::exception_ptr& error : errors) {
    if (error) std::rethrow_exception(error);
  }
  return told;
}

/// The tornado and the indices of one indicator.
IndicatorSensitivity Study::found_of(std::size_t indicator, const std::vector<Told>& told) const {
  IndicatorSensitivity found;
  found.own = told[0].means[indicator];
  found.own_error = told[0].errors[indicator];
  for (std::size_t number = 0; number < numbers_.size(); ++number) {
    found.tornado.push_back(
        {number, told[1 + 2 * number].means[indicator], told[2 + 2 * number].means[indicator]});
  }
  // What cannot be told comes last.
  std::stable_sort(found.tornado.begin(), found.tornado.end(), [](const Swing& a, const Swing& b) {
    const auto width = [](const Swing& one) { return std::fmax(std::abs(one.size()), -1.0); };
    return width(a) > width(b);
  });
  std::vector<double> outputs;
  for (std::size_t first = 1 + 2 * numbers_.size(); first < told.size();
       first += design_.points_in_row()) {
    std::vector<double> row;
    for (std::size_t point = 0; point < design_.points_in_row(); ++point) {
      row.push_back(told[first + point].means[indicator]);
    }
    if (complete(row)) outputs.insert(outputs.end(), row.begin(), row.end());
  }
  found.indices = sobol_indices(outputs, numbers_.size(), {sample_.seed});
  return found;
}

Sensitivity Study::examine(std::size_t threads, const StudyWatch& watch) const {
  const std::vector<Told> told = make_runs(threads, watch);
  const std::vector<Figure> figures = figures_of(own_);
  Sensitivity sensitivity{numbers_, {}, {}};
  for (std::size_t at = 0; at < figures.size(); ++at) {
    IndicatorSensitivity found = found_of(at, told);
    found.name = sample_.indicators[at][p::indicator_name];
    found.figure = describe(figures[at], own_.frame());
    found.unit = unit_of(figures[at]);
    found.year = year_at(own_.frame(), figures[at].year);
    sensitivity.indicators.push_back(std::move(found));
  }
  for (const Told& one : told) {
    if (one.failed) sensitivity.failed.push_back(*one.failed);
  }
  return sensitivity;
}

}  // namespace kohort
