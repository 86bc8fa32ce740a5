// A question to a scenario: how much of the spread of a figure is due to each of some numbers that
// are not known for certain?
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/base/calendar.hpp"
#include "engine/base/error.hpp"
#include "engine/batch/plan.hpp"
#include "engine/run/figure.hpp"
#include "engine/run/scenario_run.hpp"
#include "engine/sample/sobol_indices.hpp"

namespace kohort {

/// A number that is varied.
struct VariedNumber {
  std::string parameter;  ///< as --set names it
  std::string unit;
  double own = 0.0;  ///< the scenario's value
  double from = 0.0;
  double to = 0.0;
};

/// A figure at the ends of the range of one number, all others as in the scenario; NaN where that
/// cannot be told.
struct Swing {
  std::size_t number = 0;  ///< which of the numbers
  double at_from = 0.0;
  double at_to = 0.0;

  double size() const { return at_to - at_from; }
};

/// What is found about one figure.
struct IndicatorSensitivity {
  std::string name;
  std::string figure;  ///< what it is, in words
  std::string unit;    ///< "1" for a pure number, as of people
  Year year{};
  double own = 0.0;  ///< in the scenario: the mean of its draws
  /// Monte Carlo standard error of that mean; NaN with one draw.
  double own_error = 0.0;
  /// By the rows that are complete; NaN where those are fewer than two.
  SobolIndices indices;
  std::vector<Swing> tornado;  ///< of every number, the widest first
};

/// A run that came to nothing.
struct FailedRun {
  std::optional<std::size_t> row;      ///< of the design; none where it is an end of a range
  std::vector<std::string> overrides;  ///< the numbers that it was to have
  Fault fault = Fault::scenario;
  std::vector<Mistake> mistakes;
};

/// What a study has found of every figure that it was asked about.
struct Sensitivity {
  std::vector<VariedNumber> numbers;
  std::vector<IndicatorSensitivity> indicators;
  std::vector<FailedRun> failed;
};

/// Who follows the runs of a study.
struct StudyWatch {
  /// Told how many runs are done; from one thread at a time.
  std::function<void(std::size_t done, std::size_t total)> observe{};
  std::stop_token stop{};
};

/// The runs of a scenario at the points of a design, and the figures that they give. Runs differ
/// in the numbers that are varied and in nothing else: they share their random numbers, so that
/// with few draws, too, the differences between them are those of the numbers.
class Study {
 public:
  /// Reads the scenario of the sample. `overrides` go before all that the plan says. Throws `Error`
  /// where the scenario, the numbers, their ranges or the indicators are wrong.
  Study(PlanSample sample, const std::vector<std::string>& overrides,
        const std::stop_token& stop = {});

  const PlanSample& sample() const { return sample_; }
  const ScenarioRun& run() const { return own_; }
  std::size_t runs() const;

  /// Makes all runs, several at once, each on one thread; 0 threads: as many as the machine has.
  /// What comes of it does not depend on their number. A run that cannot be made, or that has no
  /// figure, takes its row with it. Throws what is wrong with the scenario as it is, and
  /// `Interrupted` when asked to stop.
  Sensitivity examine(std::size_t threads, const StudyWatch& watch = {}) const;

 private:
  /// The figures of a run: the mean of the draws, and its error.
  struct Told {
    std::vector<double> means;
    std::vector<double> errors;
    std::optional<FailedRun> failed{};
  };

  void read_numbers();
  std::vector<Figure> figures_of(const ScenarioRun& run) const;
  std::vector<std::string> numbers_of(std::size_t number) const;
  std::optional<std::size_t> row_of(std::size_t number) const;
  Told told_by(const ScenarioRun& run, const std::stop_token& stop) const;
  Told make_run(std::size_t number, const std::stop_token& stop) const;
  std::vector<Told> make_runs(std::size_t threads, const StudyWatch& watch) const;
  IndicatorSensitivity found_of(std::size_t indicator, const std::vector<Told>& told) const;

  PlanSample sample_;
  ScenarioRun own_;
  std::vector<VariedNumber> numbers_;
  IndexDesign design_;
};

}  // namespace kohort
