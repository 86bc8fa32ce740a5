#include "engine/exchange/input_table.hpp"

#include <charconv>

#include "engine/exchange/csv_line.hpp"

namespace kohort::exchange {

void InputTable::begin(const Cube& cube) {
  columns_ = input_columns(cube, names_);
  line_.clear();
  for (const InputColumn& column : columns_) {
    add_csv_cell(line_, column.name, ',');
    line_ += ',';
  }
  file_.add(line_ + "value,status\n");
}

void InputTable::add(std::span<const std::size_t> position, const Cell& cell) {
  line_.clear();
  for (const InputColumn& column : columns_) {
    add_csv_cell(line_, column.labels[position[column.dimension]], ',');
    line_ += ',';
  }
  line_ += cell.figure;
  line_ += ',';
  add_csv_cell(line_, cell.symbol, ',');
  line_ += '\n';
  file_.add(line_);
  ++tally_.rows;
  if (!cell.symbol.empty()) ++tally_.symbols[std::string(cell.symbol)];
  if (cell.figure.empty()) return;
  ++tally_.figures;
  double figure = 0.0;
  std::from_chars(cell.figure.data(), cell.figure.data() + cell.figure.size(), figure);
  const double next = figure - carry_;
  const double sum = tally_.sum + next;
  carry_ = (sum - tally_.sum) - next;
  tally_.sum = sum;
}

}  // namespace kohort::exchange
