#include "engine/report/page.hpp"

#include <array>
#include <utility>

#include "engine/base/error.hpp"

namespace kohort::report {
namespace {

/// Adds the template up to the mark, and in place of that the text; gives what comes after it.
std::string_view fill(std::string& page, std::string_view rest, std::string_view mark,
                      std::string_view text) {
  const std::size_t at = rest.find(mark);
  if (at == std::string_view::npos) {
    throw Error(Fault::model, Mistake{{"engine/report/page/page.html", 0, 0},
                                      "the page has no " + std::string(mark),
                                      "bundle it anew: engine/report/README.md"});
  }
  page += rest.substr(0, at);
  page += text;
  return rest.substr(at + mark.size());
}

}  // namespace

std::string escaped_html(std::string_view text) {
  constexpr std::array escapes = std::to_array<std::pair<char, std::string_view>>(
      {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}});
  std::string safe;
  for (const char letter : text) {
    std::string_view found(&letter, 1);
    for (const auto& [sign, escape] : escapes) {
      if (letter == sign) found = escape;
    }
    safe += found;
  }
  return safe;
}

std::string escaped_json(const nlohmann::json& data) {
  const std::string plain = data.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  std::string safe;
  safe.reserve(plain.size());
  for (const char letter : plain) {  // `<` stands in JSON within texts alone
    if (letter == '<') {
      safe += "\\u003c";
    } else {
      safe += letter;
    }
  }
  return safe;
}

std::string page_of(const nlohmann::json& data, std::string_view title, std::string_view language) {
  std::string page;
  std::string_view rest = page_template();  // its marks stand in this order
  rest = fill(page, rest, "@@LANGUAGE@@", language);
  rest = fill(page, rest, "@@TITLE@@", escaped_html(title));
  rest = fill(page, rest, "@@DATA@@", escaped_json(data));
  page += rest;
  return page;
}

}  // namespace kohort::report
