#include "models/population/margins.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/table/tabulate.hpp"
#include "models/population/base_parameters.hpp"
#include "models/population/margin_estimate.hpp"
#include "models/population/margin_tables.hpp"

namespace kohort::population {

namespace p = parameters;

namespace {

Estimate reported(const char* name, const char* long_name, const char* unit,
                  std::vector<EstimateAxis> axes, std::vector<double> values) {
  return {std::string("base/") + name, long_name, unit, std::move(axes), std::move(values)};
}

/// What is known of all estimated areas, county by county.
struct Known {
  std::vector<Table<double, Sex, Age>> together;
  std::vector<double> totals;
  Table<double, Area, Sex, BroadAge> broad;
};

/// The people of all estimated areas, and what they were estimated from.
struct Estimated {
  AreaSexAge people;
  AreaSexAge seed;
  double largest_error = 0.0;
};

/// Some neighbouring areas of a table.
template <class T>
T rows(const T& table, std::size_t first, std::size_t count) {
  auto extents = table.extents();
  const std::size_t length = table.size() / extents[0];
  extents[0] = count;
  T chosen(extents);
  const auto from = table.values().subspan(first * length, count * length);
  std::copy(from.begin(), from.end(), chosen.values().begin());
  return chosen;
}

/// Puts such areas back where they were.
void put(const AreaSexAge& part, std::size_t first, AreaSexAge& all) {
  const std::size_t length = all.size() / all.extent<Area>();
  std::copy(part.values().begin(), part.values().end(),
            all.values().begin() + static_cast<std::ptrdiff_t>(first * length));
}

/// The estimation, county by county.
class BaseEstimation {
 public:
  explicit BaseEstimation(const Source& source)
      : source_(source),
        layout_(source),
        tables_(source, layout_),
        whole_(source.settings[p::margin_whole]) {
    source.tables.note(Basis::estimated);
    if (source.settings.given(p::margin_seed)) seed_ = tables_.people(p::margin_seed);
  }

  BasePopulation run() const {
    const Known known{tables_.counties(), tables_.totals(), tables_.broad()};
    const Estimated found = estimate(known);
    BasePopulation base{AgeTable(age_extents(source_.frame)), {}};
    base.estimates.push_back(reported("margin_error", "largest error of a margin, relative to it",
                                      "1", {}, {found.largest_error}));
    base.estimates.push_back(
        reported("dissimilarity", "share of the people who stand elsewhere than in the seed", "1",
                 {areas_axis()}, dissimilarity(found.people, found.seed)));
    if (source_.settings.given(p::margin_check)) {
      check(!known.broad.empty() && known.broad.extent<Sex>() > 1, base.estimates);
    }
    place(found.people, known.together, base.persons);
    return base;
  }

 private:
  EstimateAxis areas_axis() const { return {"estimated_area", layout_.codes}; }

  /// What would be known of people who are known entirely.
  Known known_of(const AreaSexAge& people, bool broad_by_sex) const {
    const KnownMargins all = margins_of(people, tables_.groups(), broad_by_sex);
    Known known{{}, all.totals, all.broad};
    each_county([&](const EstimatedCounty& county, std::size_t first) {
      const AreaSexAge own = rows(people, first, county.areas.size());
      known.together.push_back(margins_of(own, std::nullopt, false).together);
    });
    return known;
  }

  /// Calls `action` with each county and the position of its first area.
  template <class Action>
  void each_county(Action&& action) const {
    std::size_t first = 0;
    for (const EstimatedCounty& county : layout_.counties) {
      action(county, first);
      first += county.areas.size();
    }
  }

  Estimated estimate(const Known& known) const {
    const AreaSexAge nobody(
        {layout_.codes.size(), source_.frame.sexes.size(), source_.frame.ages()});
    Estimated estimated{nobody, nobody};
    Mistakes mistakes;
    std::size_t number = 0;
    each_county([&](const EstimatedCounty& county, std::size_t first) {
      const KnownMargins margins = margins_at(known, number++, first, county.areas.size());
      if (contradict(margins, county, mistakes)) return;
      const AreaSexAge seed = seed_of(margins, first, county.areas.size());
      const MarginEstimate found = fit(seed, margins, county.code);
      put(found.people, first, estimated.people);
      put(seed, first, estimated.seed);
      estimated.largest_error = std::max(estimated.largest_error, found.largest_error);
    });
    mistakes.throw_if_any(Fault::input);
    return estimated;
  }

