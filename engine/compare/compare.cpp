#include "engine/compare/compare.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/error.hpp"
#include "engine/base/nearest.hpp"
#include "engine/compare/align.hpp"
#include "engine/compare/judge.hpp"

namespace kohort::compare {
namespace {

/// Tables by single years of age are compared by the groups of the result unless ages are named.
constexpr std::size_t most_ages = 30;

CellAxes with_areas(CellAxes axes, const std::vector<std::string>& areas) {
  axes.areas = areas;
  return axes;
}

CellAxes with_ages(CellAxes axes, const std::vector<std::string>& ages) {
  axes.ages = ages;
  return axes;
}

/// Labels of which `has` is true.
template <class Has>
std::vector<std::string> kept(const std::vector<std::string>& labels, Has&& has) {
  std::vector<std::string> found;
  std::copy_if(labels.begin(), labels.end(), std::back_inserter(found), has);
  return found;
}

bool any_known(const std::vector<double>& figures) {
  return std::any_of(figures.begin(), figures.end(), [](double one) { return !std::isnan(one); });
}

/// Whether a result has figures of ages and a sex in any of the areas.
bool has_figures(const Result& result, const Quantity& quantity, const CellAxes& axes,
                 const std::string& ages, const std::string& sex) {
  return any_known(result.figures(quantity, {axes.areas, {ages}, {sex}, {axes.years.front()}}));
}

std::vector<std::string> together(std::vector<std::string> some,
                                  const std::vector<std::string>& more) {
  for (const std::string& label : more) {
    if (!position_of(some, label)) some.push_back(label);
  }
  return some;
}

/// The figures of the result at the launch, from which directions and the naive forecast go: of
/// changes none has happened yet; of flows nothing is known.
std::vector<double> figures_at_launch(const Result& result, const Quantity& quantity,
                                      CellAxes axes) {
  axes.years = {result.launch()};
  if (quantity.since) return std::vector<double>(axes.size(), 0.0);
  if (!result.is_stock(quantity)) return {};
  return result.figures(quantity, axes);
}

/// The names of variables, each once.
std::vector<std::string> variables_of(const Result& result) {
  std::vector<std::string> names;
  for (const Quantity& quantity : result.quantities()) {
    if (names.empty() || names.back() != quantity.variable) names.push_back(quantity.variable);
  }
  return names;
}

/// Wanted variables that a result does not have.
void check_variables(const Result& result, const Wanted& wanted, Misfits& misfits) {
  const std::vector<std::string> names = variables_of(result);
  for (const std::string& variable : wanted.variables) {
    if (position_of(names, variable)) continue;
    const auto meant = nearest(variable, names);
    misfits.add(result.file(), fmt::format("it has no variable '{}'", variable),
                meant ? fmt::format("did you mean '{}'?", *meant)
                      : fmt::format("it has {}", fmt::join(names, ", ")));
  }
}

bool is_wanted(const Quantity& quantity, const Wanted& wanted) {
  return wanted.variables.empty() || position_of(wanted.variables, quantity.variable);
}

/// Holds results against each other.
class OfResults {
 public:
  OfResults(const Result& standard, const Result& result, const Wanted& wanted)
      : standard_(standard), result_(result), wanted_(wanted), misfits_(wanted) {}

  Comparison take() {
    check_variables(standard_, wanted_, misfits_);
    check_variables(result_, wanted_, misfits_);
    areas_ = common_areas(standard_, result_, wanted_, misfits_);
    check_years();
    misfits_.throw_if_any();
    for (const Quantity& quantity : standard_.quantities()) {
      if (!is_wanted(quantity, wanted_)) continue;
      if (!result_.has(quantity)) {
        note_missing(result_, quantity);
      } else if (agree(quantity)) {
        comparison_.quantities.push_back(compared(quantity));
      }
    }
    for (const Quantity& quantity : result_.quantities()) {
      if (!is_wanted(quantity, wanted_) || standard_.has(quantity)) continue;
      note_missing(standard_, quantity);
    }
    misfits_.throw_if_any();
    comparison_.standard = standard_.file();
    comparison_.result = result_.file();
    comparison_.launch = result_.launch();
    comparison_.left_out = misfits_.left_out();
    return std::move(comparison_);
  }

