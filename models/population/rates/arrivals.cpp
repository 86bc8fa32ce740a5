#include "models/population/rates/arrivals.hpp"

namespace kohort::population {
namespace {

/// Adds the counts of an age group to a row; `at_start` of them come at the start.
void add(std::span<const double> count, double share, double at_start, std::span<double> persons,
         std::span<double> starting) {
  for (std::size_t at = 0; at < count.size(); ++at) {
    persons[at] += share * count[at];
    starting[at] += share * at_start * count[at];
  }
}

}  // namespace

ArrivalCounts place_arrivals(const Conventions& conventions, AgeDefinition ages,
                             const AgeTable& counts) {
  const auto [sexes, age_groups, groups, areas] = counts.extents();
  const CellTable::Extents extents{sexes, age_groups + 1, groups, areas};
  ArrivalCounts arrivals{CellTable(extents), CellTable(extents)};
  for (const Sex sex : positions<Sex>(sexes)) {
    for (const Age age : positions<Age>(age_groups)) {
      const auto count = counts.slab(sex, age);
      const auto join = [&](CohortRow row, double share, double at_start) {
        add(count, share, at_start, arrivals.persons.slab(sex, row),
            arrivals.at_start.slab(sex, row));
      };
      const CohortRow row(age.position());
      const CohortRow above(age.position() + 1);
      if (ages == AgeDefinition::end_of_year) {
        join(row, 1.0, conventions.exposure(row));
      } else {
        const double early = conventions.exposure(above);
        join(above, early, 1.0);
        join(row, 1.0 - early, 0.0);
      }
    }
  }
  return arrivals;
}

}  // namespace kohort::population
