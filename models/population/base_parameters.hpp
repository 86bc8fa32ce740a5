// What a scenario can say about the stock that a projection starts from.
#pragma once

#include "engine/scenario/catalogue.hpp"
#include "engine/scenario/parameter.hpp"

namespace kohort::population {

/// How the base population is given.
enum class BaseForm { table, margins };

namespace parameters {

inline const Choice<BaseForm> base_form{
    {.name = "population.base_form",
     .fallback = std::string("table"),
     .text = "table = population.base; margins = estimated from what is known of it, see "
             "[population.margins]"},
    {{"table", BaseForm::table}, {"margins", BaseForm::margins}}};
inline const TableParameter base{
    {.name = "population.base",
     .unit = "persons",
     .range = {.least = 0.0},
     .axes = {"year", "area", "group", "sex", "age"},
     .text = "the stock at 31 December of the base year; required where base_form = \"table\""}};

inline const TableParameter margin_county{
    {.name = "population.margins.county",
     .unit = "persons",
     .range = {.least = 0.0},
     .axes = {"year", "county", "sex", "age"},
     .text = "the people of each county of areas.table at 31 December of the base year; of all "
             "areas together where areas.table names no counties"}};
inline const TableParameter margin_totals{
    {.name = "population.margins.totals",
     .unit = "persons",
     .range = {.least = 0.0},
     .axes = {"year", "area"},
     .text = "the people of each area, those included that lie in the same county and are not "
             "projected"}};
inline const TableParameter margin_broad_ages{
    {.name = "population.margins.broad_ages",
     .unit = "persons",
     .range = {.least = 0.0},
     .axes = {"year", "area", "sex", "age_group"},
     .text = "the people of each area in each of age_groups, of each sex or of both together"}};
inline const TextList margin_age_groups{
    {.name = "population.margins.age_groups",
     .fallback = std::vector<std::string>{"0-19", "20-64", "65+"},
     .text = "the labels of broad_ages, from age 0 on and without gaps, the last one open"}};
inline const TableParameter margin_seed{
    {.name = "population.margins.seed",
     .range = {.least = 0.0},
     .axes = {"year", "area", "sex", "age"},
     .text = "what the areas resemble, such as their people in another year; without areas it "
             "holds for all of them; the people of their county unless given"}};
inline const Boolean margin_whole{
    {.name = "population.margins.whole",
     .fallback = true,
     .text = "the estimate is rounded to whole people, as uncertainty.events needs it, so that "
             "margins of whole people are still met",
     .source = "controlled rounding: Cox (1987)"}};
inline const TableParameter margin_check{
    {.name = "population.margins.check",
     .unit = "persons",
     .range = {.least = 0.0},
     .axes = {"year", "area", "sex", "age"},
     .text = "people that are known by area, sex and age, of this year or of another one (by "
             "where): they are estimated from their own margins in the same way, and how wrong "
             "that is tells how wrong the base population may be"}};
inline const TextList margin_check_groups{
    {.name = "population.margins.check_groups",
     .fallback = std::vector<std::string>{"0-19", "20-39", "40-64", "65-79", "80+"},
     .text = "the age groups in which the error is reported"}};

}  // namespace parameters

/// Adds the parameters of the section `population` that are about its base; that section is the one
/// added last.
void declare_base(Catalogue& catalogue);
/// Declares the section `population.margins`.
void declare_margins(Catalogue& catalogue);

}  // namespace kohort::population
