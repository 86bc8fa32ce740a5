// Words of tables in English and Swedish.
#pragma once

#include <string>

#include "engine/exchange/result_tables.hpp"

namespace kohort::exchange {

/// Whose words headings and labels are in: `own` are the names that the result has.
enum class Words { own, english, swedish };

/// A column or dimension: "area" -> "region".
std::string axis_heading(const std::string& axis, Words words);

/// A column of figures, by the words of Statistics Sweden's tables where it has such figures, else
/// by what the result says; of quantiles and deviations with that added.
std::string content_heading(const Content& content, Words words);

/// A position of an axis: "female" -> "kvinnor". `at` counts along the axis.
std::string label_text(const TableAxis& axis, std::size_t at, Words words);

/// A word of a file's own, such as the name of a sheet; `english` finds it and is used where there
/// is no other.
std::string word(const std::string& english, Words words);

}  // namespace kohort::exchange
