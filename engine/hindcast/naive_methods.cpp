#include "engine/hindcast/naive_methods.hpp"

#include <cmath>
#include <functional>

#include <fmt/format.h>

#include "engine/compare/cells.hpp"
#include "engine/evaluate/naive.hpp"

namespace kohort::hindcast {
namespace {

using compare::CellAxes;
using compare::CellPosition;
using compare::not_known;
using evaluate::PeopleByAge;

/// Tables have people by single ages up to here, and the rest together.
constexpr int open_age = 100;

std::vector<double> people_of(const KnownFigures& known, const std::string& area,
                              const std::string& sex, int year) {
  std::vector<double> people;
  for (int age = 0; age < open_age; ++age) {
    people.push_back(known.figure(area, {std::to_string(age), sex}, year));
    if (std::isnan(people.back())) return {};
  }
  people.push_back(known.figure(area, {fmt::format("{}+", open_age), sex}, year));
  if (std::isnan(people.back())) return {};
  return people;
}

/// Empty where they are not known by single ages.
PeopleByAge people_of(const KnownFigures& known, const std::string& area, int year) {
  return {people_of(known, area, "female", year), people_of(known, area, "male", year)};
}

bool is_known(const PeopleByAge& people) { return !people.female.empty() && !people.male.empty(); }

double sum(const std::vector<double>& people, const WrittenAges& ages) {
  double sum = 0.0;
  for (int age = ages.first; age <= ages.last.value_or(open_age) && age <= open_age; ++age) {
    sum += people[static_cast<std::size_t>(age)];
  }
  return sum;
}

double sum(const PeopleByAge& people, const WrittenAges& ages, const std::string& sex) {
  if (sex == "female") return sum(people.female, ages);
  if (sex == "male") return sum(people.male, ages);
  return sum(people.female, ages) + sum(people.male, ages);
}

class Naive {
 public:
  Naive(const NaiveBasis& basis, const CellAxes& axes)
      : basis_(basis), axes_(axes), figures_(axes.size(), not_known) {}

  std::vector<double> take(const std::string& method) {
    if (method == "cohort_ratios") {
      follow_cohorts();
    } else if (method == "constant_share") {
      fill([&](const Cell& cell) { return share(cell); });
    } else if (const auto years = linear_years(method)) {
      fill([&](const Cell& cell) {
        return evaluate::Line{known(cell, basis_.launch - *years), known(cell, basis_.launch),
                              static_cast<double>(*years)}
            .ahead(cell.ahead);
      });
    } else {
      fill([&](const Cell& cell) { return known(cell, basis_.launch); });
    }
    return std::move(figures_);
  }

 private:
  struct Cell {
    std::string area;
    PeopleLabel people;
    double ahead = 0.0;  ///< years
  };

  void fill(const std::function<double(const Cell&)>& forecast) {
    for (std::size_t at = 0; at < axes_.size(); ++at) {
      const CellPosition cell = axes_.cell(at);
      figures_[at] = forecast({axes_.areas[cell.area],
                               {axes_.ages[cell.ages], axes_.sexes[cell.sex]},
                               static_cast<double>(axes_.years[cell.year] - basis_.launch)});
    }
  }

  double known(const Cell& cell, int year) const {
    return basis_.known.figure(cell.area, cell.people, year);
  }

  double share(const Cell& cell) const {
    const auto whole = [&](int year) {
      return basis_.known.sum_like(cell.area, basis_.plan.share_digits, cell.people, year);
    };
    const evaluate::Line line{whole(basis_.launch - basis_.plan.share_years), whole(basis_.launch),
                              static_cast<double>(basis_.plan.share_years)};
    if (!(line.now > 0.0)) return not_known;
    return evaluate::constant_share(known(cell, basis_.launch), line.now, line.ahead(cell.ahead));
  }

  void follow_cohorts() {
    for (std::size_t area = 0; area < axes_.areas.size(); ++area) {
      const PeopleByAge now = people_of(basis_.known, axes_.areas[area], basis_.launch);
      if (!is_known(now)) continue;
      for (std::size_t year = 0; year < axes_.years.size(); ++year) {
        follow_cohorts(area, year, now);
      }
    }
  }

  /// They look back as far as they look ahead.
  void follow_cohorts(std::size_t area, std::size_t year, const PeopleByAge& now) {
    const int ahead = axes_.years[year] - basis_.launch;
    if (ahead > static_cast<int>(evaluate::most_cohort_years)) return;
    const PeopleByAge before = people_of(basis_.known, axes_.areas[area], basis_.launch - ahead);
    if (!is_known(before)) return;
    const PeopleByAge later = evaluate::cohort_ratios(before, now, static_cast<std::size_t>(ahead));
    for (std::size_t ages = 0; ages < axes_.ages.size(); ++ages) {
      for (std::size_t sex = 0; sex < axes_.sexes.size(); ++sex) {
        figures_[axes_.at({area, ages, sex, year})] =
            sum(later, *compare::span_of(axes_.ages[ages]), axes_.sexes[sex]);
      }
    }
  }

  const NaiveBasis& basis_;
  const CellAxes& axes_;
  std::vector<double> figures_;
};

}  // namespace

MethodFigures naive_figures(const std::string& method, const NaiveBasis& basis,
                            const CellAxes& axes) {
  MethodFigures figures{method};
  figures.figures = Naive(basis, axes).take(method);
  return figures;
}

}  // namespace kohort::hindcast
