// What the scenarios of a batch come to, as `kohort batch` and `kohort info` show it.
#pragma once

#include <optional>
#include <string>

#include "engine/store/reader.hpp"

namespace kohort::cli {

/// Whether a file holds the scenarios of a batch.
bool is_batch(const store::Reader& reader);

/// Throws `Error` (Fault::scenario) where a file does, for commands that know single results alone.
void refuse_batch(const std::string& file);

/// Of every scenario the people of 80 and older, the volumes of care, what it costs, and the posts
/// that are missing, for all areas together but the closing rest at the end of a year (2030, or
/// else the last, unless given): figure, difference to the base, and its interval from the first to
/// the last quantile. What the results do not have is left out. Throws `Error` (Fault::scenario)
/// where there is no such year.
std::string batch_page(const store::Reader& reader, std::optional<int> year = {});

}  // namespace kohort::cli
