// The figures of a page as JSON: README.md says how they are laid out.
#pragma once

#include <nlohmann/json.hpp>

#include "engine/report/frame.hpp"

namespace kohort::report {

/// The sums by areas that the page shows, of every scenario, with their quantiles, and in a batch
/// how they differ from those of its base scenario.
nlohmann::json figures_json(const Scenarios& scenarios, const Frame& frame);

/// Persons by sex and single age of every projected area, or of larger steps of ages and years
/// where there are many areas.
nlohmann::json pyramid_json(const Scenarios& scenarios, const Frame& frame);

/// The labels along the axes of these figures.
nlohmann::json labels_json(const Scenarios& scenarios, const Frame& frame);

}  // namespace kohort::report
