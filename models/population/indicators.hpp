// Figures that demographers read a population by: life expectancy, fertility, ages.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"
#include "engine/scenario/parameter.hpp"
#include "engine/scenario/settings.hpp"
#include "models/population/area_sums.hpp"
#include "models/population/ledger.hpp"
#include "models/population/rates/rates.hpp"
#include "models/population/state.hpp"

namespace kohort::population {

namespace parameters {

inline const Text working_ages{
    {.name = "output.working_ages",
     .text = "ages that count as working in the dependency ratios, like \"20-64\"; unless given, "
             "20-64 where the age groups allow it, else there are no such ratios"}};

}  // namespace parameters

/// The working ages of a scenario; none where its age groups cannot tell them apart. Throws `Error`
/// where it gives others than whole age groups, or such as leave nobody younger or older.
std::optional<AgeGroup> working_ages(const Settings& settings, const Frame& frame);

/// The indicators of a population. All are about the people of some areas together, of one draw.
///
/// - `life_expectancy_female`, `life_expectancy_male`: at birth, of the period life table of the
///   interval. It is that of the draw's own probabilities of dying, not of the deaths that chance
///   made of them; those of several areas are weighted by the people at risk, or alike where nobody
///   is. With q of the cohort rows, L(0) = n (1 - q(0)), L(a) = L(a-1) (1 - q(a)), and the open age
///   A has T(A) = L(A-1) (1 - q(A)) / q(A+1); the sum is the expectancy. Source: Preston, Heuveline
///   & Guillot (2001), ch. 3 and 6. NaN where nobody would die in the open age.
/// - `total_fertility_rate`: births per woman, the sum over ages of n births / person-years of
///   women, these by the mean of both stocks. Source: Preston et al. (2001), ch. 5. An age without
///   women adds nothing. Only where both sexes are projected.
/// - `dependency_ratio`, `old_age_dependency_ratio`: those not of working age, or older, to those
/// of
///   working age. `share_of_children`, `share_of_old`: those younger and older among all.
/// - `mean_age`: years; each counts as half an interval older than the age attained, and those of
///   the open age as if it were as wide as the others.
class Indicators {
 public:
  Indicators(const Frame& frame, AgeDefinition fertility_ages,
             const std::optional<AgeGroup>& working_ages, Basis basis);

  const std::vector<Variable>& variables() const { return variables_; }

  /// Those of stocks, [indicator][set][draw].
  void of_stocks(const PopulationState& state, std::span<const AreaSet> sets,
                 std::span<double> figures) const;
  /// Those of flows, [indicator][set][draw].
  void of_flows(const PopulationState& state, const PopulationLedger& ledger,
                std::span<const AreaSet> sets, std::span<double> figures) const;

 private:
  void declare(const Frame& frame, Basis basis);
  void total_fertility(const PopulationState& state, const PopulationLedger& ledger,
                       const AreaSums& sums, std::span<double> births_per_woman) const;

  std::size_t ages_;
  double step_;
  std::vector<Sex> sexes_;      ///< in the order of their life expectancies
  std::optional<Sex> mothers_;  ///< none where not both sexes are projected
  AgeDefinition fertility_ages_;
  std::optional<AgeGroup> working_ages_;
  std::vector<Variable> variables_;
};

}  // namespace kohort::population
