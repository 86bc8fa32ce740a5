// The page: a template that was bundled once, with data put into it.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace kohort::report {

/// Whole texts of the page that were made when the program was built; see README.md.
std::string_view page_template();
std::string_view default_boundaries();

/// Text that means nothing but itself in HTML, also within quoted attributes.
std::string escaped_html(std::string_view text);

/// JSON that cannot end the script element in which it stands: `<` is written as an escape. Texts
/// that are no UTF-8 get the sign for what is unknown.
std::string escaped_json(const nlohmann::json& data);

/// The whole page in the language (`sv` or `en`).
std::string page_of(const nlohmann::json& data, std::string_view title, std::string_view language);

}  // namespace kohort::report
