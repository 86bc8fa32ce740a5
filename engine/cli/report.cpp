#include "engine/report/report.hpp"

#include <fmt/format.h>

#include "engine/cli/commands.hpp"

namespace kohort::cli {

Exit report_results(const ReportArguments& arguments) {
  report::ReportRequest request;
  request.files = arguments.files;
  request.output = arguments.output;
  request.language = arguments.language;
  request.year = arguments.year;
  request.boundaries = arguments.boundaries;
  report::write_report(request);
  fmt::print("{}\n", arguments.output);
  return Exit::done;
}

}  // namespace kohort::cli
