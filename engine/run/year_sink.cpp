#include "engine/run/year_sink.hpp"

namespace kohort {

YearFigures room_for(const YearlyTable& table) {
  return {std::vector<double>(table.cells), std::vector<double>(table.quantiles * table.cells),
          std::vector<double>(table.layers * table.cells),
          std::vector<float>(table.draws * table.cells)};
}

std::size_t bytes_of_a_year(const YearlyTable& table) {
  return table.cells *
         ((1 + table.quantiles + table.layers) * sizeof(double) + table.draws * sizeof(float));
}

std::size_t years_of(const Variable& variable, const Frame& frame) {
  return frame.intervals + (variable.moment == Moment::stock ? 1 : 0);
}

std::optional<std::size_t> year_of(const Variable& variable, std::optional<Interval> interval) {
  const bool stock = variable.moment == Moment::stock;
  if (!interval) return stock ? std::optional<std::size_t>(0) : std::nullopt;
  return interval->position() + (stock ? 1 : 0);
}

}  // namespace kohort
