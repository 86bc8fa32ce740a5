#include "engine/compare/judge.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

#include <fmt/format.h>

#include "engine/compare/cell_forecast.hpp"
#include "engine/evaluate/measures.hpp"
#include "engine/evaluate/resample.hpp"

namespace kohort::compare {
namespace {

constexpr std::array levels{0.5, 0.8, 0.9, 0.95};
constexpr std::size_t pit_parts = 10;

using Cells = std::vector<CellForecast>;
using Values = std::vector<std::pair<std::string, double>>;

std::string of_level(const char* measure, double level) {
  return fmt::format("{}_{:.0f}", measure, 100.0 * level);
}

/// Gathers measures of the same cells, with one group of draws left out or none.
class MeasuresOfCells {
 public:
  MeasuresOfCells(const Cells& cells, By by, std::optional<std::size_t> leave_out)
      : cells_(cells), by_(by), leave_out_(leave_out) {
    for (const CellForecast& cell : cells) {
      if (by == By::draws) sorted_.push_back(cell.sorted(leave_out));
      pairs_.push_back({mean_of(cell), cell.outturn});
    }
  }

  void add_errors(bool in_per_cent) {
    const evaluate::Errors errors = evaluate::errors_of(pairs_);
    add("mae", errors.mae);
    add("rmse", errors.rmse);
    if (in_per_cent) {
      add("mape", errors.mape);
      add("mdape", errors.mdape);
      add("malpe", errors.malpe);
      add("wape", errors.wape);
      add("within_5", errors.within_5);
      add("within_10", errors.within_10);
    }
    std::vector<evaluate::Pair> naive;
    for (const CellForecast& cell : cells_) naive.push_back({cell.launch, cell.outturn});
    if (launches_known()) add("mase", evaluate::scaled_error(pairs_, naive));
  }

  void add_directions() {
    if (!launches_known()) return;
    std::vector<evaluate::Course> courses;
    std::vector<evaluate::Chance> chances;
    for (std::size_t at = 0; at < cells_.size(); ++at) {
      const double launch = cells_[at].launch;
      courses.push_back({launch, pairs_[at].forecast, pairs_[at].outturn});
      if (by_ == By::figures) continue;
      chances.push_back({1.0 - share_up_to(at, launch), pairs_[at].outturn > launch});
    }
    add("direction_hits", 100.0 * evaluate::direction_hit_rate(courses));
    if (!chances.empty()) add("brier", evaluate::brier_score(chances));
  }

  void add_scores() {
    if (by_ == By::figures) return;
    add("crps", mean([&](std::size_t at) {
          return by_ == By::draws
                     ? evaluate::crps_of_draws(sorted_[at], cells_[at].outturn)
                     : evaluate::crps_of_quantiles(cells_[at].by_quantiles(), cells_[at].outturn);
        }));
    for (const double level : levels) add_interval(level);
    std::array<double, pit_parts> parts{};
    for (std::size_t at = 0; at < cells_.size(); ++at) {
      evaluate::add_to_histogram(pit(at), parts);
    }
    for (std::size_t part = 0; part < pit_parts; ++part) {
      add(fmt::format("pit_{}", part + 1), 100.0 * parts[part] / count());
    }
  }

  Values take() { return std::move(values_); }

 private:
  double count() const { return static_cast<double>(cells_.size()); }

  /// The mean of the draws that are left; with all of them that which the result has stored.
  double mean_of(const CellForecast& cell) const {
    if (!leave_out_) return cell.forecast;
    const std::vector<double>& draws = sorted_.back();
    return std::accumulate(draws.begin(), draws.end(), 0.0) / static_cast<double>(draws.size());
  }

  bool launches_known() const {
    return std::none_of(cells_.begin(), cells_.end(),
                        [](const CellForecast& cell) { return std::isnan(cell.launch); });
  }

  template <class Score>
  double mean(Score&& score) const {
    double sum = 0.0;
    for (std::size_t at = 0; at < cells_.size(); ++at) sum += score(at);
    return sum / count();
  }

