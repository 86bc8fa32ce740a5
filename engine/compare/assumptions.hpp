// In what the scenarios of two results differ: in what is known, or in what they suppose.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/compare/comparison.hpp"
#include "engine/compare/result.hpp"
#include "engine/compare/revision.hpp"

namespace kohort::compare {

/// What is new in the second of two scenarios. Both are those that the files hold, resolved.
class ScenarioChanges {
 public:
  /// Throws `Error` (Fault::storage) where a scenario in a file cannot be read.
  ScenarioChanges(const Result& first, const Result& second);
  /// Of forecasts with other launch years, whose scenarios suppose these things differently.
  explicit ScenarioChanges(std::vector<ChangedAssumption> assumptions)
      : other_launch_(true), assumptions_(std::move(assumptions)) {}

  /// Whether the second knows something else: it starts in another year, or takes other tables that
  /// were observed or estimated.
  bool anything_learnt() const { return other_launch_ || !learnt_.empty(); }
  /// In the order of the scenario.
  const std::vector<ChangedAssumption>& assumptions() const { return assumptions_; }
  /// What other rates of a component of the population, or of `care`, come of.
  News news_of(std::string_view part) const;
  /// Whether some of the assumptions count as rates where they work from the first year on.
  bool any_in_the_level() const;

 private:
  bool other_launch_;
  std::set<std::string, std::less<>> learnt_;  ///< the parts that other tables bear on
  std::vector<ChangedAssumption> assumptions_;
};

}  // namespace kohort::compare
