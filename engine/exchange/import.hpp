// PX and JSON-stat files as input tables.
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/exchange/input_table.hpp"
#include "engine/exchange/json_stat.hpp"
#include "engine/input/card.hpp"

namespace kohort::exchange {

/// What is to be imported, and how.
struct ImportRequest {
  std::string file;              ///< PX or JSON-stat 2.0; which of them is seen from its beginning
  std::filesystem::path output;  ///< the CSV file; its card lies beside it
  std::string language;          ///< of the texts in a PX file; empty: its main one
  std::string encoding;          ///< of a PX file; empty: the one that it names
  bool names = false;            ///< texts beside the codes
  /// What the publisher's file does not say: basis, known_from, age_definition. Fields left unsaid
  /// are left out of the card, and a scenario must say them.
  TableReference vintage;
  std::stop_token stop{};
};

/// What came of it.
struct Imported {
  Tally tally;
  std::vector<std::string> columns;
  std::filesystem::path card;
  std::vector<Mistake> doubts;  ///< a person should look at these
};

/// Reads the file and hands what it finds to the sink. Throws `Error` (Fault::input) where the file
/// is wrong, (Fault::scenario) where the request does not fit its kind.
ReadFile read_publisher_file(const ImportRequest& request, CubeSink& sink);

/// Reads the file once and writes the table and its card; neither lies under its name before both
/// are whole. Throws `Error` (Fault::input) where the file is wrong, (Fault::scenario) where what
/// stands at the output is no table that may be replaced or is the file itself, and
/// (Fault::storage) where writing fails.
Imported import_table(const ImportRequest& request);

}  // namespace kohort::exchange
