// A hindcast as its file asks for it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/compare/reference.hpp"

namespace kohort::hindcast {

/// A table, and where the file names it.
struct TableSource {
  std::string file;
  compare::ReferenceOptions options;
  std::optional<std::size_t> code_digits;  ///< areas are added up by so many characters
  Location location;
};

/// One projection from one launch year.
struct RunSpec {
  std::string method;
  int launch = 0;
  std::filesystem::path scenario;
  std::vector<std::string> overrides;
  Location location;
};

/// A forecast that was published, to be judged beside our own.
struct PublishedSource {
  std::string name;
  TableSource table;
  std::vector<int> launches;  ///< empty: all
};

/// Events that have happened, by which an error is told apart into components.
struct FlowSource {
  std::string component;  ///< births, deaths, natural_change or net_migration
  TableSource table;
};

/// Persons that are judged: labels of ages, sexes, years and areas.
struct Judged {
  std::string name;
  std::vector<std::string> ages;
  std::vector<std::string> sexes;
  std::vector<int> years;
  std::vector<int> horizons;
  std::vector<int> launches;                               ///< empty: all
  std::vector<std::pair<std::string, std::string>> areas;  ///< in tables -> in results

  bool of_launch(int launch) const;
  /// Those after the launch, in rising order.
  std::vector<int> years_of(int launch) const;
};

/// The forecasts that know no demography.
struct NaivePlan {
  std::vector<std::string> methods;
  std::vector<std::string> average_of;
  std::size_t share_digits = 2;
  int share_years = 10;
};

/// Everything that a hindcast file asks for: which runs, what is known, what is judged.
struct Plan {
  std::string file;
  std::string title;
  std::vector<RunSpec> runs;
  std::vector<TableSource> history;
  std::vector<TableSource> outturns;
  std::vector<PublishedSource> published;
  std::vector<FlowSource> flows;
  std::vector<Judged> judged;
  NaivePlan naive;

  /// Those of the runs and of what is judged, each once, in rising order. One without a run is of
  /// naive and published forecasts alone.
  std::vector<int> launches() const;
};

/// The N of a method linear_N; none of another name.
std::optional<int> linear_years(const std::string& method);

/// Whether a file is one of these and not a scenario: it says what is judged.
bool is_plan(const std::filesystem::path& file);

/// Reads a hindcast file, and what it extends. Throws `Error` (Fault::scenario) with all mistakes,
/// placed where the file has them. Neither scenarios nor tables are read.
Plan read_plan(const std::filesystem::path& file);

}  // namespace kohort::hindcast
