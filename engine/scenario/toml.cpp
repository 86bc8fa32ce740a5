#include "engine/scenario/toml.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace kohort {

std::vector<const toml::key*> keys_in_order(const toml::table& table) {
  std::vector<const toml::key*> keys;
  for (const auto& [key, node] : table) keys.push_back(&key);
  std::stable_sort(keys.begin(), keys.end(), [](const toml::key* a, const toml::key* b) {
    return a->source().begin < b->source().begin;
  });
  return keys;
}

std::string syntax_remedy(std::string_view complaint) {
  // A part of the complaint, and what then is most often wrong. The first that fits holds.
  using Remedy = std::pair<const char*, const char*>;
  constexpr std::array remedies{
      Remedy{"utf-8", "save the file as UTF-8"},
      Remedy{"as array-of-tables", "write all of them as blocks, [[name]], or none"},
      Remedy{"redefine existing table", "write each section once, with all its keys below it"},
      Remedy{"redefine existing", "write each key once"},
      Remedy{"key-value pair: expected '='",
             "write key = value; names of several words and with "
             "other letters than a-z need quotes"},
      Remedy{"comment or whitespace, saw ','",
             "write each key on a line of its own, and numbers with a decimal point"},
      Remedy{"expected value", "write what the key is to be after the ="},
      Remedy{"leading zeroes", "write numbers without a 0 before them, and codes in quotes"},
      Remedy{"not representable", "write a smaller number"},
      Remedy{"control characters",
             "end the text with a quote like the first, on the same line; other such characters "
             "are written \\u and four digits"},
      Remedy{"parsing inline table", "write what stands between { and } on one line, and end it"},
      Remedy{"parsing array", "end the list with ]"},
      Remedy{"parsing table header", "write [section] or [[block]] on a line of its own"},
      Remedy{"parsing boolean", "write true or false, and texts in quotes"},
      Remedy{"parsing string", "end the text with a quote like the first, on the same line"},
      Remedy{"root table", "write key = value; names with other letters than a-z need quotes"},
      Remedy{"integer", "write a number in digits, and texts in quotes"}};
  for (const auto& [part, remedy] : remedies) {
    if (complaint.find(part) != std::string_view::npos) return remedy;
  }
  return "the file must be TOML 1.0 in UTF-8";
}

std::string describe(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::string:
      return fmt::format("the text \"{}\"", node.as_string()->get());
    case toml::node_type::integer:
      return fmt::format("the whole number {}", node.as_integer()->get());
    case toml::node_type::floating_point:
      return fmt::format("the number {}", node.as_floating_point()->get());
    case toml::node_type::boolean:
      return node.as_boolean()->get() ? "true" : "false";
    case toml::node_type::array:
      return "a list";
    case toml::node_type::table:
      return "a table";
    default:
      return "a date or time";
  }
}

}  // namespace kohort
