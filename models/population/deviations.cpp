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

/// Components stand in the order of their processes.
const DeviationProcess& process_of(const ParameterUncertainty& uncertainty, std::size_t component) {
  return uncertainty.*processes[component].of;
}
static_assert(processes.size() == component_count);

double normal(const StreamKey& key, const Site& site) {
  Stream numbers(key, site);
  return sample_normal(numbers);
}

/// The key of what is common to all areas.
StreamKey national_key(std::uint64_t seed) { return {seed, ""}; }

double stationary_sd(double sd, double phi) { return sd / std::sqrt(1.0 - phi * phi); }

/// How one draw of a process stands at the launch.
struct Standing {
  double level = 0.0;
  double moved = 0.0;
};

Standing standing(const LaunchOffset& offset, double level_number, double own_number) {
  return {offset.level * level_number, offset.carried * level_number + offset.own * own_number};
}

/// The year in which a process sets out. Figures of years after the base year say nothing of how
/// it stands there.
Year launch_of(const DeviationProcess& process, Year base) {
  return std::min(process.last_year.value_or(base), base);
}

}  // namespace

void Deviations::start(const Setting& setting, const ParameterUncertainty& uncertainty) {
  for (std::size_t component = 0; component < component_count; ++component) {
    const DeviationProcess& process = process_of(uncertainty, component);
    changes_[component] = process.kind != DeviationKind::none;
    start(component, process, setting);
  }
}

void Deviations::start(std::size_t component, const DeviationProcess& process,
                       const Setting& setting) {
  const std::size_t draws = setting.block.count;
  const std::size_t cells = setting.keys.size() * draws;
  Path& path = paths_[component];
  path = {std::vector<double>(draws), std::vector<double>(draws), std::vector<double>(draws),
          std::vector<double>(cells), std::vector<double>(cells)};
  factors_[component].assign(cells, 1.0);
  if (process.kind == DeviationKind::none) return;
  const bool returns = process.kind == DeviationKind::ar1;
  const double national = returns ? stationary_sd(process.national_sd, process.phi) : 0.0;
  const StreamKey nation = national_key(setting.block.seed);
  const Year year = launch_of(process, setting.base);
  for (std::size_t draw = 0; draw < draws; ++draw) {
    const Site ever{setting.block.draw(draw), no_year, {}, {}, {}, event_of_path(component)};
    const Site launch{setting.block.draw(draw), year, {}, {}, {}, event_of_path(component)};
    path.drift[draw] = process.drift_sd * normal(nation, ever);
    const Standing of_nation =
        standing(process.national_offset, normal(nation, ever), normal(nation, launch));
    path.level[draw] = national * of_nation.level;
    path.national[draw] = national * of_nation.moved;
    for (std::size_t area = 0; area < setting.keys.size(); ++area) {
      const double sd = stationary_sd(process.area_sd[area], process.area_phi);
      const StreamKey& key = setting.keys[area];
      const Standing own = standing(process.area_offset, normal(key, ever), normal(key, launch));
      path.own_level[area * draws + draw] = sd * own.level;
      path.own[area * draws + draw] = sd * own.moved;
    }
  }
  for (const Year next : Years(year + 1, setting.base)) {
    carry_on(component, process, setting, next);
  }
}

void Deviations::carry_on(std::size_t component, const DeviationProcess& process,
                          const Setting& setting, Year year) {
  const std::size_t draws = setting.block.count;
  const StreamKey nation = national_key(setting.block.seed);
  Path& path = paths_[component];
  for (std::size_t draw = 0; draw < draws; ++draw) {
    const Site site{setting.block.draw(draw), year, {}, {}, {}, event_of_path(component)};
    path.national[draw] = process.phi * path.national[draw] + path.drift[draw] +
                          process.national_sd * normal(nation, site);
    for (std::size_t area = 0; area < setting.keys.size(); ++area) {
      double& own = path.own[area * draws + draw];
      own = process.area_phi * own + process.area_sd[area] * normal(setting.keys[area], site);
    }
  }
}

/// The national deviation of mortality works by age, so its factors are the areas' own alone.
void Deviations::take_factors(std::size_t component) {
  const Path& path = paths_[component];
  const bool national_by_age = component == static_cast<std::size_t>(Component::mortality);
  const std::size_t draws = path.national.size();
  for (std::size_t at = 0; at < path.own.size(); ++at) {
    const std::size_t draw = at % draws;
    const double common = national_by_age ? 0.0 : path.level[draw] + path.national[draw];
    factors_[component][at] = std::exp(common + path.own_level[at] + path.own[at]);
  }
}

/// What areas gain of each other sums to nothing.
void Deviations::take_net_migration(std::span<const double> area_share) {
  const Path& path = paths_[static_cast<std::size_t>(Component::net_migration)];
  const std::size_t draws = path.national.size();
  national_net_migration_.assign(draws, 0.0);
  own_net_migration_.assign(path.own.size(), 0.0);
  for (std::size_t draw = 0; draw < draws; ++draw) {
    national_net_migration_[draw] = path.level[draw] + path.national[draw];
    double mean = 0.0;
    for (std::size_t area = 0; area < area_share.size(); ++area) {
      const std::size_t at = area * draws + draw;
      own_net_migration_[at] = path.own_level[at] + path.own[at];
      mean += area_share[area] * own_net_migration_[at];
    }
    for (std::size_t area = 0; area < area_share.size(); ++area) {
      own_net_migration_[area * draws + draw] -= mean;
    }
  }
}

void Deviations::draw_levers(const Frame& frame, const std::vector<RateLever>& levers,
                             const DrawBlock& block) {
  for (std::size_t what = 0; what < adjusted_count; ++what) {
    std::vector<Effect> effects;
    for (const RateLever& one : levers) {
      if (one.what == static_cast<Adjusted>(what)) effects.push_back(one.effect);
    }
    levers_[what] = DrawnLevers(effects, frame, block);
  }
}

void Deviations::advance(const Frame& frame, const ParameterUncertainty& uncertainty,
                         const DrawBlock& block, Interval interval,
                         std::span<const StreamKey> keys) {
  const Setting setting{block, frame.base_year, keys};
  for (DrawnLevers& levers : levers_) levers.advance(interval);
  if (none()) {
    national_mortality_ = NationalTable({frame.sexes.size(), frame.ages(), block.count}, 1.0);
    start(setting, uncertainty);
  }
  for (std::size_t component = 0; component < component_count; ++component) {
    const DeviationProcess& process = process_of(uncertainty, component);
    if (process.kind == DeviationKind::none) continue;
    for (int year = 1 - frame.step; year <= 0; ++year) {
      carry_on(component, process, setting, frame.end_of(interval) + year);
    }
    if (component == static_cast<std::size_t>(Component::net_migration)) {
      take_net_migration(uncertainty.area_share);
    } else {
      take_factors(component);
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
