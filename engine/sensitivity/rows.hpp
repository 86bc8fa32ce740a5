// What a study found, for other programs.
#pragma once

#include <string>

#include "engine/sensitivity/study.hpp"

namespace kohort {

/// One row for each indicator and number: the number's range, its indices with their intervals,
/// and the figure at the ends. What cannot be told is empty.
std::string to_csv(const Sensitivity& sensitivity);

/// The same, with the design, the program and the runs that failed. What cannot be told is null.
std::string to_json(const Study& study, const Sensitivity& sensitivity);

}  // namespace kohort
