// What a result holds, as tables that a planner knows: figures by year, region and more.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/store/reader.hpp"

namespace kohort::exchange {

/// An axis of a table beside the year, in the order of the datasets.
struct TableAxis {
  std::string name;                ///< of the scale, "summary_" left out: area, sex, age, service
  std::vector<std::string> codes;  ///< as the result has them; ages as 0, 0-4, 100+
  /// Of areas; elsewhere the codes, with their units where these differ: "home care (hours)".
  std::vector<std::string> names;
};

/// One dataset as a column of a table.
struct Content {
  std::string path;
  std::string name;  ///< the last part of the path
  std::string long_name;
  std::string unit;
  std::string basis;
  bool is_flow = false;  ///< has no figures for the first year
  /// Of people or events, which a rule on small counts is about; so is what has units of its own
  /// along an axis, such as volumes of services, as nothing in the file tells it from counts.
  bool is_count = false;
};

/// Datasets that stand in one group of the result and run along the same axes.
struct ResultTable {
  std::string name;  ///< group_by_axis_axis, such as population_by_sex_age
  std::vector<std::string> years;
  bool is_summary = false;              ///< sums and indicators by groups of areas and ages
  bool first_axis_before_year = false;  ///< quantiles and layers, as the result has them
  std::vector<TableAxis> axes;
  std::vector<Content> contents;

  /// How many cells a year has in each dataset.
  std::size_t cells_per_year() const;
};

/// The variables and indicators of a result and their sums by groups, with quantiles, in the order
/// of the file: every dataset by year and area of which there are sums (`summary/...`). Single
/// draws are left out. Throws `Error` (Fault::storage) where there is none, as in a file of
/// estimates.
std::vector<ResultTable> tables_of(const store::Reader& reader);

/// The figures of a year by the axes of the table, row-major; none for a flow in the first year.
std::vector<double> figures_of_year(const store::Reader& reader, const ResultTable& table,
                                    const Content& content, std::size_t year);

}  // namespace kohort::exchange
