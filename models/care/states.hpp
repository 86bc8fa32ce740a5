// The states of care that people are in, and what care is counted along.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/axes.hpp"
#include "engine/model/frame.hpp"
#include "engine/table/table.hpp"
#include "models/care/calibrate/axes.hpp"

namespace kohort::care {

/// The code that stands for the nation in a table of areas.
inline constexpr const char* nation_code = "00";

/// The state that somebody is in a year later.
using ToState = Index<struct ToStateAxis>;

/// A state as a scenario describes it; states stand in the order from no need to most.
struct StateDescription {
  std::string name;
  std::optional<Series> series{};  ///< of which it is all or a part; none of the first state
};

/// What care is told apart by.
struct CareFrame {
  Age first_age{};  ///< younger people are not looked at
  std::vector<StateDescription> states{};
  std::vector<std::string> series{};

  std::size_t ages(const Frame& frame) const { return frame.ages() - first_age.position(); }
  Age age_of(CareAge age) const { return Age(first_age.position() + age.position()); }
};

/// Shares of the people of a cell by state; they sum to 1.
using PrevalenceTable = Table<double, Sex, CareAge, CareState, Area>;
/// Of those who live through the year in a state, the shares by the state at its end.
using TransitionTable = Table<double, Sex, CareAge, CareState, ToState, Area>;

}  // namespace kohort::care
