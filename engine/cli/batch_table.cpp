#include "engine/cli/batch_table.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <vector>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/cli/append.hpp"
#include "engine/cli/terminal.hpp"

namespace kohort::cli {
namespace {

using store::Reader;
using Texts = std::vector<std::string>;

constexpr std::size_t most_scenarios = 40;
constexpr std::size_t name_width = 30;
constexpr std::size_t column_width = 17;

Texts texts(const Reader& reader, const std::string& name) {
  return std::get<Texts>(reader.labels(name));
}

std::optional<std::size_t> position(const Texts& list, const std::string& label) {
  const auto found = std::find(list.begin(), list.end(), label);
  if (found == list.end()) return std::nullopt;
  return static_cast<std::size_t>(found - list.begin());
}

std::string cut(const std::string& text, std::size_t width) {
  return text.size() <= width ? text : text.substr(0, width - 1) + ".";
}

/// What is smaller is nothing but the error of sums.
constexpr double least_shown = 0.005;

/// Whole where it is large, to three digits where it is small, nothing where nobody knows.
std::string figure_text(double figure) {
  if (std::isnan(figure)) return "-";
  if (std::abs(figure) >= 100.0) return count_text(figure);
  return std::abs(figure) < least_shown ? "0" : fmt::format("{:.3g}", figure);
}

std::string signed_text(double figure) {
  return (figure >= least_shown ? "+" : "") + figure_text(figure);
}

/// The same within less room.
std::string bound_text(double figure) {
  return std::abs(figure) >= 100.0 ? fmt::format("{:.0f}", figure) : figure_text(figure);
}

bool are_nothing(const std::vector<double>& figures) {
  return std::all_of(figures.begin(), figures.end(),
                     [](double figure) { return std::abs(figure) < least_shown; });
}

/// One quantity of the table, of one or several kinds.
struct Quantity {
  std::string heading;
  std::string path;  ///< below summary/ and difference/
  Texts kinds;       ///< a column each
  double unit = 1.0;
  Texts units{};  ///< of each kind, where they differ
};

/// Reads figures of a year and a group of areas.
class Figures {
 public:
  Figures(const Reader& reader, std::int32_t year)
      : reader_(reader), scenarios_(texts(reader, "scenario")), year_(year) {
    const Texts areas = texts(reader, "summary_area");
    const auto own = position(areas, "all_but_rest");
    area_ = own ? *own : areas.size() - 1;
    area_name_ = areas.at(area_);
    const auto ages = texts(reader, "summary_age");
    old_ = position(ages, "80+");
    if (reader.has("quantile")) {
      shares_ = std::get<std::vector<double>>(reader.labels("quantile"));
    }
  }

  const Texts& scenarios() const { return scenarios_; }
  const std::string& area() const { return area_name_; }
  const std::vector<double>& shares() const { return shares_; }
  bool knows_old() const { return old_.has_value(); }

  std::vector<double> values(const Quantity& quantity, std::size_t scenario) const {
    return read("summary/" + quantity.path, quantity, {scenario});
  }
  /// Of nothing where there is no base to differ from.
  std::vector<double> differences(const Quantity& quantity, std::size_t scenario) const {
    const std::string path = "difference/" + quantity.path;
    return reader_.has(path) ? read(path, quantity, {scenario}) : std::vector<double>();
  }
  std::vector<double> bound(const Quantity& quantity, std::size_t scenario,
                            std::size_t quantile) const {
    const std::string path = "difference/" + quantity.path + "_quantiles";
    return reader_.has(path) ? read(path, quantity, {scenario, quantile}) : std::vector<double>();
  }

 private:
  std::vector<double> read(const std::string& path, const Quantity& quantity,
                           std::vector<std::size_t> at) const {
    const store::Dataset dataset = reader_.describe(path);
    const std::string& time = dataset.axes.at(at.size());
    const auto years = std::get<std::vector<std::int32_t>>(reader_.labels(time));
    const auto found = std::find(years.begin(), years.end(), year_);
    if (found == years.end()) return std::vector<double>(quantity.kinds.size(), std::nan(""));
    at.push_back(static_cast<std::size_t>(found - years.begin()));
    at.push_back(area_);
    const bool people = dataset.axes.back() == "summary_sex";
    if (people) at.push_back(*old_);
    std::vector<double> figures = reader_.values_at(path, at);
    if (people) figures = {figures.back()};  // both sexes together stand last
    for (double& figure : figures) figure /= quantity.unit;
    return figures;
  }

