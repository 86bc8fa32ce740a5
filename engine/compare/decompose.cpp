#include "engine/compare/decompose.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/compare/align.hpp"
#include "engine/compare/care_decomposition.hpp"
#include "engine/compare/population_parts.hpp"
#include "engine/compare/result_staff.hpp"

namespace kohort::compare {
namespace {

class Decomposer {
 public:
  Decomposer(const Result& first, const Result& second, const ScenarioChanges& changes)
      : first_(first), second_(second), changes_(changes) {
    check();
    years_ = common_years(first.years(false), second.years(false), {});
    const int base = std::max(first.launch(), second.launch());
    std::erase_if(years_, [&](int year) { return year < base; });
    check_years();
    const auto ages = span_of(first.age_labels().front());
    const int step = ages && ages->last ? *ages->last - ages->first + 1 : 1;
    shape_ = {first.areas().size(), first.sexes().size(), first.age_labels().size(),
              position_of(first.sexes(), std::string("female")).value_or(0),
              static_cast<std::size_t>(std::max(1, 10 / step))};
  }

  std::vector<Decomposition> take(const Comparison& comparison) {
    std::vector<Decomposition> found;
    for (const Compared& compared : comparison.quantities) {
      if (compared.axes.size() == 0) continue;
      if (compared.quantity == persons_quantity) {
        add_population(compared, found);
      } else if (compared.quantity.variable == "care/persons" ||
                 compared.quantity.variable == "care/users") {
        const PopulationParts* new_people = changes_.anything_learnt() ? &population() : nullptr;
        for (Decomposition& one : decompose_care(sides(), changes_, new_people, begun(compared))) {
          found.push_back(std::move(one));
        }
      } else if (compared.quantity.variable == "workforce/gap_fte") {
        found.push_back(of_gap(compared));
      }
    }
    return found;
  }

 private:
  /// Parts are of cells, which must be the same ones.
  void check() const {
    const auto differ = [&](const char* what, const char* remedy) {
      throw Error(Fault::scenario,
                  Mistake{{second_.file(), 0, 0},
                          fmt::format("its difference from {} has no parts: {} are not the same",
                                      first_.file(), what),
                          remedy});
    };
    std::vector<std::string> one = first_.areas();
    std::vector<std::string> other = second_.areas();
    std::sort(one.begin(), one.end());
    std::sort(other.begin(), other.end());
    if (one != other) differ("the areas", "project the same areas in both");
    if (first_.sexes() != second_.sexes()) differ("the sexes", "project the same sexes in both");
    if (first_.age_labels() != second_.age_labels()) {
      differ("the age groups", "choose the same projection.step and projection.open_age");
    }
  }

  /// The years that both have must follow each other in both.
  void check_years() const {
    const auto follow = [&](const std::vector<int>& own) {
      const auto first = std::find(own.begin(), own.end(), years_.front());
      return std::equal(years_.begin(), years_.end(), first,
                        first + std::min<std::ptrdiff_t>(
                                    own.end() - first, static_cast<std::ptrdiff_t>(years_.size())));
    };
    if (years_.size() > 1 && follow(first_.years(false)) && follow(second_.years(false))) return;
    throw Error(
        Fault::scenario,
        Mistake{{second_.file(), 0, 0},
                fmt::format("its difference from {} has no parts: there are no intervals that "
                            "both have after {}",
                            first_.file(), std::max(first_.launch(), second_.launch())),
                "compare projections with the same projection.step whose years overlap"});
  }

  /// The axes of what is compared, in the years that have parts.
  CellAxes axes_of(const Compared& compared) const {
    CellAxes axes = compared.axes;
    axes.years = common_years(axes.years, years_, {});
    return axes;
  }

  PopulationSides sides() const { return {first_, second_, shape_, years_}; }

  Decomposition begun(const Compared& compared) const {
    Decomposition found{
        compared.quantity, PartedBy::components, years_.front(), axes_of(compared), {}, {}, {}, {}};
    const std::vector<double> one = first_.mean_errors(compared.quantity, found.axes);
    const std::vector<double> other = second_.mean_errors(compared.quantity, found.axes);
    for (std::size_t at = 0; at < one.size(); ++at) {
      found.noise.push_back(std::hypot(one[at], other[at]));
    }
    return found;
  }

