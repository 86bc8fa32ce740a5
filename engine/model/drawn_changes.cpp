// What draws make of interventions on parameters whose size or spread is uncertain.
#include <algorithm>

#include <fmt/format.h>

#include "engine/model/chance.hpp"
#include "engine/model/parameter_change.hpp"
#include "engine/model/variants.hpp"
#include "engine/random/normal.hpp"
#include "engine/sample/design.hpp"

namespace kohort {
namespace {

/// A number above 0 and below 1 for one of the variants; those of all of them lie evenly.
double draw(const StreamKey& key, Drawn drawn, std::size_t variant) {
  return stratified_sequence(doublings_to_variants, Stream(key, intervention_site(drawn)))
      .at(variant);
}

std::vector<double> draw_readiness(const std::string& name, const Frame& frame, std::size_t variant,
                                   std::uint64_t seed) {
  std::vector<double> readiness;
  for (const AreaDescription& area : frame.areas) {
    readiness.push_back(area.rest ? Readiness::as_expected
                                  : draw(intervention_key(seed, name, area.code),
                                         Drawn::uptakes_of_variants, variant));
  }
  return readiness;
}

}  // namespace

bool ParameterChanges::any_random() const {
  return std::any_of(changes_.begin(), changes_.end(),
                     [](const auto& change) { return change->effect.is_random(); });
}

ParameterChanges ParameterChanges::in_variant(std::size_t variant, std::uint64_t seed) const {
  ParameterChanges varied = *this;
  varied.entered_.clear();
  for (auto& change : varied.changes_) {
    const Rollout& rollout = change->effect.rollout();
    ParameterChange drawn = *change;
    if (rollout.se > 0.0) {
      const double luck =
          draw(intervention_key(seed, rollout.name), Drawn::effects_of_variants, variant);
      drawn.effect = drawn.effect.with_full(drawn.effect.full_at(normal_quantile(luck)));
    }
    if (rollout.logistic) drawn.readiness = draw_readiness(rollout.name, *frame_, variant, seed);
    change = std::make_shared<const ParameterChange>(std::move(drawn));
  }
  return varied;
}

std::string ParameterChanges::random_words() const {
  std::string words;
  for (const auto& change : changes_) {
    if (!change->effect.is_random()) continue;
    words += fmt::format("{}'{}' at {:.6g}", words.empty() ? "" : ", ",
                         change->effect.rollout().name, change->effect.full());
  }
  return words;
}

}  // namespace kohort
