// Fitted rates as tables of a file, and back: a later run then need not fit.
#pragma once

#include <string>
#include <vector>

#include "engine/model/model.hpp"
#include "models/population/fit/past.hpp"
#include "models/population/rates/figures.hpp"
#include "models/population/rates/rates.hpp"

namespace kohort::population::fit {

/// Everything in `rates` that was fitted, their uncertainty included, as tables: `rates/C/...` and
/// `uncertainty/C/...` of each component C. Migrants stand there by age at the year's end, so that
/// the timing of migration can be chosen anew.
std::vector<Estimate> freeze(const Frame& frame, const std::vector<std::string>& components,
                             const Rates& rates);

/// The same rates from the file that `history.frozen` names, to the last bit, for the components
/// that the scenario takes from history; their estimates are added to `estimates`. Throws `Error`
/// where the file lacks one of them, does not fit the frame, or was not known at the launch.
Rates thaw(const Source& source, const Conventions& conventions, const Fitted& fitted,
           std::vector<Estimate>& estimates);

}  // namespace kohort::population::fit
