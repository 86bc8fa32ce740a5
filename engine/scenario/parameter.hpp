// The one declaration of a scenario parameter. Parser, validation, help, documentation, schema and
// result file all read it; the program reads the value with it.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/scenario/table_reference.hpp"

namespace kohort {

/// What may stand in a scenario for a parameter.
enum class Kind {
  boolean,
  integer,
  real,
  text,
  choice,
  text_list,
  real_list,
  named_lists,
  quantity,
  table,
  blocks,
};

/// Lists of texts with a name each, in the order in which they were written.
using NamedLists = std::vector<std::pair<std::string, std::vector<std::string>>>;
struct Blocks;

/// The value of a parameter; the first alternative means that none was given.
using Value =
    std::variant<std::monostate, bool, std::int64_t, double, std::string, std::vector<std::string>,
                 std::vector<double>, NamedLists, Quantity, std::shared_ptr<const Blocks>>;

/// Smallest and largest number allowed, both included.
struct Range {
  double least = -std::numeric_limits<double>::infinity();
  double most = std::numeric_limits<double>::infinity();
};

/// A parameter as people see it. `Value` is what a scenario that does not mention it gets; none
/// means that it may be left out, `required` that it may not.
struct Declaration {
  std::string name{};               ///< dotted: section.subsection.key
  std::string unit{};               ///< "1" for a pure number, empty for what is no number
  Range range{};                    ///< of numbers, also of those in a table
  std::vector<std::string> axes{};  ///< of a quantity or table: the columns that it may have
  Value fallback{};
  bool required = false;
  std::string text{};    ///< what it means
  std::string source{};  ///< where the default or the formula comes from
  /// sections and parameters of which nothing is read where this is given
  std::vector<std::string> instead_of{};
  bool changed_often = false;  ///< by planners, so that it stands in starter files
  Value example{};             ///< what they show for a field that has no default
};

/// A declaration together with what kind of value it takes.
struct Parameter : Declaration {
  Parameter(Kind k, Declaration declaration) : Declaration(std::move(declaration)), kind(k) {}
  Kind kind;
  std::vector<std::string> choices;      ///< the words allowed, where kind is `choice`
  std::vector<const Parameter*> fields;  ///< of each block, where kind is `blocks`

  /// The part of the name after the last dot.
  std::string key() const { return name.substr(name.rfind('.') + 1); }
};

/// true or false.
struct Boolean : Parameter {
  using Type = bool;
  explicit Boolean(Declaration d) : Parameter(Kind::boolean, std::move(d)) {}
};

/// A whole number.
struct Integer : Parameter {
  using Type = std::int64_t;
  explicit Integer(Declaration d) : Parameter(Kind::integer, std::move(d)) {}
};

/// A real number; a scenario may write a whole one.
struct Real : Parameter {
  using Type = double;
  explicit Real(Declaration d) : Parameter(Kind::real, std::move(d)) {}
};

/// A text, such as a name or a file.
struct Text : Parameter {
  using Type = std::string;
  explicit Text(Declaration d) : Parameter(Kind::text, std::move(d)) {}
};

/// Texts in the order of the scenario.
struct TextList : Parameter {
  using Type = std::vector<std::string>;
  explicit TextList(Declaration d) : Parameter(Kind::text_list, std::move(d)) {}
};

/// Several numbers, each within the range.
struct RealList : Parameter {
  using Type = std::vector<double>;
  explicit RealList(Declaration d) : Parameter(Kind::real_list, std::move(d)) {}
};

/// Lists of texts, each with a name.
struct NamedListsParameter : Parameter {
  using Type = NamedLists;
  explicit NamedListsParameter(Declaration d) : Parameter(Kind::named_lists, std::move(d)) {}
};

/// A number, or a table over `axes`.
struct QuantityParameter : Parameter {
  using Type = Quantity;
  explicit QuantityParameter(Declaration d) : Parameter(Kind::quantity, std::move(d)) {}
};

/// A table over `axes`; no single number would do.
struct TableParameter : Parameter {
  using Type = Quantity;
  explicit TableParameter(Declaration d) : Parameter(Kind::table, std::move(d)) {}
};

/// Any number of blocks `[[name]]`, each with fields of its own. The name of a field is that of the
/// list, a dot and its key; fields must outlive the list.
struct BlockList : Parameter {
  BlockList(Declaration d, std::vector<const Parameter*> fields_of_each)
      : Parameter(Kind::blocks, std::move(d)) {
    fields = std::move(fields_of_each);
  }
};

/// One of a few words, each standing for a value of `Enumeration`.
template <class Enumeration>
struct Choice : Parameter {
  using Type = Enumeration;
  using Word = std::pair<std::string, Enumeration>;

  Choice(Declaration d, std::vector<Word> words_allowed)
      : Parameter(Kind::choice, std::move(d)), words(std::move(words_allowed)) {
    for (const Word& word : words) choices.push_back(word.first);
  }

  std::vector<Word> words;
};

}  // namespace kohort
