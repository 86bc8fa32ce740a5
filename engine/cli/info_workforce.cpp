#include "engine/cli/info_workforce.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <vector>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/cli/terminal.hpp"

namespace kohort::cli {
namespace {

using store::Reader;

const std::string workforce_folder = "summary/workforce/";
constexpr std::size_t column_width = 13;
constexpr std::size_t name_width = 20;

/// Figures by year, area or group of areas, and occupation, with the bounds of an interval.
class Figures {
 public:
  Figures(const Reader& reader, const std::string& name, std::size_t areas, std::size_t occupations)
      : areas_(areas), occupations_(occupations), mean_(reader.values(workforce_folder + name)) {
    const std::string quantiles = workforce_folder + name + "_quantiles";
    if (reader.has(quantiles)) quantiles_ = reader.values(quantiles);
    if (occupations == 0 || areas == 0 || mean_.size() % (areas * occupations) != 0 ||
        quantiles_.size() % std::max<std::size_t>(1, mean_.size()) != 0) {
      throw Error(Fault::storage,
                  Mistake{{reader.file(), 0, 0},
                          "this is no Kohort result: " + workforce_folder + name +
                              " does not run along year, summary_area and occupation",
                          "name one that a run has written"});
    }
  }

  std::size_t years() const { return mean_.size() / (areas_ * occupations_); }
  bool has_intervals() const { return !quantiles_.empty(); }
  double mean(std::size_t year, std::size_t area, std::size_t occupation) const {
    return mean_[place(year, area, occupation)];
  }
  /// From the first to the last of the quantiles.
  std::string interval(std::size_t year, std::size_t area, std::size_t occupation) const {
    const std::size_t at = place(year, area, occupation);
    return fmt::format("{:.0f}..{:.0f}", shown(quantiles_[at]),
                       shown(quantiles_[quantiles_.size() - mean_.size() + at]));
  }

 private:
  /// Without a sign where it rounds to nothing.
  static double shown(double figure) { return std::abs(figure) < 0.5 ? 0.0 : figure; }
  std::size_t place(std::size_t year, std::size_t area, std::size_t occupation) const {
    return (year * areas_ + area) * occupations_ + occupation;
  }

  std::size_t areas_;
  std::size_t occupations_;
  std::vector<double> mean_;
  std::vector<double> quantiles_{};
};

/// The labels of a result that staff are shown along.
struct Axes {
  explicit Axes(const Reader& reader)
      : years(std::get<std::vector<std::int32_t>>(reader.labels("year"))),
        areas(std::get<std::vector<std::string>>(reader.labels("summary_area"))),
        names(std::get<std::vector<std::string>>(reader.labels("summary_area_name"))),
        kinds(std::get<std::vector<std::string>>(reader.labels("summary_area_kind"))),
        occupations(std::get<std::vector<std::string>>(reader.labels("occupation"))) {}

  /// All areas together but the closing rest.
  std::size_t together() const {
    const auto found = std::find(areas.begin(), areas.end(), "all_but_rest");
    return static_cast<std::size_t>((found == areas.end() ? areas.end() - 1 : found) -
                                    areas.begin());
  }

  std::vector<std::int32_t> years;
  std::vector<std::string> areas;
  std::vector<std::string> names;
  std::vector<std::string> kinds;
  std::vector<std::string> occupations;
};

std::string cut(const std::string& text, std::size_t width) {
  return text.size() <= width ? text : text.substr(0, width - 1) + ".";
}

void add_heading(std::string& text, const std::string& what, const Axes& axes) {
  fmt::format_to(std::back_inserter(text), "\n{:<{}}", what, name_width);
  for (const std::string& occupation : axes.occupations) {
    fmt::format_to(std::back_inserter(text), "{:>{}}", cut(occupation, column_width - 1),
                   column_width);
  }
  text += '\n';
}

/// Where the figures of a line stand.
struct Line {
  std::size_t year;
  std::size_t area;
};

void add_line(std::string& text, const std::string& name, const Figures& figures, Line line,
              const Axes& axes) {
  fmt::format_to(std::back_inserter(text), "  {:<{}}", cut(name, name_width - 3), name_width - 2);
  for (std::size_t one = 0; one < axes.occupations.size(); ++one) {
    fmt::format_to(std::back_inserter(text), "{:>{}}",
                   count_text(figures.mean(line.year, line.area, one)), column_width);
  }
  text += '\n';
  if (!figures.has_intervals()) return;
  text += std::string(name_width, ' ');
  for (std::size_t one = 0; one < axes.occupations.size(); ++one) {
    fmt::format_to(std::back_inserter(text), "{:>{}}", figures.interval(line.year, line.area, one),
                   column_width);
  }
  text += '\n';
}

void add_gaps(std::string& text, const Reader& reader, const Axes& axes) {
  const Figures gaps(reader, "gap_fte", axes.areas.size(), axes.occupations.size());
  const std::size_t last = gaps.years() - 1;
  fmt::format_to(std::back_inserter(text),
                 "\nfull-time posts missing at the end of {} (less than 0: to spare){}\n",
                 axes.years.at(last),
                 gaps.has_intervals() ? ", and below from the first to the last quantile" : "");
  add_heading(text, "", axes);
  constexpr std::size_t most_areas = 40;
  for (std::size_t area = 0; area < std::min(axes.areas.size(), most_areas); ++area) {
    if (axes.kinds.at(area) != "area") continue;
    add_line(text, axes.names.at(area).empty() ? axes.areas[area] : axes.names[area], gaps,
             {last, area}, axes);
  }
  add_line(text, axes.areas[axes.together()], gaps, {last, axes.together()}, axes);
}

/// A flow has no figure for the base year.
void add_courses(std::string& text, const Reader& reader, const Axes& axes) {
  struct Course {
    const char* name;
    const char* shown;
  };
  for (const Course course :
       {Course{"demand_fte", "posts needed"}, Course{"supply_fte", "posts filled"},
        Course{"recruitment_need", "to recruit, heads"}}) {
    const Figures figures(reader, course.name, axes.areas.size(), axes.occupations.size());
    const std::size_t before = axes.years.size() - figures.years();
    add_heading(text, course.shown, axes);
    for (const std::size_t year : {std::size_t{0}, figures.years() / 2, figures.years() - 1}) {
      add_line(text, std::to_string(axes.years[before + year]), figures, {year, axes.together()},
               axes);
    }
  }
}

}  // namespace

std::string workforce_page(const Reader& reader) {
  if (!reader.has(workforce_folder + "gap_fte")) return "";
  std::string text;
  const Axes axes(reader);
  add_gaps(text, reader, axes);
  fmt::format_to(std::back_inserter(text), "\n{} in all", axes.areas[axes.together()]);
  add_courses(text, reader, axes);
  return text;
}

}  // namespace kohort::cli
