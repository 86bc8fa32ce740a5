// What a scenario can say about cooperation between areas.
#pragma once

#include "engine/model/lever.hpp"
#include "engine/scenario/catalogue.hpp"
#include "engine/scenario/parameter.hpp"

namespace kohort::cooperation {

namespace parameters {

inline const Text name{{.name = "cooperation.name",
                        .required = true,
                        .text = "what messages call the areas that cooperate"}};
inline const TextList areas{{.name = "cooperation.areas",
                             .required = true,
                             .text = "codes of the areas, or names of groups of areas: two areas "
                                     "at least"}};
inline const TextList shares{
    {.name = "cooperation.shares",
     .required = true,
     .text = "what they share: staff = full-time posts of each occupation for itself; places = "
             "places of the services that have places"}};
inline const Real fraction{
    {.name = "cooperation.fraction",
     .unit = "1",
     .range = {0.0, 1.0},
     .required = true,
     .text = "the share of what an area has to spare that the others may use"}};
inline const LeverFields when("cooperation");
inline const BlockList cooperations{
    {.name = "cooperation",
     .text = "areas that share what some have to spare and others lack at a year's end; in the "
             "base year none do. An area may share a thing with one group at a time"},
    {&name, &areas, &shares, &fraction, &when.from, &when.to}};

}  // namespace parameters

/// Declares the list `cooperation`, in the section of the scenario as a whole.
void declare_parameters(Catalogue& catalogue);

}  // namespace kohort::cooperation
