// What happens to the staff of the base year in the first year, as expected, before others enter.
#pragma once

#include <vector>

#include "engine/model/source.hpp"
#include "models/population/model.hpp"
#include "models/workforce/base_stock.hpp"

namespace kohort::workforce {

/// Of the nation's staff of one occupation.
struct FirstYearFlows {
  double emigrated = 0.0;
  double deaths = 0.0;
  double retirements = 0.0;
  double exits = 0.0;
  double changed_out = 0.0;
  double changed_in = 0.0;
  double staying = 0.0;  ///< heads at the year's end before anybody enters from outside
};

/// Expected flows of the first projected year, for what is calibrated on it.
struct FirstYear {
  std::vector<FirstYearFlows> flows{};  ///< by occupation
  LabourTable outside{};  ///< of the labour force at the year's end, those without an occupation
  std::vector<double> immigrants{};  ///< of the ages of staff, by area
};

/// What the first year is reckoned from.
struct FirstYearInputs {
  const Source& source;
  const StaffInputs& staff;
  const population::PopulationModel& population;
  const BaseStock& base;
};

/// One step of the population at its expected rates, and what competing hazards leave of its
/// staff, by the base year's pension age and without levers: those of hazard h among hazards of sum
/// H are h / H (1 - exp(-H)) of the survivors (Preston, Heuveline & Guillot 2001, Demography, ch.
/// 4). Moves within the nation do not change its staff.
FirstYear expect_first_year(const FirstYearInputs& inputs);

}  // namespace kohort::workforce
