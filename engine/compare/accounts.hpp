// The accounts of a result as rates that can be applied again, so that one component of one result
// can be put into another. README.md in engine/evaluate says what is attributed to what.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/compare/result.hpp"
#include "engine/evaluate/attribution.hpp"

namespace kohort::compare {

/// What a population changes by. Net migration is there only where a scenario gives it.
enum class Component : std::uint8_t {
  base,
  births,
  deaths,
  domestic,
  international,
  net_migration
};

inline constexpr std::array<std::string_view, 6> component_names{
    "base_population",         "births",       "deaths", "domestic_migration",
    "international_migration", "net_migration"};

/// The shape of accounts: all tables are [area, sex, age].
struct AccountShape {
  std::size_t areas = 0;
  std::size_t sexes = 0;
  std::size_t ages = 0;
  std::size_t mothers = 0;          ///< the sex that births are of: female, where it is projected
  std::size_t ages_in_decade = 10;  ///< age groups of ten years together

  std::size_t size() const { return areas * sexes * ages; }
  std::size_t at(std::size_t area, std::size_t sex, std::size_t age) const {
    return (area * sexes + sex) * ages + age;
  }
};

/// A flow as a share of those it is from, or as a number where they are none.
struct FlowRate {
  double share = 0.0;
  double number = 0.0;

  /// Of a flow from people who are there; of one from nobody the number itself.
  static FlowRate of(double flow, double people) {
    return people > 0.0 ? FlowRate{flow / people, 0.0} : FlowRate{0.0, flow};
  }
  double from(double people) const { return share * people + number; }
};

/// The flows of one interval, each by the ages attained at its end. Births are by the mother's age
/// and the sex of the child.
struct IntervalFlows {
  std::vector<double> births;
  std::vector<double> deaths;
  std::vector<double> domestic_in;
  std::vector<double> domestic_out;
  std::vector<double> immigration;
  std::vector<double> emigration;
  std::vector<double> net_migration;
};

/// The same as rates.
struct IntervalRates {
  std::vector<FlowRate> births;
  std::vector<FlowRate> deaths;
  std::vector<FlowRate> leaving;   ///< for other areas
  std::vector<FlowRate> arriving;  ///< of all who leave, by sex and age
  std::vector<FlowRate> emigrating;
  std::vector<double> immigration;
  std::vector<double> net_migration;
};

/// The rates that take `persons` through the flows of an interval.
IntervalRates rates_of(const AccountShape& shape, std::span<const double> persons,
                       const IntervalFlows& flows);

/// A base population and the rates of the intervals after it.
struct Accounts {
  std::vector<double> base;
  std::vector<IntervalRates> intervals;
};

/// Of each component the accounts that it is taken from.
using AccountSources = std::array<const Accounts*, component_names.size()>;

/// The population after each interval, the base before them. All accounts have the same intervals.
std::vector<std::vector<double>> project(const AccountShape& shape, const AccountSources& sources);

/// Two accounts, one of which each component is taken from.
class Mixture {
 public:
  Mixture(const AccountShape& shape, const Accounts& first, const Accounts& second)
      : shape_(shape), first_(first), second_(second) {}

  /// From which of the two each component is taken: those of `swapped` from the second.
  AccountSources sources(evaluate::Swapped swapped) const;
  /// The population after each interval, the base before them, from these sources.
  std::vector<std::vector<double>> project(evaluate::Swapped swapped) const {
    return compare::project(shape_, sources(swapped));
  }

 private:
  const AccountShape& shape_;
  const Accounts& first_;
  const Accounts& second_;
};

}  // namespace kohort::compare
