// `kohort report`: results as one page that opens without a network.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace kohort::report {

/// Which results go into a page, and how it opens.
struct ReportRequest {
  std::vector<std::string> files;  ///< results, and files of comparisons
  std::filesystem::path output;    ///< ends in .html
  std::string language = "sv";     ///< sv or en: in which the page opens
  std::optional<int> year;         ///< in which it opens; none: 15 years on
  std::string boundaries;          ///< GeoJSON of the areas; empty: the municipalities of Sweden
};

/// What the page is to show, as README.md lays it out. Throws `Error` (Fault::scenario) where the
/// results cannot stand on one page, (Fault::input) where the boundaries are no GeoJSON by codes of
/// areas, and (Fault::storage) where a file is no result.
nlohmann::json report_data(const ReportRequest& request);

/// Writes the page. Throws as `report_data` does, and where the file cannot be written.
void write_report(const ReportRequest& request);

}  // namespace kohort::report
