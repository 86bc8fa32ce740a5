// What a hindcast file says. README.md explains each key; a test holds that it knows them all.
#pragma once

#include <string>
#include <vector>

#include "engine/scenario/catalogue.hpp"
#include "engine/scenario/parameter.hpp"

namespace kohort::hindcast::parameters {

/// How a block names a table, declared once for all lists of blocks that do.
struct TableFields {
  /// `list`: the name of the list of blocks, such as "outturn".
  explicit TableFields(const std::string& list);

  Text file;
  Text value;
  TextList columns;
  Integer code_digits;
};

inline const Integer format{{.name = "format",
                             .unit = "1",
                             .range = {1, 1},
                             .required = true,
                             .text = "version of the format of hindcast files"}};
inline const Text title{
    {.name = "title", .fallback = std::string("untitled"), .text = "what is judged, in a line"}};
inline const Text description{{.name = "description",
                               .fallback = std::string(),
                               .text = "what the figures are worth, and why"}};

inline const Text run_name{
    {.name = "run.name",
     .fallback = std::string("kohort"),
     .text = "what the method is called; runs of several launches with one name are one method"}};
inline const Integer run_launch{
    {.name = "run.launch",
     .unit = "year",
     .range = {1700, 2300},
     .required = true,
     .text = "the launch year: nothing that became known later is read"}};
inline const Text run_scenario{{.name = "run.scenario",
                                .required = true,
                                .text = "the scenario; its base year must be the launch year"}};
inline const TextList run_set{{.name = "run.set",
                               .fallback = std::vector<std::string>{},
                               .text = "what is set in it, like \"draws=200\""}};
inline const BlockList runs{{.name = "run", .required = true, .text = "a projection"},
                            {&run_name, &run_launch, &run_scenario, &run_set}};

inline const TableFields history_table("history");
inline const BlockList history{
    {.name = "history",
     .text = "a table of past populations from which the naive forecasts go; of several the first "
             "that has a figure counts. Rows later than the launch are not seen, and a table that "
             "became known later is refused"},
    {&history_table.file, &history_table.value, &history_table.columns,
     &history_table.code_digits}};

inline const TableFields outturn_table("outturn");
inline const BlockList outturns{
    {.name = "outturn",
     .required = true,
     .text = "a table of what happened; of several the first that has a figure counts"},
    {&outturn_table.file, &outturn_table.value, &outturn_table.columns,
     &outturn_table.code_digits}};

inline const Text published_name{
    {.name = "published.name", .required = true, .text = "what the forecast is called"}};
inline const TableFields published_table("published");
inline const RealList published_launches{
    {.name = "published.launches",
     .unit = "year",
     .range = {1700, 2300},
     .fallback = std::vector<double>{},
     .text = "the launches beside which it is judged; all unless given"}};
inline const BlockList published{
    {.name = "published",
     .text = "a forecast that somebody published; it may have known more than the launch year"},
    {&published_name, &published_table.file, &published_table.value, &published_table.columns,
     &published_table.code_digits, &published_launches}};

inline const Choice<std::string> flow_component{
    {.name = "flow.component",
     .required = true,
     .text = "births, deaths, natural_change = births less deaths, net_migration = domestic and "
             "international, in less out"},
    {{"births", "births"},
     {"deaths", "deaths"},
     {"natural_change", "natural_change"},
     {"net_migration", "net_migration"}}};
inline const TableFields flow_table("flow");
inline const BlockList flows{
    {.name = "flow",
     .text = "a table of what the population changed by, all its sexes and ages together; with "
             "it the error of each run is parted"},
    {&flow_component, &flow_table.file, &flow_table.value, &flow_table.columns,
     &flow_table.code_digits}};

inline const Text judged_name{
    {.name = "judged.name", .required = true, .text = "what is judged, in a word or two"}};
inline const TextList judged_ages{{.name = "judged.ages",
                                   .fallback = std::vector<std::string>{"all"},
                                   .text = "ages, like all, 65+ or 20-64"}};
inline const TextList judged_sexes{{.name = "judged.sexes",
                                    .fallback = std::vector<std::string>{"both"},
                                    .text = "female, male or both"}};
inline const RealList judged_years{
    {.name = "judged.years",
     .unit = "year",
     .range = {1700, 2300},
     .fallback = std::vector<double>{},
     .text = "years that are judged, of each launch the later ones"}};
inline const RealList judged_horizons{{.name = "judged.horizons",
                                       .unit = "years",
                                       .range = {1, 200},
                                       .fallback = std::vector<double>{},
                                       .text = "years after the launch that are judged"}};
inline const RealList judged_launches{
    {.name = "judged.launches",
     .unit = "year",
     .range = {1700, 2300},
     .fallback = std::vector<double>{},
     .text = "launches that are judged; those of all runs unless given. A launch without a "
             "run is judged by its naive and published forecasts alone"}};
inline const TextList judged_areas{
    {.name = "judged.areas",
     .fallback = std::vector<std::string>{},
     .text = "codes in the tables, or TABLE=RESULT where a result calls it otherwise, like "
             "\"00=all\"; the areas of the first run of the launch, without the rest, unless "
             "given; without a run, those of the first [[outturn]]"}};
inline const BlockList judged{
    {.name = "judged", .required = true, .text = "persons that are held against what happened"},
    {&judged_name, &judged_ages, &judged_sexes, &judged_years, &judged_horizons, &judged_launches,
     &judged_areas}};

inline const TextList naive_methods{
    {.name = "naive.methods",
     .fallback = std::vector<std::string>{"no_change", "linear_5", "linear_10", "constant_share",
                                          "cohort_ratios"},
     .text = "no_change; linear_N = the change of the last N years goes on; constant_share = the "
             "share of the larger area that grows linearly; cohort_ratios = Hamilton & Perry"}};
inline const TextList naive_average_of{
    {.name = "naive.average_of",
     .fallback = std::vector<std::string>{},
     .text = "methods, runs among them, whose mean is a method called average"}};
inline const Integer naive_share_digits{
    {.name = "naive.share_digits",
     .unit = "1",
     .range = {0, 20},
     .fallback = std::int64_t{2},
     .text = "the larger area of constant_share has the areas whose codes begin with the same so "
             "many characters: 2 = the county; 0 = all of them",
     .source = "SCB: a municipality's code begins with its county's"}};
inline const Integer naive_share_years{
    {.name = "naive.share_years",
     .unit = "years",
     .range = {1, 100},
     .fallback = std::int64_t{10},
     .text = "the last years whose change of the larger area goes on"}};

}  // namespace kohort::hindcast::parameters

namespace kohort::hindcast {

/// Every key that a hindcast file may have.
Catalogue hindcast_catalogue();

}  // namespace kohort::hindcast
