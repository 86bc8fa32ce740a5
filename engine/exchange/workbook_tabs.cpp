#include "engine/exchange/workbook_tabs.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/interrupted.hpp"
#include "engine/exchange/regrouped.hpp"
#include "engine/exchange/workbook.hpp"

namespace kohort::exchange {
namespace {

bool has(const ResultTable& table, const char* axis) {
  return axis_at(table, axis) < table.axes.size();
}

/// Quantiles and standard deviations do not add up.
bool adds_up(const ResultTable& table) { return !has(table, "quantile") && !has(table, "layer"); }

Workbook::Shown shown(const Content& content) {
  if (content.is_count) return Workbook::Shown::whole;
  return content.unit == "1" ? Workbook::Shown::three_decimals : Workbook::Shown::two_decimals;
}

class TabWriter {
 public:
  TabWriter(const store::Reader& reader, const std::vector<ResultTable>& tables,
            const ExportRequest& request, const std::filesystem::path& file)
      : reader_(reader), tables_(tables), style_(request.style), stop_(request.stop), book_(file) {
    // A workbook is for people: its headings are words.
    words_ = style_.words == Words::own ? Words::english : style_.words;
    for (const ResultTable& table : tables) {
      for (const std::string& year : table.years) {
        if (std::find(years_.begin(), years_.end(), year) == years_.end()) years_.push_back(year);
      }
    }
    std::sort(years_.begin(), years_.end());
  }

  void write() {
    write_about();
    const auto cells = [](const ResultTable& table) { return !table.is_summary; };
    add_tab("Summary", Regrouping::all_people,
            [&](const ResultTable& table) { return cells(table) && adds_up(table); });
    add_tab("One-year", Regrouping::none,
            [&](const ResultTable& table) { return cells(table) && has_single_years(table); });
    add_tab("Ages", Regrouping::none, [&](const ResultTable& table) {
      return cells(table) && has(table, "age") && !has_single_years(table);
    });
    add_tab("Five-year", Regrouping::five_years, [&](const ResultTable& table) {
      return cells(table) && has_single_years(table) && adds_up(table);
    });
    add_tab("Own groups", Regrouping::none,
            [](const ResultTable& table) { return table.is_summary; });
    book_.finish();
  }

 private:
  void write_about() {
    book_.begin_sheet(word("About", words_), {word("About", words_), "Kohort"}, {44, 80});
    for (const auto& [name, value] : origin_of(reader_, words_)) add_line(name, value);
    const std::string rule = to_words(style_.disclosure, words_ == Words::swedish);
    add_line(word("rule on small counts", words_), rule.empty() ? word("none", words_) : rule);
    for (const ResultTable& table : tables_) {
      for (const Content& content : table.contents) {
        add_line(content.path, fmt::format("{}; {}: {}; {}: {}", content_heading(content, words_),
                                           word("unit", words_), word(content.unit, words_),
                                           word("basis", words_), word(content.basis, words_)));
      }
    }
  }

  void add_line(const std::string& name, const std::string& value) {
    book_.begin_row();
    book_.add(name);
    book_.add(value);
  }

  template <class Chosen>
  void add_tab(const char* name, Regrouping regrouping, Chosen&& chosen) {
    if (std::none_of(tables_.begin(), tables_.end(), chosen)) return;
    begin_tab(name);
    for (const ResultTable& table : tables_) {
      if (!chosen(table)) continue;
      const Regrouped regrouped(table, regrouping, words_);
      for (const Content& content : table.contents) add_rows(table, content, regrouped);
    }
  }

  void begin_tab(const char* name) {
    std::vector<std::string> headings{axis_heading("contents", words_), word("unit", words_)};
    std::vector<double> widths{28, 10};
    if (style_.labels != LabelChoice::names) {
      headings.push_back(axis_heading("area", words_));
      widths.push_back(10);
    }
    if (style_.labels != LabelChoice::codes) {
      headings.push_back(axis_heading("area_name", words_));
      widths.push_back(20);
    }
    for (const char* column : {"category", "sex", "age", "statistic"}) {
      const std::string known = axis_heading(column, words_);
      headings.push_back(known == column ? word(column, words_) : known);
      widths.push_back(12);
    }
    headings.insert(headings.end(), years_.begin(), years_.end());
    book_.begin_sheet(word(name, words_), headings, widths);
  }

  void add_rows(const ResultTable& table, const Content& content, const Regrouped& regrouped) {
    stop_if_asked(stop_);
    std::vector<std::vector<double>> by_year(years_.size());
    for (std::size_t year = 0; year < table.years.size(); ++year) {
      const auto column = std::find(years_.begin(), years_.end(), table.years[year]);
      by_year[static_cast<std::size_t>(column - years_.begin())] =
          regrouped.sums(figures_of_year(reader_, table, content, year));
    }
    for (std::size_t row = 0; row < regrouped.rows().size(); ++row) {
      book_.begin_row();
      add_labels(table, content, regrouped.rows()[row]);
      for (const std::vector<double>& figures : by_year) {
        add_figure(figures.empty() ? std::nan("") : figures[row], content);
      }
    }
  }

  void add_labels(const ResultTable& table, const Content& content, const RegroupedRow& row) {
    book_.add(content_heading(content, words_));
    book_.add(word(content.unit, words_));
    const std::size_t area = axis_at(table, "area");
    if (style_.labels != LabelChoice::names) book_.add(row.codes[area]);
    if (style_.labels != LabelChoice::codes) book_.add(row.names[area]);
    std::vector<std::string> categories;
    std::string statistic =
        reader_.number("draws").value_or(1) > 1 ? word("mean", words_) : word("projection", words_);
    for (std::size_t at = 0; at < table.axes.size(); ++at) {
      const std::string& axis = table.axes[at].name;
      if (axis == "area" || axis == "sex" || axis == "age") continue;
      if (axis == "quantile") {
        statistic = fmt::format("{} {}", word("quantile", words_), row.names[at]);
      } else if (axis == "layer") {
        statistic = fmt::format("{}, {}", word("standard deviation", words_), row.names[at]);
      } else {
        categories.push_back(row.names[at]);
      }
    }
    book_.add(fmt::format("{}", fmt::join(categories, ", ")));
    for (const char* axis : {"sex", "age"}) {
      book_.add(has(table, axis) ? row.names[axis_at(table, axis)] : "");
    }
    book_.add(statistic);
  }

  void add_figure(double figure, const Content& content) {
    const double seen = content.is_count ? disclosed(figure, style_.disclosure) : figure;
    if (std::isnan(figure)) {
      book_.skip();
    } else if (std::isnan(seen)) {
      book_.add(suppressed);
    } else {
      const double scale = std::pow(10.0, style_.decimals.value_or(0));
      book_.add(style_.decimals ? std::round(seen * scale) / scale : seen, shown(content));
    }
  }

  const store::Reader& reader_;
  const std::vector<ResultTable>& tables_;
  const ExportStyle& style_;
  const std::stop_token& stop_;
  Words words_ = Words::english;
  std::vector<std::string> years_;  ///< of all tables
  Workbook book_;
};

}  // namespace

void write_workbook(const store::Reader& reader, const std::vector<ResultTable>& tables,
                    const ExportRequest& request, const std::filesystem::path& file) {
  TabWriter(reader, tables, request, file).write();
}

}  // namespace kohort::exchange
