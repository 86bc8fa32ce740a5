#include "engine/run/figure.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/model/frame_groups.hpp"

namespace kohort {
namespace {

std::vector<Measure> measures_of(const std::vector<Figure>& figures) {
  std::vector<Measure> measures;
  for (const Figure& figure : figures) measures.push_back(figure.measure);
  for (const Figure& figure : figures) {
    if (figure.heads) measures.push_back(*figure.heads);
  }
  return measures;
}

void divide(std::span<double> figures, std::span<const double> by) {
  constexpr double untold = std::numeric_limits<double>::quiet_NaN();
  std::transform(
      figures.begin(), figures.end(), by.begin(), figures.begin(),
      [](double figure, double divisor) { return divisor == 0.0 ? untold : figure / divisor; });
}

}  // namespace

FigureFields::FigureFields(const std::string& list, std::string meaning_of_year)
    : measure(list),
      per_head_of({.name = list + ".per_head_of",
                   .text = "ages, like \"80+\", or all: the variable is divided by the people of "
                           "these ages at 31 December in its area, and of its sex where it names "
                           "one"}),
      relative_to({.name = list + ".relative_to",
                   .unit = "year",
                   .range = {1700, 2400},
                   .text = "the figure is divided by its value in this year in the same draw, and "
                           "is then a ratio; only later years count"}),
      year({.name = list + ".year",
            .unit = "year",
            .range = {1700, 2400},
            .required = true,
            .text = std::move(meaning_of_year)}) {}

Year year_at(const Frame& frame, std::size_t position) {
  return frame.base_year + static_cast<int>(position) * frame.step;
}

std::string describe(const Figure& figure, const Frame& frame) {
  const Measure& measure = figure.measure;
  std::vector<std::string> which;
  for (const std::string& label : {measure.variable.category.label, measure.area.label,
                                   measure.ages.name, measure.sex.label}) {
    if (!label.empty()) which.push_back(label);
  }
  std::string text = fmt::format("{} ({})", measure.variable.name, fmt::join(which, ", "));
  if (figure.heads) text += fmt::format(" per head of {}", figure.heads->ages.name);
  if (figure.reference) {
    text += fmt::format(" relative to {}", year_at(frame, *figure.reference).value());
  }
  return text;
}

FigureReader::FigureReader(const FigureFields& fields, const Frame& frame, const Model& model,
                           Mistakes& mistakes)
    : fields_(fields),
      frame_(frame),
      mistakes_(mistakes),
      measures_(fields.measure, frame, model, mistakes) {}

Figure FigureReader::read(const Settings& block) {
  Figure figure;
  figure.measure = measures_.read(block);
  read_heads(block, figure);
  read_years(block, figure);
  return figure;
}

void FigureReader::read_heads(const Settings& block, Figure& figure) {
  const auto text = block.maybe(fields_.per_head_of);
  if (!text) return;
  if (figure.measure.indicator) {
    wrong(block, fields_.per_head_of, "an indicator is of no heads", "leave it out");
    return;
  }
  AgesRead read{AgeGroup{std::string(everywhere), Age(0), Age(frame_.ages() - 1)}, "", ""};
  if (*text != everywhere) read = ages_of(*text, frame_);
  if (read.group) {
    figure.heads = measures_.people_of(figure.measure, *read.group);
  } else {
    wrong(block, fields_.per_head_of, read.what, read.remedy);
  }
}

void FigureReader::read_years(const Settings& block, Figure& figure) {
  const std::size_t first = figure.measure.variable.moment == Moment::flow ? 1 : 0;
  figure.year = position_of(block, fields_.year, first);
  if (!block.maybe(fields_.relative_to)) return;
  figure.reference = position_of(block, fields_.relative_to, first);
  if (*figure.reference >= figure.year) {
    wrong(block, fields_.relative_to,
          fmt::format("it is not before {}, the year that is asked for", block[fields_.year]),
          "a figure is relative to an earlier year");
  }
}

/// Among the years of the projection, of which some quantities have no figure at the base year.
std::size_t FigureReader::position_of(const Settings& block, const Integer& field,
                                      std::size_t first) {
  const int year = static_cast<int>(block[field]);
  const int after = year - frame_.base_year.value();
  const auto position = static_cast<std::size_t>(std::max(after, 0) / frame_.step);
  if (after >= 0 && after % frame_.step == 0 && position >= first && position <= frame_.intervals) {
    return position;
  }
  wrong(block, field, fmt::format("there is no figure of {}", year),
        fmt::format("the years are {} to {}{}", year_at(frame_, first).value(),
                    frame_.end_year().value(),
                    frame_.step == 1 ? "" : fmt::format(", every {}", frame_.step)));
  return first;
}

void FigureReader::wrong(const Settings& block, const Parameter& field, std::string what,
                         std::string remedy) {
  mistakes_.add(block.mistake(field, std::move(what), std::move(remedy)));
}

DrawFigures divided(const Figure& figure, const DrawFigures& figures, const DrawFigures& heads) {
  DrawFigures quotient = figures;
  if (figure.heads) divide(quotient.values, heads.values);
  if (!figure.reference) return quotient;
  const std::span<const double> of_year = quotient.of(*figure.reference);
  const std::vector<double> reference(of_year.begin(), of_year.end());
  for (std::size_t year = 0; year < quotient.years(); ++year) {
    divide(std::span(quotient.values).subspan(year * quotient.draws, quotient.draws), reference);
  }
  return quotient;
}

FigureWatch::FigureWatch(const Model& model, const Frame& frame, std::span<const DrawBlock> blocks,
                         std::vector<Figure> figures)
    : figures_(std::move(figures)), log_(model, frame, blocks, measures_of(figures_)) {}

DrawFigures FigureWatch::figure(std::size_t number) const {
  const DrawFigures& itself = log_.figures(number);
  if (!figures_[number].heads) return divided(figures_[number], itself, itself);
  const auto with_heads_before =
      std::count_if(figures_.begin(), figures_.begin() + static_cast<std::ptrdiff_t>(number),
                    [](const Figure& before) { return before.heads.has_value(); });
  return divided(figures_[number], itself,
                 log_.figures(figures_.size() + static_cast<std::size_t>(with_heads_before)));
}

}  // namespace kohort
