// Results as files of the tools that planners use.
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/exchange/disclosure.hpp"
#include "engine/exchange/headings.hpp"
#include "engine/exchange/result_tables.hpp"
#include "engine/store/reader.hpp"

namespace kohort::exchange {

enum class ExportFormat { csv, xlsx, json_stat };

/// Whether labels are codes, names, or both beside each other.
enum class LabelChoice { codes, names, both };

/// How figures and labels are written.
struct ExportStyle {
  Words words = Words::own;
  LabelChoice labels = LabelChoice::both;
  bool decimal_comma = false;   ///< with semicolons between the cells and a byte order mark
  std::optional<int> decimals;  ///< none: as many as it takes to read back the same number
  Disclosure disclosure;
};

/// What is to be exported, and how.
struct ExportRequest {
  std::string file;  ///< the result
  ExportFormat format = ExportFormat::csv;
  std::filesystem::path output;     ///< empty: named after the result, in the current folder
  std::vector<std::string> tables;  ///< by their names; empty: all
  ExportStyle style;
  std::stop_token stop{};
};

/// A file that was written, and what went into it.
struct ExportedFile {
  std::filesystem::path file;
  std::vector<std::string> tables;
};

/// Writes the tables: a workbook with all of them, or a file for each; of several a folder of
/// files. Throws `Error` (Fault::scenario) where a table has another name or the output is not of
/// the kind, (Fault::storage) where reading or writing fails, and `Interrupted` where it is asked
/// to stop.
std::vector<ExportedFile> export_result(const ExportRequest& request);

/// Where a result came from, in lines for a person: title, program, scenario, seed, draws, content,
/// each as a word and its value.
std::vector<std::pair<std::string, std::string>> origin_of(const store::Reader& reader,
                                                           Words words);

/// A figure as text; empty where there is none.
std::string figure_text(double figure, const ExportStyle& style);

/// What stands in place of a figure that a rule keeps back.
inline const std::string suppressed = "..";

}  // namespace kohort::exchange
