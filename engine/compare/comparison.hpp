// Results held against each other or against a table: what comes of it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "engine/compare/cells.hpp"

namespace kohort::compare {

/// What a measure is made from, of an ensemble.
enum class By { figures, draws, quantiles };

constexpr std::string_view to_string(By by) {
  switch (by) {
    case By::figures:
      return "figures";
    case By::draws:
      return "draws";
    case By::quantiles:
      return "quantiles";
  }
  return "";
}

/// One measure over all areas in one year, or over all years of one area.
struct Measured {
  std::string name;                 ///< such as mape, coverage_80, pit_3; README.md lists them
  std::optional<std::size_t> area;  ///< of the axes; none where it is over the areas
  std::optional<std::size_t> year;  ///< of the axes; none where it is over the years
  std::size_t ages = 0;             ///< of the axes
  std::size_t sex = 0;              ///< of the axes
  double value = 0.0;
  double monte_carlo_error = not_known;  ///< NaN where nobody can tell
  double binomial_error = not_known;     ///< of coverage alone
  std::size_t count = 0;                 ///< pairs of figures that it is made from
  By by = By::figures;
};

/// Two sets of figures of one quantity, at the same labels. NaN where one of them has no figure.
struct Compared {
  Quantity quantity;
  std::string unit;
  std::string definition;   ///< of the reference, where it names one
  bool directions = false;  ///< figures are 1 for growth and -1 for fall
  CellAxes axes;
  std::vector<std::string> area_kinds;  ///< of each area: area, rest, group or all
  std::vector<double> standard;         ///< what the result is held against
  std::vector<double> result;
  std::vector<Measured> measures;
};

/// A part of a difference.
struct Part {
  std::string name;
  std::vector<double> values;  ///< over the axes; NaN where it is not known
};

/// How a definition of users of care stands to another one.
struct DefinitionFactor {
  std::string series;
  std::string people;            ///< such as "65+ female"
  std::string first;             ///< the definition of the standard
  std::string second;            ///< that of the result
  std::optional<int> overlap{};  ///< the year in which both are published; none where they are one
  double factor = 1.0;           ///< users by the second over those by the first
};

/// By what a difference is parted.
enum class PartedBy {
  components,      ///< what figures are made of
  news,            ///< what is new in the second: its base figures, its rates, its assumptions
  news_components  ///< the same of each component
};

constexpr std::string_view to_string(PartedBy by) {
  switch (by) {
    case PartedBy::components:
      return "components";
    case PartedBy::news:
      return "news";
    case PartedBy::news_components:
      return "news_of_components";
  }
  return "";
}

/// The difference of two results in parts that add up to it.
struct Decomposition {
  Quantity quantity;
  PartedBy by = PartedBy::components;
  int base = 0;  ///< the year from whose population on both are compared
  CellAxes axes;
  std::vector<double> difference;  ///< NaN where it is not known
  std::vector<double> noise;       ///< standard error of it by the number of draws; NaN likewise
  std::vector<Part> parts;
  std::vector<DefinitionFactor> definitions{};  ///< of care: those that are not the same
};

/// A setting that two scenarios do not have in common and that supposes something.
struct ChangedAssumption {
  std::string name;    ///< as `kohort diff` calls it: history.fertility_years, care.lever[2].factor
  std::string first;   ///< empty where none is given
  std::string second;  ///< likewise
  /// What it bears on: names of components of the population, and `care`.
  std::vector<std::string> parts{};
};

/// One result held against another or against what a table says, all that was published together.
struct Comparison {
  std::string standard;        ///< name of the other result, or of the table
  bool reference = false;      ///< whether it is a table
  std::optional<int> vintage;  ///< of a forecast in a table: the year in which it was made
  std::string result;          ///< name of the file
  int launch = 0;              ///< its base year, from which horizons count
  std::vector<Compared> quantities;
  std::vector<Decomposition> decompositions;     ///< where they are asked for
  std::vector<ChangedAssumption> assumptions{};  ///< likewise: the settings that differ
  bool assumptions_in_level = false;             ///< whether some can count as new rates
  std::vector<std::string> left_out;             ///< what only one of the two has, in words
};

/// What to compare.
struct Wanted {
  std::vector<std::string> variables{};  ///< names; empty: all that both have
  std::vector<std::string> ages{};       ///< ranges; empty: those that both have, but single ages
  std::vector<std::string> sexes{};      ///< empty: all that both have
  std::vector<int> years{};              ///< empty: all that both have
  std::vector<std::pair<std::string, std::string>>
      areas{};                  ///< label of the standard -> of the result
  bool common = false;          ///< what only one has is left out, and no error
  bool any_definition = false;  ///< users counted by other definitions are compared all the same
};

}  // namespace kohort::compare
