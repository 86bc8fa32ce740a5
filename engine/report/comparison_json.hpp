// What a file of comparisons holds, as a page shows it.
#pragma once

#include <nlohmann/json.hpp>

#include "engine/store/reader.hpp"

namespace kohort::report {

/// Whether a file is what `kohort compare -o` and `kohort hindcast -o` write.
bool is_comparison(const store::Reader& reader);

/// Of both sexes together, in the last year of each pair of files: figures, measures of error and
/// parts of the difference, each as an object of columns of equal length.
nlohmann::json comparison_json(const store::Reader& reader);

}  // namespace kohort::report
