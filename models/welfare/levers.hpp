// What a planner can change in the needs of welfare.
#pragma once

#include <string>
#include <vector>

#include "engine/model/intervention.hpp"
#include "engine/model/source.hpp"
#include "engine/scenario/parameter.hpp"

namespace kohort::welfare {

/// What a lever changes.
enum class LeverOn { rate };

namespace parameters {

inline const Choice<LeverOn> lever_on{{.name = "welfare.lever.on",
                                       .required = true,
                                       .text = "what is multiplied: rate = the share of people who "
                                               "have the need"},
                                      {{"rate", LeverOn::rate}}};
inline const TextList lever_needs{{.name = "welfare.lever.needs",
                                   .fallback = std::vector<std::string>{},
                                   .text = "names of the needs meant; all unless given"}};
inline const LeverFields lever_fields("welfare.lever");
inline const BlockList levers{
    {.name = "welfare.lever",
     .text = "multiplies the rates of needs, for some areas, ages, sexes and years",
     .changed_often = true},
    lever_fields.with({&lever_on, &lever_needs})};

}  // namespace parameters

/// The levers on one need, in their order.
using NeedLevers = std::vector<Effect>;

/// Of each need its levers. Throws `Error` (Fault::scenario) on names that stand for nothing and
/// years outside the projection.
std::vector<NeedLevers> read_levers(const Source& source, const std::vector<std::string>& needs);

}  // namespace kohort::welfare
