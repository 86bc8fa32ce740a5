// The naive forecasts of what is judged, from what was known at the launch.
#pragma once

#include <string>
#include <vector>

#include "engine/hindcast/judged.hpp"
#include "engine/hindcast/known_figures.hpp"
#include "engine/hindcast/plan.hpp"

namespace kohort::hindcast {

/// What makes a naive forecast: what was known, the launch, and how the plan wants it.
struct NaiveBasis {
  const KnownFigures& known;
  int launch = 0;
  const NaivePlan& plan;
};

/// The figures of a method over the axes; NaN where what it needs was not known. `method` is one of
/// those that a plan may name. Formulas: engine/evaluate/naive.hpp.
MethodFigures naive_figures(const std::string& method, const NaiveBasis& basis,
                            const compare::CellAxes& axes);

}  // namespace kohort::hindcast
