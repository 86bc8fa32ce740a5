#include "engine/exchange/input_columns.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include <fmt/format.h>

namespace kohort::exchange {
namespace {

/// What publishers call the axes that Kohort knows.
struct KnownAxis {
  const char* column;
  std::vector<std::string_view> words;
};

const std::array<KnownAxis, 4>& known_axes() {
  static const std::array<KnownAxis, 4> axes{{
      {"year", {"year", "År", "år", "time", "tid", "period"}},
      {"area", {"area", "region", "kommun", "municipality", "län", "county"}},
      {"sex", {"sex", "gender", "kön", "Kön", "kon"}},
      {"age", {"age", "ålder", "Ålder", "alder"}},
  }};
  return axes;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  return text;
}

bool is_one_of(const std::vector<std::string_view>& words, const std::string& text) {
  const std::string folded = lower(text);
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return word == text || lower(std::string(word)) == folded;
  });
}

bool are_years(const std::vector<std::string>& labels) {
  return std::all_of(labels.begin(), labels.end(), [](const std::string& label) {
    return label.size() == 4 && std::all_of(label.begin(), label.end(), [](char digit) {
             return digit >= '0' && digit <= '9';
           });
  });
}

/// The column of an axis that Kohort knows; empty where it is none.
std::string known_column(const Dimension& dimension) {
  if (dimension.is_time) return are_years(dimension.codes) ? "year" : "";
  for (const KnownAxis& axis : known_axes()) {
    if (!is_one_of(axis.words, dimension.name) && !is_one_of(axis.words, dimension.id)) continue;
    if (std::string_view(axis.column) == "year" && !are_years(dimension.codes)) return "";
    return axis.column;
  }
  return "";
}

std::string sex_of(const std::string& text) {
  static const std::vector<std::string_view> women{"women",   "woman",   "female",
                                                   "females", "kvinnor", "kvinna"};
  static const std::vector<std::string_view> men{"men", "man", "male", "males", "män", "Män"};
  if (is_one_of(women, text)) return "female";
  return is_one_of(men, text) ? "male" : "";
}

std::vector<std::string> labels_of(const Dimension& dimension, const std::string& column) {
  std::vector<std::string> labels = dimension.codes;
  if (column != "sex") return labels;
  for (std::size_t at = 0; at < labels.size(); ++at) {
    const std::string sex = sex_of(dimension.texts[at]);
    if (!sex.empty()) labels[at] = sex;
  }
  return labels;
}

/// Where a column stands: those of Kohort's axes first, each with its names beside it.
std::size_t rank(std::string_view column) {
  constexpr std::string_view of_names = "_name";
  if (column.ends_with(of_names)) column.remove_suffix(of_names.size());
  const auto& axes = known_axes();
  const auto found = std::find_if(axes.begin(), axes.end(),
                                  [&](const KnownAxis& axis) { return axis.column == column; });
  return static_cast<std::size_t>(found - axes.begin());
}

void check_names(const std::vector<InputColumn>& columns, const Cube& cube) {
  std::set<std::string> taken{"value", "status"};
  for (const InputColumn& column : columns) {
    if (taken.insert(column.name).second) continue;
    throw Error(Fault::input,
                Mistake{cube.dimensions[column.dimension].where,
                        fmt::format("a second column would be called '{}'", column.name),
                        "rename the variable in the file"});
  }
}

}  // namespace

std::vector<InputColumn> input_columns(const Cube& cube, bool names) {
  std::vector<InputColumn> columns;
  std::set<std::string> taken;
  for (std::size_t at = 0; at < cube.dimensions.size(); ++at) {
    const Dimension& dimension = cube.dimensions[at];
    std::string column = known_column(dimension);
    // Of two regions, say, the first is the area; the other keeps its own name.
    if (column.empty() || !taken.insert(column).second) {
      column = dimension.is_contents ? "contents" : dimension.name;
    }
    columns.push_back({column, at, labels_of(dimension, column)});
    const bool own_words = column != "year" && column != "sex";
    if (names && own_words && dimension.codes != dimension.texts) {
      columns.push_back({column + "_name", at, dimension.texts});
    }
  }
  std::stable_sort(columns.begin(), columns.end(),
                   [](const InputColumn& left, const InputColumn& right) {
                     return rank(left.name) < rank(right.name);
                   });
  check_names(columns, cube);
  return columns;
}

}  // namespace kohort::exchange
