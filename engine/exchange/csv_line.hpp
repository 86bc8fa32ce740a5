// Cells of a CSV file as they are written.
#pragma once

#include <string>
#include <string_view>

namespace kohort::exchange {

/// Adds a cell to a line, in quotes where it holds a separator, a quote or a line break (RFC 4180).
inline void add_csv_cell(std::string& line, std::string_view text, char separator) {
  const bool plain = text.find_first_of("\"\r\n") == std::string_view::npos &&
                     text.find(separator) == std::string_view::npos;
  if (plain) {
    line += text;
    return;
  }
  line += '"';
  for (const char letter : text) {
    if (letter == '"') line += '"';
    line += letter;
  }
  line += '"';
}

}  // namespace kohort::exchange
