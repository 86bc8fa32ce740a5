// A result as the workbook that planners know: summary, single years of age, five-year groups, own
// groups.
#pragma once

#include <filesystem>
#include <vector>

#include "engine/exchange/export.hpp"

namespace kohort::exchange {

/// Writes the tables as a workbook; each tab has a row for each dataset and combination of its
/// axes, and a column for each year. A tab without rows is left out.
void write_workbook(const store::Reader& reader, const std::vector<ResultTable>& tables,
                    const ExportRequest& request, const std::filesystem::path& file);

}  // namespace kohort::exchange
