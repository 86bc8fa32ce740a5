#include "models/workforce/counted_flows.hpp"

#include <algorithm>

namespace kohort::workforce {
namespace {

/// Calls `action(flow, place in its table, place where it is counted, count)` for all rows of
/// draws.
template <class Action>
void for_rows(const StaffAmounts::Extents& extents, const Action& action) {
  const auto [occupations, areas, draws] = extents;
  for (std::size_t area = 0; area < areas; ++area) {
    for (std::size_t draw = 0; draw < draws; draw += draws_in_row) {
      const std::size_t rows = place_of_flows(area, draw, draws, occupations);
      const std::size_t count = std::min(draws_in_row, draws - draw);
      for (std::size_t number = 0; number < staff_flow_count; ++number) {
        const auto flow = static_cast<StaffFlow>(number);
        for (std::size_t one = 0; one < occupations; ++one) {
          action(flow, (one * areas + area) * draws + draw, rows + place_of(flow, one, occupations),
                 count);
        }
      }
    }
  }
}

}  // namespace

template <class Real>
void CountedFlows<Real>::begin(const StaffFlows& flows) {
  const StaffAmounts::Extents& extents = flows[StaffFlow::deaths].extents();
  counts_.resize(place_of_flows(extents[1], 0, extents[2], extents[0]));
  for_rows(extents, [&](StaffFlow flow, std::size_t place, std::size_t row, std::size_t count) {
    const double* counted = &flows[flow].values()[place];
    std::transform(counted, counted + count, &counts_[row],
                   [](double number) { return static_cast<Real>(number); });
  });
}

template <class Real>
void CountedFlows<Real>::give(StaffFlows& flows) const {
  const StaffAmounts::Extents extents = flows[StaffFlow::deaths].extents();
  for_rows(extents, [&](StaffFlow flow, std::size_t place, std::size_t row, std::size_t count) {
    std::copy_n(&counts_[row], count, &flows[flow].values()[place]);
  });
}

template class CountedFlows<double>;
template class CountedFlows<float>;

}  // namespace kohort::workforce
