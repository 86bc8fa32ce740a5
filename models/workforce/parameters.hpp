// What a scenario can say about staff: how many there are, and how they come and go.
#pragma once

#include "engine/scenario/catalogue.hpp"
#include "engine/scenario/parameter.hpp"
#include "engine/scenario/settings.hpp"
#include "models/workforce/assumed.hpp"

namespace kohort::workforce {
namespace parameters {

inline const Text occupation_name{{.name = "workforce.occupation.name",
                                   .required = true,
                                   .text = "what the occupation is called in tables and results"}};
inline const BlockList occupations{
    {.name = "workforce.occupation",
     .text = "an occupation that staff are told apart by; without any, staff are not projected"},
    {&occupation_name}};

inline const Choice<Assumed> assumed{
    {.name = "workforce.assumed",
     .fallback = std::string("middle"),
     .text = "which figure of what is assumed: of a table with the columns value_low, value and "
             "value_high (of another column x, x_low and x_high) middle takes value, fewer the end "
             "that leaves fewer staff or more need, more the other one. Which end that is belongs "
             "to the parameter; tables without these columns are taken as they are"},
    {{"middle", Assumed::middle}, {"fewer", Assumed::fewer}, {"more", Assumed::more}}};

inline const Integer first_age{{.name = "workforce.first_age",
                                .unit = "years",
                                .range = {1, 100},
                                .fallback = std::int64_t{16},
                                .text = "age at the year's end; nobody younger is staff",
                                .source = "SCB's registers count the employed from 16 on"}};
inline const Integer last_age{
    {.name = "workforce.last_age",
     .unit = "years",
     .range = {1, 110},
     .fallback = std::int64_t{74},
     .text = "age at the year's end; who grows older than that retires",
     .source = "SCB's labour force survey (AKU) counts those of 15 to 74"}};

inline const QuantityParameter participation{
    {.name = "workforce.participation",
     .unit = "persons per person",
     .range = {0.0, 1.0},
     .axes = {"sex", "age", "area"},
     .text = "the share of people in the labour force; all occupations together never have more. "
             "Area 00 stands for areas without rows of their own"}};
inline const TextList participation_ages{
    {.name = "workforce.participation_ages",
     .fallback = std::vector<std::string>{},
     .text = "first ages of the groups that the table tells apart, the last open; the ages of the "
             "projection unless given"}};

inline const TableParameter staff{
    {.name = "workforce.staff",
     .unit = "persons",
     .range = {.least = 0.0},
     .axes = {"occupation", "sex", "area"},
     .text = "heads at 31 December of the base year. Rows of area 00 are the nation's: what areas "
             "with rows of their own leave of it is allocated to the others in proportion to what "
             "their services take in the base year; occupations that no service takes, to people "
             "of the ages of staff. All areas together must be the nation"}};
inline const TableParameter own_staff{
    {.name = "workforce.own_staff",
     .unit = "persons",
     .range = {.least = 0.0},
     .axes = {"occupation", "sex", "age", "area"},
     .text = "a municipality's own payroll: heads who live there at 31 December of the base year, "
             "by groups of ages. It goes before workforce.staff, area by area, and takes all "
             "occupations of an area that it names"}};
inline const TextList own_staff_ages{
    {.name = "workforce.own_staff_ages",
     .fallback = std::vector<std::string>{"16", "25", "35", "45", "55", "60", "65"},
     .text = "first ages of the groups of workforce.own_staff; the last is open",
     .source = "an assumption: broad groups, and narrower ones where staff retire"}};
inline const QuantityParameter mean_age{
    {.name = "workforce.mean_age",
     .unit = "years",
     .range = {10.0, 110.0},
     .axes = {"occupation", "sex"},
     .text =
         "the nation's mean age of staff, in whole years of age at the year's end. Staff are "
         "of the ages of the labour force, from 55 on as workforce.retirement leaves it, tilted "
         "by exp(theta x age) so that they have it; untilted unless given",
     .source = "minimum discrimination information: Kullback (1959), Information Theory and "
               "Statistics, ch. 3"}};

inline const Integer mean_age_until{
    {.name = "workforce.mean_age_until",
     .unit = "years",
     .range = {1, 110},
     .text = "the last age that counts in workforce.mean_age, where the mean is of younger staff "
             "alone; workforce.last_age unless given"}};

inline const QuantityParameter retirement{
    {.name = "workforce.retirement",
     .unit = "per year",
     .range = {.least = 0.0},
     .axes = {"occupation", "sex", "age"},
     .text = "yearly hazard of retiring, at the pension age of the base year"}};
inline const TextList retirement_ages{
    {.name = "workforce.retirement_ages",
     .fallback = std::vector<std::string>{},
     .text = "first ages of the groups of workforce.retirement; the ages of the projection unless "
             "given"}};
inline const QuantityParameter pension_age{
    {.name = "workforce.pension_age",
     .unit = "years",
     .range = {40.0, 100.0},
     .axes = {"year"},
     .text = "the pension age that applies in a year, from the base year on. Hazards of retiring "
             "move with it: that of age x is the base year's of x less what the pension age has "
             "risen, linear between ages, from 55 on. It stays unless given",
     .source = "an assumption: of the same distance to the pension age, the same hazard"}};
inline const Real pension_age_shift{
    {.name = "workforce.pension_age_shift",
     .unit = "years",
     .range = {-20.0, 20.0},
     .fallback = 0.0,
     .text = "later retirement, beside workforce.pension_age, in all projected years",
     .source = "an assumption: as decided"}};

inline const QuantityParameter exit{
    {.name = "workforce.exit",
     .unit = "per year",
     .range = {.least = 0.0},
     .axes = {"occupation", "age", "area"},
     .text = "yearly hazard of leaving for what is none of the occupations, by where somebody "
             "lives. Area 00 stands for areas without rows of their own"}};
inline const TextList exit_ages{{.name = "workforce.exit_ages",
                                 .fallback = std::vector<std::string>{},
                                 .text = "first ages of the groups of workforce.exit; the ages of "
                                         "the projection unless given"}};
inline const TableParameter change{
    {.name = "workforce.change",
     .unit = "per year",
     .range = {.least = 0.0},
     .axes = {"occupation", "to_occupation"},
     .text = "yearly hazard of changing from one occupation to another; none unless given. What "
             "one loses another gains, so workforce.assumed takes its middle"}};

inline const QuantityParameter other_entry{
    {.name = "workforce.other_entry",
     .unit = "persons per person",
     .range = {0.0, 1.0},
     .axes = {"occupation"},
     .text = "entrants from other work in a year per person of the nation's labour force without "
             "one of the occupations. Unless given, as many as let the nation's staff grow by "
             "workforce.staff_growth in the first year"}};
inline const QuantityParameter staff_growth{
    {.name = "workforce.staff_growth",
     .unit = "per year",
     .range = {-0.5, 0.5},
     .axes = {"occupation"},
     .fallback = Quantity{0.0},
     .text = "yearly growth of the nation's staff that was known in the base year",
     .source = "an assumption: as many as before"}};
inline const TableParameter entry_ages{
    {.name = "workforce.entry_ages",
     .unit = "1",
     .range = {0.0, 1.0},
     .axes = {"occupation", "age"},
     .text = "shares by groups of ages of those who enter from other work or from abroad; sum to "
             "1. Those of the labour force unless given"}};
inline const TextList entry_ages_ages{
    {.name = "workforce.entry_ages_ages",
     .fallback = std::vector<std::string>{"16", "20", "25", "35", "45", "55", "65"},
     .text = "first ages of the groups of workforce.entry_ages; the last is open",
     .source = "an assumption: broad groups"}};

inline const QuantityParameter abroad_share{
    {.name = "workforce.abroad.share",
     .unit = "persons per person",
     .range = {0.0, 1.0},
     .axes = {"occupation"},
     .text = "of immigrants of the ages of staff the share who come to work in the occupation in "
             "the end; nobody unless given"}};
inline const TableParameter abroad_delay{
    {.name = "workforce.abroad.delay",
     .unit = "1",
     .range = {0.0, 1.0},
     .axes = {"years_since"},
     .text = "of those the share who enter so many years after the year of immigration; sums to "
             "1. All enter in that year unless given"}};

}  // namespace parameters

/// Declares the sections `workforce` and `workforce.abroad`.
void declare_staff_parameters(Catalogue& catalogue);

/// Whether a scenario wants staff projected: it names occupations.
bool is_wanted(const Settings& settings);

}  // namespace kohort::workforce
