#include "models/population/rates/fertility.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/table/tabulate.hpp"

namespace kohort::population {
namespace {

namespace p = parameters;

FertilityTable as_given(const Frame& frame, const Figures& figures, Interval interval) {
  return tabulate<FertilityTable>(
      {frame.ages(), frame.group_count(), frame.areas.size()},
      [&](Age age, Group group, Area area) { return figures(interval, area, group, Sex(0), age); });
}

/// f(a) = TFR s(a) / (n sum s): a woman spends n years in each age group.
FertilityTable spread(const Source& source, const FertilityTable& schedule,
                      const BirthShareTable& totals) {
  BirthShareTable sums(totals.extents());
  for (const Age age : positions<Age>(schedule.extent<Age>())) {
    auto shares = schedule.slab(age);
    for (std::size_t at = 0; at < shares.size(); ++at) sums.values()[at] += shares[at];
  }
  const auto values = sums.values();
  if (std::any_of(values.begin(), values.end(), [](double sum) { return !(sum > 0.0); })) {
    throw Error(Fault::input, source.settings.mistake(p::fertility_schedule, "a schedule sums to 0",
                                                      "give at least one age a share above 0"));
  }
  return tabulate<FertilityTable>(schedule.extents(), [&](Age age, Group group, Area area) {
    const double width = source.frame.step;
    return totals(group, area) * schedule(age, group, area) / (width * sums(group, area));
  });
}

/// Per girl, not per hundred of them, nor the share of boys among all.
void require_plausible(const Source& source, double boys_per_girl) {
  constexpr double least = 0.8;
  if (boys_per_girl == 0.0 || boys_per_girl >= least) return;
  throw Error(
      Fault::input,
      source.settings.mistake(p::sex_ratio_at_birth, fmt::format("{} boys per girl", boys_per_girl),
                              "write boys per girl, about 1.05, or 0 where the fertility "
                              "rates count girls alone"));
}

Series<BirthShareTable> read_share_of_boys(const Source& source) {
  const Frame& frame = source.frame;
  const Figures ratio = Figures::read(source, p::sex_ratio_at_birth, Completeness::rates);
  return series_of(ratio.series_length(frame), [&](Interval interval) {
    return tabulate<BirthShareTable>(
        {frame.group_count(), frame.areas.size()}, [&](Group group, Area area) {
          const double boys_per_girl = ratio(interval, area, group, Sex(0), Age(0));
          require_plausible(source, boys_per_girl);
          return boys_per_girl / (1.0 + boys_per_girl);
        });
  });
}

void require_unit_sums(const Source& source, const NewbornTable& shares) {
  for (const Group group : positions<Group>(shares.extent<Group>())) {
    for (const Area area : positions<Area>(shares.extent<Area>())) {
      double sum = 0.0;
      for (const ToGroup to : positions<ToGroup>(shares.extent<ToGroup>())) {
        sum += shares(group, to, area);
      }
      if (std::abs(sum - 1.0) <= 1e-9) continue;
      throw Error(Fault::input,
                  source.settings.mistake(
                      p::newborn_groups,
                      fmt::format("the shares of group '{}' sum to {:.12g}",
                                  source.frame.groups[group.position()], sum),
                      "the shares of each mother's group must sum to 1 over child_group"));
    }
  }
}

NewbornTable own_group(const NewbornTable::Extents& extents) {
  return tabulate<NewbornTable>(extents, [](Group mother, ToGroup child, Area /*area*/) {
    return mother.position() == child.position() ? 1.0 : 0.0;
  });
}

Series<NewbornTable> read_newborn_groups(const Source& source) {
  const Frame& frame = source.frame;
  const NewbornTable::Extents extents{frame.group_count(), frame.group_count(), frame.areas.size()};
  if (!source.settings.given(p::newborn_groups)) return Series(own_group(extents));
  if (frame.groups.empty()) {
    throw Error(Fault::scenario,
                source.settings.mistake(p::newborn_groups, "the scenario names no groups",
                                        "name them in projection.groups, or leave this out"));
  }
  const TableReference reference = *require_quantity(source, p::newborn_groups).table();
  const auto table = source.tables.read<Interval, Area, Group, ToGroup>(
      p::newborn_groups, reference,
      {frame.flow_years(),
       frame.area_axis(),
       frame.group_axis(),
       {.name = "child_group", .labels = frame.groups, .required = true}});
  return series_of(table.varies_along<Interval>() ? frame.intervals : 1, [&](Interval interval) {
    auto shares = tabulate<NewbornTable>(extents, [&](Group mother, ToGroup child, Area area) {
      return table(interval, area, mother, child);
    });
    require_unit_sums(source, shares);
    return shares;
  });
}

}  // namespace

void read_birth_shares(const Source& source, Rates& rates) {
  rates.share_of_boys = read_share_of_boys(source);
  rates.newborn_groups = read_newborn_groups(source);
}

void read_fertility(const Source& source, Rates& rates) {
  const Frame& frame = source.frame;
  if (source.settings[p::fertility_form] == FertilityForm::rates) {
    const Figures figures = Figures::read(source, p::fertility_rates, Completeness::rates);
    rates.fertility = series_of(figures.series_length(frame), [&](Interval interval) {
      return as_given(frame, figures, interval);
    });
    rates.fertility_ages = figures.ages();
    return;
  }
  const Figures totals = Figures::read(source, p::total_fertility, Completeness::rates);
  const Figures schedule = Figures::read(source, p::fertility_schedule, Completeness::rates);
  const std::size_t length = std::max(totals.series_length(frame), schedule.series_length(frame));
  rates.fertility = series_of(length, [&](Interval interval) {
    const auto total = tabulate<BirthShareTable>(
        {frame.group_count(), frame.areas.size()},
        [&](Group group, Area area) { return totals(interval, area, group, Sex(0), Age(0)); });
    return spread(source, as_given(frame, schedule, interval), total);
  });
  rates.fertility_ages = schedule.ages();
}

}  // namespace kohort::population
