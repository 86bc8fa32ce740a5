#include "models/population/random_events.hpp"

#include <array>

#include <fmt/format.h>

#include "engine/random/binomial.hpp"
#include "engine/random/multinomial.hpp"
#include "engine/random/poisson.hpp"

namespace kohort::population {

Stream RandomEvents::stream(const SlabSite& site, Drawn drawn, std::size_t place,
                            std::size_t draw) const {
  const std::size_t areas = frame_.areas.size();
  return {keys_[place % areas], Site{block_.draw(draw), frame_.end_of(site.interval), site.sex,
                                     site.row, Group(place / areas), event_of(drawn)}};
}

void RandomEvents::part(const SlabSite& site, Drawn drawn, ConstSlab persons,
                        std::span<const Way> ways, Slab stayers) const {
  constexpr std::size_t few = 8;
  std::array<double, few> chance_buffer{};
  std::array<double, few> count_buffer{};
  std::vector<double> more;  // only where there are more ways than usual: the multistate form
  if (ways.size() > few) more.resize(2 * ways.size());
  const std::span<double> chances(more.empty() ? chance_buffer.data() : more.data(), ways.size());
  const std::span<double> counts(more.empty() ? count_buffer.data() : more.data() + ways.size(),
                                 ways.size());
  for (std::size_t at = 0; at < persons.size(); ++at) {
    if (persons[at] <= 0.0) {  // nobody, or a net number of people who left
      stayers[at] = persons[at];
      for (const Way& way : ways) way.leavers[at] = 0.0;
      continue;
    }
    for (std::size_t way = 0; way < ways.size(); ++way) chances[way] = ways[way].chance[at];
    const Stream numbers = stream(site, drawn, at / block_.count, at % block_.count);
    stayers[at] = sample_leavers(numbers, persons[at], std::span<const double>(chances), counts);
    for (std::size_t way = 0; way < ways.size(); ++way) ways[way].leavers[at] = counts[way];
  }
}

void RandomEvents::hand_out(const SlabSite& site, Group group, ConstSlab movers,
                            Slab arrivals) const {
  const std::size_t draws = block_.count;
  for (const Area origin : positions<Area>(frame_.areas.size())) {
    const auto choice = chooser_.from(site.interval, site.sex, site.row, origin);
    const std::size_t place = group.position() * frame_.areas.size() + origin.position();
    for (std::size_t draw = 0; draw < draws; ++draw) {
      const auto count = static_cast<std::int64_t>(movers[origin.position() * draws + draw]);
      if (count == 0) continue;
      Stream numbers = stream(site, Drawn::destination, place, draw);
      for (std::int64_t mover = 0; mover < count; ++mover) {
        arrivals[choice.destination(numbers.uniform()) * draws + draw] += 1.0;
      }
    }
  }
}

void RandomEvents::count(const SlabSite& site, Drawn drawn, ConstSlab expected, Slab counts) const {
  for (std::size_t at = 0; at < expected.size(); ++at) {
    if (expected[at] == 0.0) {
      counts[at] = 0.0;
      continue;
    }
    Stream numbers = stream(site, drawn, at / block_.count, at % block_.count);
    counts[at] = static_cast<double>(sample_poisson(numbers, expected[at]));
  }
}

void RandomEvents::count_net(const SlabSite& site, Drawn drawn, ConstSlab expected,
                             ConstSlab present, Slab counts) const {
  for (std::size_t at = 0; at < expected.size(); ++at) {
    Stream numbers = stream(site, drawn, at / block_.count, at % block_.count);
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
    Stream numbers = stream(site, drawn, at / block_.count, at % block_.count);
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
