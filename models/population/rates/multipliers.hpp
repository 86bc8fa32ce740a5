// Multipliers that a planner sets: on a component, for some areas, ages, sexes and years.
#pragma once

#include "engine/scenario/parameter.hpp"
#include "models/population/rates/adjustment.hpp"
#include "models/population/rates/figures.hpp"

namespace kohort::population {

namespace parameters {

inline const Text multiplier_name{
    {.name = "population.multiplier.name",
     .text = "what the command line calls it, as in --set population.multiplier[NAME].factor=0.9"}};
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
inline const Real multiplier_factor{{.name = "population.multiplier.factor",
                                     .unit = "1",
                                     .range = {0.0, 100.0},
                                     .required = true,
                                     .text = "by how much; where blocks overlap, their product",
                                     .example = 1.1}};
inline const TextList multiplied_areas{
    {.name = "population.multiplier.areas",
     .fallback = std::vector<std::string>{},
     .text = "codes of areas or names of groups of areas; all unless given, the rest included"}};
inline const TextList multiplied_sexes{{.name = "population.multiplier.sexes",
                                        .fallback = std::vector<std::string>{},
                                        .text = "female, male; both unless given. Of fertility, "
                                                "leave it out"}};
inline const Text multiplied_ages{
    {.name = "population.multiplier.ages",
     .text = "ages at the year's end, such as \"65-79\" or \"80+\"; all unless given",
     .example = std::string("65-79")}};
inline const Integer multiplied_from{{.name = "population.multiplier.from",
                                      .unit = "year",
                                      .range = {1700, 2300},
                                      .text = "the first year; the first of all unless given",
                                      .example = std::int64_t{2025}}};
inline const Integer multiplied_to{{.name = "population.multiplier.to",
                                    .unit = "year",
                                    .range = {1700, 2300},
                                    .text = "the last year; the last of all unless given",
                                    .example = std::int64_t{2034}}};
inline const BlockList multipliers{
    {.name = "population.multiplier",
     .text = "multiplies the rates of a component, given or fitted, in some areas, ages, sexes and "
             "years; with steps of five years an interval counts by its last year",
     .changed_often = true},
    {&multiplier_name, &multiplied, &multiplier_factor, &multiplied_areas, &multiplied_sexes,
     &multiplied_ages, &multiplied_from, &multiplied_to}};

}  // namespace parameters

/// Multiplies the rates as the scenario says. Throws `Error` (Fault::scenario) on names that stand
/// for nothing, on years outside the projection, on components that there are no rates of, and on
/// factors after which the rates cannot be applied to people any more.
void multiply_rates(const Source& source, const Conventions& conventions, Rates& rates);

}  // namespace kohort::population
