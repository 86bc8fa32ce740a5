#include "models/population/destination_chooser.hpp"

#include <algorithm>
#include <numeric>

namespace kohort::population {
namespace {

std::vector<std::uint16_t> in_order_of_codes(const Frame& frame) {
  std::vector<std::uint16_t> areas(frame.areas.size());
  std::iota(areas.begin(), areas.end(), std::uint16_t{0});
  std::sort(areas.begin(), areas.end(),
            [&](auto a, auto b) { return frame.areas[a].code < frame.areas[b].code; });
  return areas;
}

constexpr double whole_range = 0x1p31;

/// So many that few of them lie across a bound, where areas are few.
constexpr std::size_t fewest_bins = 256;

/// Cumulates the shares; the last that is not 0, and all after it, get a bound that no number
/// reaches.
void cumulate(std::span<const double> shares, std::span<const std::uint16_t> areas,
              std::span<std::uint32_t> bounds) {
  double sum = 0.0;
  std::size_t last = 0;
  for (std::size_t at = 0; at < areas.size(); ++at) {
    if (shares[areas[at]] > 0.0) last = at;
    sum += shares[areas[at]];
    bounds[at] = static_cast<std::uint32_t>(std::min(sum, 1.0) * whole_range);
  }
  std::fill(bounds.begin() + static_cast<std::ptrdiff_t>(last), bounds.end(),
            static_cast<std::uint32_t>(whole_range));
}

/// For each bin, the first destination that a number in it may mean.
void index_bins(std::span<const std::uint32_t> bounds, std::span<std::uint16_t> index) {
  std::uint16_t at = 0;
  for (std::size_t bin = 0; bin < index.size(); ++bin) {
    const double least = whole_range * static_cast<double>(bin) / static_cast<double>(index.size());
    while (least >= bounds[at]) ++at;
    index[bin] = at;
  }
}

/// A power of 2.
std::size_t bins_for(std::size_t areas) { return std::bit_ceil(std::max(fewest_bins, 2 * areas)); }

}  // namespace

DestinationChooser::DestinationChooser(const Frame& frame, const Rates& rates)
    : areas_(in_order_of_codes(frame)), given_(rates.destinations), attraction_(rates.attraction) {
  if (given_.empty()) return;
  shares_ = series_of(given_.size(), [&](Interval interval) {
    const Destinations& given = given_.at(interval);
    Shares made{given.class_of_row, {}, {}};
    made.bounds = decltype(made.bounds)(given.shares.extents());
    auto bins = given.shares.extents();
    bins.back() = bins_for(areas_.size());
    made.index = decltype(made.index)(bins);
    for (const Sex sex : positions<Sex>(given.shares.extent<Sex>())) {
      for (const AgeClass age : positions<AgeClass>(given.shares.extent<AgeClass>())) {
        for (const Area origin : positions<Area>(areas_.size())) {
          const auto bounds = made.bounds.slab(sex, age, origin);
          cumulate(given.shares.slab(sex, age, origin), areas_, bounds);
          index_bins(bounds, made.index.slab(sex, age, origin));
        }
      }
    }
    return made;
  });
}

DestinationChooser::Choice DestinationChooser::from(const SlabSite& site, Group group, Area origin,
                                                    Room& room) const {
  const Shares& shares = shares_.at(site.interval);
  const AgeClass age = shares.class_of_row[site.row.position()];
  const Attraction* attraction = attraction_in(attraction_, site.interval);
  if (attraction == nullptr) {
    return {shares.bounds.slab(site.sex, age, origin), shares.index.slab(site.sex, age, origin),
            areas_};
  }
  const auto given = given_.at(site.interval).shares.slab(site.sex, age, origin);
  const auto odds = attraction->odds.slab(site.sex, site.row, group);
  const double sum = attraction->sum(site.sex, site.row, group, origin);
  room.shares.resize(areas_.size());
  room.bounds.resize(areas_.size());
  room.index.resize(bins_for(areas_.size()));
  std::transform(given.begin(), given.end(), odds.begin(), room.shares.begin(),
                 [&](double share, double more) { return share * more / sum; });
  cumulate(room.shares, areas_, room.bounds);
  index_bins(room.bounds, room.index);
  return {room.bounds, room.index, areas_};
}

}  // namespace kohort::population
