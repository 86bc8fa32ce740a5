// Transitions from the shares of one year to those of the next, for every area, sex and age.
#pragma once

#include <vector>

#include "engine/model/source.hpp"
#include "models/care/calibration.hpp"
#include "models/care/inputs.hpp"
#include "models/care/levels.hpp"
#include "models/care/levers.hpp"
#include "models/care/rates.hpp"

namespace kohort::care {

/// What transitions are found from, beside the shares of all years.
struct TransitionSources {
  const Source& source;
  const CareInputs& inputs;
  const CalibrationPeople& given;
  const CarePeople& people;
  const std::vector<Lever>& levers;
};

/// The shares by state of a cell.
StateVector shares_of(const PrevalenceTable& table, Sex sex, CareAge age, Area area);

/// Finds the transitions of each interval, by which people who die as the population model has it
/// go from its first shares to its last ones, and how they answer to departures of a draw; then
/// applies the levers. `rates` has all else. Throws `Error` where the prior does not allow the
/// shares, and where levers take more than there is.
void find_transitions(const TransitionSources& sources, CareRates& rates);

}  // namespace kohort::care
