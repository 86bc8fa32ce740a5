#include "engine/exchange/export.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/cli/batch_table.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/interrupt.hpp"

namespace kohort::cli {
namespace {

using exchange::Disclosure;

exchange::ExportFormat format_of(const std::string& name) {
  if (name == "xlsx") return exchange::ExportFormat::xlsx;
  return name == "csv" ? exchange::ExportFormat::csv : exchange::ExportFormat::json_stat;
}

exchange::ExportStyle style_of(const ExportArguments& arguments) {
  exchange::ExportStyle style;
  if (arguments.language == "en") style.words = exchange::Words::english;
  if (arguments.language == "sv") style.words = exchange::Words::swedish;
  if (arguments.labels == "codes") style.labels = exchange::LabelChoice::codes;
  if (arguments.labels == "names") style.labels = exchange::LabelChoice::names;
  style.decimal_comma = arguments.decimal_comma;
  style.decimals = arguments.decimals;
  if (arguments.suppress) style.disclosure = {Disclosure::Rule::suppress, *arguments.suppress};
  if (arguments.round) style.disclosure = {Disclosure::Rule::round, *arguments.round};
  return style;
}

}  // namespace

Exit export_result(const ExportArguments& arguments) {
  const InterruptGuard interrupt;
  refuse_batch(arguments.result);
  exchange::ExportRequest request;
  request.stop = interrupt.token();
  request.file = arguments.result;
  request.format = format_of(arguments.format);
  request.output = arguments.output;
  request.tables = arguments.tables;
  request.style = style_of(arguments);
  for (const exchange::ExportedFile& written : exchange::export_result(request)) {
    fmt::print("{}: {}\n", written.file.string(), fmt::join(written.tables, ", "));
  }
  return Exit::done;
}

}  // namespace kohort::cli
