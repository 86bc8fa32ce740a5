// What a scenario says about the run as a whole.
#pragma once

#include "engine/scenario/catalogue.hpp"
#include "engine/scenario/parameter.hpp"

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
inline const Integer seed{{.name = "seed",
                           .unit = "1",
                           .range = {0, 9007199254740992.0},
                           .fallback = std::int64_t{1},
                           .text = "from which all random numbers follow"}};
inline const Integer draws{{.name = "draws",
                            .unit = "1",
                            .range = {1, 1},
                            .fallback = std::int64_t{1},
                            .text =
                                "alternative futures drawn; 1, the deterministic projection, is "
                                "all that this version does"}};
inline const Boolean life_tables{{.name = "output.life_tables",
                                  .fallback = true,
                                  .text = "write the life tables that mortality went through"}};

}  // namespace kohort::parameters

namespace kohort {

/// Every parameter that a scenario may set: the run's, the frame's and those of all models.
Catalogue full_catalogue();

}  // namespace kohort