  const Reader& reader_;
  Texts scenarios_;
  std::int32_t year_;
  std::size_t area_ = 0;
  std::string area_name_;
  std::optional<std::size_t> old_;
  std::vector<double> shares_;
};

std::vector<Quantity> quantities_of(const Reader& reader, const Figures& figures) {
  std::vector<Quantity> quantities;
  if (figures.knows_old()) {
    quantities.push_back({"people of 80 and older", "population/persons", {"persons"}});
  }
  const auto add_kinds = [&](const std::string& heading, const std::string& path,
                             const std::string& axis, double unit) {
    if (!reader.has("summary/" + path) || !reader.has(axis)) return;
    quantities.push_back({heading, path, texts(reader, axis), unit});
  };
  add_kinds("volume of care", "care/volume", "service", 1.0);
  if (!quantities.empty() && quantities.back().path == "care/volume") {
    quantities.back().units = texts(reader, "service_unit");
  }
  // What was held against the base, if only one of them was.
  if (reader.has("difference/care/cost") && !reader.has("difference/care/cost_paid")) {
    add_kinds("cost of care, million SEK", "care/cost", "service", 1e6);
  } else {
    add_kinds("cost of care by who pays, million SEK", "care/cost_paid", "payer", 1e6);
  }
  add_kinds("full-time posts missing (less than 0: to spare)", "workforce/gap_fte", "occupation",
            1.0);
  return quantities;
}

template <class Text>
void add_line(std::string& text, const std::string& name, const std::vector<double>& figures,
              Text&& text_of) {
  append(text, "  {:<{}}", cut(name, name_width - 3), name_width - 2);
  for (const double figure : figures) append(text, "{:>{}}", text_of(figure), column_width);
  text += '\n';
}

void add_interval(std::string& text, const std::vector<double>& low,
                  const std::vector<double>& high) {
  text += std::string(name_width, ' ');
  for (std::size_t at = 0; at < low.size(); ++at) {
    const std::string interval =
        std::isnan(low[at]) ? "-"
                            : fmt::format("{}..{}", bound_text(low[at]), bound_text(high[at]));
    append(text, "{:>{}}", interval, column_width);
  }
  text += '\n';
}

void add_quantity(std::string& text, const Quantity& quantity, const Figures& figures,
                  std::size_t base) {
  append(text, "\n{}\n{:<{}}", quantity.heading, "", name_width);
  for (const std::string& kind : quantity.kinds) {
    append(text, "{:>{}}", cut(kind, column_width - 1), column_width);
  }
  text += '\n';
  if (!quantity.units.empty()) {
    text += std::string(name_width, ' ');
    for (const std::string& unit : quantity.units) {
      append(text, "{:>{}}", cut(unit, column_width - 1), column_width);
    }
    text += '\n';
  }
  const Texts& scenarios = figures.scenarios();
  for (std::size_t at = 0; at < std::min(scenarios.size(), most_scenarios); ++at) {
    add_line(text, scenarios[at], figures.values(quantity, at), figure_text);
    if (at == base) continue;
    const std::vector<double> differences = figures.differences(quantity, at);
    if (differences.empty()) continue;
    add_line(text, "  difference", differences, signed_text);
    if (figures.shares().empty()) continue;
    const std::vector<double> low = figures.bound(quantity, at, 0);
    const std::vector<double> high = figures.bound(quantity, at, figures.shares().size() - 1);
    if (!are_nothing(low) || !are_nothing(high)) add_interval(text, low, high);
  }
  if (scenarios.size() > most_scenarios) {
    append(text, "  ... and {} scenarios more\n", scenarios.size() - most_scenarios);
  }
}

std::int32_t year_shown(const Reader& reader, std::optional<int> wanted) {
  constexpr std::int32_t usual = 2030;
  const auto years = std::get<std::vector<std::int32_t>>(reader.labels("year"));
  const auto has = [&](std::int32_t year) {
    return std::find(years.begin(), years.end(), year) != years.end();
  };
  if (!wanted) return has(usual) ? usual : years.back();
  if (has(*wanted)) return *wanted;
  throw Error(Fault::scenario,
              Mistake{{"--year", 0, 0},
                      fmt::format("the result has no year {}", *wanted),
                      fmt::format("it has {} to {}", years.front(), years.back())});
}

void add_failed(std::string& text, const Reader& reader) {
  const Texts names = texts(reader, "scenario");
  const Texts errors = texts(reader, "scenario_error");
  const Texts status = texts(reader, "scenario_status");
  for (std::size_t at = 0; at < names.size(); ++at) {
    if (status[at] == "failed") append(text, "  {} failed: {}\n", names[at], errors[at]);
  }
}

}  // namespace

bool is_batch(const Reader& reader) { return reader.number("kohort_batch").has_value(); }

void refuse_batch(const std::string& file) {
  const Reader reader(file);
  if (!is_batch(reader)) return;
  throw Error(Fault::scenario,
              Mistake{{file, 0, 0},
                      "this is the result of a batch, with many scenarios in it",
                      "name the result of one scenario, as `kohort run` writes it; `kohort info` "
                      "shows what the scenarios differ by"});
}

std::string batch_page(const Reader& reader, std::optional<int> year) {
  const std::int32_t shown = year_shown(reader, year);
  const Figures figures(reader, shown);
  const std::string base = reader.text("base").value_or("");
  std::string text;
  append(text, "\n{} scenarios, held against '{}'\n", figures.scenarios().size(), base);
  add_failed(text, reader);
  append(text, "{} in {}; mean of the draws", figures.area(), shown);
  if (!figures.shares().empty()) {
    append(text, ", difference to '{}' draw by draw, and from its quantile {:.4g} to {:.4g}", base,
           figures.shares().front(), figures.shares().back());
  }
  text += '\n';
  const std::size_t base_at =
      position(figures.scenarios(), base).value_or(figures.scenarios().size());
  for (const Quantity& quantity : quantities_of(reader, figures)) {
    add_quantity(text, quantity, figures, base_at);
  }
  return text;
}

}  // namespace kohort::cli
