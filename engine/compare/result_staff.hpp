// The staff of a result file.
#pragma once

#include <string>
#include <vector>

#include "engine/compare/result.hpp"
#include "engine/compare/workforce_parts.hpp"

namespace kohort::compare {

/// Reads how the staff of an occupation came about, area by area in the order of `areas`. The first
/// of the years is the one that it is followed from. Throws `Error` (Fault::storage) where heads
/// are not those of the year before and the flows.
std::vector<StaffCourse> staff_of(const Result& result, const std::string& occupation,
                                  const std::vector<std::string>& areas,
                                  const std::vector<int>& years);

}  // namespace kohort::compare