  double share_up_to(std::size_t at, double limit) const {
    if (by_ == By::draws) return evaluate::pit_of_draws(sorted_[at], limit).to;
    return evaluate::probability_up_to(cells_[at].by_quantiles(), limit);
  }

  evaluate::PitRange pit(std::size_t at) const {
    return by_ == By::draws
               ? evaluate::pit_of_draws(sorted_[at], cells_[at].outturn)
               : evaluate::pit_of_quantiles(cells_[at].by_quantiles(), cells_[at].outturn);
  }

  void add_interval(double level) {
    std::vector<evaluate::Interval> intervals;
    for (std::size_t at = 0; at < cells_.size(); ++at) {
      const auto interval = by_ == By::draws
                                ? std::optional(evaluate::interval_of_sorted(sorted_[at], level))
                                : cells_[at].interval(level);
      if (!interval) return;
      intervals.push_back(*interval);
    }
    add(of_level("coverage", level), 100.0 * mean([&](std::size_t at) {
                                       return intervals[at].covers(cells_[at].outturn) ? 1.0 : 0.0;
                                     }));
    add(of_level("interval_score", level), mean([&](std::size_t at) {
          return evaluate::interval_score(intervals[at], cells_[at].outturn);
        }));
  }

  void add(const std::string& name, std::optional<double> value) {
    if (value) values_.emplace_back(name, *value);
  }

  const Cells& cells_;
  By by_;
  std::optional<std::size_t> leave_out_;
  std::vector<std::vector<double>> sorted_;
  std::vector<evaluate::Pair> pairs_;
  Values values_;
};

/// What all cells have in common to be judged by.
By by_of(const Cells& cells) {
  const auto all = [&](auto&& has) { return std::all_of(cells.begin(), cells.end(), has); };
  if (all([](const CellForecast& cell) { return !cell.draws.empty(); })) return By::draws;
  if (all([](const CellForecast& cell) { return !cell.quantiles.empty(); })) return By::quantiles;
  return By::figures;
}

class Judge {
 public:
  Judge(const Compared& compared, const Evidence& evidence)
      : compared_(compared), evidence_(evidence) {}

  std::vector<Measured> take() {
    const CellAxes& axes = compared_.axes;
    for (std::size_t ages = 0; ages < axes.ages.size(); ++ages) {
      for (std::size_t sex = 0; sex < axes.sexes.size(); ++sex) {
        for (std::size_t year = 0; year < axes.years.size(); ++year) over_areas(ages, sex, year);
        for (std::size_t area = 0; area < axes.areas.size(); ++area) over_years(ages, sex, area);
      }
    }
    return std::move(measures_);
  }

 private:
  void over_areas(std::size_t ages, std::size_t sex, std::size_t year) {
    std::vector<CellPosition> cells;
    for (std::size_t area = 0; area < compared_.axes.areas.size(); ++area) {
      if (compared_.area_kinds[area] == "area") cells.push_back({area, ages, sex, year});
    }
    add(cells, {.name = "", .area = {}, .year = year, .ages = ages, .sex = sex});
  }

  void over_years(std::size_t ages, std::size_t sex, std::size_t area) {
    std::vector<CellPosition> cells;
    for (std::size_t year = 0; year < compared_.axes.years.size(); ++year) {
      if (compared_.axes.years[year] > evidence_.launch) cells.push_back({area, ages, sex, year});
    }
    add(cells, {.name = "", .area = area, .year = {}, .ages = ages, .sex = sex});
  }

  CellForecast forecast_of(const CellPosition& cell) const {
    const CellAxes& axes = compared_.axes;
    const std::size_t at = axes.at(cell);
    CellForecast forecast{compared_.result[at], compared_.standard[at]};
    forecast.launch =
        evidence_.at_launch.empty() ? not_known : evidence_.at_launch[at / axes.years.size()];
    forecast.take(evidence_.spread, at);
    return forecast;
  }

