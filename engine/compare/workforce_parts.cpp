#include "engine/compare/workforce_parts.hpp"

#include <cstdint>

#include "engine/compare/accounts.hpp"
#include "engine/evaluate/attribution.hpp"

namespace kohort::compare {
namespace {

enum class Cause : std::uint8_t { start, entry, exit, others, hours, demand, cooperation };

/// A course as rates that can be applied again.
struct Rates {
  double heads = 0.0;
  std::vector<double> entrants;
  std::vector<FlowRate> leaving;
  std::vector<FlowRate> others;
  std::vector<FlowRate> posts;  ///< of those who are there
  std::vector<double> demand;
  std::vector<double> borrowed;

  explicit Rates(const StaffCourse& course)
      : heads(course.heads), demand(course.demand), borrowed(course.borrowed) {
    double there = heads;
    posts.push_back(FlowRate::of(course.supply.front(), there));
    for (std::size_t at = 0; at < course.years.size(); ++at) {
      const StaffYear& year = course.years[at];
      entrants.push_back(year.entrants);
      leaving.push_back(FlowRate::of(year.leavers, there));
      others.push_back(FlowRate::of(year.others, there));
      there += year.entrants - year.leavers + year.others;
      posts.push_back(FlowRate::of(course.supply[at + 1], there));
    }
  }
};

/// The gap at the end of each year, each cause from one of both sides.
std::vector<double> gaps(const Rates& first, const Rates& second, evaluate::Swapped swapped) {
  const auto of = [&](Cause cause) -> const Rates& {
    return ((swapped >> static_cast<unsigned>(cause)) & 1U) != 0 ? second : first;
  };
  std::vector<double> found;
  double heads = of(Cause::start).heads;
  for (std::size_t at = 0; at < first.demand.size(); ++at) {
    if (at > 0) {
      heads += of(Cause::entry).entrants[at - 1] - of(Cause::exit).leaving[at - 1].from(heads) +
               of(Cause::others).others[at - 1].from(heads);
    }
    found.push_back(of(Cause::demand).demand[at] - of(Cause::hours).posts[at].from(heads) -
                    of(Cause::cooperation).borrowed[at]);
  }
  return found;
}

}  // namespace

std::vector<std::array<double, 7>> workforce_parts(const StaffCourse& first,
                                                   const StaffCourse& second) {
  constexpr std::size_t causes = workforce_part_names.size();
  const Rates one(first);
  const Rates other(second);
  std::array<std::vector<double>, causes> weights;
  for (std::size_t part = 0; part < causes; ++part) {
    weights.at(part) = evaluate::shapley_weights(causes, part);
  }
  std::vector<std::array<double, causes>> parts(first.demand.size());
  for (evaluate::Swapped swapped = 0; swapped < evaluate::Swapped{1} << causes; ++swapped) {
    const std::vector<double> of_years = gaps(one, other, swapped);
    for (std::size_t at = 0; at < of_years.size(); ++at) {
      for (std::size_t part = 0; part < causes; ++part) {
        parts[at].at(part) += weights.at(part)[swapped] * of_years[at];
      }
    }
  }
  return parts;
}

}  // namespace kohort::compare
