// A scenario that has been run, its results found by their labels.
#pragma once

#include <algorithm>
#include <filesystem>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/run/scenario_run.hpp"

namespace kohort::test {

/// One cell of a result, by its labels. The group counts where the scenario tells groups apart.
struct Who {
  std::string area;
  std::string sex;
  int age = 0;
  std::string group{};
};

/// A scenario file, run. Throws `Error` as `ScenarioRun` does, `std::out_of_range` on a label or a
/// variable that the result does not have.
class Projected {
 public:
  explicit Projected(const std::filesystem::path& scenario,
                     const std::vector<std::string>& overrides = {})
      : run_(scenario, overrides), outcome_(run_.project()) {}

  const Frame& frame() const { return run_.frame(); }
  const ScenarioRun& run() const { return run_; }
  const Outcome& outcome() const { return outcome_; }

  /// A stock at 31 December of the year, or a flow of the interval that ends with it; variables
  /// without the "population/" before their name.
  double at(const std::string& variable, int year, const Who& who) const {
    return values(variable)[offset(variable, year) + cell(who)];
  }

  /// The sum over all cells.
  double total(const std::string& variable, int year) const {
    const auto first =
        values(variable).begin() + static_cast<std::ptrdiff_t>(offset(variable, year));
    return std::accumulate(first, first + static_cast<std::ptrdiff_t>(cells()), 0.0);
  }

  bool has(const std::string& variable) const { return find(variable) != nullptr; }

  const std::vector<double>& values(const std::string& variable) const {
    const Recorded* found = find(variable);
    if (found == nullptr) throw std::out_of_range(variable);
    return found->values;
  }

 private:
  const Recorded* find(const std::string& variable) const {
    for (const Recorded& recorded : outcome_.recorded) {
      if (recorded.variable.name == "population/" + variable) return &recorded;
    }
    return nullptr;
  }

  std::size_t cells() const { return frame().places() * frame().sexes.size() * frame().ages(); }

  std::size_t offset(const std::string& variable, int year) const {
    const bool stock = find(variable)->variable.moment == Moment::stock;
    const int steps = (year - frame().base_year.value()) / frame().step - (stock ? 0 : 1);
    return static_cast<std::size_t>(steps) * cells();
  }

  std::size_t cell(const Who& who) const {
    const auto& areas = frame().areas;
    const auto area =
        static_cast<std::size_t>(std::find_if(areas.begin(), areas.end(),
                                              [&](const auto& a) { return a.code == who.area; }) -
                                 areas.begin());
    if (area == areas.size()) throw std::out_of_range(who.area);
    const std::size_t group = frame().groups.empty() ? 0 : position(frame().groups, who.group);
    std::size_t at = area * frame().group_count() + group;
    at = at * frame().sexes.size() + position(frame().sexes, who.sex);
    return at * frame().ages() + static_cast<std::size_t>(who.age / frame().step);
  }

  static std::size_t position(const std::vector<std::string>& labels, const std::string& label) {
    const auto found = std::find(labels.begin(), labels.end(), label);
    if (found == labels.end()) throw std::out_of_range(label);
    return static_cast<std::size_t>(found - labels.begin());
  }

  ScenarioRun run_;
  Outcome outcome_;
};

}  // namespace kohort::test
