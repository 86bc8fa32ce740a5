#include <cmath>

#include "engine/base/interrupted.hpp"
#include "engine/exchange/csv_line.hpp"
#include "engine/exchange/export_text.hpp"

namespace kohort::exchange {
namespace {

/// One line after the other.
class CsvLines {
 public:
  CsvLines(store::TextFile& file, const ExportStyle& style)
      : file_(file), separator_(style.decimal_comma ? ';' : ',') {
    // By the mark a Swedish Excel knows that the text is UTF-8.
    if (style.decimal_comma) line_ = "\xEF\xBB\xBF";
  }

  void add(std::string_view cell) {
    if (cells_++ > 0) line_ += separator_;
    add_csv_cell(line_, cell, separator_);
  }
  void end() {
    line_ += '\n';
    file_.add(line_);
    line_.clear();
    cells_ = 0;
  }

 private:
  store::TextFile& file_;
  char separator_;
  std::string line_;
  std::size_t cells_ = 0;
};

/// The cells that tell a row apart.
class LabelColumns {
 public:
  LabelColumns(const ResultTable& table, const ExportStyle& style) : style_(style) {
    for (const TableAxis& axis : table.axes) {
      Column column{axis, {}, axis.codes != axis.names};
      for (std::size_t at = 0; at < axis.codes.size(); ++at) {
        column.names.push_back(label_text(axis, at, style.words));
        column.named = column.named || column.names.back() != axis.codes[at];
      }
      columns_.push_back(std::move(column));
    }
  }

  void add_headings(CsvLines& lines) const {
    for (const Column& column : columns_) {
      const std::string& axis = column.axis.name;
      if (codes(column)) lines.add(axis_heading(axis, style_.words));
      if (names(column) && codes(column)) {
        const std::string of_names = axis_heading(axis + "_name", style_.words);
        lines.add(of_names != axis + "_name" || style_.words == Words::own
                      ? of_names
                      : axis_heading(axis, style_.words) + " (text)");
      } else if (names(column)) {
        lines.add(axis_heading(axis, style_.words));
      }
    }
  }

  void add_labels(std::size_t cell, CsvLines& lines) {
    positions_.resize(columns_.size());
    for (std::size_t at = columns_.size(); at-- > 0;) {
      positions_[at] = cell % columns_[at].axis.codes.size();
      cell /= columns_[at].axis.codes.size();
    }
    for (std::size_t at = 0; at < columns_.size(); ++at) {
      const Column& column = columns_[at];
      if (codes(column)) lines.add(column.axis.codes[positions_[at]]);
      if (names(column)) lines.add(column.names[positions_[at]]);
    }
  }

 private:
  struct Column {
    const TableAxis& axis;
    std::vector<std::string> names;
    bool named;  ///< the names say more than the codes
  };

  bool codes(const Column& column) const {
    return style_.labels != LabelChoice::names || !column.named;
  }
  bool names(const Column& column) const {
    return style_.labels != LabelChoice::codes && column.named;
  }

  const ExportStyle& style_;
  std::vector<Column> columns_;
  std::vector<std::size_t> positions_;
};

std::string cell_text(double figure, const Content& content, const ExportStyle& style) {
  if (std::isnan(figure) || !content.is_count) return figure_text(figure, style);
  const double shown = disclosed(figure, style.disclosure);
  return std::isnan(shown) ? suppressed : figure_text(shown, style);
}

}  // namespace

void write_csv(const store::Reader& reader, const ResultTable& table, const ExportRequest& request,
               store::TextFile& file) {
  const ExportStyle& style = request.style;
  CsvLines lines(file, style);
  LabelColumns labels(table, style);
  const std::string rule = to_words(style.disclosure, style.words == Words::swedish);
  lines.add(axis_heading("year", style.words));
  labels.add_headings(lines);
  for (const Content& content : table.contents) lines.add(content_heading(content, style.words));
  if (!rule.empty()) lines.add(word("rule on small counts", style.words));
  lines.end();
  for (std::size_t year = 0; year < table.years.size(); ++year) {
    stop_if_asked(request.stop);
    std::vector<std::vector<double>> figures;
    for (const Content& content : table.contents) {
      figures.push_back(figures_of_year(reader, table, content, year));
    }
    for (std::size_t cell = 0; cell < table.cells_per_year(); ++cell) {
      lines.add(table.years[year]);
      labels.add_labels(cell, lines);
      for (std::size_t at = 0; at < figures.size(); ++at) {
        const bool none = figures[at].empty();
        lines.add(none ? "" : cell_text(figures[at][cell], table.contents[at], style));
      }
      if (!rule.empty()) lines.add(rule);
      lines.end();
    }
  }
}

}  // namespace kohort::exchange
