#include "models/workforce/counted_flows.hpp"

namespace kohort::workforce {
namespace {

/// Calls `action(flow, place in its table, place where it is counted)` for all numbers.
template <class Action>
void for_all(const StaffAmounts::Extents& extents, const Action& action) {
  const auto [occupations, areas, draws] = extents;
  for (std::size_t number = 0; number < staff_flow_count; ++number) {
    const auto flow = static_cast<StaffFlow>(number);
    std::size_t place = 0;
    for (std::size_t one = 0; one < occupations; ++one) {
      const std::size_t row = place_of(flow, one, occupations);
      for (std::size_t area = 0; area < areas; ++area) {
        for (std::size_t draw = 0; draw < draws; ++draw) {
          action(flow, place++, place_of_flows(area, draw, draws, occupations) + row);
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
  for_all(extents, [&](StaffFlow flow, std::size_t place, std::size_t counted) {
    counts_[counted] = static_cast<Real>(flows[flow].values()[place]);
  });
}

template <class Real>
void CountedFlows<Real>::give(StaffFlows& flows) const {
  const StaffAmounts::Extents extents = flows[StaffFlow::deaths].extents();
  for_all(extents, [&](StaffFlow flow, std::size_t place, std::size_t counted) {
    flows[flow].values()[place] = counts_[counted];
  });
}

template class CountedFlows<double>;
template class CountedFlows<float>;

}  // namespace kohort::workforce
