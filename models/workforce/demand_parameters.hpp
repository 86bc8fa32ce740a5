// What a scenario can say about the work that care takes, and about what staff can do of it.
#pragma once

#include "engine/model/lever.hpp"
#include "engine/scenario/catalogue.hpp"
#include "engine/scenario/parameter.hpp"

namespace kohort::workforce {

/// Who employs those who do a task.
enum class Employer { municipality, region };

/// What the work of a task is reckoned from.
enum class TaskBasis { hours, units };

namespace parameters {

inline const Text task_name{{.name = "workforce.task.name",
                             .required = true,
                             .text = "what the task is called in the result"}};
inline const Text task_service{
    {.name = "workforce.task.service", .text = "the service of care that takes this work"}};
inline const Text task_need{
    {.name = "workforce.task.need", .text = "instead: the need of welfare whose people do"}};
inline const Choice<TaskBasis> task_basis{
    {.name = "workforce.task.basis",
     .required = true,
     .text = "hours = hours of a service times work_per_hour; units = units of a service, such as "
             "places, or people with a need, times posts_per_unit and night_posts_per_unit"},
    {{"hours", TaskBasis::hours}, {"units", TaskBasis::units}}};
inline const QuantityParameter task_work_per_hour{
    {.name = "workforce.task.work_per_hour",
     .unit = "hours per hour",
     .range = {.least = 0.0},
     .axes = {"area"},
     .text = "of hours: hours of work for an hour of the service, with travel, meetings and "
             "paperwork. Area 00 stands for areas without rows of their own, here and below"}};
inline const QuantityParameter task_posts_per_unit{
    {.name = "workforce.task.posts_per_unit",
     .unit = "posts per unit",
     .range = {.least = 0.0},
     .axes = {"area"},
     .text = "of units: full-time posts for a unit, those of the night apart"}};
inline const QuantityParameter task_night_posts_per_unit{
    {.name = "workforce.task.night_posts_per_unit",
     .unit = "posts per unit",
     .range = {.least = 0.0},
     .axes = {"area"},
     .fallback = Quantity{0.0},
     .text = "of units: full-time posts for a unit that keep watch at night",
     .source = "an assumption: nobody works at night"}};
inline const TableParameter task_mix{{.name = "workforce.task.mix",
                                      .unit = "1",
                                      .range = {0.0, 1.0},
                                      .axes = {"occupation"},
                                      .text = "shares of the posts by occupation; sum to 1"}};
inline const Choice<Employer> task_employer{
    {.name = "workforce.task.employer",
     .fallback = std::string("municipality"),
     .text = "whose staff do it; those of the region are not projected, so that their demand "
             "stands apart",
     .source = "in Sweden elder care is the municipalities', hospitals are the regions'"},
    {{"municipality", Employer::municipality}, {"region", Employer::region}}};
inline const BlockList tasks{
    {.name = "workforce.task", .text = "work that a service or a need takes, by occupation"},
    {&task_name, &task_service, &task_need, &task_basis, &task_work_per_hour, &task_posts_per_unit,
     &task_night_posts_per_unit, &task_mix, &task_employer}};

inline const Text division_from{{.name = "workforce.division.from_occupation",
                                 .required = true,
                                 .text = "the occupation that hands work over"}};
inline const Text division_to{{.name = "workforce.division.to_occupation",
                               .required = true,
                               .text = "the occupation that takes it over"}};
inline const Real division_share{
    {.name = "workforce.division.share",
     .unit = "1",
     .range = {0.0, 1.0},
     .required = true,
     .text = "the share of its work, of all tasks as they are without any division; what several "
             "blocks take from one occupation sums to 1 at most"}};
inline const Real division_exchange{
    {.name = "workforce.division.exchange",
     .unit = "hours per hour",
     .range = {0.0, 10.0},
     .fallback = 1.0,
     .text = "hours that the other occupation needs for an hour of this one; 0 = nobody needs to "
             "do it any more, as with technology",
     .source = "an assumption: as many"}};
inline const LeverFields division_when("workforce.division");
inline const BlockList divisions{
    {.name = "workforce.division",
     .text = "work that one occupation hands over to another (task shifting)"},
    {&division_from, &division_to, &division_share, &division_exchange, &division_when.areas,
     &division_when.from, &division_when.to, &division_when.phase_in}};

// The year of a full-time post, in the terms of the WISN method: WHO (2010), Workload indicators
// of staffing need, User's manual, ch. 4.2, "available working time".
inline const QuantityParameter weeks_per_year{{.name = "workforce.weeks_per_year",
                                               .unit = "weeks",
                                               .range = {1.0, 53.0},
                                               .axes = {"occupation"},
                                               .fallback = Quantity{52.0},
                                               .text = "weeks of a year",
                                               .source = "WHO (2010), WISN User's manual"}};
inline const QuantityParameter days_per_week{{.name = "workforce.days_per_week",
                                              .unit = "days",
                                              .range = {0.5, 7.0},
                                              .axes = {"occupation"},
                                              .fallback = Quantity{5.0},
                                              .text = "days that a full-time post works in a week",
                                              .source = "WHO (2010), WISN User's manual"}};
inline const QuantityParameter public_holidays{
    {.name = "workforce.public_holidays",
     .unit = "days per year",
     .range = {0.0, 366.0},
     .axes = {"occupation"},
     .fallback = Quantity{10.0},
     .text = "public holidays that fall on days of work",
     .source = "an assumption, about the holidays of Sweden"}};
inline const QuantityParameter annual_leave{
    {.name = "workforce.annual_leave",
     .unit = "days per year",
     .range = {0.0, 366.0},
     .axes = {"occupation"},
     .fallback = Quantity{25.0},
     .text = "days of annual leave",
     .source = "Semesterlagen (1977:480), section 4: 25 days"}};
inline const QuantityParameter sick_days{{.name = "workforce.sick_days",
                                          .unit = "days per year",
                                          .range = {0.0, 366.0},
                                          .axes = {"occupation"},
                                          .fallback = Quantity{0.0},
                                          .text = "days of work lost to sickness",
                                          .source = "an assumption: none"}};
inline const QuantityParameter other_absence{
    {.name = "workforce.other_absence",
     .unit = "days per year",
     .range = {0.0, 366.0},
     .axes = {"occupation"},
     .fallback = Quantity{0.0},
     .text = "days of work lost to other leave, such as with one's children",
     .source = "an assumption: none"}};
inline const QuantityParameter training_days{{.name = "workforce.training_days",
                                              .unit = "days per year",
                                              .range = {0.0, 366.0},
                                              .axes = {"occupation"},
                                              .fallback = Quantity{0.0},
                                              .text = "days of training",
                                              .source = "an assumption: none"}};
inline const QuantityParameter hours_per_day{{.name = "workforce.hours_per_day",
                                              .unit = "hours",
                                              .range = {0.5, 24.0},
                                              .axes = {"occupation"},
                                              .fallback = Quantity{8.0},
                                              .text = "hours that a full-time post works in a day",
                                              .source = "Arbetstidslagen (1982:673), section 5: 40 "
                                                        "hours a week"}};

inline const QuantityParameter full_time{{.name = "workforce.full_time",
                                          .unit = "1",
                                          .range = {0.0, 1.0},
                                          .axes = {"occupation"},
                                          .fallback = Quantity{1.0},
                                          .text = "share of staff in full time",
                                          .source = "an assumption: all"}};
inline const QuantityParameter part_time_extent{{.name = "workforce.part_time_extent",
                                                 .unit = "full-time posts per person",
                                                 .range = {0.01, 1.0},
                                                 .axes = {"occupation"},
                                                 .fallback = Quantity{0.75},
                                                 .text = "mean extent of the others",
                                                 .source = "an assumption"}};
inline const TableParameter commuting{
    {.name = "workforce.commuting",
     .unit = "1",
     .range = {0.0, 1.0},
     .axes = {"area", "workplace"},
     .text = "shares of the staff who live in an area by where they work, the same in all years; "
             "those of an area sum to 1. All work where they live unless given"}};

inline const Boolean calibrate_demand{
    {.name = "workforce.calibrate_demand",
     .fallback = false,
     .text = "multiplies the demand for each occupation by one factor, so that the demand of all "
             "municipalities in the base year is their full-time staff and vacant posts"}};
inline const QuantityParameter vacancy{
    {.name = "workforce.vacancy",
     .unit = "1",
     .range = {0.0, 0.9},
     .axes = {"occupation"},
     .fallback = Quantity{0.0},
     .text = "share of the posts that are vacant in the base year; of calibrate_demand",
     .source = "an assumption: none"}};
inline const Boolean feedback{
    {.name = "workforce.feedback",
     .fallback = false,
     .text = "whether care gives only what staff can do: the rest is added to what is unmet, and "
             "costs nothing"}};

}  // namespace parameters

/// Declares the parameters of demand in the section `workforce`.
void declare_demand_parameters(Catalogue& catalogue);

}  // namespace kohort::workforce
