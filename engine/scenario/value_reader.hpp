// From a node of a scenario file to the value of a parameter.
#pragma once

#include "engine/base/error.hpp"
#include "engine/scenario/layers.hpp"
#include "engine/scenario/parameter.hpp"
#include "engine/scenario/toml.hpp"

namespace kohort {

/// Reads what stands in a layer for a parameter. Adds to `mistakes` what is wrong with it; the
/// value is of use only where nothing was added.
Value read_value(const Parameter& parameter, const toml::node& node, const Layer& layer,
                 Mistakes& mistakes);

}  // namespace kohort
