// What changes while the population is projected: stocks, and the flows of the last interval.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"
#include "engine/table/table.hpp"
#include "models/population/rates/rates.hpp"

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

/// The state of a block of draws.
struct PopulationState final : State {
  PopulationState(const Frame& frame, std::size_t draw_count);

  std::size_t draws;
  PersonTable persons;  ///< at the end of the last interval
  /// Those whom the interval finds at risk: survivors of the interval before by the row that they
  /// are about to enter, and in row 0 the births.
  CohortTable at_risk;
  std::array<PersonTable, flow_count> flows;
  /// Immigrants and net migrants of the interval who came at its start, by the row they joined.
  CohortTable joined_at_start;

  /// Room for one slab at a time, so that a step allocates nothing.
  struct Workspace {
    std::vector<double> dying;
    std::vector<double> leaving;
    std::vector<double> part;  ///< one of the ways of leaving
    std::vector<double> arrivals;
    std::vector<double> exposed;
    std::vector<double> women_at_start;
    std::vector<double> women_at_end;
    std::vector<double> born;
  } workspace;

  PersonTable& flow(Flow which) { return flows[static_cast<std::size_t>(which)]; }
  const PersonTable& flow(Flow which) const { return flows[static_cast<std::size_t>(which)]; }
};

}  // namespace kohort::population
