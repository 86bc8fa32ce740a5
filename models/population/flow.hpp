// What can happen to people in an interval.
#pragma once

#include <array>
#include <cstddef>

#include "engine/base/axes.hpp"
#include "engine/table/table.hpp"

namespace kohort::population {

/// People, or events that happened to them, by age at the end of the interval.
using PersonTable = Table<double, Sex, Age, Group, Area, Draw>;
/// The same by cohort row.
using CohortTable = Table<double, Sex, CohortRow, Group, Area, Draw>;

/// The flows of an interval, all by sex, age at its end, group and area of those concerned. Births
/// are by the mother's age, and the sex, group and area of the child.
enum class Flow {
  births,
  deaths,
  domestic_in,
  domestic_out,
  immigration,
  emigration,
  net_migration,
  group_in,
  group_out,
};
constexpr std::size_t flow_count = 9;

/// Flows that bring people into a cell (+1) or take them out (-1). Births are counted by the
/// mother's age and enter at age 0 as those at risk in the first cohort row.
constexpr std::array<int, flow_count> flow_sign = {0, -1, 1, -1, 1, -1, 1, 1, -1};

/// All flows of an interval.
class Flows {
 public:
  Flows() = default;
  explicit Flows(const PersonTable::Extents& extents) { tables_.fill(PersonTable(extents)); }

  PersonTable& operator[](Flow flow) { return tables_[static_cast<std::size_t>(flow)]; }
  const PersonTable& operator[](Flow flow) const { return tables_[static_cast<std::size_t>(flow)]; }
  auto begin() { return tables_.begin(); }
  auto end() { return tables_.end(); }

 private:
  std::array<PersonTable, flow_count> tables_;
};

}  // namespace kohort::population
