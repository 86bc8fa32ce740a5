#include "engine/model/drawn_levers.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/model/chance.hpp"
#include "engine/random/normal.hpp"

namespace kohort {
namespace {

/// The full effect of each draw, with a luck of its own for each draw and name.
std::vector<double> draw_full(const Effect& effect, const DrawBlock& block) {
  std::vector<double> full(block.count, effect.full());
  if (effect.rollout().se == 0.0) return full;
  const StreamKey key = intervention_key(block.seed, effect.rollout().name);
  for (std::size_t draw = 0; draw < block.count; ++draw) {
    Stream numbers(key, intervention_site(Drawn::effect, block.draw(draw)));
    full[draw] = effect.full_at(sample_normal(numbers));
  }
  return full;
}

Table<double, Area, Draw> draw_readiness(const Effect& effect, const Frame& frame,
                                         const DrawBlock& block) {
  if (!effect.rollout().logistic) return {};
  Table<double, Area, Draw> readiness({frame.areas.size(), block.count}, Readiness::as_expected);
  for (const Area area : positions<Area>(frame.areas.size())) {
    const AreaDescription& described = frame.areas[area.position()];
    if (described.rest) continue;
    const StreamKey key = intervention_key(block.seed, effect.rollout().name, described.code);
    for (const Draw draw : positions<Draw>(block.count)) {
      readiness(area, draw) =
          Stream(key, intervention_site(Drawn::uptake, block.draw(draw.position()))).uniform();
    }
  }
  return readiness;
}

}  // namespace

bool DrawnLevers::differ_by(const std::vector<Effect>& effects) {
  return std::any_of(effects.begin(), effects.end(),
                     [](const Effect& effect) { return effect.is_random(); });
}

DrawnLevers::DrawnLevers(const std::vector<Effect>& effects, const Frame& frame,
                         const DrawBlock& block)
    : areas_(frame.areas.size()), draws_(block.count) {
  if (!differ_by(effects)) return;
  for (const bool shifts : {false, true}) {
    for (const Effect& effect : effects) {
      // A shift that is certain is needed too: factors of draws do not work on it.
      if (effect.is_shift() != shifts || (!shifts && !effect.is_random())) continue;
      levers_.push_back({effect, draw_full(effect, block), draw_readiness(effect, frame, block)});
      levers_.back().expected.resize(frame.areas.size());
      levers_.back().made.resize(frame.areas.size() * draws_);
    }
  }
}

void DrawnLevers::advance(Interval interval) {
  for (Lever& lever : levers_) {
    lever.works = lever.effect.covers(interval);
    if (lever.works) advance(lever, lever.effect.in_effect(interval));
  }
}

void DrawnLevers::advance(Lever& lever, double in_effect) {
  const Effect& effect = lever.effect;
  const std::size_t draws = lever.full.size();
  const double expected = effect.size_of(effect.full(), in_effect);
  for (std::size_t area = 0; area < lever.expected.size(); ++area) {
    const bool included = effect.target().includes(Area(area));
    lever.expected[area] = included && effect.is_shift() ? expected : 0.0;
    for (std::size_t draw = 0; draw < draws; ++draw) {
      double part = in_effect;
      if (!lever.readiness.empty()) {
        part = Readiness::part(lever.readiness(Area(area), Draw(draw)), in_effect);
      }
      const double size = effect.size_of(lever.full[draw], part);
      double& made = lever.made[area * draws + draw];
      if (effect.is_shift()) {
        made = included ? size : 0.0;
      } else {
        // A rate of which nothing is left stays at 0.
        made = included && expected != 0.0 ? size / expected : 1.0;
      }
    }
  }
}

void DrawnLevers::apply(Sex sex, Age age, std::span<double> rates) const {
  if (!any()) return;
  const std::size_t cells = areas_ * draws_;
  for (std::size_t first = 0; first < rates.size(); first += cells) {
    apply_from(0, sex, age, rates.subspan(first, cells));
  }
}

void DrawnLevers::apply(Sex sex, Age age, Area area, std::span<double> rates) const {
  if (any()) apply_from(area.position() * draws_, sex, age, rates);
}

/// `first`: where the rates begin among [area][draw].
void DrawnLevers::apply_from(std::size_t first, Sex sex, Age age, std::span<double> rates) const {
  const auto works = [&](const Lever& lever) {
    return lever.works && lever.effect.target().includes(sex, age);
  };
  const auto change = [&](const auto& changed) {
    for (std::size_t at = 0; at < rates.size(); ++at) {
      if (rates[at] != 0.0) rates[at] = changed(rates[at], first + at);
    }
  };
  for (const Lever& lever : levers_) {
    if (!works(lever) || !lever.effect.is_shift()) continue;
    change([&](double rate, std::size_t at) { return rate - lever.expected[at / draws_]; });
  }
  for (const Lever& lever : levers_) {
    if (!works(lever)) continue;
    if (lever.effect.is_shift()) {
      change([&](double rate, std::size_t at) { return rate + lever.made[at]; });
    } else {
      change([&](double rate, std::size_t at) { return rate * lever.made[at]; });
    }
  }
}

std::string DrawnLevers::names() const {
  std::string names;
  for (const Lever& lever : levers_) {
    if (!lever.effect.is_random()) continue;
    names += fmt::format("{}'{}'", names.empty() ? "" : ", ", lever.effect.rollout().name);
  }
  return names;
}

Error DrawnLevers::refusal(const std::string& what) const {
  return {Fault::scenario, Mistake{{},
                                   fmt::format("intervention {}: in a draw {}", names(), what),
                                   "choose an effect nearer to none, or a smaller standard error"}};
}

}  // namespace kohort