 private:
  /// A variable that is not there at all once, not kind by kind.
  void note_missing(const Result& result, const Quantity& quantity) {
    const bool other_kinds = position_of(variables_of(result), quantity.variable).has_value();
    misfits_.note(fmt::format("{} has no {}", result.file(),
                              other_kinds ? to_string(quantity) : quantity.variable));
  }

  void check_years() {
    const std::vector<int> ones = standard_.axes_of(persons_quantity).years;
    const std::vector<int> others = result_.axes_of(persons_quantity).years;
    if (!common_years(ones, others, wanted_).empty()) return;
    misfits_.add(result_.file(),
                 fmt::format("its years {} and those of {}, {}, have none in common{}",
                             years_text(others), standard_.file(), years_text(ones),
                             wanted_.years.empty() ? "" : " that is asked for"),
                 "compare results whose years overlap");
  }

  /// Whether unit and definitions are the same.
  bool agree(const Quantity& quantity) {
    const std::string one = standard_.unit(quantity);
    const std::string other = result_.unit(quantity);
    if (one != other) {
      misfits_.add(result_.file(),
                   fmt::format("the unit of {} is '{}', that of {} is '{}'", to_string(quantity),
                               other, standard_.file(), one),
                   "compare what is measured in the same unit, or leave it out: --variable NAME");
      return false;
    }
    const auto defined = standard_.definitions().of(quantity);
    const auto defined_too = result_.definitions().of(quantity);
    if (wanted_.any_definition || defined == defined_too) return true;
    misfits_.add(
        result_.file(),
        fmt::format("{} counts by {}, in {} by {}", to_string(quantity),
                    fmt::join(defined_too, ", "), standard_.file(), fmt::join(defined, ", ")),
        "leave it out by --variable NAME, or compare it all the same: --any-definition");
    return false;
  }

  Compared compared(const Quantity& quantity) const {
    const CellAxes ones = standard_.axes_of(quantity);
    const CellAxes others = result_.axes_of(quantity);
    CellAxes axes{areas_.standard, {}, {}, common_years(ones.years, others.years, wanted_)};
    Compared compared{quantity, standard_.unit(quantity), "", false, axes, areas_.kinds, {}, {},
                      {}};
    if (axes.years.empty()) return compared;
    const auto both_have = [&](const std::string& ages, const std::string& sex) {
      return has_figures(standard_, quantity, axes, ages, sex) &&
             has_figures(result_, quantity, with_areas(axes, areas_.result), ages, sex);
    };
    const auto& sexes = wanted_.sexes.empty() ? ones.sexes : wanted_.sexes;
    const auto& ages = wanted_.ages.empty() ? together(ones.ages, others.ages) : wanted_.ages;
    axes.sexes = kept(
        sexes, [&](const std::string& sex) { return both_have(std::string(everywhere), sex); });
    if (axes.sexes.empty()) return compared;
    axes.ages =
        kept(ages, [&](const std::string& label) { return both_have(label, axes.sexes.front()); });
    compared.axes = axes;
    const CellAxes axes_of_result = with_areas(axes, areas_.result);
    compared.standard = standard_.figures(quantity, axes);
    compared.result = result_.figures(quantity, axes_of_result);
    Evidence evidence{result_.launch(),
                      figures_at_launch(result_, quantity, axes_of_result),
                      {},
                      structure(quantity, axes)};
    compared.measures = measures_of(compared, evidence);
    return compared;
  }

  /// By the finest ages that both have: single ones where their age groups are the same.
  Structure structure(const Quantity& quantity, const CellAxes& axes) const {
    if (quantity != persons_quantity) return {};
    std::vector<std::string> ages = standard_.age_labels();
    if (ages != result_.age_labels()) {
      ages.clear();
      for (const std::size_t at : tiles_of({0, std::nullopt}, spans_of(axes.ages))) {
        ages.push_back(axes.ages[at]);
      }
    }
    if (ages.size() < 2) return {};
    return {ages.size(), standard_.figures(quantity, with_ages(axes, ages)),
            result_.figures(quantity, with_ages(with_areas(axes, areas_.result), ages))};
  }

