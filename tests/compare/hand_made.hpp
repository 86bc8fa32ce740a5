// Small result files with figures that a test chooses.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/store/writer.hpp"

namespace kohort::test {

/// A result of people aged 0, 1 and 2+ of both sexes: everybody's number is a function of where
/// they stand. Without a closing rest.
struct HandMade {
  std::vector<std::string> areas{"a", "b"};
  std::vector<std::int32_t> years{2010, 2011, 2012};
  std::string scenario;  ///< what the file says of it, as TOML
  std::string unit = "1";
  /// Persons by area code, year, sex (0 or 1) and age, in the mean over the draws.
  std::function<double(const std::string&, int, std::size_t, std::size_t)> persons;
  std::size_t draws = 1;
  bool keep_draws = false;
  /// Users of home care in each cell, counted by `definition`; none where there is no such
  /// function.
  std::function<double(const std::string&, int, std::size_t, std::size_t)> users{};
  std::string definition = "old";
  /// By definition, the shares of users that the nation had in 2009: of those of 1 and older, and
  /// of those of 2 and older.
  std::vector<std::pair<std::string, std::pair<double, double>>> shares{};
  double level_basis = 0.0;  ///< of all areas
  /// What a draw (0 to draws - 1) has more than the mean; these add up to 0.
  std::function<double(int, std::size_t)> more = [](int, std::size_t) { return 0.0; };
};

/// Writes it under a name. With several draws, there are the quantiles 0.1, 0.5 and 0.9 of sums.
void write_result(const HandMade& made, const std::string& file);

}  // namespace kohort::test
