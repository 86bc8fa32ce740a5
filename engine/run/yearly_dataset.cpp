#include "engine/run/yearly_dataset.hpp"

#include <algorithm>
#include <type_traits>

#include "engine/run/kinds.hpp"

namespace kohort {
namespace {

/// The first cells of each row.
template <class Value>
std::vector<Value> first_cells(std::span<const Value> figures, std::size_t of, std::size_t cells) {
  std::vector<Value> first;
  for (std::size_t row = 0; row < figures.size(); row += of) {
    const auto some = figures.subspan(row, cells);
    first.insert(first.end(), some.begin(), some.end());
  }
  return first;
}

}  // namespace

bool goes_by_years(const YearlyShape& shape) {
  constexpr std::size_t enough = 2048;
  return !shape.along_rows || shape.cells >= enough;
}

std::size_t bytes_kept(std::span<const YearlyTable> tables) {
  std::size_t bytes = 0;
  for (const auto kinds : by_name(tables)) {
    const YearlyTable& first = kinds.front();
    // Those of indicators are there twice: with the groups of areas, and of areas alone.
    const std::size_t times = first.indicator ? 2 : 1;
    const std::size_t cells = kinds.size() * first.cells;
    const auto add_rows = [&](std::size_t rows, std::size_t value_size) {
      if (goes_by_years({rows, first.years, cells, true})) return;
      bytes += times * rows * first.years * cells * value_size;
    };
    add_rows(first.quantiles, sizeof(double));
    add_rows(first.layers, sizeof(double));
    add_rows(first.draws, sizeof(float));
    if (kinds.size() > 1) bytes += kinds.size() * bytes_of_a_year(first);
  }
  return bytes;
}

YearlyDataset::YearlyDataset(store::Writer& writer, store::Dataset dataset,
                             const YearlyShape& shape, bool single)
    : shape_(shape), value_size_(single ? sizeof(float) : sizeof(double)) {
  dataset.cut = shape.along_rows && goes_by_years(shape) ? 2 : 1;
  number_ = writer.begin_dataset(dataset, single);
  if (!goes_by_years(shape)) kept_.resize(shape.rows * shape.years * shape.cells * value_size_);
}

void YearlyDataset::add(std::size_t year, std::span<const std::byte> figures,
                        std::vector<store::Writer::Chunk>& chunks) {
  const std::size_t size = shape_.cells * value_size_;
  const bool by_years = goes_by_years(shape_);
  for (std::size_t row = 0; row < shape_.rows; ++row) {
    const std::size_t place = row * shape_.years + year;
    const auto of_row = figures.subspan(row * size, size);
    if (by_years) {
      chunks.push_back({number_, place, of_row});
    } else {
      std::copy(of_row.begin(), of_row.end(),
                kept_.begin() + static_cast<std::ptrdiff_t>(place * size));
    }
  }
  if (by_years || year + 1 < shape_.years) return;
  for (std::size_t row = 0; row < shape_.rows; ++row) {
    const std::size_t of_row = shape_.years * size;
    chunks.push_back({number_, row, std::span(kept_).subspan(row * of_row, of_row)});
  }
}

YearlyDatasets::YearlyDatasets(std::span<const YearlyTable> kinds, std::size_t inner)
    : table_(kinds.front()), kinds_(kinds.size()), inner_(inner) {}

std::size_t YearlyDatasets::rows_of(Figures<double> figures) const {
  if (figures == &YearFigures::values) return 1;
  return figures == &YearFigures::quantiles ? table_.quantiles : table_.layers;
}

std::size_t YearlyDatasets::rows_of(Figures<float> /*figures*/) const { return table_.draws; }

template <class Value>
void YearlyDatasets::add_part(store::Writer& writer, const store::Dataset& dataset,
                              Figures<Value> figures, std::optional<std::size_t> cells) {
  const std::size_t of_kind = cells.value_or(table_.cells);
  constexpr bool single = std::is_same_v<Value, float>;
  bool along_rows = single;
  if constexpr (!single) along_rows = figures != &YearFigures::values;
  const YearlyShape shape{rows_of(figures), table_.years, kinds_ * of_kind, along_rows};
  parts_.push_back({figures, of_kind, YearlyDataset(writer, dataset, shape, single)});
}

template <class Value>
std::span<const Value> YearlyDatasets::together(Figures<Value> figures, std::size_t cells,
                                                std::span<const YearFigures> kinds,
                                                YearChunks& chunks) const {
  const std::span<const Value> first(kinds.front().*figures);
  const auto keep = [&](std::vector<Value> made) {
    chunks.made.emplace_back(std::move(made));
    return std::span<const Value>(std::get<std::vector<Value>>(chunks.made.back()));
  };
  if (cells < table_.cells) return keep(first_cells(first, table_.cells, cells));
  if (kinds.size() == 1) return first;
  return keep(side_by_side(kinds, figures, inner_));
}

void YearlyDatasets::add(std::optional<Interval> interval, std::span<const YearFigures> kinds,
                         YearChunks& chunks) {
  const auto year = year_of(table_.variable, interval);
  if (!year) return;
  for (Part& part : parts_) {
    std::visit(
        [&](auto figures) {
          const auto all = together(figures, part.cells, kinds, chunks);
          part.dataset.add(*year, std::as_bytes(all), chunks.chunks);
        },
        part.figures);
  }
}

template void YearlyDatasets::add_part(store::Writer&, const store::Dataset&, Figures<double>,
                                       std::optional<std::size_t>);
template void YearlyDatasets::add_part(store::Writer&, const store::Dataset&, Figures<float>,
                                       std::optional<std::size_t>);

}  // namespace kohort
