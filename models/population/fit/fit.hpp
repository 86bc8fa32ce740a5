// Rates from history, for those components whose source is "history".
#pragma once

#include <string>
#include <vector>

#include "engine/model/model.hpp"
#include "models/population/rates/figures.hpp"
#include "models/population/rates/rates.hpp"
#include "models/population/rates/uncertainty.hpp"

namespace kohort::population::fit {

/// Fits what the scenario asks for into `rates`; says what it found in `estimates`. `base` is the
/// stock of the base year. Reads no more of [history] than the chosen components need. Returns how
/// uncertain the fitted rates are, by what was known in the last year of the history. Throws
/// `Error` where a table of [history] is missing or does not fit.
ParameterUncertainty fit_rates(const Source& source, const Conventions& conventions,
                               const AgeTable& base, Rates& rates,
                               std::vector<Estimate>& estimates);

/// Rates that come from history, and what was found on the way.
struct RatesFromHistory {
  Rates rates;  ///< only those that are estimated, with how uncertain they are
  std::vector<Estimate> estimates;
  std::vector<std::string> components;  ///< which these are
};

/// Fits them, or takes them from the file that `history.frozen` names. Throws as `fit_rates` and
/// `thaw`.
RatesFromHistory rates_from_history(const Source& source, const Conventions& conventions,
                                    const AgeTable& base);

}  // namespace kohort::population::fit