  void add(const std::vector<CellPosition>& positions, const Measured& like) {
    Cells cells;
    for (const CellPosition& cell : positions) {
      const std::size_t at = compared_.axes.at(cell);
      if (std::isnan(compared_.standard[at]) || std::isnan(compared_.result[at])) continue;
      cells.push_back(forecast_of(cell));
    }
    if (cells.empty()) return;
    const By by = by_of(cells);
    const Values values = measured(cells, by, std::nullopt);
    const std::map<std::string, double> errors = monte_carlo_errors(cells, by);
    for (const auto& [name, value] : values) {
      Measured one = like;
      one.name = name;
      one.value = value;
      one.count = cells.size();
      one.by = by;
      if (const auto error = errors.find(name); error != errors.end()) {
        one.monte_carlo_error = error->second;
      }
      for (const double level : levels) {
        if (name != of_level("coverage", level)) continue;
        one.binomial_error = 100.0 * evaluate::binomial_error(level, cells.size());
      }
      measures_.push_back(std::move(one));
    }
    add_structure(positions, like);
  }

  Values measured(const Cells& cells, By by, std::optional<std::size_t> leave_out) const {
    MeasuresOfCells measures(cells, by, leave_out);
    if (compared_.directions) {
      measures.add_directions();
      return measures.take();
    }
    measures.add_errors(!compared_.quantity.since);
    measures.add_directions();
    measures.add_scores();
    return measures.take();
  }

  std::map<std::string, double> monte_carlo_errors(const Cells& cells, By by) const {
    std::map<std::string, double> errors;
    const std::size_t groups = std::min(evaluate::jackknife_groups, evidence_.spread.draws);
    if (by != By::draws || groups < 2) return errors;
    std::map<std::string, std::vector<double>> without;
    for (std::size_t group = 0; group < groups; ++group) {
      for (const auto& [name, value] : measured(cells, by, group)) without[name].push_back(value);
    }
    for (const auto& [name, values] : without) {
      if (values.size() == groups) errors[name] = evaluate::jackknife_error(values);
    }
    return errors;
  }

  /// The mean error of the age structure, beside the measures of all ages.
  void add_structure(const std::vector<CellPosition>& positions, const Measured& like) {
    const Structure& structure = evidence_.structure;
    if (structure.ages == 0 || compared_.axes.ages[like.ages] != everywhere) return;
    double sum = 0.0;
    std::size_t count = 0;
    for (const CellPosition& cell : positions) {
      const std::vector<double> standard = ages_of(structure.standard, cell);
      const std::vector<double> result = ages_of(structure.result, cell);
      if (!is_sound(standard) || !is_sound(result)) continue;
      sum += evaluate::dissimilarity(result, standard);
      ++count;
    }
    if (count == 0) return;
    Measured one = like;
    one.name = "age_structure";
    one.value = 100.0 * sum / static_cast<double>(count);
    one.count = count;
    measures_.push_back(std::move(one));
  }

  std::vector<double> ages_of(const std::vector<double>& figures, const CellPosition& cell) const {
    const CellAxes& axes = compared_.axes;
    std::vector<double> ages;
    for (std::size_t age = 0; age < evidence_.structure.ages; ++age) {
      const std::size_t row = cell.area * evidence_.structure.ages + age;
      ages.push_back(figures[(row * axes.sexes.size() + cell.sex) * axes.years.size() + cell.year]);
    }
    return ages;
  }

  static bool is_sound(const std::vector<double>& ages) {
    const double sum = std::accumulate(ages.begin(), ages.end(), 0.0);
    return std::isfinite(sum) && sum > 0.0;
  }

  const Compared& compared_;
  const Evidence& evidence_;
  std::vector<Measured> measures_;
};

}  // namespace

std::vector<Measured> measures_of(const Compared& compared, const Evidence& evidence) {
  return Judge(compared, evidence).take();
}

}  // namespace kohort::compare
