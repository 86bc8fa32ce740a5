// What a scenario says about the run as a whole.
#pragma once

#include "engine/scenario/catalogue.hpp"
#include "engine/scenario/parameter.hpp"
#include "engine/scenario/settings.hpp"

namespace kohort::parameters {

inline const Integer scenario_format{{.name = "format",
                                      .unit = "1",
                                      .range = {1, 1},
                                      .required = true,
                                      .text = "version of the scenario format; see FORMAT.md"}};
inline const Text title{{.name = "title",
                         .fallback = std::string("untitled"),
                         .text = "what the scenario is, in a line"}};
inline const Text description{
    {.name = "description", .fallback = std::string(), .text = "what it supposes, and why"}};
inline const Boolean external{
    {.name = "external",
     .fallback = false,
     .text = "true: what it supposes is a course of the world that those who plan do not decide, "
             "such as mortality or immigration; a report shows it, and does not name it as what "
             "helps",
     .source = "policy levers and exogenous uncertainties: Lempert, Popper & Bankes (2003), RAND "
               "MR-1626"}};
inline const Integer seed{{.name = "seed",
                           .unit = "1",
                           .range = {0, 9007199254740992.0},
                           .fallback = std::int64_t{1},
                           .text = "from which all random numbers follow"}};
inline const Integer draws{{.name = "draws",
                            .unit = "1",
                            .range = {1, 1000000},
                            .fallback = std::int64_t{1},
                            .text = "alternative futures drawn; more than one needs something that "
                                    "is left to chance, see [uncertainty]",
                            .changed_often = true}};
inline const Integer first_draw{{.name = "first_draw",
                                 .unit = "1",
                                 .range = {0, 1000000000},
                                 .fallback = std::int64_t{0},
                                 .text = "number of the first draw: draw 17 alone is that of an "
                                         "ensemble that begins with 0"}};
inline const Boolean life_tables{{.name = "output.life_tables",
                                  .fallback = true,
                                  .text = "write the life tables that mortality went through"}};
inline const RealList quantiles{{.name = "output.quantiles",
                                 .unit = "1",
                                 .range = {0.0, 1.0},
                                 .fallback = std::vector<double>{0.025, 0.1, 0.5, 0.9, 0.975},
                                 .text = "quantiles of the draws, as shares, ascending; exact",
                                 .source = "80 and 95 % intervals: United Nations, World "
                                           "Population Prospects"}};
inline const TextList quantiles_of{
    {.name = "output.quantiles_of",
     .fallback = std::vector<std::string>{"population/persons"},
     .text = "variables of which quantiles are written, by their names in the result"}};
inline const TextList cells_of{
    {.name = "output.cells_of",
     .text =
         "variables by sex and single age that are written cell by cell, by their names in the "
         "result; all unless given. population/persons always is; so are figures of areas alone, "
         "and sums by groups of areas and ages of every variable",
     .example = std::vector<std::string>{"population/deaths"}}};
inline const Boolean keep_draws{{.name = "output.draws",
                                 .fallback = false,
                                 .text = "write every draw of those variables (single precision)"}};

}  // namespace kohort::parameters

namespace kohort {

/// Every parameter that a scenario may set: the run's, the frame's and those of all models.
Catalogue full_catalogue();

/// The quantiles that the result holds. Throws `Error` (Fault::scenario) unless they ascend: they
/// are an axis of the result.
std::vector<double> read_quantiles(const Settings& settings);

}  // namespace kohort