  const Result& standard_;
  const Result& result_;
  const Wanted& wanted_;
  Misfits misfits_;
  CommonAreas areas_;
  Comparison comparison_;
};

/// Holds a result against a table.
class OfTable {
 public:
  OfTable(const Reference& reference, const Result& result, const Wanted& wanted)
      : reference_(reference), result_(result), wanted_(wanted), misfits_(wanted) {}

  std::vector<Comparison> take() {
    check_variables(result_, wanted_, misfits_);
    bool any = false;
    for (const ReferenceFigures& figures : reference_.figures) {
      if (!is_wanted(figures.quantity, wanted_)) continue;
      any = true;
      add(figures);
    }
    if (!any) {
      misfits_.add(reference_.file, "it has no figures of the variables asked for",
                   "ask for a variable that it has");
    }
    misfits_.throw_if_any();
    std::vector<Comparison> comparisons;
    for (auto& [vintage, comparison] : by_vintage_) {
      comparison.left_out = misfits_.left_out();
      comparisons.push_back(std::move(comparison));
    }
    return comparisons;
  }

 private:
  void add(const ReferenceFigures& figures) {
    if (!agree(figures)) return;
    const CommonAreas areas = common_areas(reference_, figures, result_, wanted_, misfits_);
    const std::vector<int> years = overlap(figures);
    if (areas.standard.empty() || years.empty()) return;
    Compared compared{figures.quantity,
                      result_.unit(level(figures)),
                      figures.definition,
                      figures.directions,
                      {areas.standard, {}, sexes(figures), years},
                      areas.kinds,
                      {},
                      {},
                      {}};
    compared.axes.ages = ages(figures, with_areas(compared.axes, areas.result));
    if (compared.axes.size() == 0) return;
    fill(figures, areas, compared);
    Comparison& comparison = by_vintage_[figures.vintage];
    comparison.standard = reference_.file;
    comparison.reference = true;
    comparison.vintage = figures.vintage;
    comparison.result = result_.file();
    comparison.launch = result_.launch();
    comparison.quantities.push_back(std::move(compared));
  }

  static Quantity level(const ReferenceFigures& figures) {
    return {figures.quantity.variable, figures.quantity.kind};
  }

  bool agree(const ReferenceFigures& figures) {
    const std::string name = to_string(level(figures));
    if (!result_.has(level(figures))) {
      misfits_.one_sided(reference_.file, fmt::format("{} has no {}", result_.file(), name));
      return false;
    }
    const std::string unit = result_.unit(level(figures));
    if (!figures.directions && !units_agree(reference_.unit, unit)) {
      misfits_.add(
          reference_.file,
          fmt::format("its card says that the unit is '{}', that of {} in the result is '{}'",
                      reference_.unit, name, unit),
          "write the figures in the unit of the result (1 is a count: persons, live "
          "births), and say so on the card");
      return false;
    }
    const auto defined = result_.definitions().of(level(figures));
    if (wanted_.any_definition || figures.definition.empty() ||
        position_of(defined, figures.definition)) {
      return true;
    }
    misfits_.add(
        reference_.file,
        fmt::format("its {} is counted by {}, that of {} by {}", name, figures.definition,
                    result_.file(),
                    defined.empty() ? std::string("no definition that it names")
                                    : fmt::format("{}", fmt::join(defined, ", "))),
        "compare what is counted in the same way, or compare it all the same: --any-definition");
    return false;
  }

  std::vector<int> overlap(const ReferenceFigures& figures) {
    const std::vector<int> own = result_.axes_of(level(figures)).years;
    const auto since = figures.quantity.since;
    std::vector<int> years = common_years(figures.axes.years, own, wanted_);
    if (years.empty() || (since && !position_of(own, *since))) {
      misfits_.one_sided(reference_.file,
                         fmt::format("{} is of {}{}, and {} has it for {}",
                                     to_string(level(figures)), years_text(figures.axes.years),
                                     since ? fmt::format(" since {}", *since) : std::string(),
                                     result_.file(), years_text(own)));
      return {};
    }
    if (years.size() < figures.axes.years.size()) {
      misfits_.note(fmt::format("of {} the years {} alone", reference_.file, years_text(years)));
    }
    return years;
  }

