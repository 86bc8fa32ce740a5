// The parameters that say what is projected: years, ages, areas.
#pragma once

#include "engine/base/precision.hpp"
#include "engine/scenario/parameter.hpp"

namespace kohort::parameters {

inline const Integer base_year{{.name = "projection.base_year",
                                .unit = "year",
                                .range = {1700, 2300},
                                .required = true,
                                .text = "the projection starts from the stock of 31 December"}};
inline const Integer end_year{
    {.name = "projection.end_year",
     .unit = "year",
     .range = {1700, 2400},
     .required = true,
     .text = "the last year of which the stock of 31 December is projected",
     .changed_often = true}};
inline const Integer step{{.name = "projection.step",
                           .unit = "years",
                           .range = {1, 5},
                           .fallback = std::int64_t{1},
                           .text = "length of an interval and width of an age group: 1 or 5"}};
inline const Integer open_age{{.name = "projection.open_age",
                               .unit = "years",
                               .range = {5, 130},
                               .fallback = std::int64_t{100},
                               .text = "first age of the last, open age group",
                               .source = "Statistics Sweden publishes single ages to 99 and 100+"}};
inline const TextList sexes{{.name = "projection.sexes",
                             .fallback = std::vector<std::string>{"female", "male"},
                             .text = "the sexes projected: both, or one of them"}};
inline const Choice<Precision> precision{
    {.name = "projection.precision",
     .fallback = std::string("double"),
     .text =
         "single = states of care and staff, and the draws of sums, are kept in seven digits, in "
         "half the memory and less time: accounts close to 1e-5 instead of 1e-9; people are kept "
         "in sixteen all the same, and so is what is projected of whole people, and where "
         "levers on care or staff differ between draws",
     .source = "IEEE 754 binary32, half a unit in the last place: 6e-8"},
    {{"double", Precision::in_double}, {"single", Precision::in_single}}};
inline const TextList groups{
    {.name = "projection.groups",
     .fallback = std::vector<std::string>{},
     .text = "a status that tells people apart, such as citizenship; none unless named"}};
inline const TextList age_groups{
    {.name = "projection.age_groups",
     .fallback = std::vector<std::string>{},
     .text = "age groups by which the result sums people and events, like [\"0-19\", \"20-64\", "
             "\"65+\"]; they may overlap; unless given, 0-19, 20-64, 65-79 and 80+, as far as the "
             "open age lets them be told apart",
     .changed_often = true}};
inline const Integer launch_year{
    {.name = "projection.launch_year",
     .unit = "year",
     .range = {1700, 2300},
     .text =
         "a forecast made with the registers of this year: a table that became known later is "
         "refused, and later rows of a table whose rows became known year by year are not read"}};

inline const TextList conditional_on{
    {.name = "projection.conditional_on",
     .fallback = std::vector<std::string>{},
     .text = "parameters whose tables are read though they became known after the launch year; the "
             "forecast is conditional on them, and must be called so"}};

inline const TableParameter area_table{
    {.name = "areas.table",
     .axes = {"area", "name", "county"},
     .text = "list of areas: columns area (code), name and county (code); those that areas.codes "
             "leaves out are known, but not projected"}};
inline const TextList area_codes{{.name = "areas.codes",
                                  .fallback = std::vector<std::string>{},
                                  .text = "codes of the areas to project, in order; all of "
                                          "areas.table unless given"}};
inline const NamedListsParameter area_groups{
    {.name = "areas.groups",
     .text = "groups of areas by which the result sums people and events, each a name with the "
             "codes of its areas; an area may be in several, and the rest has the code rest"}};
inline const Text group_areas_by{
    {.name = "areas.group_by",
     .text = "a column of areas.table: the areas projected that have the same word there become a "
             "group with that word as its name, the rest of the country left out"}};

inline const Text rest{{.name = "areas.rest",
                        .text =
                            "name of a last area with code rest, which closes the accounts: all "
                            "of areas.table that areas.codes leaves out"}};

}  // namespace kohort::parameters
