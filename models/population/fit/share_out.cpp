#include "models/population/fit/share_out.hpp"

#include <algorithm>
#include <cstddef>

namespace kohort::population::fit {

namespace {

/// Adds to `shares` in proportion to the weights above 0, none above `most`; returns what is left.
double pour(double total, const std::vector<double>& weights, double most,
            std::vector<double>& shares) {
  std::vector<bool> full(weights.size(), false);
  double left = total;
  for (bool again = true; again;) {
    again = false;
    double open = 0.0;
    for (std::size_t at = 0; at < weights.size(); ++at) open += full[at] ? 0.0 : weights[at];
    if (!(open > 0.0)) return left;
    const double scale = left / open;
    for (std::size_t at = 0; at < weights.size(); ++at) {
      if (full[at] || weights[at] * scale <= most) continue;
      full[at] = true;
      shares[at] = most;
      left -= most;
      again = true;
    }
    if (again) continue;
    for (std::size_t at = 0; at < weights.size(); ++at) {
      if (!full[at] && weights[at] > 0.0) shares[at] = weights[at] * scale;
    }
  }
  return 0.0;
}

}  // namespace

std::vector<double> share_out(double total, const std::vector<OpenCell>& cells, double most) {
  std::vector<double> shares(cells.size(), 0.0);
  if (!(total > 0.0)) return shares;
  std::vector<double> weights;
  std::vector<double> unknown;
  double open = 0.0;
  for (const OpenCell& cell : cells) {
    const bool weighted = cell.open && cell.weight > 0.0;
    weights.push_back(weighted ? cell.weight : 0.0);
    unknown.push_back(cell.open && !weighted ? 1.0 : 0.0);
    open += cell.open ? 1.0 : 0.0;
  }
  if (open == 0.0) return {};
  const double left = pour(pour(total, weights, most, shares), unknown, most, shares);
  for (std::size_t at = 0; at < cells.size(); ++at) {
    if (cells[at].open) shares[at] += left / open;
  }
  return shares;
}

}  // namespace kohort::population::fit
