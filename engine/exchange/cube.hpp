// A table of a publisher: what its cells are told apart by, and what is known about it.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.hpp"

namespace kohort::exchange {

/// What the cells of a table are told apart by, such as region or age, with its positions in order.
struct Dimension {
  std::string name;                ///< in words
  std::string id;                  ///< what the publisher's programs call it; may be empty
  std::vector<std::string> codes;  ///< the texts where the publisher has no codes
  std::vector<std::string> texts;
  bool is_time = false;
  bool is_contents = false;  ///< which of several measures
  Location where;            ///< where the file lists the positions

  std::size_t size() const { return codes.size(); }
};

/// What is known about a table beside its figures.
struct Facts {
  std::string title;
  std::string unit;
  std::string source;
  std::string version;             ///< the publisher's number of the table, and when it was updated
  std::vector<std::string> notes;  ///< of the publisher, whole sentences
  std::map<std::string, std::string> symbols;  ///< what stands in place of a figure -> its meaning
};

/// A table without its figures.
struct Cube {
  std::vector<Dimension> dimensions;  ///< in the order of the cells: the last varies fastest
  Facts facts;

  /// How many cells all dimensions span. Throws `Error` (Fault::input) where that is beyond reason.
  std::size_t cells() const;
};

/// One cell: a figure as it is written, a symbol that stands in its place or beside it, or both.
struct Cell {
  std::string_view figure{};  ///< empty where there is none
  std::string_view symbol{};
};

/// Takes what a reader finds. A table is announced before its cells come, in the order of the file.
class CubeSink {
 public:
  virtual ~CubeSink() = default;
  virtual void begin(const Cube& cube) = 0;
  /// `position` has one entry per dimension.
  virtual void add(std::span<const std::size_t> position, const Cell& cell) = 0;
  /// Something that does not keep the table from being read, but that a person should look at.
  virtual void warn(const Mistake& doubt) = 0;
};

/// The positions that stand at a place in the order of the cells.
void to_position(std::size_t place, const std::vector<Dimension>& dimensions,
                 std::vector<std::size_t>& position);

}  // namespace kohort::exchange
