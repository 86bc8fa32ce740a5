// Multipliers that a planner sets: on a component, for some areas, ages, sexes and years.
#pragma once

#include "engine/model/intervention.hpp"
#include "engine/scenario/parameter.hpp"
#include "models/population/rates/adjustment.hpp"
#include "models/population/rates/figures.hpp"

namespace kohort::population {

namespace parameters {

inline const Choice<Adjusted> multiplied{
    {.name = "population.multiplier.component",
     .required = true,
     .text =
         "what is multiplied: mortality = the force of mortality; fertility = births per woman, "
         "by the mother's age; immigration = counts; emigration and domestic_out = rates of "
         "leaving; domestic_in = how often movers choose the area beside the others, so that "
         "who comes here does not go there, or in the open form how many come; net_migration = net "
         "counts or rates"},
    {{"mortality", Adjusted::mortality},
     {"fertility", Adjusted::fertility},
     {"immigration", Adjusted::immigration},
     {"emigration", Adjusted::emigration},
     {"domestic_out", Adjusted::domestic_out},
     {"domestic_in", Adjusted::domestic_in},
     {"net_migration", Adjusted::net_migration}}};
inline const LeverFields multiplier_fields("population.multiplier", 100.0);
inline const BlockList multipliers{
    {.name = "population.multiplier",
     .text = "multiplies the rates of a component, given or fitted, in some areas, ages, sexes and "
             "years; with steps of five years an interval counts by its last year",
     .changed_often = true},
    multiplier_fields.with({&multiplied})};

}  // namespace parameters

/// Changes the rates as multipliers and interventions on the population say, by what is expected
/// of them, and keeps those of them on which draws have a say. Throws `Error` (Fault::scenario) on
/// names that stand for nothing, on years outside the projection, on components that there are no
/// rates of, and on changes after which the rates cannot be applied to people any more.
void multiply_rates(const Source& source, const Conventions& conventions, Rates& rates);

}  // namespace kohort::population
