#include "engine/compare/comparison_file.hpp"

#include <numeric>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/compare/rows.hpp"

namespace kohort::compare {
namespace {

/// Rows of one kind: texts and years along a scale of their numbers, and figures.
class RowsWriter {
 public:
  RowsWriter(store::Writer& writer, std::string scale)
      : writer_(writer), scale_(std::move(scale)) {}

  void text(const std::string& name, const std::string& value) {
    column(texts_, name).push_back(value);
  }
  void whole(const std::string& name, std::int32_t value) {
    column(wholes_, name).push_back(value);
  }
  void figure(const std::string& name, double value) { column(figures_, name).push_back(value); }

  /// Of a file without such rows nothing is written.
  void write(const std::string& folder, const std::string& what) {
    if (texts_.empty()) return;
    std::vector<std::int32_t> numbers(texts_.front().second.size());
    std::iota(numbers.begin(), numbers.end(), 0);
    writer_.add_scale({scale_, "number of the " + what, "1", numbers});
    for (const auto& [name, values] : texts_) {
      add_labels(name, what, "", values);
    }
    for (const auto& [name, values] : wholes_) {
      add_labels(name, what, "year", values);
    }
    for (const auto& [name, values] : figures_) {
      writer_.add_dataset({fmt::format("{}/{}", folder, name),
                           {scale_},
                           {{"units", std::string("1")},
                            {"long_name", fmt::format("{}, in the unit of each", name)}}},
                          values);
    }
  }

 private:
  template <class Value>
  using Columns = std::vector<std::pair<std::string, std::vector<Value>>>;

  void add_labels(const std::string& name, const std::string& what, const std::string& unit,
                  const store::Labels& labels) {
    writer_.add_labels(
        {fmt::format("{}_{}", scale_, name), fmt::format("{} of the {}", name, what), unit, labels},
        scale_);
  }

  template <class Value>
  static std::vector<Value>& column(Columns<Value>& columns, const std::string& name) {
    for (auto& [known, values] : columns) {
      if (known == name) return values;
    }
    return columns.emplace_back(name, std::vector<Value>()).second;
  }

  store::Writer& writer_;
  std::string scale_;
  Columns<std::string> texts_;
  Columns<std::int32_t> wholes_;
  Columns<double> figures_;
};

/// A year, 0 where there is none.
std::int32_t year_or_none(std::optional<int> year) { return year.value_or(0); }

void add_names(RowsWriter& rows, const Comparison& comparison, const Compared& compared) {
  rows.text("standard", comparison.standard);
  rows.text("result", comparison.result);
  rows.text("variable", compared.quantity.variable);
  rows.text("kind", compared.quantity.kind);
  rows.text("definition", compared.definition);
  rows.whole("vintage", year_or_none(comparison.vintage));
  rows.whole("since", year_or_none(compared.quantity.since));
  rows.whole("launch", comparison.launch);
}

void write_figures(store::Writer& writer, std::span<const Comparison> comparisons) {
  RowsWriter rows(writer, "figure");
  for_each_figure(comparisons, [&](const FigureRow& row) {
    const CellAxes& axes = row.compared.axes;
    add_names(rows, row.comparison, row.compared);
    rows.text("unit", row.compared.unit);
    rows.text("area", axes.areas[row.cell.area]);
    rows.text("ages", axes.ages[row.cell.ages]);
    rows.text("sex", axes.sexes[row.cell.sex]);
    rows.whole("year", row.year());
    rows.figure("standard", row.standard);
    rows.figure("result", row.result);
    rows.figure("difference", row.difference());
    rows.figure("percent", row.percent());
  });
  rows.write("figures", "figure");
}

void write_measures(store::Writer& writer, std::span<const Comparison> comparisons) {
  RowsWriter rows(writer, "measure");
  for_each_measure(comparisons, [&](const MeasureRow& row) {
    const CellAxes& axes = row.compared.axes;
    add_names(rows, row.comparison, row.compared);
    rows.text("name", row.measured.name);
    rows.text("unit", unit_of_measure(row.measured.name, row.compared.unit));
    rows.text("over", row.over());
    rows.text("area", row.area());
    rows.text("ages", axes.ages[row.measured.ages]);
    rows.text("sex", axes.sexes[row.measured.sex]);
    rows.text("by", std::string(to_string(row.measured.by)));
    rows.whole("year", year_or_none(row.year()));
    rows.figure("value", row.measured.value);
    rows.figure("monte_carlo_error", row.measured.monte_carlo_error);
    rows.figure("binomial_error", row.measured.binomial_error);
    rows.figure("count", static_cast<double>(row.measured.count));
  });
  rows.write("measures", "measure");
}

void write_parts(store::Writer& writer, std::span<const Comparison> comparisons) {
  RowsWriter rows(writer, "part");
  for_each_part(comparisons, [&](const PartRow& row) {
    const Decomposition& of = row.decomposition;
    rows.text("standard", row.comparison.standard);
    rows.text("result", row.comparison.result);
    rows.text("variable", of.quantity.variable);
    rows.text("kind", of.quantity.kind);
    rows.text("by", std::string(to_string(of.by)));
    rows.text("name", row.name);
    rows.text("area", of.axes.areas[row.cell.area]);
    rows.text("ages", of.axes.ages[row.cell.ages]);
    rows.text("sex", of.axes.sexes[row.cell.sex]);
    rows.whole("base", of.base);
    rows.whole("year", row.year());
    rows.figure("value", row.value);
    rows.figure("noise", row.noise);
  });
  rows.write("parts", "part of a difference");
}

void write_definitions(store::Writer& writer, std::span<const Comparison> comparisons) {
  RowsWriter rows(writer, "definition");
  for (const Comparison& comparison : comparisons) {
    for (const Decomposition& of : comparison.decompositions) {
      if (of.by != PartedBy::components) continue;
      for (const DefinitionFactor& one : of.definitions) {
        rows.text("standard", comparison.standard);
        rows.text("result", comparison.result);
        rows.text("variable", of.quantity.variable);
        rows.text("kind", of.quantity.kind);
        rows.text("series", one.series);
        rows.text("people", one.people);
        rows.text("of_standard", one.first);
        rows.text("of_result", one.second);
        rows.whole("overlap", year_or_none(one.overlap));
        rows.figure("factor", one.factor);
      }
    }
  }
  rows.write("definitions", "definition of users of care against another");
}

void write_assumptions(store::Writer& writer, std::span<const Comparison> comparisons) {
  RowsWriter rows(writer, "assumption");
  for (const Comparison& comparison : comparisons) {
    for (const ChangedAssumption& one : comparison.assumptions) {
      rows.text("standard", comparison.standard);
      rows.text("result", comparison.result);
      rows.text("name", one.name);
      rows.text("of_standard", one.first);
      rows.text("of_result", one.second);
      rows.text("parts", fmt::format("{}", fmt::join(one.parts, " ")));
    }
  }
  rows.write("assumptions", "setting that differs");
}

}  // namespace

void write_comparisons(const std::filesystem::path& file, const store::Attributes& about,
                       std::span<const Comparison> comparisons) {
  store::Writer writer(file);
  writer.add_attribute({"Conventions", std::string("CF-1.8")});
  writer.add_attribute({"kohort_format", store::current_format});
  writer.add_attribute({"kohort_comparison", comparison_format});
  for (const store::Attribute& attribute : about) writer.add_attribute(attribute);
  write_figures(writer, comparisons);
  write_measures(writer, comparisons);
  write_parts(writer, comparisons);
  write_definitions(writer, comparisons);
  write_assumptions(writer, comparisons);
  writer.finish();
}

}  // namespace kohort::compare
