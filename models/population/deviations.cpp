#include "models/population/deviations.hpp"

#include <algorithm>
#include <cmath>

#include "engine/random/normal.hpp"
#include "models/population/chance.hpp"

namespace kohort::population {
namespace {

Event event_of_path(std::size_t component) {
  return event_of(static_cast<Drawn>(static_cast<std::size_t>(Drawn::mortality_path) + component));
}

const DeviationProcess& process_of(const ParameterUncertainty& uncertainty, std::size_t component) {
  const std::array<const DeviationProcess*, component_count> processes{
      &uncertainty.mortality, &uncertainty.fertility, &uncertainty.immigration,
      &uncertainty.emigration, &uncertainty.domestic};
  return *processes[component];
}

double normal(const StreamKey& key, const Site& site) {
  Stream numbers(key, site);
  return sample_normal(numbers);
}

/// The key of what is common to all areas.
StreamKey national_key(std::uint64_t seed) { return {seed, ""}; }

}  // namespace

void Deviations::start(const Frame& frame, const ParameterUncertainty& uncertainty,
                       const DrawBlock& block) {
  const std::size_t areas = frame.areas.size();
  national_mortality_ = NationalTable({frame.sexes.size(), frame.ages(), block.count}, 1.0);
  for (std::size_t component = 0; component < component_count; ++component) {
    const DeviationProcess& process = process_of(uncertainty, component);
    changes_[component] = process.kind != DeviationKind::none;
    Path& path = paths_[component];
    path.national.assign(block.count, 0.0);
    path.own.assign(areas * block.count, 0.0);
    factors_[component].assign(areas * block.count, 1.0);
    // The year of a drift is none: year 0 keeps its numbers apart from those of the years.
    for (std::size_t draw = 0; draw < block.count; ++draw) {
      const Site site{.draw = block.draw(draw), .event = event_of_path(component)};
      path.drift.push_back(process.drift_sd * normal(national_key(block.seed), site));
    }
  }
}

void Deviations::advance(const Frame& frame, const ParameterUncertainty& uncertainty,
                         const DrawBlock& block, Interval interval,
                         std::span<const StreamKey> keys) {
  const std::size_t areas = frame.areas.size();
  if (none()) start(frame, uncertainty, block);
  const StreamKey nation = national_key(block.seed);
  for (std::size_t component = 0; component < component_count; ++component) {
    const DeviationProcess& process = process_of(uncertainty, component);
    if (process.kind == DeviationKind::none) continue;
    Path& path = paths_[component];
    for (int year = 1 - frame.step; year <= 0; ++year) {
      for (std::size_t draw = 0; draw < block.count; ++draw) {
        const Site site{.draw = block.draw(draw),
                        .year = frame.end_of(interval) + year,
                        .event = event_of_path(component)};
        path.national[draw] = process.phi * path.national[draw] + path.drift[draw] +
                              process.national_sd * normal(nation, site);
        for (std::size_t area = 0; area < areas; ++area) {
          double& own = path.own[area * block.count + draw];
          own = process.area_phi * own + process.area_sd[area] * normal(keys[area], site);
        }
      }
    }
    const bool national_by_age = component == static_cast<std::size_t>(Component::mortality);
    for (std::size_t area = 0; area < areas; ++area) {
      for (std::size_t draw = 0; draw < block.count; ++draw) {
        const std::size_t at = area * block.count + draw;
        const double common = national_by_age ? 0.0 : path.national[draw];
        factors_[component][at] = std::exp(common + path.own[at]);
      }
    }
  }
  reckon_national_mortality(frame, uncertainty);
}

/// Once for all areas: of a sex and age, exp(b x) in each draw.
void Deviations::reckon_national_mortality(const Frame& frame,
                                           const ParameterUncertainty& uncertainty) {
  const auto& response = uncertainty.mortality_response;
  if (response.empty()) return;
  const std::vector<double>& index = paths_[0].national;
  for (const Sex sex : positions<Sex>(frame.sexes.size())) {
    for (const Age age : positions<Age>(frame.ages())) {
      const double b = response(sex, age);
      const auto factors = national_mortality_.slab(sex, age);
      std::transform(index.begin(), index.end(), factors.begin(),
                     [b](double x) { return std::exp(b * x); });
    }
  }
}

}  // namespace kohort::population
