#include "models/welfare/projection.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/random/normal.hpp"
#include "engine/random/rows.hpp"
#include "models/welfare/chance.hpp"

namespace kohort::welfare {
namespace {

/// The rate whose odds are those of `rate` times exp(`log_odds`).
double shifted(double rate, double log_odds) {
  const double odds = rate * std::exp(log_odds);
  return odds / (1.0 - rate + odds);
}

}  // namespace

WelfareProjection::WelfareProjection(const Frame& frame, std::vector<NeedRates> needs,
                                     const population::Chance& chance)
    : frame_(frame), needs_(std::move(needs)), chance_(chance) {
  if (needs_.size() * frame_.group_count() <= SiteLimits::groups) return;
  throw Error(Fault::scenario,
              Mistake{{},
                      fmt::format("welfare.need: {} needs, times {} groups of people",
                                  needs_.size(), frame_.group_count()),
                      fmt::format("together there can be {}", SiteLimits::groups)});
}

/// The people with one need, at one time.
class WelfareProjection::Count {
 public:
  Count(const WelfareProjection& projection, Need need, std::optional<Interval> interval,
        WelfareState& state)
      : projection_(projection),
        frame_(projection.frame_),
        need_(need),
        rates_(projection.needs_[need.position()]),
        interval_(interval),
        state_(state),
        whole_(projection.chance_.events && state.block.events),
        year_(interval ? frame_.end_of(*interval) : frame_.base_year) {}

  void among(const population::PersonTable& people) {
    std::vector<double> rates(state_.block.count);
    for (const Area area : positions<Area>(frame_.areas.size())) {
      const StreamKey key(state_.block.seed, frame_.areas[area.position()].code);
      for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
        for (const Age age : positions<Age>(frame_.ages())) {
          draw_rates(sex, age, area, rates);
          for (const Group group : positions<Group>(frame_.group_count())) {
            const Site site{{},
                            year_,
                            sex,
                            CohortRow(age.position()),
                            site_group(group),
                            event_of(Drawn::people)};
            const Among cell{people.slab(sex, age, group, area), rates,
                             state_.persons[need_.position()].slab(sex, age, group, area)};
            whole_ ? draw_people(key, site, cell) : expect_people(cell);
          }
        }
      }
    }
  }

 private:
  /// A cell in each draw: all people, their rate, and those with the need.
  struct Among {
    std::span<const double> all;
    std::span<const double> rates;
    std::span<double> with;
  };

  Group site_group(Group group) const {
    return Group(group.position() * projection_.needs_.size() + need_.position());
  }

  /// The rate of a cell in each draw.
  void draw_rates(Sex sex, Age age, Area area, std::span<double> rates) const {
    const RateChange change = interval_ ? rates_.change(*interval_, sex, age, area) : RateChange{};
    const double rate = rates_.rate(sex, age, area);
    std::fill(rates.begin(), rates.end(), change.of(rate));
    if (!state_.in_range.empty() && !rates_.half_width.empty()) {
      const double half = rates_.half_width(sex, age, area);
      const std::span<const double> place = std::as_const(state_.in_range).slab(need_);
      for (std::size_t draw = 0; draw < rates.size(); ++draw) {
        rates[draw] = change.of(rate + half * place[draw]);
      }
    }
    if (interval_ && !state_.levers.empty()) pull_levers(sex, age, area, rates);
    const auto& sampling = state_.sampling[need_.position()];
    const double sd = sampling.empty() ? 0.0 : rates_.log_odds_sd(sex, age, area);
    if (sd == 0.0) return;
    const std::span<const double> errors = sampling.slab(rates_.figures.of(sex, age, area));
    for (std::size_t draw = 0; draw < rates.size(); ++draw) {
      rates[draw] = shifted(rates[draw], sd * errors[draw]);
    }
  }

  /// What each draw makes of levers beyond what is expected of them.
  void pull_levers(Sex sex, Age age, Area area, std::span<double> rates) const {
    const DrawnLevers& levers = state_.levers[need_.position()];
    levers.apply(sex, age, area, rates);
    for (const double rate : rates) {
      if (rate >= 0.0 && rate <= 1.0) continue;
      throw levers.refusal(
          fmt::format("{:.3g} of each of the people of area {} would have the need '{}' in {}",
                      rate, frame_.areas[area.position()].code, rates_.name, year_.value()));
    }
  }

