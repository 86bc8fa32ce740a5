// In- and outflows where only their difference is known, and the sum of the outflows.
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace kohort::population::fit {

/// Flows by cell, none below 0, with in - out = net.
struct GrossFlows {
  std::vector<double> in;
  std::vector<double> out;
  /// The part of the outflow that the known nets moved away from its pattern.
  double moved = 0.0;
};

/// Outflows in proportion to `pattern` that sum to `total_out`, but none below what a negative net
/// asks for; the others are scaled so that the sum stays. Inflows are net plus outflow. None where
/// no such flows exist: the negative nets alone exceed the total, or the pattern is 0 everywhere.
std::optional<GrossFlows> gross_flows(std::span<const double> net, std::span<const double> pattern,
                                      double total_out);

}  // namespace kohort::population::fit
