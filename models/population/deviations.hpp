// How the parameters of each draw depart from those expected.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"
#include "engine/random/stream.hpp"
#include "engine/table/table.hpp"
#include "models/population/rates/uncertainty.hpp"

namespace kohort::population {

/// The components of change whose parameters are uncertain.
enum class Component { mortality, fertility, immigration, emigration, domestic };
constexpr std::size_t component_count = 5;

/// The deviations of a block of draws, year after year, and the factors that they come to. A
/// deviation is on the scale of logarithms: national x(t), common to all areas, plus the area's
/// own.
class Deviations {
 public:
  /// Carries the deviations on to the end of an interval; they are 0 before the first. `keys` are
  /// those of the areas.
  void advance(const Frame& frame, const ParameterUncertainty& uncertainty, const DrawBlock& block,
               Interval interval, std::span<const StreamKey> keys);

  /// Whether the parameters are those expected.
  bool none() const { return factors_[0].empty(); }
  /// Factors of a component, [area][draw]: of rates or counts, and of mortality the areas' own.
  std::span<const double> factors(Component component) const {
    return factors_[static_cast<std::size_t>(component)];
  }
  /// Whether a component departs from what is expected in any draw.
  bool changes(Component component) const {
    return !none() && changes_[static_cast<std::size_t>(component)];
  }
  /// Factors of the force of mortality of a sex and age that all areas have in common, [draw].
  std::span<const double> national_mortality(Sex sex, Age age) const {
    return national_mortality_.slab(sex, age);
  }

 private:
  struct Path {
    std::vector<double> national;  ///< [draw]
    std::vector<double> drift;     ///< error of the drift, [draw]
    std::vector<double> own;       ///< [area][draw]
  };

  using NationalTable = Table<double, Sex, Age, Draw>;

  void start(const Frame& frame, const ParameterUncertainty& uncertainty, const DrawBlock& block);
  void reckon_national_mortality(const Frame& frame, const ParameterUncertainty& uncertainty);

  std::array<Path, component_count> paths_;
  std::array<std::vector<double>, component_count> factors_;
  std::array<bool, component_count> changes_{};
  NationalTable national_mortality_;
};

}  // namespace kohort::population
