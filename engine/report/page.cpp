#include "engine/report/page.hpp"

#include <array>
#include <utility>

#include "engine/base/error.hpp"

namespace kohort::report {
namespace {

/// Puts a text in place of the only mark of its name.
void fill(std::string& page, std::string_view mark, std::string_view text) {
  const std::size_t at = page.find(mark);
  if (at == std::string::npos) {
    throw Error(Fault::model, Mistake{{"engine/report/page/page.html", 0, 0},
                                      "the page has no " + std::string(mark),
                                      "bundle it anew: engine/report/README.md"});
  }
  page.replace(at, mark.size(), text);
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
  std::string page(page_template());
  fill(page, "@@LANGUAGE@@", language);
  fill(page, "@@TITLE@@", escaped_html(title));
  fill(page, "@@DATA@@", escaped_json(data));
  return page;
}

}  // namespace kohort::report
