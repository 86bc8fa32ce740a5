// How tables for the terminal are put together.
#pragma once

#include <iterator>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace kohort::cli {

/// Adds formatted text at the end.
template <class... Arguments>
void append(std::string& text, fmt::format_string<Arguments...> format, Arguments&&... arguments) {
  fmt::format_to(std::back_inserter(text), format, std::forward<Arguments>(arguments)...);
}

}  // namespace kohort::cli