  /// Of all cells; what is new in them only where anything is.
  const PopulationParts& population() {
    if (!population_) {
      population_ = population_parts(sides(), changes_.anything_learnt() ? &changes_ : nullptr);
    }
    return *population_;
  }

  void add_population(const Compared& compared, std::vector<Decomposition>& list) {
    const PopulationParts& of_cells = population();
    const Decomposition start = begun(compared);
    const auto added = [&](const Cube& cube) {
      return first_.added(cube, compared.quantity, start.axes);
    };
    Decomposition found = start;
    found.difference = added(of_cells.difference);
    for (std::size_t part = 0; part < of_cells.components.size(); ++part) {
      found.parts.push_back(
          {std::string(component_names.at(part)), added(of_cells.components[part])});
    }
    list.push_back(found);
    if (of_cells.news.empty()) return;
    Decomposition news = found;
    news.by = PartedBy::news_components;
    news.parts.resize(1);
    for (std::size_t part = 1; part < of_cells.news.size(); ++part) {
      const std::string name(component_names.at(part));
      news.parts.push_back({name + "_rates", added(of_cells.news[part].rates)});
      news.parts.push_back({name + "_assumptions", added(of_cells.news[part].assumptions)});
    }
    list.push_back(summed(news));
    list.push_back(std::move(news));
  }

  /// All rates together and all assumptions together.
  static Decomposition summed(const Decomposition& of_components) {
    Decomposition found = of_components;
    found.by = PartedBy::news;
    found.parts.resize(1);
    found.parts.front().name = "new_base";
    for (const char* kind : {"rates", "assumptions"}) {
      Part part{std::string("new_") + kind, std::vector<double>(found.axes.size(), 0.0)};
      for (const Part& one : of_components.parts) {
        if (!one.name.ends_with(std::string("_") + kind)) continue;
        for (std::size_t at = 0; at < part.values.size(); ++at) part.values[at] += one.values[at];
      }
      found.parts.push_back(std::move(part));
    }
    return found;
  }

  /// The parts of a group of areas are the sums of those of its areas.
  Decomposition of_gap(const Compared& compared) const {
    Decomposition found = begun(compared);
    begin_parts(workforce_part_names, found);
    std::vector<std::vector<std::array<double, 7>>> parts;
    const std::vector<std::string>& areas = first_.areas();
    const auto staff = [&](const Result& result) {
      return staff_of(result, compared.quantity.kind, areas, years_);
    };
    const std::vector<StaffCourse> one = staff(first_);
    const std::vector<StaffCourse> other = staff(second_);
    for (std::size_t area = 0; area < areas.size(); ++area) {
      parts.push_back(workforce_parts(one[area], other[area]));
    }
    for (std::size_t at = 0; at < found.axes.size(); ++at) {
      const CellPosition cell = found.axes.cell(at);
      const auto members = first_.areas_of(found.axes.areas[cell.area]);
      if (!members) continue;
      const std::size_t year = *position_of(years_, found.axes.years[cell.year]);
      found.difference[at] = 0.0;
      for (Part& part : found.parts) part.values[at] = 0.0;
      for (const std::size_t area : *members) {
        found.difference[at] += gap_of(other[area], year) - gap_of(one[area], year);
        for (std::size_t part = 0; part < found.parts.size(); ++part) {
          found.parts[part].values[at] += parts[area][year].at(part);
        }
      }
    }
    return found;
  }

  static double gap_of(const StaffCourse& course, std::size_t year) {
    return course.demand[year] - course.supply[year] - course.borrowed[year];
  }

  const Result& first_;
  const Result& second_;
  const ScenarioChanges& changes_;
  std::vector<int> years_;
  AccountShape shape_;
  std::optional<PopulationParts> population_;
};

}  // namespace

std::vector<Decomposition> decompose(const Result& first, const Result& second,
                                     const ScenarioChanges& changes, const Comparison& comparison) {
  return Decomposer(first, second, changes).take(comparison);
}

}  // namespace kohort::compare
