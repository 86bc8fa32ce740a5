#include "models/population/area_sums.hpp"

#include "engine/base/add_to.hpp"
#include "engine/base/wide.hpp"

namespace kohort::population {
namespace {

KOHORT_WIDE void add_products_of_row(const double* a, const double* b, std::size_t count,
                                     double* sums) {
  for (std::size_t at = 0; at < count; ++at) sums[at] += a[at] * b[at];
}

}  // namespace

AreaSums::AreaSums(std::span<const AreaSet> sets, std::size_t groups, std::size_t areas,
                   std::size_t draws)
    : sets_(sets), groups_(groups), areas_(areas), draws_(draws) {
  if (groups_ != 1) return;
  const auto stands_alone = [&](std::size_t set) {
    return sets_[set].size() == 1 && sets_[set].front() == Area(set);
  };
  while (single_ < sets_.size() && stands_alone(single_)) ++single_;
}

template <class Act>
void AreaSums::for_each_place(Act&& act) const {
  for (std::size_t set = single_; set < sets_.size(); ++set) {
    for (std::size_t group = 0; group < groups_; ++group) {
      for (const Area area : sets_[set]) {
        act((group * areas_ + area.position()) * draws_, set * draws_);
      }
    }
  }
}

void AreaSums::add(std::span<const double> slab, std::span<double> sums) const {
  add_to(slab.first(single_ * draws_), sums);
  add_of_several(slab, sums);
}

void AreaSums::add_of_several(std::span<const double> slab, std::span<double> sums) const {
  for_each_place([&](std::size_t place, std::size_t set) {
    add_to(slab.subspan(place, draws_), sums.subspan(set, draws_));
  });
}

void AreaSums::add_products_of_several(std::span<const double> a, std::span<const double> b,
                                       std::span<double> sums) const {
  for_each_place([&](std::size_t place, std::size_t set) {
    add_products_of_row(&a[place], &b[place], draws_, &sums[set]);
  });
}

}  // namespace kohort::population
