#include "models/population/fit/gross_flows.hpp"

#include <algorithm>
#include <cstddef>

namespace kohort::population::fit {

namespace {

/// The scale at which max(scale * pattern, least) sums to the total; none where there is no such.
std::optional<double> scale_above(std::span<const double> pattern, std::span<const double> least,
                                  double total) {
  std::vector<bool> held(pattern.size(), false);
  for (;;) {
    double left = total;
    double free = 0.0;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
      (held[at] ? left : free) += held[at] ? -least[at] : pattern[at];
    }
    if (left < 0.0 || !(free > 0.0)) return std::nullopt;
    const double scale = left / free;
    bool again = false;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
      if (held[at] || scale * pattern[at] >= least[at]) continue;
      held[at] = true;
      again = true;
    }
    if (!again) return scale;
  }
}

}  // namespace

std::optional<GrossFlows> gross_flows(std::span<const double> net, std::span<const double> pattern,
                                      double total_out) {
  std::vector<double> least;
  double all = 0.0;
  for (std::size_t at = 0; at < net.size(); ++at) {
    least.push_back(std::max(0.0, -net[at]));
    all += pattern[at];
  }
  const auto scale = scale_above(pattern, least, total_out);
  if (!scale) return std::nullopt;
  GrossFlows flows;
  for (std::size_t at = 0; at < net.size(); ++at) {
    flows.out.push_back(std::max(*scale * pattern[at], least[at]));
    flows.in.push_back(std::max(0.0, net[at] + flows.out.back()));
    flows.moved += std::max(0.0, flows.out.back() - total_out * pattern[at] / all);
  }
  return flows;
}

}  // namespace kohort::population::fit
