// What a scenario can say about totals that a projection must meet, and about what drives moves.
#pragma once

#include "engine/estimate/reconcile.hpp"
#include "engine/scenario/catalogue.hpp"
#include "engine/scenario/parameter.hpp"

namespace kohort::population {

/// What a total counts.
enum class Counted { persons, births, deaths, immigration, emigration, domestic_in };

/// Which moves are changed so that persons or in-migrants are as many as wanted.
enum class Moves { domestic, international, both };

/// How a total is brought about.
enum class Method { proportional, raking, least_squares };

namespace parameters {

inline const Choice<Counted> total_of{
    {.name = "population.total.of",
     .required = true,
     .text = "what is counted: the stock of persons at the year's end, or a flow of the year"},
    {{"persons", Counted::persons},
     {"births", Counted::births},
     {"deaths", Counted::deaths},
     {"immigration", Counted::immigration},
     {"emigration", Counted::emigration},
     {"domestic_in", Counted::domestic_in}}};
inline const TableParameter total_table{
    {.name = "population.total.table",
     .unit = "persons",
     .range = {.least = 0.0},
     .axes = {"year", "area", "sex", "age", "age_group"},
     .required = true,
     .text =
         "the totals, by year. The column area holds codes, names of groups of areas, all or "
         "all_but_rest (of areas that are not projected there can be no total); age_group holds "
         "names of projection.age_groups. Along an axis without a column they are sums. What "
         "the table has no row for is free"}};
inline const Text total_areas{
    {.name = "population.total.areas",
     .fallback = std::string("all_but_rest"),
     .text = "only where the table has no column area: the area or group of areas that it is "
             "about"}};
inline const Choice<Method> total_method{
    {.name = "population.total.method",
     .fallback = std::string("proportional"),
     .text =
         "proportional = all flows that count in a total are multiplied by one factor, and those "
         "that take away from it divided by it; raking = the same where totals overlap; "
         "least_squares = the least sum of squared changes beside the flows, so that large "
         "flows take more of it",
     .source =
         "Deville & Särndal (1992); Stone, Champernowne & Meade (1942); plus-minus: Shryock & "
         "Siegel (1976)"},
    {{"proportional", Method::proportional},
     {"raking", Method::raking},
     {"least_squares", Method::least_squares}}};
inline const Choice<Moves> total_flows{
    {.name = "population.total.flows",
     .fallback = std::string("international"),
     .text =
         "of persons alone: which moves into and out of the areas are changed; births and deaths "
         "never are",
     .source = "Smith, Tayman & Swanson (2013), ch. 8"},
    {{"domestic", Moves::domestic},
     {"international", Moves::international},
     {"both", Moves::both}}};
inline const BlockList totals{
    {.name = "population.total",
     .text = "totals that the projection must meet, such as a national or county forecast: flows "
             "are changed, accounts stay exact, and a total that cannot be met is an error. In an "
             "ensemble the expected numbers meet them"},
    {&total_of, &total_table, &total_areas, &total_method, &total_flows}};

inline const Text frozen_factors{
    {.name = "population.frozen_factors",
     .text = "a file that `kohort run --freeze` wrote of a run with totals or drivers: the factors "
             "found there are taken, so that a counterfactual keeps them; totals and drivers are "
             "not read",
     .instead_of = {"population.total", "population.in_migrants", "population.housing",
                    "population.target"}}};

inline const TableParameter in_migrants{
    {.name = "population.in_migrants.persons",
     .unit = "persons per interval",
     .range = {.least = 0.0},
     .axes = {"year", "area"},
     .text = "how many move in, of all ages together; areas and years without a row are free"}};
inline const Choice<Moves> in_migrants_flow{
    {.name = "population.in_migrants.flow",
     .fallback = std::string("domestic"),
     .text =
         "who counts: domestic = in-migrants from other areas; international = immigrants; both"},
    {{"domestic", Moves::domestic},
     {"international", Moves::international},
     {"both", Moves::both}}};

inline const TableParameter dwellings{
    {.name = "population.housing.dwellings",
     .unit = "dwellings per interval",
     .range = {.least = 0.0},
     .axes = {"year", "area"},
     .text = "new dwellings planned; areas and years without a row are free"}};
inline const QuantityParameter delivery{
    {.name = "population.housing.delivery",
     .unit = "1",
     .range = {0.0, 1.0},
     .axes = {"year", "area"},
     .fallback = Quantity{1.0},
     .text = "the probability that a dwelling planned is built in its year"}};
inline const QuantityParameter persons_per_dwelling{{.name = "population.housing.persons",
                                                     .unit = "persons per dwelling",
                                                     .range = {0.0, 20.0},
                                                     .axes = {"year", "area"},
                                                     .text = "who live in a new dwelling"}};
inline const QuantityParameter from_elsewhere{
    {.name = "population.housing.from_elsewhere",
     .unit = "1",
     .range = {0.0, 1.0},
     .axes = {"year", "area"},
     .text =
         "of those, the share who, directly or through the dwellings that others leave for a new "
         "one, come from other areas"}};
inline const QuantityParameter usual_dwellings{
    {.name = "population.housing.usual",
     .unit = "dwellings per interval",
     .range = {.least = 0.0},
     .axes = {"year", "area"},
     .text =
         "how many were built in the years that the rates of moving come from, which bring their "
         "in-migrants already: only what is built beyond them brings more"}};
inline const Choice<Moves> housing_flow{
    {.name = "population.housing.flow",
     .fallback = std::string("domestic"),
     .text = "who moves in: domestic = from other areas; international = immigrants; both"},
    {{"domestic", Moves::domestic},
     {"international", Moves::international},
     {"both", Moves::both}}};

inline const TableParameter target{
    {.name = "population.target.persons",
     .unit = "persons",
     .range = {.least = 0.0},
     .axes = {"year", "area"},
     .text = "the population that an area is to have, all ages together; the in-migrants that it "
             "takes are solved for. Areas and years without a row are free"}};
inline const Choice<Moves> target_flow{
    {.name = "population.target.flow",
     .fallback = std::string("domestic"),
     .text = "who moves in: domestic = from other areas; international = immigrants; both"},
    {{"domestic", Moves::domestic},
     {"international", Moves::international},
     {"both", Moves::both}}};

}  // namespace parameters

/// Declares `population.total`, `population.frozen_factors`, `population.in_migrants`,
/// `population.housing` and `population.target`.
void declare_adjustment_parameters(Catalogue& catalogue);

}  // namespace kohort::population
