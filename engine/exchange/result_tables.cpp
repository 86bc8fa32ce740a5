#include "engine/exchange/result_tables.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "engine/base/error.hpp"

namespace kohort::exchange {
namespace {

using store::Reader;

const std::string summary = "summary/";
const std::string summary_axis = "summary_";
/// The group of what is told of all people together and adds up to nothing.
const std::string indicators = "indicators/";

bool is_time(const std::string& axis) { return axis == "year" || axis == "flow_year"; }

std::string without(const std::string& prefix, const std::string& text) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

std::string_view without_ending(std::string_view text) {
  for (const std::string_view ending : {"_quantiles", "_sd"}) {
    if (text.ends_with(ending)) text.remove_suffix(ending.size());
  }
  return text;
}

bool has(const std::vector<std::string>& axes, const std::string& axis) {
  return std::find(axes.begin(), axes.end(), axis) != axes.end();
}

/// Whether a dataset is a variable, an indicator, or sums or quantiles of one.
bool is_figure(const Reader& reader, const store::Dataset& dataset) {
  const std::string variable(without_ending(without(summary, dataset.path)));
  return reader.has(summary + variable) && !has(dataset.axes, "draw") &&
         std::any_of(dataset.axes.begin(), dataset.axes.end(), is_time) &&
         (has(dataset.axes, "area") || has(dataset.axes, "summary_area"));
}

std::string attribute(const store::Dataset& dataset, const std::string& name) {
  for (const auto& [key, value] : dataset.attributes) {
    if (key == name) return std::get<std::string>(value);
  }
  return "";
}

struct AsText {
  std::vector<std::string> operator()(const std::vector<std::string>& labels) const {
    return labels;
  }
  template <class Number>
  std::vector<std::string> operator()(const std::vector<Number>& labels) const {
    std::vector<std::string> texts;
    for (const Number label : labels) texts.push_back(fmt::format("{}", label));
    return texts;
  }
};

/// First ages as age groups: 0, 1, 2; or 0-4, 5-9; the last is open.
std::vector<std::string> age_groups(const std::vector<std::int32_t>& first_ages) {
  std::vector<std::string> groups;
  for (std::size_t at = 0; at + 1 < first_ages.size(); ++at) {
    const int last = first_ages[at + 1] - 1;
    groups.push_back(first_ages[at] == last ? std::to_string(last)
                                            : fmt::format("{}-{}", first_ages[at], last));
  }
  groups.push_back(fmt::format("{}+", first_ages.back()));
  return groups;
}

TableAxis axis_of(const Reader& reader, const std::string& scale) {
  const store::Labels labels = reader.labels(scale);
  TableAxis axis{without(summary_axis, scale), std::visit(AsText{}, labels), {}};
  const auto* ages = std::get_if<std::vector<std::int32_t>>(&labels);
  if (scale == "age" && ages != nullptr && !ages->empty()) axis.codes = age_groups(*ages);
  axis.names = axis.codes;
  const auto along = [&](const std::string& what, auto&& add) {
    if (!reader.has(scale + what)) return;
    const std::vector<std::string> texts = std::visit(AsText{}, reader.labels(scale + what));
    for (std::size_t at = 0; at < texts.size() && at < axis.names.size(); ++at) {
      if (!texts[at].empty()) add(axis.names[at], texts[at]);
    }
  };
  along("_name", [](std::string& name, const std::string& text) { name = text; });
  along("_unit", [](std::string& name, const std::string& unit) { name += " (" + unit + ")"; });
  return axis;
}

Content content_of(const store::Dataset& dataset) {
  Content content;
  content.path = dataset.path;
  content.name = dataset.path.substr(dataset.path.rfind('/') + 1);
  content.long_name = attribute(dataset, "long_name");
  content.unit = attribute(dataset, "units");
  content.basis = attribute(dataset, "basis");
  content.is_flow = has(dataset.axes, "flow_year");
  const bool indicator = without(summary, dataset.path).starts_with(indicators);
  const bool share = content.long_name.starts_with("share ");
  content.is_count = content.unit == "1" && !indicator && !share && !has(dataset.axes, "layer");
  return content;
}

std::string table_name(const store::Dataset& dataset) {
  std::string name = dataset.path.substr(0, dataset.path.rfind('/'));
  std::replace(name.begin(), name.end(), '/', '_');
  const char* joint = "_by_";
  for (const std::string& axis : dataset.axes) {
    const std::string short_name = without(summary_axis, axis);
    if (is_time(axis) || short_name == "area") continue;
    name += joint + short_name;
    joint = "_";
  }
  return name;
}

}  // namespace

std::size_t ResultTable::cells_per_year() const {
  std::size_t cells = 1;
  for (const TableAxis& axis : axes) cells *= axis.codes.size();
  return cells;
}

std::vector<ResultTable> tables_of(const Reader& reader) {
  std::vector<ResultTable> tables;
  for (const std::string& path : reader.datasets()) {
    if (path.find('/') == std::string::npos) continue;  // texts along an axis
    const store::Dataset dataset = reader.describe(path);
    if (!is_figure(reader, dataset)) continue;
    const std::string name = table_name(dataset);
    auto table = std::find_if(tables.begin(), tables.end(),
                              [&](const ResultTable& known) { return known.name == name; });
    if (table == tables.end()) {
      table = tables.insert(tables.end(), ResultTable{});
      table->name = name;
      table->is_summary = path.starts_with(summary);
      table->first_axis_before_year = !is_time(dataset.axes.front());
      for (const std::string& axis : dataset.axes) {
        if (!is_time(axis)) table->axes.push_back(axis_of(reader, axis));
      }
    }
    table->contents.push_back(content_of(dataset));
  }
  if (tables.empty()) {
    throw Error(Fault::storage, Mistake{{reader.file(), 0, 0},
                                        "there are no variables by year and area to be exported",
                                        "name a result that a run has written"});
  }
  for (ResultTable& table : tables) {
    const bool flows_alone = std::all_of(table.contents.begin(), table.contents.end(),
                                         [](const Content& content) { return content.is_flow; });
    table.years = std::visit(AsText{}, reader.labels(flows_alone ? "flow_year" : "year"));
  }
  return tables;
}

std::vector<double> figures_of_year(const Reader& reader, const ResultTable& table,
                                    const Content& content, std::size_t year) {
  const bool flows_alone = std::all_of(table.contents.begin(), table.contents.end(),
                                       [](const Content& other) { return other.is_flow; });
  if (content.is_flow && !flows_alone) {
    if (year == 0) return {};
    --year;  // flows begin a year later than stocks
  }
  if (!table.first_axis_before_year) return reader.values_at(content.path, {year});
  std::vector<double> figures;
  for (std::size_t first = 0; first < table.axes.front().codes.size(); ++first) {
    const std::vector<double> part = reader.values_at(content.path, {first, year});
    figures.insert(figures.end(), part.begin(), part.end());
  }
  return figures;
}

}  // namespace kohort::exchange
