#include "engine/model/drawn_factor.hpp"

#include <cmath>

#include "engine/random/normal.hpp"
#include "engine/random/stream.hpp"

namespace kohort {
namespace {

/// What is drawn. The numbers are part of what makes a result reproducible.
enum class Drawn : std::uint8_t {
  effect = 1,  ///< how large the effect is
  uptake,      ///< how early an area takes part
};

/// What holds for all years is of none: year 0.
Site site_of(const DrawBlock& block, std::size_t draw, Drawn drawn) {
  constexpr std::uint8_t interventions = 16;
  return {block.draw(draw), Year(0), {}, {}, {}, {interventions, static_cast<std::uint8_t>(drawn)}};
}

}  // namespace

DrawnFactor::DrawnFactor(GradualFactor factor, const Frame& frame, const DrawBlock& block)
    : factor_(std::move(factor)), full_(block.count, factor_.full()) {
  const Rollout& rollout = factor_.rollout();
  if (rollout.factor_se > 0.0) {
    const StreamKey key(block.seed, "intervention/" + rollout.name);
    const double relative = rollout.factor_se / factor_.full();
    const double variance = std::log1p(relative * relative);  // of the logarithm
    for (std::size_t draw = 0; draw < block.count; ++draw) {
      Stream numbers(key, site_of(block, draw, Drawn::effect));
      full_[draw] *= std::exp(std::sqrt(variance) * sample_normal(numbers) - variance / 2.0);
    }
  }
  if (!rollout.logistic) return;
  readiness_ = Table<double, Area, Draw>({frame.areas.size(), block.count});
  for (const Area area : positions<Area>(frame.areas.size())) {
    const StreamKey key(block.seed,
                        frame.areas[area.position()].code + "/intervention/" + rollout.name);
    for (const Draw draw : positions<Draw>(block.count)) {
      readiness_(area, draw) =
          Stream(key, site_of(block, draw.position(), Drawn::uptake)).uniform();
    }
  }
}

double DrawnFactor::at(Interval interval, Sex sex, Age age, Area area, Draw draw) const {
  if (!factor_.applies(interval, sex, age, area)) return 1.0;
  double in_effect = factor_.in_effect(interval);
  if (!readiness_.empty()) in_effect = readiness_(area, draw) <= in_effect ? 1.0 : 0.0;
  return factor_.at(full_[draw.position()], in_effect);
}

double DrawnFactor::ratio(Interval interval, Sex sex, Age age, Area area, Draw draw) const {
  if (!factor_.applies(interval, sex, age, area)) return 1.0;
  return at(interval, sex, age, area, draw) / factor_.at(interval, sex, age, area);
}

}  // namespace kohort
