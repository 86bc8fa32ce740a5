#include "models/partition/random_events.hpp"

#include <algorithm>
#include <utility>

#include "engine/random/hypergeometric.hpp"
#include "engine/random/multinomial.hpp"
#include "engine/random/rows.hpp"

namespace kohort::partition {

Site RandomPartEvents::site_of(const PartSite& site, Event event, std::size_t draw,
                               Part group) const {
  return {block_.draw(draw),
          frame_.end_of(site.interval),
          site.sex,
          CohortRow(site.age.position()),
          Group(group.position()),
          event};
}

Stream RandomPartEvents::stream(const PartSite& site, Event event, std::size_t at) const {
  return {keys_[site.first.position() + at / block_.count],
          site_of(site, event, at % block_.count, Part(0))};
}

void RandomPartEvents::take(const PartSite& site, Event event, ConstSlab taken,
                            std::span<const double> odds, const PartSlabs& people,
                            PartSlabs& taken_of) const {
  for (std::size_t at = 0; at < taken.size(); ++at) {
    PartNumbers parts(people.parts());
    if (taken[at] != 0.0) {
      const PartNumbers present(people, at);
      share_out(stream(site, event, at), taken[at], present.all(), odds, parts.all());
    }
    parts.enter(taken_of, at);
  }
}

void RandomPartEvents::divide(const PartSite& site, Event event, ConstSlab people,
                              const PartSlabs& shares, PartSlabs& divided) const {
  for (std::size_t at = 0; at < people.size(); ++at) {
    PartNumbers counts(shares.parts());
    if (people[at] != 0.0) {
      const PartNumbers weights(shares, at);
      split<double>(stream(site, event, at), people[at], weights.all(), counts.all());
    }
    counts.enter(divided, at);
  }
}

/// Area after area takes its arrivals out of those who are left.
void RandomPartEvents::hand_out(const PartSite& site, Event event, MoverPool& pool,
                                ConstSlab arriving, PartSlabs& arrivals) const {
  const std::size_t parts = arrivals.parts();
  const PartNumbers alike(parts, 1.0);
  for (std::size_t at = 0; at < arriving.size(); ++at) {
    PartNumbers come(parts);
    if (arriving[at] != 0.0) {
      PartNumbers left(pool.in, at % block_.count);
      share_out(stream(site, event, at), arriving[at], std::as_const(left).all(), alike.all(),
                come.all());
      for (std::size_t part = 0; part < parts; ++part) left[part] -= come[part];
      left.enter(pool.in, at % block_.count);
    }
    come.enter(arrivals, at);
  }
}

void RandomPartEvents::change(const PartSite& site, const Changers& changers,
                              std::span<const Change> changes, Slab staying) const {
  const std::size_t draws = block_.count;
  const auto row_of = [&](ConstSlab slab, std::size_t at, std::size_t count) {
    RowNumbers numbers{};
    std::copy_n(slab.begin() + static_cast<std::ptrdiff_t>(at), count, numbers.begin());
    return numbers;
  };
  for (std::size_t area = 0; area < staying.size() / draws; ++area) {
    for (std::size_t first = 0; first < draws; first += widest_row) {
      const std::size_t at = area * draws + first;
      const std::size_t count = std::min(widest_row, draws - first);
      const StreamRow streams(keys_[site.first.position() + area],
                              site_of(site, changers.event, first, changers.from), count);
      LeaverRow row(streams, row_of(changers.people, at, count));
      for (const Change& one : changes) {
        const RowNumbers& changing = row.leave(row_of(one.chance, at, count));
        std::copy_n(changing.begin(), count,
                    one.changing.begin() + static_cast<std::ptrdiff_t>(at));
      }
      std::copy_n(row.stayers().begin(), count, staying.begin() + static_cast<std::ptrdiff_t>(at));
    }
  }
}

std::vector<StreamKey> keys_of(const Frame& frame, std::uint64_t seed) {
  std::vector<StreamKey> keys;
  for (const AreaDescription& area : frame.areas) keys.emplace_back(seed, area.code);
  return keys;
}

}  // namespace kohort::partition
