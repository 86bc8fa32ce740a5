// An Excel workbook, row by row.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/store/temporary_file.hpp"

namespace kohort::exchange {

/// Writes a workbook under a temporary name beside its final one. Sheets are written one after the
/// other, each row by row, so that no more than a row is kept in memory. The same cells give the
/// same bytes.
class Workbook {
 public:
  /// How a number is shown.
  enum class Shown { whole, two_decimals, three_decimals };

  /// Throws `Error` as `store::file_target` does.
  explicit Workbook(const std::filesystem::path& file);
  ~Workbook();
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;

  /// Begins a sheet with a row of headings, which stays in sight and has filters; where the rows do
  /// not fit on one, more follow under the name with a number.
  void begin_sheet(const std::string& name, const std::vector<std::string>& headings,
                   const std::vector<double>& widths);
  /// Begins a row of the sheet.
  void begin_row();
  void add(const std::string& text);
  void add(double number, Shown shown);
  void skip();
  /// Closes the workbook and gives it its final name. Throws `Error` (Fault::storage) where that
  /// fails.
  void finish();

 private:
  void open_sheet();
  void end_sheet();

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace kohort::exchange