  /// Those of the table that the result has, and both together where the table has each.
  std::vector<std::string> sexes(const ReferenceFigures& figures) {
    const CellAxes own = result_.axes_of(level(figures));
    std::vector<std::string> labels = figures.axes.sexes;
    if (position_of(labels, std::string("female")) && position_of(labels, std::string("male"))) {
      labels = together(labels, {std::string(both_sexes)});
    }
    if (!wanted_.sexes.empty()) labels = wanted_.sexes;
    std::vector<std::string> found =
        kept(labels, [&](const std::string& sex) { return position_of(own.sexes, sex); });
    if (found.size() < labels.size()) {
      misfits_.one_sided(reference_.file, fmt::format("{} has no {} by sex", result_.file(),
                                                      to_string(level(figures))));
    }
    return found;
  }

  /// Ages of the table that the result can tell, and groups of the result that the table adds up
  /// to. `axes` has the areas of the result.
  std::vector<std::string> ages(const ReferenceFigures& figures, const CellAxes& axes) {
    if (axes.sexes.empty()) return {};
    const std::vector<std::string>& of_table = figures.axes.ages;
    std::vector<std::string> labels = wanted_.ages;
    if (labels.empty() && of_table.size() <= most_ages) labels = of_table;
    if (wanted_.ages.empty() && !figures.directions) {
      const auto spans = spans_of(of_table);
      labels = together(labels,
                        kept(result_.axes_of(level(figures)).ages, [&](const std::string& label) {
                          const auto span = span_of(label);
                          return span && !tiles_of(*span, spans).empty();
                        }));
    }
    std::vector<std::string> found = kept(labels, [&](const std::string& label) {
      return has_figures(result_, level(figures), axes, label, axes.sexes.front());
    });
    if (found.size() < labels.size()) {
      const auto missing =
          kept(labels, [&](const std::string& label) { return !position_of(found, label); });
      misfits_.one_sided(reference_.file,
                         fmt::format("{} cannot tell the ages {} of {} apart", result_.file(),
                                     fmt::join(missing, ", "), to_string(level(figures))));
    }
    return found;
  }

  static std::vector<double> of_table(const ReferenceFigures& figures, const CellAxes& axes) {
    std::vector<double> values;
    for (std::size_t at = 0; at < axes.size(); ++at) {
      const CellPosition cell = axes.cell(at);
      values.push_back(figures.figure(axes.areas[cell.area], axes.ages[cell.ages],
                                      axes.sexes[cell.sex], axes.years[cell.year]));
    }
    return values;
  }

  void fill(const ReferenceFigures& figures, const CommonAreas& areas, Compared& compared) const {
    const CellAxes& axes = compared.axes;
    const CellAxes axes_of_result = with_areas(axes, areas.result);
    compared.standard = of_table(figures, axes);
    compared.result = result_.figures(figures.quantity, axes_of_result);
    Evidence evidence{result_.launch(),
                      figures_at_launch(result_, figures.quantity, axes_of_result),
                      result_.spread(figures.quantity, axes_of_result),
                      {}};
    if (figures.quantity == persons_quantity) {
      evidence.structure = structure(figures, axes, areas.result);
    }
    compared.measures = measures_of(compared, evidence);
    if (!figures.directions) return;
    for (double& change : compared.result) change = (change > 0.0) - (change < 0.0);
  }

  Structure structure(const ReferenceFigures& figures, const CellAxes& axes,
                      const std::vector<std::string>& areas) const {
    std::vector<std::string> ages;
    for (const std::size_t at : tiles_of({0, std::nullopt}, spans_of(figures.axes.ages))) {
      ages.push_back(figures.axes.ages[at]);
    }
    if (ages.size() < 2) return {};
    const CellAxes by_age = with_ages(axes, ages);
    return {ages.size(), of_table(figures, by_age),
            result_.figures(figures.quantity, with_areas(by_age, areas))};
  }

  const Reference& reference_;
  const Result& result_;
  const Wanted& wanted_;
  Misfits misfits_;
  std::map<std::optional<int>, Comparison> by_vintage_;
};

}  // namespace

Comparison compare(const Result& standard, const Result& result, const Wanted& wanted) {
  return OfResults(standard, result, wanted).take();
}

std::vector<Comparison> compare(const Reference& standard, const Result& result,
                                const Wanted& wanted) {
  return OfTable(standard, result, wanted).take();
}

}  // namespace kohort::compare
