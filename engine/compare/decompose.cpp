#include "engine/compare/decompose.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/compare/align.hpp"
#include "engine/compare/care_parts.hpp"
#include "engine/compare/result_accounts.hpp"
#include "engine/compare/result_staff.hpp"

namespace kohort::compare {
namespace {

/// What users by another definition do cannot be told from what other rates do.
constexpr const char* rates_by_other_definitions = "rates_and_definitions";

const std::vector<std::string> cell_axes{"year", "area", "sex", "age"};

class Decomposer {
 public:
  Decomposer(const Result& first, const Result& second) : first_(first), second_(second) {
    check();
    years_ = common_years(first.years(false), second.years(false), {});
    const int base = std::max(first.launch(), second.launch());
    std::erase_if(years_, [&](int year) { return year < base; });
    check_years();
    shape_ = {first.areas().size(), first.sexes().size(), first.age_labels().size(),
              position_of(first.sexes(), std::string("female")).value_or(0)};
  }

  std::vector<Decomposition> take(const Comparison& comparison) {
    std::vector<Decomposition> found;
    for (const Compared& compared : comparison.quantities) {
      if (compared.axes.size() == 0) continue;
      if (compared.quantity == Quantity{"population/persons"}) {
        found.push_back(of_population(compared));
      } else if (compared.quantity.variable == "care/persons" ||
                 compared.quantity.variable == "care/users") {
        found.push_back(of_care(compared));
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

  Decomposition begun(const Compared& compared) const {
    Decomposition found{compared.quantity, years_.front(), axes_of(compared), {}, {}, {}};
    const std::vector<double> one = first_.mean_errors(compared.quantity, found.axes);
    const std::vector<double> other = second_.mean_errors(compared.quantity, found.axes);
    for (std::size_t at = 0; at < one.size(); ++at) {
      found.noise.push_back(std::hypot(one[at], other[at]));
    }
    return found;
  }

  Cube empty_cube() const {
    const std::size_t years = first_.years(false).size();
    return {cell_axes,
            {years, shape_.areas, shape_.sexes, shape_.ages},
            std::vector<double>(years * shape_.size(), 0.0)};
  }

  /// Adds a course of the population, from the base on, to a cube over the years of the first.
  void add(Cube& cube, const std::vector<std::vector<double>>& course, double weight) const {
    const std::vector<int> own = first_.years(false);
    const std::size_t start = *position_of(own, years_.front()) * shape_.size();
    for (std::size_t year = 0; year < course.size(); ++year) {
      double* to = &cube.values[start + year * shape_.size()];
      for (std::size_t at = 0; at < shape_.size(); ++at) to[at] += weight * course[year][at];
    }
  }

  Decomposition of_population(const Compared& compared) const {
    const std::vector<std::string>& areas = first_.areas();
    const Accounts one = accounts_of(first_, shape_, areas, years_);
    const Accounts other = accounts_of(second_, shape_, areas, years_);
    const auto has_net = [](const Result& result) {
      return result.reader().has("population/net_migration");
    };
    const std::size_t components =
        component_names.size() - (has_net(first_) || has_net(second_) ? 0 : 1);
    const Mixture mixture(shape_, one, other);
    std::vector<std::vector<double>> weights;
    std::vector<Cube> parts;
    for (std::size_t part = 0; part < components; ++part) {
      weights.push_back(evaluate::shapley_weights(components, part));
      parts.push_back(empty_cube());
    }
    Cube difference = empty_cube();
    const evaluate::Swapped all = (evaluate::Swapped{1} << components) - 1;
    for (evaluate::Swapped swapped = 0; swapped <= all; ++swapped) {
      const auto course = mixture.project(swapped);
      for (std::size_t part = 0; part < components; ++part) {
        add(parts[part], course, weights[part][swapped]);
      }
      if (swapped == 0) add(difference, course, -1.0);
      if (swapped == all) add(difference, course, 1.0);
    }
    Decomposition found = begun(compared);
    found.difference = first_.added(difference, compared.quantity, found.axes);
    for (std::size_t part = 0; part < components; ++part) {
      found.parts.push_back({std::string(component_names.at(part)),
                             first_.added(parts[part], compared.quantity, found.axes)});
    }
    return found;
  }

  /// Figures of a quantity by single areas, ages and sexes.
  std::vector<double> cells_of(const Result& result, const Quantity& quantity,
                               const std::vector<int>& years) const {
    return result.cells(quantity, {first_.areas(), first_.age_labels(), first_.sexes(), years});
  }

  /// Nothing is known of any part yet.
  template <class Names>
  static void begin_parts(const Names& names, Decomposition& found) {
    for (const std::string_view name : names) {
      found.parts.push_back({std::string(name), std::vector<double>(found.axes.size(), not_known)});
    }
    found.difference.assign(found.axes.size(), not_known);
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

  Decomposition of_care(const Compared& compared) const {
    Decomposition found = begun(compared);
    const std::vector<int>& years = found.axes.years;
    const Quantity persons{"population/persons"};
    const Sides sides{cells_of(first_, persons, years), cells_of(first_, compared.quantity, years),
                      cells_of(second_, persons, years),
                      cells_of(second_, compared.quantity, years)};
    begin_parts(care_part_names, found);
    if (first_.definitions().of(compared.quantity) != second_.definitions().of(compared.quantity)) {
      found.parts.back().name = rates_by_other_definitions;
    }
    for (std::size_t at = 0; at < found.axes.size(); ++at) add_care(sides, at, found);
    return found;
  }

  /// People and users of both sides, [area, age, sex, year].
  struct Sides {
    std::vector<double> persons;
    std::vector<double> users;
    std::vector<double> persons_too;
    std::vector<double> users_too;
  };

  /// The parts of a group of areas are the sums of those of its areas.
  void add_care(const Sides& sides, std::size_t at, Decomposition& found) const {
    const CellPosition cell = found.axes.cell(at);
    const auto areas = first_.areas_of(found.axes.areas[cell.area]);
    const auto ages = first_.ages_of(found.axes.ages[cell.ages]);
    const auto sexes = first_.sexes_of(found.axes.sexes[cell.sex]);
    if (!areas || !ages || !sexes) return;
    found.difference[at] = 0.0;
    for (Part& part : found.parts) part.values[at] = 0.0;
    for (const std::size_t area : *areas) {
      Sides of_area;
      for (const std::size_t age : *ages) {
        for (const std::size_t sex : *sexes) {
          const std::size_t from =
              ((area * shape_.ages + age) * shape_.sexes + sex) * found.axes.years.size() +
              cell.year;
          of_area.persons.push_back(sides.persons[from]);
          of_area.users.push_back(sides.users[from]);
          of_area.persons_too.push_back(sides.persons_too[from]);
          of_area.users_too.push_back(sides.users_too[from]);
          found.difference[at] += sides.users_too[from] - sides.users[from];
        }
      }
      const auto parts =
          care_parts({of_area.persons, of_area.users}, {of_area.persons_too, of_area.users_too});
      for (std::size_t part = 0; part < parts.size(); ++part) {
        found.parts[part].values[at] += parts[part];
      }
    }
  }

  const Result& first_;
  const Result& second_;
  std::vector<int> years_;
  AccountShape shape_;
};

}  // namespace

std::vector<Decomposition> decompose(const Result& first, const Result& second,
                                     const Comparison& comparison) {
  return Decomposer(first, second).take(comparison);
}

}  // namespace kohort::compare
