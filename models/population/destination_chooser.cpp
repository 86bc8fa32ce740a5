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

}  // namespace

DestinationChooser::DestinationChooser(const Frame& frame, const Series<Destinations>& destinations)
    : areas_(in_order_of_codes(frame)) {
  if (destinations.empty()) return;
  shares_ = series_of(destinations.size(), [&](Interval interval) {
    const Destinations& given = destinations.at(interval);
    Shares made{given.class_of_row, {}, {}};
    made.bounds = decltype(made.bounds)(given.shares.extents());
    auto bins = given.shares.extents();
    bins.back() = std::bit_ceil(std::max(fewest_bins, 2 * areas_.size()));
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

DestinationChooser::Choice DestinationChooser::from(Interval interval, Sex sex, CohortRow row,
                                                    Area origin) const {
  const Shares& shares = shares_.at(interval);
  const AgeClass age = shares.class_of_row[row.position()];
  return {shares.bounds.slab(sex, age, origin), shares.index.slab(sex, age, origin), areas_};
}

}  // namespace kohort::population
