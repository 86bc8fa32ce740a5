// An input table of Kohort, written row by row while a publisher's file is read.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/exchange/cube.hpp"
#include "engine/exchange/input_columns.hpp"
#include "engine/store/text_file.hpp"

namespace kohort::exchange {

/// What went into a table.
struct Tally {
  std::size_t rows = 0;
  std::size_t figures = 0;
  double sum = 0.0;                            ///< of the figures
  std::map<std::string, std::size_t> symbols;  ///< how often each stands there
};

/// Writes long CSV: the columns, `value`, and `status` with the symbol of a cell that has one.
class InputTable : public CubeSink {
 public:
  /// Rows go to `file`, which the caller finishes.
  InputTable(store::TextFile& file, bool names) : file_(file), names_(names) {}

  void begin(const Cube& cube) override;
  void add(std::span<const std::size_t> position, const Cell& cell) override;
  void warn(const Mistake& doubt) override { doubts_.push_back(doubt); }

  const Tally& tally() const { return tally_; }
  const std::vector<InputColumn>& columns() const { return columns_; }
  const std::vector<Mistake>& doubts() const { return doubts_; }

 private:
  store::TextFile& file_;
  bool names_;
  std::vector<InputColumn> columns_;
  std::vector<Mistake> doubts_;
  Tally tally_;
  double carry_ = 0.0;  ///< what the running sum has lost (Kahan)
  std::string line_;
};

}  // namespace kohort::exchange
