// How uncertain fitted rates are: what an ensemble draws its parameter paths from.
//
// The rates of a projection are the expected path. A draw departs from it by the factor exp(x) with
// x = national deviation + the area's own, each a process of yearly steps; net migration, which has
// no logarithm, by adding to its rate. Everything is estimated from the years up to the launch.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "engine/base/axes.hpp"
#include "engine/base/calendar.hpp"
#include "engine/table/table.hpp"

namespace kohort::population {

/// How a deviation goes on from year to year.
enum class DeviationKind {
  none,                    ///< there is none: the component is not fitted from history
  random_walk_with_drift,  ///< x(t) = x(t-1) + e(t) + d, d the error of the drift, one for a draw
  ar1,                     ///< x(t) = phi x(t-1) + e(t)
};

/// How far an AR(1) process already stands from its forecast at the launch, in units of its
/// stationary standard deviation s. A forecast that is the mean of past years knows neither the
/// mean that the process returns to nor, unless it is the last year alone, where the process
/// stands. Of two standard normal numbers z and w of a draw, the mean is missed by s level z, for
/// good, and the process begins at s (carried z + own w). All are 0 where the forecast sets out
/// from the last year.
struct LaunchOffset {
  double level = 0.0;
  double carried = 0.0;
  double own = 0.0;
};

/// The deviations of one component, on the scale of logarithms unless said otherwise. Standard
/// deviations are those of a year; e(t) is normal and independent over years and areas.
struct DeviationProcess {
  DeviationKind kind = DeviationKind::none;
  double phi = 1.0;              ///< within (-1, 1) where the kind is ar1, otherwise 1
  double national_sd = 0.0;      ///< of e(t) common to all areas
  double drift_sd = 0.0;         ///< of d; 0 where the kind is ar1
  LaunchOffset national_offset;  ///< 0 unless the kind is ar1
  /// Of the area's own e(t), in the order of the frame, closing rest included. They follow an AR(1)
  /// with `area_phi`, whatever the kind: areas keep near each other.
  std::vector<double> area_sd;
  double area_phi = 0.0;
  LaunchOffset area_offset;
  /// The last year that it was estimated from, in which it sets out; none is the base year. A draw
  /// moves on from it also in the years up to the base year, which the fit has not seen.
  std::optional<Year> last_year{};
};

/// The processes of all components.
struct ParameterUncertainty {
  /// The national deviation is one of the mortality index k, for both sexes together. Those of the
  /// areas are logarithmic factors alike at all ages.
  DeviationProcess mortality;
  /// b: a national deviation x multiplies the death rate of a sex and age by exp(b x). Sums to 1
  /// over the ages of each sex; empty where the kind is none.
  Table<double, Sex, Age> mortality_response;
  DeviationProcess fertility;    ///< of all rates of the area alike
  DeviationProcess immigration;  ///< of the counts
  DeviationProcess emigration;   ///< of the rates
  DeviationProcess domestic;     ///< of the out-rates; destinations keep their shares

  /// Of the net migrants for each person at risk, all ages together: not logarithms. What is the
  /// areas' own is less its mean weighted by `area_share`, so that together they gain what the
  /// nation does.
  DeviationProcess net_migration;
  /// b: deviations x of the nation and y of an area add b x + b' y to the rate of a sex and age.
  /// Their mean over the nation's people at the launch is 1; empty where the kind is none.
  Table<double, Sex, Age> net_migration_response;
  Table<double, Sex, Age> area_net_migration_response;
  std::vector<double> area_share;  ///< of the nation's people at the launch, by area
};

/// The process of a component, by the component's name.
struct Process {
  const char* component;
  DeviationProcess ParameterUncertainty::*of;
};

/// All of them, in the order in which they are reported.
inline constexpr std::array<Process, 6> processes{
    {{"mortality", &ParameterUncertainty::mortality},
     {"fertility", &ParameterUncertainty::fertility},
     {"immigration", &ParameterUncertainty::immigration},
     {"emigration", &ParameterUncertainty::emigration},
     {"domestic", &ParameterUncertainty::domestic},
     {"net_migration", &ParameterUncertainty::net_migration}}};

/// Whether any component is uncertain.
inline bool is_any_uncertain(const ParameterUncertainty& uncertainty) {
  return std::any_of(processes.begin(), processes.end(), [&](const Process& process) {
    return (uncertainty.*process.of).kind != DeviationKind::none;
  });
}

}  // namespace kohort::population
