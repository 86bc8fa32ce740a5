// By how many rows two tables differ.
#pragma once

#include <cstddef>
#include <string>

namespace kohort {

/// One of two tables that are compared.
struct ComparedTable {
  std::string sha256;         ///< of the file's bytes; of several files, of their digests
  std::size_t rows = 0;       ///< in all
  std::size_t rows_only = 0;  ///< that the other one does not have
};

/// Two tables held against each other, by their bytes and by their rows.
struct TableDifference {
  ComparedTable first;
  ComparedTable second;

  bool same_content() const { return first.sha256 == second.sha256; }
};

/// Compares two tables row by row, whatever the order of their rows and columns; each row counts as
/// often as it stands there. A name with an axis in braces stands for all files that it fits.
/// Throws `Error` (Fault::input) on a file that cannot be read.
TableDifference compare_tables(const std::string& first, const std::string& second);

}  // namespace kohort
