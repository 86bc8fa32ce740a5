// Datasets of a result file that grow by a year at a time.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "engine/run/year_sink.hpp"
#include "engine/store/writer.hpp"

namespace kohort {

/// How the years of a dataset come: [row][year][cell], or [year][cell] where there is one row that
/// is none of an axis.
struct YearlyShape {
  std::size_t rows = 1;  ///< of an axis before the years: quantiles, layers or draws
  std::size_t years = 0;
  std::size_t cells = 0;
  bool along_rows = false;  ///< whether there is that axis
};

/// Whether the chunks of a dataset are single years, which can go into the file as they come. Where
/// there are rows and a year is small, a chunk is a row of all years, as many small chunks would
/// take more room and time than they hold; they are kept until the last year.
bool goes_by_years(const YearlyShape& shape);

/// Bytes that the datasets of some tables keep of all years, and take beside those of a year while
/// they write it.
std::size_t bytes_kept(std::span<const YearlyTable> tables);

/// A dataset of the file, which gets its years in their order.
class YearlyDataset {
 public:
  /// Begins it. `cut` of the dataset is set here.
  YearlyDataset(store::Writer& writer, store::Dataset dataset, const YearlyShape& shape,
                bool single);

  /// Adds the chunks that a year completes. `figures` are [row][cell] of the year, and stay where
  /// they are until the chunks are written; so does this.
  void add(std::size_t year, std::span<const std::byte> figures,
           std::vector<store::Writer::Chunk>& chunks);

 private:
  YearlyShape shape_;
  std::size_t value_size_;
  std::size_t number_;           ///< in the file
  std::vector<std::byte> kept_;  ///< all years where they do not go by themselves
};

/// Chunks of a year, with what they have that is not the year's own.
struct YearChunks {
  std::vector<store::Writer::Chunk> chunks;
  std::deque<std::variant<std::vector<double>, std::vector<float>>> made;
};

/// Variables of one name, each of another kind, as the datasets of that name: one for each part of
/// their figures, in which the axis of the kinds stands before the last `inner` figures.
class YearlyDatasets {
 public:
  YearlyDatasets(std::span<const YearlyTable> kinds, std::size_t inner);

  /// How many tables these are.
  std::size_t kinds() const { return kinds_; }

  template <class Value>
  using Figures = std::vector<Value> YearFigures::*;

  /// Begins a dataset of a part of the figures. `cells`: how many of the first cells it has of each
  /// kind; all of them unless given.
  template <class Value>
  void add_part(store::Writer& writer, const store::Dataset& dataset, Figures<Value> figures,
                std::optional<std::size_t> cells = std::nullopt);

  /// Adds what a year has of these kinds.
  void add(std::optional<Interval> interval, std::span<const YearFigures> kinds,
           YearChunks& chunks);

 private:
  struct Part {
    std::variant<Figures<double>, Figures<float>> figures;
    std::size_t cells;  ///< of each kind
    YearlyDataset dataset;
  };

  template <class Value>
  std::span<const Value> together(Figures<Value> figures, std::size_t cells,
                                  std::span<const YearFigures> kinds, YearChunks& chunks) const;
  std::size_t rows_of(Figures<double> figures) const;
  std::size_t rows_of(Figures<float> figures) const;

  YearlyTable table_;  ///< of the first kind
  std::size_t kinds_;
  std::size_t inner_;
  std::vector<Part> parts_;
};

}  // namespace kohort
