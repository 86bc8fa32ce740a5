// A publisher's file as it was read, kept whole.
#pragma once

#include <string>
#include <vector>

#include "engine/exchange/import.hpp"

namespace kohort::test {

/// Keeps all that a reader finds.
class Gathered : public exchange::CubeSink {
 public:
  struct Kept {
    std::vector<std::size_t> position;
    std::string figure;
    std::string symbol;

    /// As the file has it: a figure, or a symbol in quotes.
    std::string text() const { return symbol.empty() ? figure : '"' + symbol + '"'; }
  };

  void begin(const exchange::Cube& announced) override { cube = announced; }
  void add(std::span<const std::size_t> position, const exchange::Cell& cell) override {
    cells.push_back(
        {{position.begin(), position.end()}, std::string(cell.figure), std::string(cell.symbol)});
  }
  void warn(const Mistake& doubt) override { doubts.push_back(to_string(doubt)); }

  exchange::Cube cube;
  std::vector<Kept> cells;
  std::vector<std::string> doubts;
};

/// Reads a file with nothing asked for but what it says.
inline Gathered gathered(const std::string& file, const std::string& language = "",
                         const std::string& encoding = "") {
  exchange::ImportRequest request;
  request.file = file;
  request.language = language;
  request.encoding = encoding;
  Gathered sink;
  exchange::read_publisher_file(request, sink);
  return sink;
}

}  // namespace kohort::test
