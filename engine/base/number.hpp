// Numbers as they are written in tables and labels.
#pragma once

#include <charconv>
#include <optional>
#include <string_view>

namespace kohort {

/// The number that the whole text is, with a decimal point, in no locale; none where it is none or
/// too large for its type.
template <class Number>
std::optional<Number> number_in(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace kohort
