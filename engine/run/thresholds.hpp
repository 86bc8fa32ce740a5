// How probable it is that a quantity passes a threshold.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"
#include "engine/run/summary_axes.hpp"
#include "engine/scenario/parameter.hpp"
#include "engine/scenario/settings.hpp"

namespace kohort {

namespace parameters {

inline const Text threshold_name{{.name = "output.threshold.name",
                                  .required = true,
                                  .text = "what the threshold is called in the result",
                                  .example = std::string("more than 20 000 aged 80 or older")}};
inline const Text threshold_of{{.name = "output.threshold.of",
                                .fallback = std::string("population/persons"),
                                .text = "a variable or an indicator, by its name in the result"}};
inline const Text threshold_kind{
    {.name = "output.threshold.kind",
     .text = "which kind, of a variable that counts several: a state of care, a service"}};
inline const Text threshold_area{{.name = "output.threshold.area",
                                  .fallback = std::string("all"),
                                  .text = "an area, a group of areas, all or all_but_rest"}};
inline const Text threshold_ages{
    {.name = "output.threshold.ages",
     .text = "whole age groups, like \"80+\" or \"20-64\"; all unless given; of variables alone",
     .example = std::string("80+")}};
inline const Text threshold_sex{{.name = "output.threshold.sex",
                                 .text = "female or male; both unless given; of variables alone"}};
inline const Real threshold_above{
    {.name = "output.threshold.above",
     .text = "the threshold is passed by more than this; in the unit of the quantity",
     .example = 20000.0}};
inline const Real threshold_below{
    {.name = "output.threshold.below",
     .text = "the threshold is passed by less than this; in the unit of the quantity"}};
inline const BlockList thresholds{
    {.name = "output.threshold",
     .text = "a threshold, of which the result says how probable it is that a quantity passes it "
             "in each year, and has passed it by then",
     .changed_often = true},
    {&threshold_name, &threshold_of, &threshold_kind, &threshold_area, &threshold_ages,
     &threshold_sex, &threshold_above, &threshold_below}};

}  // namespace parameters

/// A threshold, and what is held against it.
struct Threshold {
  std::string name;
  Variable variable;  ///< or indicator
  bool indicator = false;
  std::size_t number = 0;  ///< of the variable; of the indicator, among those of its moment
  SummaryArea area;
  AgeGroup ages;   ///< of variables
  SummarySex sex;  ///< of variables
  bool above = true;
  double limit = 0.0;
};

/// The thresholds of a scenario. Throws `Error` with everything that is wrong about them.
std::vector<Threshold> read_thresholds(const Settings& settings, const Frame& frame,
                                       const Model& model);

/// Shares of the draws, over [year]. Of flows there is none at the base year, and NaN stands there.
struct ThresholdOutcome {
  Threshold threshold;
  std::vector<double> passed;  ///< those beyond the threshold in the year
  std::vector<double> ever;    ///< those that have been beyond it in that year or before
};

/// Counts the draws beyond thresholds, year after year. A figure that cannot be told (NaN) is
/// beyond none.
class ThresholdCounter {
 public:
  ThresholdCounter(const Model& model, const Frame& frame, std::span<const DrawBlock> blocks,
                   std::vector<Threshold> thresholds);

  /// Takes a block: at the base year the stocks alone. From several threads at once, each block
  /// once.
  void take(bool base, std::size_t block, const State& state, const Ledger& ledger);
  /// Counts: `done` intervals are over.
  void finish(std::size_t done);

  std::vector<ThresholdOutcome> take_outcomes() { return std::move(outcomes_); }

 private:
  std::vector<double> figures(const Threshold& threshold, std::size_t count, const State& state,
                              const Ledger& ledger) const;
  std::vector<double> sums(const Threshold& threshold, std::size_t count,
                           std::span<const double> values) const;

  const Model& model_;
  const Frame& frame_;
  std::span<const DrawBlock> blocks_;
  std::vector<ThresholdOutcome> outcomes_;
  std::vector<std::vector<unsigned char>> beyond_;  ///< [threshold][draw], in the year at hand
  std::vector<std::vector<unsigned char>> ever_;    ///< the same in any year so far
};

}  // namespace kohort