  static void expect_people(const Among& cell) {
    for (std::size_t draw = 0; draw < cell.all.size(); ++draw) {
      cell.with[draw] = cell.all[draw] * cell.rates[draw];
    }
  }

  void draw_people(const StreamKey& key, Site site, const Among& cell) const {
    for (std::size_t first = 0; first < cell.all.size(); first += widest_row) {
      const std::size_t count = std::min(widest_row, cell.all.size() - first);
      RowNumbers trials{};
      RowNumbers chances{};
      RowNumbers counts{};
      std::copy_n(&cell.all[first], count, trials.begin());
      std::copy_n(&cell.rates[first], count, chances.begin());
      site.draw = state_.block.draw(first);
      sample_binomials(StreamRow(key, site, count), trials, chances, counts);
      std::copy_n(counts.begin(), count, &cell.with[first]);
    }
  }

  const WelfareProjection& projection_;
  const Frame& frame_;
  Need need_;
  const NeedRates& rates_;
  std::optional<Interval> interval_;
  WelfareState& state_;
  bool whole_;
  Year year_;
};

void WelfareProjection::start(const population::PopulationState& people,
                              WelfareState& state) const {
  state.persons.assign(needs_.size(), population::PersonTable(people.persons.extents()));
  state.sampling.resize(needs_.size());
  if (chance_.paths) {
    draw_levers(state);
    draw_ranges(state);
    draw_sampling(state);
  }
  count(std::nullopt, people, state);
}

void WelfareProjection::step(Interval interval, const population::PopulationState& people,
                             WelfareState& state) const {
  for (DrawnLevers& levers : state.levers) levers.advance(interval);
  count(interval, people, state);
}

void WelfareProjection::count(std::optional<Interval> interval,
                              const population::PopulationState& people,
                              WelfareState& state) const {
  for (const Need need : positions<Need>(needs_.size())) {
    Count(*this, need, interval, state).among(people.persons);
  }
}

/// Empty where draws differ in none.
void WelfareProjection::draw_levers(WelfareState& state) const {
  for (const NeedRates& need : needs_) state.levers.emplace_back(need.levers, frame_, state.block);
  const auto any = [](const DrawnLevers& levers) { return levers.any(); };
  if (std::none_of(state.levers.begin(), state.levers.end(), any)) state.levers.clear();
}

void WelfareProjection::draw_ranges(WelfareState& state) const {
  const StreamKey nation(state.block.seed, "");
  state.in_range = Table<double, Need, Draw>({needs_.size(), state.block.count});
  for (const Need need : positions<Need>(needs_.size())) {
    for (const Draw draw : positions<Draw>(state.block.count)) {
      Stream numbers(nation, {state.block.draw(draw.position()),
                              no_year,
                              {},
                              {},
                              Group(need.position()),
                              event_of(Drawn::range_path)});
      state.in_range(need, draw) = 2.0 * numbers.uniform() - 1.0;
    }
  }
}

/// A figure of an area has a number of its own area, any other one of the nation.
void WelfareProjection::draw_sampling(WelfareState& state) const {
  for (const Need need : positions<Need>(needs_.size())) {
    const NeedRates& rates = needs_[need.position()];
    if (rates.log_odds_sd.empty()) continue;
    const RateFigures& figures = rates.figures;
    auto& errors = state.sampling[need.position()];
    errors = Table<double, Figure, Draw>({figures.size(), state.block.count});
    for (const Area area : positions<Area>(figures.areas)) {
      const bool own = figures.areas > 1;
      const StreamKey key(state.block.seed, own ? frame_.areas[area.position()].code : "");
      for (const Sex sex : positions<Sex>(figures.sexes)) {
        for (const RateAge group : positions<RateAge>(figures.groups)) {
          for (const Draw draw : positions<Draw>(state.block.count)) {
            Stream numbers(
                key, {state.block.draw(draw.position()), no_year, sex, CohortRow(group.position()),
                      Group(need.position()), event_of(Drawn::sampling_path)});
            errors(figures.at(area, sex, group), draw) = sample_normal(numbers);
          }
        }
      }
    }
  }
}

}  // namespace kohort::welfare
