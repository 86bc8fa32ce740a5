#include "models/population/area_sums.hpp"

#include <algorithm>
#include <array>

#include "engine/base/add_to.hpp"
#include "engine/base/wide.hpp"

namespace kohort::population {
namespace {

/// sums[draw] += figure(at) over areas, `at` counted from the first area and draw: of some draws
/// side by side, whose sums stay in registers.
template <std::size_t lanes, class Figure>
[[gnu::always_inline]] inline void add_draws(const AreaSet& areas, std::size_t draws,
                                             std::size_t first, const Figure& figure,
                                             double* sums) {
  std::array<double, lanes> sum;
  std::copy_n(sums + first, lanes, sum.begin());
  for (const Area area : areas) {
    const std::size_t at = area.position() * draws + first;
    for (std::size_t lane = 0; lane < lanes; ++lane) sum[lane] += figure(at + lane);
  }
  std::copy_n(sum.begin(), lanes, sums + first);
}

template <class Figure>
[[gnu::always_inline]] inline void add_areas(const AreaSet& areas, std::size_t draws,
                                             const Figure& figure, double* sums) {
  constexpr std::size_t lanes = 8;
  std::size_t draw = 0;
  for (; draw + lanes <= draws; draw += lanes) {
    add_draws<lanes>(areas, draws, draw, figure, sums);
  }
  for (; draw < draws; ++draw) add_draws<1>(areas, draws, draw, figure, sums);
}

KOHORT_WIDE void add_figures(const AreaSet& areas, std::size_t draws, const double* figures,
                             double* sums) {
  add_areas(
      areas, draws, [figures](std::size_t at) { return figures[at]; }, sums);
}

KOHORT_WIDE void add_products(const AreaSet& areas, std::size_t draws, const double* a,
                              const double* b, double* sums) {
  add_areas(
      areas, draws, [a, b](std::size_t at) { return a[at] * b[at]; }, sums);
}

}  // namespace

AreaSums::AreaSums(std::span<const AreaSet> sets, std::size_t groups, std::size_t areas,
                   std::size_t draws)
    : sets_(sets), groups_(groups), areas_(areas), draws_(draws) {
  find_used();
  if (groups_ != 1) return;
  const auto stands_alone = [&](std::size_t set) {
    return sets_[set].size() == 1 && sets_[set].front() == Area(set);
  };
  while (single_ < sets_.size() && stands_alone(single_)) ++single_;
}

void AreaSums::find_used() {
  std::size_t first = areas_;
  std::size_t end = 0;
  for (const AreaSet& set : sets_) {
    for (const Area area : set) {
      first = std::min(first, area.position());
      end = std::max(end, area.position() + 1);
    }
  }
  if (first >= end) return;
  first_used_ = first * draws_;
  used_ = ((groups_ - 1) * areas_ + end - first) * draws_;
}

void AreaSums::add(std::span<const double> slab, std::span<double> sums) const {
  add_to(slab.first(of_single()), sums);
  add_of_several(slab, sums.subspan(of_single()));
}

void AreaSums::add_of_several(std::span<const double> slab, std::span<double> sums) const {
  double* of_set = sums.data();
  for (const AreaSet& set : several()) {
    for (std::size_t group = 0; group < groups_; ++group) {
      add_figures(set, draws_, &slab[group * areas_ * draws_], of_set);
    }
    of_set += draws_;
  }
}

void AreaSums::add_products_of_several(std::span<const double> a, std::span<const double> b,
                                       std::span<double> sums) const {
  double* of_set = sums.data();
  for (const AreaSet& set : several()) {
    for (std::size_t group = 0; group < groups_; ++group) {
      const std::size_t first = group * areas_ * draws_;
      add_products(set, draws_, &a[first], &b[first], of_set);
    }
    of_set += draws_;
  }
}

}  // namespace kohort::population
