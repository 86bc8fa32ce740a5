// Figures of populations from several tables, as far as they were known in a year.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/compare/reference.hpp"
#include "engine/hindcast/plan.hpp"
#include "engine/scenario/table_reference.hpp"

namespace kohort::hindcast {

/// What is judged: people.
inline const compare::Quantity persons{"population/persons"};

/// A table that has been read, its areas added up as the file asks for.
struct ReadTable {
  compare::Reference reference;
  std::optional<KnownFrom> known_from;  ///< as the card says it
  Location named_at;
};

/// Throws `Error` (Fault::input) where the table is wrong.
ReadTable read_table(const TableSource& source);

/// Areas added up by the first `digits` characters of their codes; without any, all of them are the
/// nation, 00. Where an area has no row, the others are added up: there was none, or it was part of
/// another.
compare::ReferenceFigures added_by_code(const compare::ReferenceFigures& figures,
                                        std::size_t digits);

/// Which people.
struct PeopleLabel {
  std::string ages;
  std::string sex;
};

/// Persons by labels. Of several tables the first that has a figure gives it.
class KnownFigures {
 public:
  /// What happened, whenever it became known.
  explicit KnownFigures(std::span<const ReadTable> tables);
  /// What was known in a launch year: later rows are not there. Throws `Error` (Fault::scenario)
  /// for every table that became known later, or does not say when.
  KnownFigures(std::span<const ReadTable> tables, int launch);

  /// The areas of the first table.
  const std::vector<std::string>& areas() const { return figures_.at(0).axes.areas; }
  /// NaN where no table has it.
  double figure(const std::string& area, const PeopleLabel& people, int year) const;
  /// The sum of the areas that are coded like one: by as many characters, the first `digits` of
  /// them the same, the closing rest left out. NaN where there is none. As areas come and go, an
  /// area without a figure is nobody.
  double sum_like(const std::string& area, std::size_t digits, const PeopleLabel& people,
                  int year) const;

 private:
  void add(const ReadTable& table, std::optional<int> launch);

  std::vector<compare::ReferenceFigures> figures_;
};

/// Events of each area and year, those of all sexes and ages together.
class KnownFlows {
 public:
  explicit KnownFlows(const ReadTable& table);

  /// NaN where the table has no row.
  double of(const std::string& area, int year) const;

 private:
  std::map<std::pair<std::string, int>, double> sums_;
};

}  // namespace kohort::hindcast
