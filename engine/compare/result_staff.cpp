#include "engine/compare/result_staff.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/base/error.hpp"

namespace kohort::compare {
namespace {

/// Means over draws are rounded in the file.
constexpr double staff_tolerance = 1e-6;

/// Figures of an occupation by area and year, sexes and ages together.
class StaffTables {
 public:
  StaffTables(const Result& result, const std::string& occupation,
              const std::vector<std::string>& areas, const std::vector<int>& years)
      : result_(result), occupation_(occupation), axes_{areas, {"all"}, {"both"}, years} {}

  /// By area, then by year. A variable that the result does not have is 0 throughout.
  std::vector<double> of(const char* variable) const { return any(variable, axes_.years); }
  /// The same of a flow, in the years after the first.
  std::vector<double> flow(const char* variable) const {
    return any(variable, {axes_.years.begin() + 1, axes_.years.end()});
  }

 private:
  std::vector<double> any(const char* variable, const std::vector<int>& years) const {
    const Quantity quantity{fmt::format("workforce/{}", variable), occupation_};
    CellAxes axes = axes_;
    axes.years = years;
    if (!result_.reader().has(quantity.variable)) return std::vector<double>(axes.size(), 0.0);
    if (quantity.variable != "workforce/headcount") return result_.cells(quantity, axes);
    axes.sexes = result_.sexes();
    return over_sexes(result_.cells(quantity, axes), years.size());
  }

  /// A result of one sex alone has no sum of both.
  std::vector<double> over_sexes(const std::vector<double>& figures, std::size_t years) const {
    const std::size_t sexes = result_.sexes().size();
    std::vector<double> sums(axes_.areas.size() * years, 0.0);
    for (std::size_t at = 0; at < figures.size(); ++at) {
      sums[at / (sexes * years) * years + at % years] += figures[at];
    }
    return sums;
  }

  const Result& result_;
  const std::string& occupation_;
  CellAxes axes_;
};

void require_balance(const Result& result, const StaffCourse& course,
                     const std::vector<double>& heads) {
  double expected = course.heads;
  for (std::size_t at = 0; at < course.years.size(); ++at) {
    const StaffYear& year = course.years[at];
    expected += year.entrants - year.leavers + year.others;
    if (std::abs(expected - heads[at + 1]) <= staff_tolerance * std::max(1.0, heads[at + 1])) {
      continue;
    }
    throw Error(Fault::storage,
                Mistake{{result.file(), 0, 0},
                        fmt::format("its staff are {:.6g} where those of the year before and those "
                                    "who came and went make {:.6g}",
                                    heads[at + 1], expected),
                        "run the scenario again; a file that a run wrote is not to be edited"});
  }
}

}  // namespace

std::vector<StaffCourse> staff_of(const Result& result, const std::string& occupation,
                                  const std::vector<std::string>& areas,
                                  const std::vector<int>& years) {
  const StaffTables tables(result, occupation, areas, years);
  const std::vector<double> heads = tables.of("headcount");
  const std::vector<double> supply = tables.of("supply_fte");
  const std::vector<double> demand = tables.of("demand_fte");
  const std::vector<double> borrowed = tables.of("borrowed_fte");
  std::vector<std::vector<double>> flows;
  for (const char* flow : {"entrants", "retirements", "exits", "changed_out", "changed_in",
                           "moved_in", "moved_out", "emigrated", "deaths"}) {
    flows.push_back(tables.flow(flow));
  }
  const std::size_t count = years.size();
  std::vector<StaffCourse> courses(areas.size());
  for (std::size_t area = 0; area < areas.size(); ++area) {
    const auto of_area = [&](const std::vector<double>& figures) {
      const auto first = figures.begin() + static_cast<std::ptrdiff_t>(area * count);
      return std::vector<double>(first, first + static_cast<std::ptrdiff_t>(count));
    };
    StaffCourse& course = courses[area];
    course = {heads[area * count], {}, of_area(supply), of_area(demand), of_area(borrowed)};
    for (std::size_t year = 0; year + 1 < count; ++year) {
      const auto of = [&](std::size_t flow) { return flows[flow][area * (count - 1) + year]; };
      course.years.push_back({of(0), of(1) + of(2) + of(3) - of(4), of(5) - of(6) - of(7) - of(8)});
    }
    require_balance(result, course, of_area(heads));
  }
  return courses;
}

}  // namespace kohort::compare
