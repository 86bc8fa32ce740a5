#include "models/workforce/entry_weights.hpp"

#include "engine/table/tabulate.hpp"

namespace kohort::workforce {

LabourTable entry_weights(const EntryGroups& groups, const LabourTable& labour) {
  Table<double, Sex, StaffAgeGroup> nation({labour.extent<Sex>(), groups.groups.count()});
  for (const Sex sex : positions<Sex>(labour.extent<Sex>())) {
    for (const PartAge age : positions<PartAge>(labour.extent<PartAge>())) {
      for (const double people : labour.slab(sex, age)) {
        nation(sex, groups.groups.of(age)) += people;
      }
    }
  }
  return tabulate<LabourTable>(labour.extents(), [&](Sex sex, PartAge age, Area area) {
    const StaffAgeGroup group = groups.groups.of(age);
    const double all = nation(sex, group);
    if (all <= 0.0) return 0.0;
    return groups.sexes[sex.position()] * groups.ages[group.position()] * labour(sex, age, area) /
           all;
  });
}

std::vector<double> sums_of_areas(const LabourTable& table) {
  std::vector<double> sums(table.extent<Area>(), 0.0);
  for (std::size_t cell = 0; cell < table.size(); ++cell) {
    sums[cell % sums.size()] += table.values()[cell];
  }
  return sums;
}

}  // namespace kohort::workforce
