// What a scenario can say about one education that leads to an occupation.
#pragma once

#include "engine/scenario/parameter.hpp"

namespace kohort::workforce::parameters {

inline const Text education_name{{.name = "workforce.education.name",
                                  .required = true,
                                  .text = "what the education is called in tables and results"}};
inline const Text education_occupation{{.name = "workforce.education.occupation",
                                        .required = true,
                                        .text = "the occupation that it leads to"}};
inline const QuantityParameter education_places{
    {.name = "workforce.education.places",
     .unit = "persons per year",
     .range = {.least = 0.0},
     .axes = {"education", "area", "year"},
     .text = "students admitted in a year. Rows of area 00 are the nation's: what areas with rows "
             "of their own leave of it is allocated to the others by their labour force of the "
             "ages of entry. Years before the first one given have its places, and each later "
             "year those of the last one given up to then"}};
inline const QuantityParameter education_completion{
    {.name = "workforce.education.completion",
     .unit = "1",
     .range = {0.0, 1.0},
     .axes = {"education"},
     .text = "the share of those admitted who complete it"}};
inline const QuantityParameter education_enters{
    {.name = "workforce.education.enters",
     .unit = "1",
     .range = {0.0, 1.0},
     .axes = {"education"},
     .text = "the share of those who complete it who enter the occupation and stay"}};
inline const QuantityParameter education_women{{.name = "workforce.education.women",
                                                .unit = "1",
                                                .range = {0.0, 1.0},
                                                .axes = {"education"},
                                                .text = "the share of women of those who enter"}};
inline const Integer education_years{{.name = "workforce.education.years",
                                      .unit = "years",
                                      .range = {0, 15},
                                      .required = true,
                                      .text = "from the year of admission to that of entry"}};
inline const TableParameter education_ages{
    {.name = "workforce.education.ages",
     .unit = "1",
     .range = {0.0, 1.0},
     .axes = {"education", "age"},
     .text = "shares by groups of ages of those who enter; sum to 1"}};
inline const TextList education_ages_ages{
    {.name = "workforce.education.ages_ages",
     .fallback = std::vector<std::string>{"16", "19", "20", "25", "35", "45", "55"},
     .text = "first ages of the groups of workforce.education.ages; the last is open",
     .source = "an assumption: broad groups, and those of 19, who leave school"}};
inline const BlockList educations{
    {.name = "workforce.education",
     .text = "an education that leads to an occupation; its tables may hold those of all of them, "
             "told apart by a column education"},
    {&education_name, &education_occupation, &education_places, &education_completion,
     &education_enters, &education_women, &education_years, &education_ages, &education_ages_ages}};

}  // namespace kohort::workforce::parameters