  /// Those of one county.
  KnownMargins margins_at(const Known& known, std::size_t county, std::size_t first,
                          std::size_t count) const {
    const auto from = known.totals.begin() + static_cast<std::ptrdiff_t>(first);
    KnownMargins margins{known.together[county],
                         {from, from + static_cast<std::ptrdiff_t>(count)},
                         tables_.groups(),
                         {}};
    if (tables_.groups()) margins.broad = rows(known.broad, first, count);
    return margins;
  }

  bool contradict(const KnownMargins& margins, const EstimatedCounty& county,
                  Mistakes& mistakes) const {
    std::vector<std::string> codes;
    for (const EstimatedArea& area : county.areas) codes.push_back(area.code);
    const std::vector<std::string> found = contradictions(margins, codes);
    for (const std::string& what : found) {
      mistakes.add(source_.settings.mistake(p::margin_county,
                                            "the margins contradict each other: " + what,
                                            "give figures of the same day and the same areas"));
    }
    return !found.empty();
  }

  AreaSexAge seed_of(const KnownMargins& margins, std::size_t first, std::size_t count) const {
    if (seed_) return rows(*seed_, first, count);
    return tabulate<AreaSexAge>({count, source_.frame.sexes.size(), source_.frame.ages()},
                                [&](Area, Sex sex, Age age) { return margins.together(sex, age); });
  }

  MarginEstimate fit(const AreaSexAge& seed, const KnownMargins& margins,
                     const std::string& county) const {
    const Parameter& blamed = seed_ ? static_cast<const Parameter&>(p::margin_seed)
                                    : static_cast<const Parameter&>(p::margin_county);
    try {
      return estimate_from_margins(seed, margins, whole_);
    } catch (const Error& error) {
      std::vector<Mistake> mistakes;
      for (const Mistake& one : error.mistakes()) {
        mistakes.push_back(source_.settings.mistake(
            blamed, county.empty() ? one.what : "county " + county + ": " + one.what, one.remedy));
      }
      throw Error(error.fault(), std::move(mistakes));
    }
  }

  /// How wrong the method is where the truth is known.
  void check(bool broad_by_sex, std::vector<Estimate>& estimates) const {
    const AreaSexAge truth = tables_.people(p::margin_check);
    const AgeGroups groups = read_age_groups(source_, p::margin_check_groups);
    const AreaSexAge found = estimate(known_of(truth, broad_by_sex)).people;
    const auto known = margins_of(truth, groups, false).broad;
    const auto estimated = margins_of(found, groups, false).broad;
    std::vector<double> errors;
    std::vector<double> means(groups.size(), 0.0);
    for (std::size_t at = 0; at < known.size(); ++at) {
      const double persons = known.values()[at];
      errors.push_back(100.0 * std::abs(estimated.values()[at] - persons) / std::max(1.0, persons));
      means[at % groups.size()] += errors.back() / static_cast<double>(layout_.codes.size());
    }
    const EstimateAxis ages{"check_age_group", groups.labels()};
    const char* unit = "% of the people";
    estimates.push_back(reported("check_error", "absolute error where the truth is known", unit,
                                 {areas_axis(), ages}, errors));
    estimates.push_back(
        reported("check_mean_error", "mean of these errors over the areas", unit, {ages}, means));
    estimates.push_back(reported(
        "check_misplaced", "share of the people put at a wrong sex or age where the truth is known",
        "1", {areas_axis()}, dissimilarity(found, truth)));
  }

  /// Projected areas as they are, all others into the closing rest.
  void place(const AreaSexAge& people, const std::vector<Table<double, Sex, Age>>& counties,
             AgeTable& persons) const {
    std::vector<std::optional<Area>> targets;
    for (const EstimatedCounty& county : layout_.counties) {
      for (const EstimatedArea& area : county.areas) {
        targets.push_back(area.projected ? area.projected : layout_.rest);
      }
    }
    for (const Sex sex : positions<Sex>(source_.frame.sexes.size())) {
      for (const Age age : positions<Age>(source_.frame.ages())) {
        for (const Area area : positions<Area>(targets.size())) {
          const auto target = targets[area.position()];
          if (target) persons(sex, age, Group(0), *target) += people(area, sex, age);
        }
        for (std::size_t county = layout_.counties.size(); county < counties.size(); ++county) {
          persons(sex, age, Group(0), *layout_.rest) += counties[county](sex, age);
        }
      }
    }
  }

  const Source& source_;
  MarginLayout layout_;
  MarginTables tables_;
  bool whole_;
  std::optional<AreaSexAge> seed_;
};

}  // namespace

BasePopulation estimate_base(const Source& source) { return BaseEstimation(source).run(); }

}  // namespace kohort::population
