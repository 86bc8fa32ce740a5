// How probable it is that a quantity passes a threshold.
#pragma once

#include <string>
#include <vector>

#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"
#include "engine/run/figure_log.hpp"
#include "engine/run/measure.hpp"
#include "engine/scenario/parameter.hpp"
#include "engine/scenario/settings.hpp"

namespace kohort {

namespace parameters {

inline const Text threshold_name{{.name = "output.threshold.name",
                                  .required = true,
                                  .text = "what the threshold is called in the result",
                                  .example = std::string("more than 20 000 aged 80 or older")}};
inline const MeasureFields threshold_fields("output.threshold");
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
    {&threshold_name, &threshold_fields.of, &threshold_fields.kind, &threshold_fields.area,
     &threshold_fields.ages, &threshold_fields.sex, &threshold_above, &threshold_below}};

}  // namespace parameters

/// A threshold, and what is held against it.
struct Threshold {
  std::string name;
  Measure measure;
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

/// Counts the draws beyond a threshold, year after year. A figure that cannot be told (NaN) is
/// beyond none.
ThresholdOutcome outcome_of(const Threshold& threshold, const DrawFigures& figures);

}  // namespace kohort
