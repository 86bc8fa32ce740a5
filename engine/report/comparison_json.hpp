// What a file of comparisons holds, as a page shows it.
#pragma once

#include <nlohmann/json.hpp>

#include "engine/store/reader.hpp"

namespace kohort::report {

/// Whether a file is what `kohort compare -o` and `kohort hindcast -o` write.
bool is_comparison(const store::Reader& reader);

/// Of both sexes together: figures and parts of the difference in the year of each pair of files
/// that most is known of, and measures of error over areas, each as an object of columns of equal
/// length.
nlohmann::json comparison_json(const store::Reader& reader);

}  // namespace kohort::report
