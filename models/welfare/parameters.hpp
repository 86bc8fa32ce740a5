// What a scenario can say about welfare needs.
#pragma once

#include "engine/scenario/catalogue.hpp"
#include "engine/scenario/parameter.hpp"
#include "models/welfare/levers.hpp"

namespace kohort::welfare::parameters {

inline const Text need_name{{.name = "welfare.need.name",
                             .required = true,
                             .text = "what the need is called in the result"}};
inline const QuantityParameter need_rate{
    {.name = "welfare.need.rate",
     .unit = "persons per person",
     .range = {0.0, 1.0},
     .axes = {"sex", "age", "area"},
     .text = "the share of people who have the need, in the base year"}};
inline const QuantityParameter need_low{
    {.name = "welfare.need.rate_low",
     .unit = "persons per person",
     .range = {0.0, 1.0},
     .axes = {"sex", "age", "area"},
     .text = "instead of rate: the lower end of the range in which it is assumed to lie. With "
             "uncertainty.paths each draw has a rate uniform within it, at the same place for all "
             "areas, ages and years; without, the middle"}};
inline const QuantityParameter need_high{{.name = "welfare.need.rate_high",
                                          .unit = "persons per person",
                                          .range = {0.0, 1.0},
                                          .axes = {"sex", "age", "area"},
                                          .text = "the upper end of that range"}};
inline const TextList need_rate_ages{
    {.name = "welfare.need.rate_ages",
     .fallback = std::vector<std::string>{},
     .text = "first ages of the groups that the tables of rates tell apart, the last open, like "
             "[\"0\", \"7\", \"65\"]; the ages of the projection unless given"}};
inline const Text need_ages{
    {.name = "welfare.need.ages",
     .text = "ages at the year's end that can have the need, such as \"0-17\" or \"20-64\"; all "
             "unless given"}};
inline const QuantityParameter need_observed{
    {.name = "welfare.need.observed",
     .unit = "persons",
     .range = {.least = 1.0},
     .axes = {"sex", "age", "area"},
     .text = "among how many people each figure of the rate was found, if they are a sample: then "
             "uncertainty.paths draws its error, binomial, on the log-odds",
     .source = "delta method: Agresti (2013), Categorical Data Analysis, section 3.1"}};
inline const QuantityParameter need_sd{
    {.name = "welfare.need.rate_sd",
     .unit = "persons per person",
     .range = {0.0, 1.0},
     .axes = {"sex", "age", "area"},
     .text = "instead of observed: the standard error of each figure of the rate"}};
inline const Real need_trend{{.name = "welfare.need.trend",
                              .unit = "1",
                              .range = {0.5, 2.0},
                              .fallback = 1.0,
                              .text = "what each year multiplies the rate by, before damping",
                              .source = "an assumption: rates stay as they are"}};
inline const Real need_damping{
    {.name = "welfare.need.trend_damping",
     .unit = "1",
     .range = {0.0, 1.0},
     .fallback = 0.9,
     .text = "each year's change of the logarithm of the rate as a share of that of the year "
             "before; the first year has this share of the trend",
     .source = "an assumption, as care.trend_damping; damped trend: Gardner & McKenzie (1985)"}};
inline const TableParameter need_own_users{
    {.name = "welfare.need.own_users",
     .unit = "persons",
     .range = {.least = 0.0},
     .axes = {"area"},
     .text = "people with the need in the base year by the areas' own registers: there the rate is "
             "multiplied so that it gives them, and its uncertainty does not count. Areas that the "
             "table does not name keep the rate; where there is none, they have that of those "
             "named together"}};
inline const BlockList needs{
    {.name = "welfare.need", .text = "a need of welfare, counted in welfare/persons"},
    {&need_name, &need_rate, &need_low, &need_high, &need_rate_ages, &need_ages, &need_observed,
     &need_sd, &need_trend, &need_damping, &need_own_users}};

}  // namespace kohort::welfare::parameters

namespace kohort::welfare {

/// Declares the section `welfare`.
void declare_parameters(Catalogue& catalogue);

}  // namespace kohort::welfare
