// What a plan of many scenarios says.
#pragma once

#include "engine/run/figure.hpp"
#include "engine/sample/design.hpp"
#include "engine/scenario/catalogue.hpp"
#include "engine/scenario/parameter.hpp"

namespace kohort::parameters {

/// By which a plan is known from a scenario.
enum class DocumentKind { plan };

inline const Integer plan_format{{.name = "format",
                                  .unit = "1",
                                  .range = {1, 1},
                                  .required = true,
                                  .text = "version of the plan format; see PLANS.md"}};
inline const Choice<DocumentKind> plan_kind{
    {.name = "kind", .required = true, .text = "what the file is: a plan, no scenario"},
    {{"plan", DocumentKind::plan}}};
inline const Text plan_title{
    {.name = "title", .fallback = std::string("untitled"), .text = "what the plan is, in a line"}};
inline const Text plan_description{
    {.name = "description", .fallback = std::string(), .text = "what it asks, and why"}};
inline const Text plan_base{
    {.name = "base",
     .text = "name of the scenario that the others are held against; the first unless given"}};
inline const Integer plan_draws{{.name = "draws",
                                 .unit = "1",
                                 .range = {1, 1000000},
                                 .text = "draws of every scenario; its own unless given, which "
                                         "must be the same of all"}};
inline const Integer plan_seed{{.name = "seed",
                                .unit = "1",
                                .range = {0, 9007199254740992.0},
                                .text = "seed of every scenario, so that all share their luck; its "
                                        "own unless given, which must be the same of all"}};
inline const Integer plan_end_year{{.name = "end_year",
                                    .unit = "year",
                                    .range = {1700, 2400},
                                    .text = "last year of every scenario; its own unless given, "
                                            "which must be the same of all"}};
inline const TextList plan_set{
    {.name = "set",
     .fallback = std::vector<std::string>{},
     .text = "overrides of every scenario, each \"key=value\" as --set takes it"}};
inline const TextList plan_differences_of{
    {.name = "differences_of",
     .fallback = std::vector<std::string>{},
     .text = "variables and indicators, by their names in the result, whose sums are held against "
             "the base draw by draw; all unless given"}};

/// The fields that every list of scenarios has.
struct MemberFields {
  explicit MemberFields(const std::string& list)
      : name{{.name = list + ".name",
              .required = true,
              .text = "what it is called in tables and results; no two are called alike"}},
        file{{.name = list + ".file",
              .required = true,
              .text = "the scenario file, as seen from the plan's folder"}},
        set{{.name = list + ".set",
             .fallback = std::vector<std::string>{},
             .text = "overrides, each \"key=value\" as --set takes it; they win over the plan's"}} {
  }

  Text name;
  Text file;
  TextList set;
};

inline const MemberFields scenario_fields{"scenario"};
inline const BlockList plan_scenarios{
    {.name = "scenario", .text = "one scenario"},
    {&scenario_fields.name, &scenario_fields.file, &scenario_fields.set}};

inline const MemberFields grid_fields{"grid"};
inline const Text grid_parameter{
    {.name = "grid.axis.parameter",
     .required = true,
     .text = "what is varied, as --set names it: care.lever[prevention].factor"}};
inline const RealList grid_values{{.name = "grid.axis.values", .text = "its values, if numbers"}};
inline const TextList grid_words{
    {.name = "grid.axis.words",
     .text = "instead: its values as --set takes them, such as true, or a word"}};
inline const BlockList grid_axes{{.name = "grid.axis", .text = "a parameter and its values"},
                                 {&grid_parameter, &grid_values, &grid_words}};
inline const BlockList plan_grids{
    {.name = "grid",
     .text = "a scenario in every combination of some values; each is called NAME KEY=VALUE for "
             "each axis"},
    {&grid_fields.name, &grid_fields.file, &grid_fields.set, &grid_axes}};

inline const MemberFields sample_fields{"sample"};
inline const Choice<Design> sample_method{
    {.name = "sample.method",
     .fallback = std::string("sobol"),
     .text = "how the points are spread; engine/sample/design.hpp says more",
     .source = "an assumption: it fills all dimensions together evenly"},
    {{"latin_hypercube", Design::latin_hypercube}, {"sobol", Design::sobol}}};
inline const Integer sample_size{{.name = "sample.size",
                                  .unit = "1",
                                  .range = {1, 100000},
                                  .required = true,
                                  .text = "how many points, each a scenario NAME NUMBER"}};
inline const Integer sample_seed{
    {.name = "sample.seed",
     .unit = "1",
     .range = {0, 9007199254740992.0},
     .fallback = std::int64_t{1},
     .text = "seed of the points, which have nothing to do with the draws"}};
inline const Text sample_parameter{
    {.name = "sample.axis.parameter",
     .required = true,
     .text = "what is varied, as --set names it: care.lever[prevention].factor"}};
inline const Real sample_from{
    {.name = "sample.axis.from", .required = true, .text = "its least value"}};
inline const Real sample_to{
    {.name = "sample.axis.to", .required = true, .text = "its greatest value"}};
inline const BlockList sample_axes{
    {.name = "sample.axis", .text = "a parameter and between what it varies, uniformly"},
    {&sample_parameter, &sample_from, &sample_to}};
inline const Text indicator_name{{.name = "sample.indicator.name",
                                  .required = true,
                                  .text = "what the figure is called in tables"}};
inline const FigureFields indicator_fields{"sample.indicator", "the year of the figure"};
inline const BlockList sample_indicators{
    {.name = "sample.indicator",
     .text = "a figure of which `kohort sensitivity` tells by which of the parameters it is moved; "
             "`kohort batch` reads none"},
    {&indicator_name, &indicator_fields.measure.of, &indicator_fields.measure.kind,
     &indicator_fields.measure.area, &indicator_fields.measure.ages, &indicator_fields.measure.sex,
     &indicator_fields.per_head_of, &indicator_fields.relative_to, &indicator_fields.year}};
inline const BlockList plan_samples{
    {.name = "sample",
     .text = "a scenario at points spread over the ranges of some of its numbers"},
    {&sample_fields.name, &sample_fields.file, &sample_fields.set, &sample_method, &sample_size,
     &sample_seed, &sample_axes, &sample_indicators}};

}  // namespace kohort::parameters

namespace kohort {

/// Everything that a plan may say.
Catalogue plan_catalogue();

}  // namespace kohort
