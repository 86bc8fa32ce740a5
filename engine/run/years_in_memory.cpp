#include "engine/run/years_in_memory.hpp"

#include <algorithm>

namespace kohort {
namespace {

/// Where a year lies in a table of all of them: in each of `rows`, such as those of the quantiles.
struct YearPlace {
  std::size_t year = 0;
  std::size_t cells = 0;
  std::size_t of_all_years = 0;  ///< figures of a row

  std::ptrdiff_t in_row(std::size_t row) const {
    return static_cast<std::ptrdiff_t>(row * of_all_years + year * cells);
  }
};

template <class Value>
void enter(const std::vector<Value>& of_year, const YearPlace& place, std::vector<Value>& all) {
  const auto cells = static_cast<std::ptrdiff_t>(place.cells);
  auto next = of_year.begin();
  for (std::size_t row = 0; next != of_year.end(); ++row, next += cells) {
    std::copy(next, next + cells, all.begin() + place.in_row(row));
  }
}

template <class Value>
std::vector<Value> year_from(const std::vector<Value>& all, const YearPlace& place) {
  std::vector<Value> of_year;
  if (all.empty()) return of_year;
  for (std::size_t row = 0; row < all.size() / place.of_all_years; ++row) {
    const auto first = all.begin() + place.in_row(row);
    of_year.insert(of_year.end(), first, first + static_cast<std::ptrdiff_t>(place.cells));
  }
  return of_year;
}

YearlyTable table_of(const Variable& variable, bool indicator, std::size_t figures,
                     const Frame& frame) {
  const std::size_t years = years_of(variable, frame);
  return {variable, indicator, years, figures / years};
}

std::vector<YearlyTable> tables_of(std::span<const Recorded> recorded, const Frame& frame) {
  std::vector<YearlyTable> tables;
  for (const Recorded& one : recorded) {
    const std::size_t figures = one.values.size();
    tables.push_back(table_of(one.variable, false, figures, frame));
    tables.back().quantiles = one.quantiles.size() / figures;
    tables.back().draws = one.draws.size() / figures;
  }
  return tables;
}

std::vector<YearlyTable> tables_of(std::span<const Summarised> summary, const Frame& frame) {
  std::vector<YearlyTable> tables;
  for (const Summarised& one : summary) {
    const std::size_t figures = one.values.size();
    tables.push_back(table_of(one.variable, one.indicator, figures, frame));
    tables.back().quantiles = one.quantiles.size() / figures;
    tables.back().layers = one.deviations.size() / figures;
  }
  return tables;
}

/// Where the year stands among all figures of a variable; none of a flow at the base year.
std::optional<YearPlace> place_in(const Variable& variable, std::optional<Interval> interval,
                                  std::size_t cells, std::size_t figures) {
  const auto year = year_of(variable, interval);
  if (!year) return std::nullopt;
  return YearPlace{*year, cells, figures};
}

}  // namespace

void YearsInMemory::begin(std::span<const YearlyTable> cells, std::span<const YearlyTable> sums) {
  for (const YearlyTable& table : cells) {
    const std::size_t figures = table.years * table.cells;
    recorded_.push_back({table.variable, std::vector<double>(figures),
                         std::vector<double>(table.quantiles * figures),
                         std::vector<float>(table.draws * figures)});
  }
  for (const YearlyTable& table : sums) {
    const std::size_t figures = table.years * table.cells;
    summary_.push_back({table.variable, table.indicator, std::vector<double>(figures),
                        std::vector<double>(table.quantiles * figures),
                        std::vector<double>(table.layers * figures)});
  }
}

void YearsInMemory::take(FinishedYear year) {
  for (std::size_t at = 0; at < recorded_.size(); ++at) {
    Recorded& all = recorded_[at];
    const YearFigures& figures = year.cells[at];
    const auto place =
        place_in(all.variable, year.interval, figures.values.size(), all.values.size());
    if (!place) continue;
    enter(figures.values, *place, all.values);
    enter(figures.quantiles, *place, all.quantiles);
    enter(figures.draws, *place, all.draws);
  }
  for (std::size_t at = 0; at < summary_.size(); ++at) {
    Summarised& all = summary_[at];
    const YearFigures& figures = year.sums[at];
    const auto place =
        place_in(all.variable, year.interval, figures.values.size(), all.values.size());
    if (!place) continue;
    enter(figures.values, *place, all.values);
    enter(figures.quantiles, *place, all.quantiles);
    enter(figures.deviations, *place, all.deviations);
  }
}

namespace {

/// One year of what was gathered.
FinishedYear year_of_all(std::span<const Recorded> recorded, std::span<const Summarised> summary,
                         std::optional<Interval> interval, const Frame& frame) {
  FinishedYear year{interval, {}, {}};
  const auto place_of = [&](const auto& one) {
    const std::size_t figures = one.values.size();
    return place_in(one.variable, interval, figures / years_of(one.variable, frame), figures);
  };
  for (const Recorded& one : recorded) {
    YearFigures& figures = year.cells.emplace_back();
    const auto place = place_of(one);
    if (!place) continue;
    figures = {year_from(one.values, *place),
               year_from(one.quantiles, *place),
               {},
               year_from(one.draws, *place)};
  }
  for (const Summarised& one : summary) {
    YearFigures& figures = year.sums.emplace_back();
    const auto place = place_of(one);
    if (!place) continue;
    figures = {year_from(one.values, *place),
               year_from(one.quantiles, *place),
               year_from(one.deviations, *place),
               {}};
  }
  return year;
}

}  // namespace

void replay(std::span<const Recorded> recorded, std::span<const Summarised> summary,
            const Frame& frame, YearSink& sink) {
  const std::vector<YearlyTable> cells = tables_of(recorded, frame);
  const std::vector<YearlyTable> sums = tables_of(summary, frame);
  sink.begin(cells, sums);
  sink.take(year_of_all(recorded, summary, std::nullopt, frame));
  for (const Interval interval : positions<Interval>(frame.intervals)) {
    sink.take(year_of_all(recorded, summary, interval, frame));
  }
}

}  // namespace kohort
