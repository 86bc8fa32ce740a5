#include "models/population/random_events.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "engine/random/binomial.hpp"
#include "engine/random/poisson.hpp"
#include "engine/random/rows.hpp"
#include "models/population/mover_batch.hpp"

namespace kohort::population {

namespace {

/// Calls `action(at, count)` for the cells of a slab, place by place and so many draws at a time as
/// a row of streams has.
template <class Action>
void for_each_row(std::size_t cells, std::size_t draws, const Action& action) {
  for (std::size_t place = 0; place < cells; place += draws) {
    for (std::size_t first = 0; first < draws; first += widest_row) {
      action(place + first, std::min(widest_row, draws - first));
    }
  }
}

/// The cells of a slab at `at` and after, as many as a row has draws.
RowNumbers row_of(ConstSlab slab, std::size_t at, std::size_t count) {
  RowNumbers numbers{};
  std::copy_n(slab.begin() + static_cast<std::ptrdiff_t>(at), count, numbers.begin());
  return numbers;
}

void enter(const RowNumbers& numbers, Slab slab, std::size_t at, std::size_t count) {
  std::copy_n(numbers.begin(), count, slab.begin() + static_cast<std::ptrdiff_t>(at));
}

}  // namespace

StreamRow RandomEvents::streams(const SlabSite& site, Drawn drawn, std::size_t at,
                                std::size_t count) const {
  const std::size_t areas = frame_.areas.size();
  const std::size_t place = at / block_.count;
  const Site first{block_.draw(at % block_.count),
                   frame_.end_of(site.interval),
                   site.sex,
                   site.row,
                   Group(place / areas),
                   event_of(drawn)};
  return {keys_[place % areas], first, count};
}

void RandomEvents::part(const SlabSite& site, Drawn drawn, ConstSlab persons,
                        std::span<const Way> ways, Slab stayers) const {
  for_each_row(persons.size(), block_.count, [&](std::size_t at, std::size_t count) {
    RowNumbers present = row_of(persons, at, count);
    RowNumbers less_than_none;  // a net number of people who left, of whom nobody can leave again
    for (std::size_t draw = 0; draw < count; ++draw) {
      less_than_none[draw] = std::min(present[draw], 0.0);
      present[draw] = std::max(present[draw], 0.0);
    }
    LeaverRow row(streams(site, drawn, at, count), present, ways.size());
    for (const Way& way : ways) {
      enter(row.leave(row_of(way.chance, at, count)), way.leavers, at, count);
    }
    for (std::size_t draw = 0; draw < count; ++draw) {
      stayers[at + draw] = row.stayers()[draw] + less_than_none[draw];
    }
  });
}

void RandomEvents::hand_out(const SlabSite& site, Group group, ConstSlab movers,
                            Slab arrivals) const {
  const std::size_t draws = block_.count;
  const std::size_t first_place = group.position() * frame_.areas.size();
  DestinationChooser::Room room;
  for_each_row(movers.size(), draws, [&](std::size_t at, std::size_t count) {
    const std::size_t origin = at / draws;
    const std::size_t first_draw = at % draws;
    MoverBatch batch(streams(site, Drawn::destination, first_place * draws + at, count),
                     chooser_.from(site, group, Area(origin), room),
                     {arrivals.subspan(first_draw), draws});
    batch.send(movers.subspan(at, count));
  });
}

void RandomEvents::count(const SlabSite& site, Drawn drawn, ConstSlab expected, Slab counts) const {
  for_each_row(expected.size(), block_.count, [&](std::size_t at, std::size_t count) {
    RowNumbers row;
    sample_poissons(streams(site, drawn, at, count), row_of(expected, at, count), row);
    enter(row, counts, at, count);
  });
}

void RandomEvents::count_net(const SlabSite& site, Drawn drawn, ConstSlab expected,
                             ConstSlab present, Slab counts) const {
  for (std::size_t at = 0; at < expected.size(); ++at) {
    Stream numbers = streams(site, drawn, at, 1)[0];
    if (expected[at] >= 0.0) {
      counts[at] = static_cast<double>(sample_poisson(numbers, expected[at]));
      continue;
    }
    if (-expected[at] > present[at]) {
      throw too_many_leave(site, at,
                           fmt::format("{:.6g} are to leave on balance, but {:.0f} are there",
                                       -expected[at], present[at]));
    }
    counts[at] = -static_cast<double>(sample_binomial(
        numbers, static_cast<std::int64_t>(present[at]), -expected[at] / present[at]));
  }
}

void RandomEvents::count_net_at_rate(const SlabSite& site, Drawn drawn, ConstSlab rate,
                                     const AtRisk& people, Slab counts) const {
  for (std::size_t at = 0; at < rate.size(); ++at) {
    Stream numbers = streams(site, drawn, at, 1)[0];
    if (rate[at] >= 0.0) {
      const double expected = rate[at] * people.at_start[at];
      counts[at] = static_cast<double>(sample_poisson(numbers, expected));
    } else if (-rate[at] > people.staying[at]) {
      throw too_many_leave(
          site, at,
          fmt::format("{:.3g} % are to leave on balance, but {:.3g} % stay of those who were there",
                      -100.0 * rate[at], 100.0 * people.staying[at]));
    } else {
      counts[at] = -static_cast<double>(sample_binomial(
          numbers, static_cast<std::int64_t>(people.stayed[at]), -rate[at] / people.staying[at]));
    }
  }
}

Error RandomEvents::too_many_leave(const SlabSite& site, std::size_t at,
                                   const std::string& how_many) const {
  const std::size_t place = at / block_.count;
  return Error(
      Fault::scenario,
      Mistake{{},
              fmt::format(
                  "area {}, {} aged {} in {}: {} in draw {}",
                  frame_.areas[place % frame_.areas.size()].code, frame_.sexes[site.sex.position()],
                  frame_.first_age(frame_.age_of(site.row)), frame_.end_of(site.interval).value(),
                  how_many, block_.first + at % block_.count),
              "give gross flows, or project without chance events (uncertainty.events)"});
}

}  // namespace kohort::population
