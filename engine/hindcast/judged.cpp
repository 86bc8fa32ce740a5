#include "engine/hindcast/judged.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/compare/judge.hpp"
#include "engine/evaluate/measures.hpp"
#include "engine/hindcast/known_figures.hpp"

namespace kohort::hindcast {
namespace {

using compare::CellAxes;
using compare::Compared;
using compare::Comparison;
using compare::Measured;
using compare::not_known;

bool any_known(const std::vector<double>& figures) {
  return std::any_of(figures.begin(), figures.end(), [](double one) { return !std::isnan(one); });
}

bool is_common(const MethodFigures& method) {
  return method.kind != MethodKind::published && !method.directions;
}

/// A launch is judged in one or two years: measures over the years of an area say no more than its
/// figures do.
std::vector<Measured> over_areas(std::vector<Measured> measures) {
  std::erase_if(measures, [](const Measured& one) { return one.area.has_value(); });
  return measures;
}

double sign(double change) { return (change > 0.0) - (change < 0.0); }

class Judge {
 public:
  explicit Judge(JudgedLaunch judged) : judged_(std::move(judged)) {
    leave_out_methods();
    leave_out_cells();
  }

  std::vector<Comparison> take() {
    std::vector<Comparison> comparisons;
    for (const MethodFigures& method : judged_.methods) {
      Compared compared = method.directions ? of_directions(method) : of_figures(method);
      if (!any_known(compared.result)) continue;
      comparisons.push_back({.standard = judged_.name,
                             .reference = true,
                             .vintage = method.vintage,
                             .result = method.name,
                             .launch = judged_.launch,
                             .quantities = {std::move(compared)},
                             .decompositions = {},
                             .left_out = left_out_});
    }
    return comparisons;
  }

 private:
  void leave_out_methods() {
    std::erase_if(judged_.methods, [&](const MethodFigures& method) {
      if (any_known(method.figures)) return false;
      if (method.kind == MethodKind::run) {
        throw Error(Fault::scenario,
                    Mistake{{method.name, 0, 0},
                            fmt::format("it has no figure of what is judged as '{}' from {}",
                                        judged_.name, judged_.launch),
                            "judge areas and ages that it projects"});
      }
      if (method.kind == MethodKind::naive) {
        left_out_.push_back(fmt::format("{}: what it needs is not known", method.name));
      }
      return true;
    });
  }

  /// All are judged by the same cells: else one would be better by what it leaves out.
  void leave_out_cells() {
    std::size_t known = 0;
    std::size_t kept = 0;
    for (std::size_t at = 0; at < judged_.outturn.size(); ++at) {
      if (std::isnan(judged_.outturn[at])) continue;
      ++known;
      const bool common = std::all_of(
          judged_.methods.begin(), judged_.methods.end(), [&](const MethodFigures& method) {
            return !is_common(method) || !std::isnan(method.figures[at]);
          });
      if (common) {
        ++kept;
      } else {
        judged_.outturn[at] = not_known;
      }
    }
    if (kept < known) {
      left_out_.push_back(
          fmt::format("{} of {} figures: not every method has them", known - kept, known));
    }
  }

  Compared begun(const MethodFigures& method) const {
    Compared compared{persons, "1", "", method.directions, judged_.axes, {}, {}, {}, {}};
    compared.area_kinds.assign(judged_.axes.areas.size(), "area");
    compared.standard = judged_.outturn;
    compared.result = method.figures;
    for (std::size_t at = 0; at < compared.result.size(); ++at) {
      if (std::isnan(judged_.outturn[at])) compared.result[at] = not_known;
    }
    return compared;
  }

  Compared of_figures(const MethodFigures& method) const {
    Compared compared = begun(method);
    compared.measures = over_areas(measures_of(
        compared, {judged_.launch, judged_.at_launch, method.spread, structure(compared)}));
    for (const MethodFigures& naive : judged_.methods) {
      const bool other = naive.kind == MethodKind::naive && !naive.directions;
      if (other && naive.name != method.name) add_skill(naive, compared);
    }
    return compared;
  }

