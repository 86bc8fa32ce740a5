// CSV files: RFC 4180, UTF-8, one header row; plain or compressed by gzip.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kohort {

/// A CSV file as text cells. Every row has as many cells as the header.
class Csv {
 public:
  /// Reads a file. Throws `Error` (Fault::input) where it cannot be opened, on bytes that are not
  /// UTF-8, an empty file, a broken quote, duplicate or empty column names, other separators, and
  /// rows of the wrong length, each with its line.
  static Csv read(const std::string& file);

  const std::string& file() const { return file_; }
  const std::vector<std::string>& columns() const { return columns_; }
  std::optional<std::size_t> column(std::string_view name) const;
  std::size_t rows() const { return lines_.size(); }
  std::string_view cell(std::size_t row, std::size_t column) const;
  /// The line of the file on which a row begins.
  std::size_t line(std::size_t row) const { return lines_[row]; }
  /// SHA-256 of the file's bytes.
  const std::string& sha256() const { return sha256_; }

 private:
  friend class CsvBuilder;

  std::string file_;
  std::string sha256_;
  std::vector<std::string> columns_;
  std::string text_;                 ///< all cells of all rows, one after the other
  std::vector<std::size_t> begins_;  ///< where each cell begins in `text_`, and the end
  std::vector<std::size_t> lines_;
};

}  // namespace kohort
