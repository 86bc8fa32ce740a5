// How the parameters of each draw depart from those expected.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "engine/model/drawn_levers.hpp"
#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"
#include "engine/random/stream.hpp"
#include "engine/table/table.hpp"
#include "models/population/rates/adjusted.hpp"
#include "models/population/rates/uncertainty.hpp"

namespace kohort::population {

/// The components of change whose parameters are uncertain.
enum class Component { mortality, fertility, immigration, emigration, domestic, net_migration };
constexpr std::size_t component_count = 6;

/// The deviations of a block of draws, year after year, and the factors that they come to. A
/// deviation is on the scale of logarithms (of net migration: a rate): national x(t), common to all
/// areas, plus the area's own.
class Deviations {
 public:
  /// Carries the deviations on to the end of an interval. In the last year of their estimation they
  /// stand as far from the forecast as the processes' offsets say; they move from there, in the
  /// years before the base year too. `keys` are those of the areas.
  void advance(const Frame& frame, const ParameterUncertainty& uncertainty, const DrawBlock& block,
               Interval interval, std::span<const StreamKey> keys);

  /// Draws what the draws make of levers: once, before the first interval.
  void draw_levers(const Frame& frame, const std::vector<RateLever>& levers,
                   const DrawBlock& block);
  const DrawnLevers& levers(Adjusted what) const { return levers_[static_cast<std::size_t>(what)]; }

  /// Whether the parameters are those expected, but for levers.
  bool none() const { return factors_[0].empty(); }
  /// Factors of a component but net migration, [area][draw]: of rates or counts, and of mortality
  /// the areas' own.
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
  /// Deviation of the nation's net migration rate, [draw], and the areas' own beside it,
  /// [area][draw].
  std::span<const double> national_net_migration() const { return national_net_migration_; }
  std::span<const double> own_net_migration() const { return own_net_migration_; }

 private:
  /// A process at work: its deviations are level + what it has moved.
  struct Path {
    std::vector<double> level;      ///< error of the mean, [draw]
    std::vector<double> national;   ///< [draw]
    std::vector<double> drift;      ///< error of the drift, [draw]
    std::vector<double> own_level;  ///< [area][draw]
    std::vector<double> own;        ///< [area][draw]
  };
  /// What all draws of a year have in common.
  struct Setting {
    const DrawBlock& block;
    Year base;
    std::span<const StreamKey> keys;  ///< of the areas
  };

  using NationalTable = Table<double, Sex, Age, Draw>;

  void start(const Setting& setting, const ParameterUncertainty& uncertainty);
  void start(std::size_t component, const DeviationProcess& process, const Setting& setting);
  void carry_on(std::size_t component, const DeviationProcess& process, const Setting& setting,
                Year year);
  void take_factors(std::size_t component);
  void reckon_national_mortality(const Frame& frame, const ParameterUncertainty& uncertainty);
  void take_net_migration(std::span<const double> area_share);

  std::array<Path, component_count> paths_;
  std::array<std::vector<double>, component_count> factors_;
  std::array<bool, component_count> changes_{};
  NationalTable national_mortality_;
  std::vector<double> national_net_migration_;
  std::vector<double> own_net_migration_;
  std::array<DrawnLevers, adjusted_count> levers_;
};

}  // namespace kohort::population
