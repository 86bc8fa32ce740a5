#include "engine/hindcast/chart.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

#include <fmt/format.h>

#include "engine/compare/rows.hpp"

namespace kohort::hindcast {
namespace {

// Lengths in pixels.
constexpr int row = 17;
constexpr int label_end = 330;
constexpr int bar_length = 300;
constexpr int width = 720;

struct Bar {
  std::string group;
  std::string method;
  std::string colour;
  double mape = 0.0;
};

std::string escaped(const std::string& text) {
  std::string safe;
  for (const char letter : text) {
    if (letter == '<') {
      safe += "&lt;";
    } else if (letter == '&') {
      safe += "&amp;";
    } else {
      safe += letter;
    }
  }
  return safe;
}

template <class... Arguments>
void add(std::string& text, fmt::format_string<Arguments...> format, Arguments&&... arguments) {
  fmt::format_to(std::back_inserter(text), format, std::forward<Arguments>(arguments)...);
}

std::string colour_of(const Hindcast& hindcast, const compare::Comparison& comparison) {
  if (comparison.vintage) return "#d9822b";
  const bool own =
      std::any_of(hindcast.runs.begin(), hindcast.runs.end(),
                  [&](const Judgement& run) { return run.method == comparison.result; });
  return own ? "#1f4e79" : "#9aa7b1";
}

/// Bars that belong together stand together, in the order in which they were judged.
std::vector<Bar> bars_of(const Hindcast& hindcast) {
  std::vector<std::string> groups;
  std::vector<Bar> bars;
  compare::for_each_measure(hindcast.comparisons, [&](const compare::MeasureRow& measure) {
    if (measure.measured.name != "mape" || measure.measured.area || !measure.year()) return;
    const compare::CellAxes& axes = measure.compared.axes;
    std::string group =
        fmt::format("{}, ages {}: {} to {}", measure.comparison.standard,
                    axes.ages[measure.measured.ages], measure.comparison.launch, *measure.year());
    if (axes.sexes.size() > 1) group += ", " + axes.sexes[measure.measured.sex];
    if (!compare::position_of(groups, group)) groups.push_back(group);
    bars.push_back({std::move(group), measure.comparison.result,
                    colour_of(hindcast, measure.comparison), measure.measured.value});
  });
  std::stable_sort(bars.begin(), bars.end(), [&](const Bar& one, const Bar& other) {
    return compare::position_of(groups, one.group) < compare::position_of(groups, other.group);
  });
  return bars;
}

void add_bar(std::string& text, const Bar& bar, int top, double most) {
  const double length = most > 0.0 ? bar.mape / most * bar_length : 0.0;
  add(text, "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\n", label_end - 6, top + 12,
      escaped(bar.method));
  add(text, "<rect x=\"{}\" y=\"{}\" width=\"{:.1f}\" height=\"{}\" fill=\"{}\"/>\n", label_end,
      top + 2, length, row - 5, bar.colour);
  add(text, "<text x=\"{:.1f}\" y=\"{}\">{:.2f} %</text>\n", label_end + length + 5, top + 12,
      bar.mape);
}

}  // namespace

std::string chart(const Hindcast& hindcast, const std::string& title) {
  const std::vector<Bar> bars = bars_of(hindcast);
  double most = 0.0;
  for (const Bar& bar : bars) most = std::max(most, bar.mape);
  std::string body;
  std::string group;
  int top = 3 * row;
  for (const Bar& bar : bars) {
    if (bar.group != group) {
      group = bar.group;
      top += row;
      add(body, "<text x=\"10\" y=\"{}\" font-weight=\"bold\">{}</text>\n", top + 8,
          escaped(group));
      top += row;
    }
    add_bar(body, bar, top, most);
    top += row;
  }
  const int height = top + row;
  std::string text = fmt::format("{}\n", chart_mark);
  add(text,
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" font-family=\"sans-serif\" "
      "font-size=\"11\">\n<title>{}</title>\n<rect width=\"{}\" height=\"{}\" fill=\"white\"/>\n",
      width, height, escaped(title), width, height);
  add(text, "<text x=\"10\" y=\"22\" font-size=\"14\">{}</text>\n", escaped(title));
  add(text,
      "<text x=\"10\" y=\"40\">Mean absolute percentage error over the areas: runs dark, naive "
      "forecasts grey, published ones orange</text>\n");
  return text + body + "</svg>\n";
}

}  // namespace kohort::hindcast
