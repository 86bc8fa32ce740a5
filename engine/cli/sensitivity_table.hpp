// What a study of sensitivity found, as tables for people.
#pragma once

#include <string>

#include "engine/sensitivity/study.hpp"

namespace kohort::cli {

/// Of each indicator the indices of every number, and what its range does to the figure.
std::string table_of(const Study& study, const Sensitivity& sensitivity);

}  // namespace kohort::cli
