// Tables of a result as CSV and JSON-stat.
#pragma once

#include "engine/exchange/export.hpp"
#include "engine/store/text_file.hpp"

namespace kohort::exchange {

/// Long CSV: a row for each year and combination of the axes, a column for each dataset.
void write_csv(const store::Reader& reader, const ResultTable& table, const ExportRequest& request,
               store::TextFile& file);

/// A JSON-stat 2.0 dataset with the dimensions year, contents and the axes of the table.
void write_json_stat(const store::Reader& reader, const ResultTable& table,
                     const ExportRequest& request, store::TextFile& file);

}  // namespace kohort::exchange