  /// The finest of the judged ages that make up all ages.
  static compare::Structure structure(const Compared& compared) {
    const CellAxes& axes = compared.axes;
    const auto tiles = compare::tiles_of({0, std::nullopt}, compare::spans_of(axes.ages));
    if (tiles.size() < 2) return {};
    compare::Structure structure{tiles.size()};
    for (std::size_t area = 0; area < axes.areas.size(); ++area) {
      for (const std::size_t ages : tiles) {
        for (std::size_t sex = 0; sex < axes.sexes.size(); ++sex) {
          for (std::size_t year = 0; year < axes.years.size(); ++year) {
            const std::size_t at = axes.at({area, ages, sex, year});
            structure.standard.push_back(compared.standard[at]);
            structure.result.push_back(compared.result[at]);
          }
        }
      }
    }
    return structure;
  }

  void add_skill(const MethodFigures& naive, Compared& compared) const {
    const CellAxes& axes = compared.axes;
    for (std::size_t ages = 0; ages < axes.ages.size(); ++ages) {
      for (std::size_t sex = 0; sex < axes.sexes.size(); ++sex) {
        for (std::size_t year = 0; year < axes.years.size(); ++year) {
          std::vector<evaluate::Pair> own;
          std::vector<evaluate::Pair> others;
          for (std::size_t area = 0; area < axes.areas.size(); ++area) {
            const std::size_t at = axes.at({area, ages, sex, year});
            if (std::isnan(compared.result[at])) continue;
            own.push_back({compared.result[at], compared.standard[at]});
            others.push_back({naive.figures[at], compared.standard[at]});
          }
          const auto skill = skill_of(own, others);
          if (!skill) continue;
          compared.measures.push_back({.name = "skill_" + naive.name,
                                       .area = {},
                                       .year = year,
                                       .ages = ages,
                                       .sex = sex,
                                       .value = *skill,
                                       .count = own.size()});
        }
      }
    }
  }

  static std::optional<double> skill_of(const std::vector<evaluate::Pair>& own,
                                        const std::vector<evaluate::Pair>& naive) {
    if (own.empty()) return std::nullopt;
    const auto error = evaluate::errors_of(own).mape;
    const auto of_naive = evaluate::errors_of(naive).mape;
    if (!error || !of_naive || *of_naive == 0.0) return std::nullopt;
    return 100.0 * (1.0 - *error / *of_naive);
  }

  Compared of_directions(const MethodFigures& method) const {
    Compared compared = begun(method);
    compared.quantity.since = judged_.launch;
    for (std::size_t at = 0; at < compared.standard.size(); ++at) {
      const double launch = judged_.at_launch[at / compared.axes.years.size()];
      compared.standard[at] = std::isnan(compared.standard[at]) || std::isnan(launch)
                                  ? not_known
                                  : sign(compared.standard[at] - launch);
      if (std::isnan(compared.standard[at])) compared.result[at] = not_known;
    }
    const std::vector<double> none(judged_.at_launch.size(), 0.0);
    compared.measures = over_areas(measures_of(compared, {judged_.launch, none, {}, {}}));
    add_brier(compared);
    return compared;
  }

  /// A statement of which way is a probability of growth of 1 or 0.
  static void add_brier(Compared& compared) {
    const CellAxes& axes = compared.axes;
    std::vector<Measured> scores;
    for (const Measured& hits : compared.measures) {
      if (hits.name != "direction_hits" || !hits.year) continue;
      std::vector<evaluate::Chance> chances;
      for (std::size_t area = 0; area < axes.areas.size(); ++area) {
        const std::size_t at = axes.at({area, hits.ages, hits.sex, *hits.year});
        if (std::isnan(compared.result[at])) continue;
        chances.push_back({compared.result[at] > 0.0 ? 1.0 : 0.0, compared.standard[at] > 0.0});
      }
      Measured score = hits;
      score.name = "brier";
      score.value = evaluate::brier_score(chances);
      scores.push_back(std::move(score));
    }
    compared.measures.insert(compared.measures.end(), scores.begin(), scores.end());
  }

  JudgedLaunch judged_;
  std::vector<std::string> left_out_;
};

}  // namespace

std::vector<Comparison> judge(JudgedLaunch judged) { return Judge(std::move(judged)).take(); }

MethodFigures average_of(const std::vector<MethodFigures>& methods,
                         const std::vector<std::string>& names) {
  MethodFigures average{"average"};
  for (const MethodFigures& method : methods) {
    if (std::find(names.begin(), names.end(), method.name) == names.end()) continue;
    average.figures.resize(method.figures.size(), 0.0);
    for (std::size_t at = 0; at < method.figures.size(); ++at) {
      average.figures[at] += method.figures[at] / static_cast<double>(names.size());
    }
  }
  return average;
}

}  // namespace kohort::hindcast
