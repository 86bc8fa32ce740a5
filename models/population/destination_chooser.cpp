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

/// The place of each area in that order.
std::vector<std::uint16_t> ranks_of(std::span<const std::uint16_t> areas) {
  std::vector<std::uint16_t> ranks(areas.size());
  for (std::size_t at = 0; at < areas.size(); ++at) {
    ranks[areas[at]] = static_cast<std::uint16_t>(at);
  }
  return ranks;
}

/// Weights on the scale on which they sum to 1.
void norm(std::span<const double> weights, std::vector<double>& shares) {
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  shares.resize(weights.size());
  std::transform(weights.begin(), weights.end(), shares.begin(),
                 [sum](double weight) { return sum > 0.0 ? weight / sum : 0.0; });
}

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
    : ranks_(ranks_of(in_order_of_codes(frame))),
      areas_(in_order_of_codes(frame)),
      given_(rates.destinations),
      attraction_(rates.attraction) {
  if (given_.empty()) return;
  shares_ = series_of(given_.size(), [&](Interval interval) {
    const Destinations& given = given_.at(interval);
    Shares made{given.class_of_row, {}, {}};
    const std::size_t origins = given.common() ? 1 : areas_.size();
    const std::size_t sexes = frame.sexes.size();
    made.bounds = OriginTable({sexes, given.classes(), origins, areas_.size()});
    made.index = decltype(made.index)({sexes, given.classes(), origins, bins_for(areas_.size())});
    std::vector<double> common;
    for (const Sex sex : positions<Sex>(sexes)) {
      for (const AgeClass age : positions<AgeClass>(given.classes())) {
        for (const Area origin : positions<Area>(origins)) {
          const auto bounds = made.bounds.slab(sex, age, origin);
          if (given.common()) norm(given.weights.slab(sex, age), common);
          cumulate(given.common() ? common : given.shares.slab(sex, age, origin), areas_, bounds);
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
  const bool common = given_.at(site.interval).common();
  if (attraction == nullptr) {
    if (common) {
      return of_common(shares.bounds.slab(site.sex, age), shares.index.slab(site.sex, age), origin);
    }
    return {shares.bounds.slab(site.sex, age, origin),
            shares.index.slab(site.sex, age, origin),
            areas_,
            {}};
  }
  room.bounds.resize(areas_.size());
  room.index.resize(bins_for(areas_.size()));
  if (common) {
    norm(attraction->weights.slab(site.sex, site.row, group), room.shares);
    cumulate(room.shares, areas_, room.bounds);
    index_bins(room.bounds, room.index);
    return of_common(room.bounds, room.index, origin);
  }
  const auto given = given_.at(site.interval).shares.slab(site.sex, age, origin);
  const auto odds = attraction->odds.slab(site.sex, site.row, group);
  const double sum = attraction->sum(site.sex, site.row, group, origin);
  room.shares.resize(areas_.size());
  std::transform(given.begin(), given.end(), odds.begin(), room.shares.begin(),
                 [&](double share, double more) { return share * more / sum; });
  cumulate(room.shares, areas_, room.bounds);
  index_bins(room.bounds, room.index);
  return {room.bounds, room.index, areas_, {}};
}

DestinationChooser::Choice DestinationChooser::of_common(std::span<const std::uint32_t> bounds,
                                                         std::span<const std::uint16_t> index,
                                                         Area origin) const {
  const std::size_t rank = ranks_[origin.position()];
  const std::uint32_t first = rank == 0 ? 0 : bounds[rank - 1];
  return {bounds, index, areas_, {first, bounds[rank] - first}};
}

}  // namespace kohort::population
