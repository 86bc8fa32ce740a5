// How uncertain the fitted rates are, from how they moved in the past.
#pragma once

#include <vector>

#include "models/population/fit/flows.hpp"
#include "models/population/fit/history.hpp"
#include "models/population/fit/international.hpp"
#include "models/population/fit/municipal.hpp"
#include "models/population/fit/national_mortality.hpp"
#include "models/population/rates/uncertainty.hpp"

namespace kohort::population::fit {

// Each function fills one component of the uncertainty. Areas whose own figures nobody published
// have the deviations of their county.

/// The nation's deviations are those of the index of both sexes together (a random walk with
/// drift); a county's those of its deaths from the expected ones. The years are those of the index.
void add_mortality(const History& history, const NationalMortality& national,
                   ParameterUncertainty& uncertainty);

/// The nation's total fertility rate as an AR(1); a county's births beside the expected ones.
DeviationProcess fertility_process(const Source& source, const History& history, Years years);

/// Moves per head of all areas together; an area's net loss to the others beside these, as a share
/// of its own out-moves. Draws keep the destinations of movers, so that all that an area gains or
/// loses otherwise is put on those who leave it: its stock has the spread, its gross flows have not
/// their own.
DeviationProcess domestic_process(const YearlyFlows& flows, const MunicipalHistory& municipal);

/// Immigrants of the nation; an area's beside these, as a share of their mean, since they are
/// estimates that may be 0. Chance is that of immigrants, emigrants and, where nobody counted them,
/// births and deaths.
DeviationProcess immigration_process(const InternationalFit& fit);

/// Emigrants of the nation beside those at the window's rates. Emigrants of areas are not known
/// apart from their immigrants, whose deviations hold both: their own are 0.
DeviationProcess emigration_process(const InternationalFit& fit, std::size_t areas);

}  // namespace kohort::population::fit
