// What happens to a block of draws in one interval, and room to reckon it.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"
#include "models/population/events.hpp"
#include "models/population/flow.hpp"
#include "models/population/rates/rates.hpp"

namespace kohort::population {

/// Called when the persons of one sex and age, and all that happened to them but births, stand.
using SlabDone = std::function<void(Sex sex, Age age)>;

/// The flows of one interval and what they came from, of one block of draws.
struct PopulationLedger final : Ledger {
  /// `multistate` needs room for as many ways as there are places.
  PopulationLedger(const Frame& frame, std::size_t draw_count, bool multistate);

  std::size_t draws;
  /// Those whom the interval finds at risk: survivors of the interval before by the row that they
  /// are about to enter, and in row 0 the births.
  CohortTable at_risk;
  Flows flows;
  /// Immigrants and net migrants of the interval who came at its start, by the row they joined.
  CohortTable joined_at_start;

  /// Probability of dying in the interval, by the row at risk, as each draw has it.
  CohortTable dying;

  /// Room for one slab at a time, so that a step allocates nothing.
  struct Workspace {
    std::vector<double> dying;    ///< probability
    std::vector<double> leaving;  ///< by all ways together
    std::vector<double> part;     ///< an expectation
    std::vector<double> stayers;
    std::vector<double> stayed;   ///< those at risk who neither died nor left, for net migration
    std::vector<double> staying;  ///< the probability of that
    std::vector<double> arrivals;
    std::vector<double> exposed;  ///< the share of the arrivals who live through the interval
    std::vector<double> part_of_arrivals;
    std::vector<double> women_at_start;
    std::vector<double> women_at_end;
    std::vector<double> born;
  } workspace;

  /// Whether births to mothers of an age may stand among the flows, so that those of other ages
  /// need not be cleared.
  std::vector<bool> may_have_births;
  bool may_have_net_migrants = true;  ///< the same of these

  std::vector<Way> ways;                    ///< those of the slab at hand
  std::vector<std::size_t> places_by_code;  ///< group by group, areas in the order of their codes

  Slab chances(std::size_t way) { return chances_[way]; }
  Slab leavers(std::size_t way) { return leavers_[way]; }

  /// Sets the workspace's share of arrivals that are exposed to that of a row.
  void expose(const ArrivalCounts& arrivals, Sex sex, CohortRow row);

 private:
  std::vector<std::vector<double>> chances_;
  std::vector<std::vector<double>> leavers_;
};

}  // namespace kohort::population
