#include "models/care/inputs.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/base/nearest.hpp"
#include "engine/model/frame_groups.hpp"
#include "models/care/parameters.hpp"

namespace kohort::care {

namespace p = parameters;

namespace {

using Definition = Index<struct DefinitionAxis>;
using BroadAge = Index<struct BroadAgeAxis>;
using SexOrBoth = Index<struct SexOrBothAxis>;
using ProfileAge = Index<struct ProfileAgeAxis>;
using Month = Index<struct MonthAxis>;

/// From which age on the nation's oldest are counted.
constexpr int oldest_from = 80;
constexpr BroadAge all_ages(0);
constexpr BroadAge oldest(1);

class Reader {
 public:
  explicit Reader(const Source& source) : source_(source) {}

  CareInputs read() {
    read_states();
    read_parts();
    read_profile();
    read_nation();
    read_areas();
    read_survival();
    read_prior();
    return std::move(inputs_);
  }

 private:
  [[noreturn]] void fail(const Parameter& parameter, std::string what, std::string remedy) const {
    throw Error(Fault::scenario,
                source_.settings.mistake(parameter, std::move(what), std::move(remedy)));
  }

  std::size_t sexes() const { return source_.frame.sexes.size(); }
  std::size_t series() const { return inputs_.care.series.size(); }
  std::size_t states() const { return inputs_.care.states.size(); }

  void read_states() {
    const std::int64_t first = source_.settings[p::first_age];
    if (first >= source_.frame.open_age) {
      fail(p::first_age, fmt::format("found {}", first),
           fmt::format("it must lie below the open age, {}", source_.frame.open_age));
    }
    if (first >= oldest_from || source_.frame.open_age < oldest_from) {
      fail(p::first_age,
           fmt::format("ages from {} on, the open age being {}", first, source_.frame.open_age),
           fmt::format("published shares are of those of {0} and older: begin below {0}, and have "
                       "an open age of {0} at least",
                       oldest_from));
    }
    inputs_.care.first_age = Age(static_cast<std::size_t>(first));
    blocks_ = source_.settings[p::states];
    if (blocks_.size() < 2 || blocks_.size() > static_cast<std::size_t>(most_states)) {
      fail(p::states, fmt::format("found {} states", blocks_.size()),
           fmt::format("give [[care.state]] blocks: one without care first, {} at most; "
                       "scenarios/sweden/care.toml has the usual ones",
                       most_states));
    }
    Mistakes mistakes;
    std::set<std::string> names;
    for (const Settings& block : blocks_) {
      const std::string name = block[p::state_name];
      if (name.empty() || !names.insert(name).second) {
        mistakes.add(block.mistake(p::state_name, fmt::format("a second '{}', or no name", name),
                                   "give each state a name of its own"));
      }
      read_series(block, name, mistakes);
      inputs_.odds_of_dying.push_back(block.maybe(p::state_odds));
    }
    mistakes.throw_if_any(Fault::scenario);
    inputs_.odds_of_dying.front() = inputs_.odds_of_dying.front().value_or(1.0);
  }

  void read_series(const Settings& block, const std::string& name, Mistakes& mistakes) {
    const auto series = block.maybe(p::state_series);
    const bool first = inputs_.care.states.empty();
    inputs_.care.states.push_back({name, {}});
    if (first != !series.has_value()) {
      mistakes.add(block.mistake(
          p::state_series, first ? "the first state has one" : "the state has none",
          "the first state is that without care; every other one belongs to a series"));
      return;
    }
    if (first) return;
    auto& known = inputs_.care.series;
    const auto found = std::find(known.begin(), known.end(), *series);
    inputs_.care.states.back().series = Series(static_cast<std::size_t>(found - known.begin()));
    if (found == known.end()) known.push_back(*series);
  }

  /// The last state of a series without a part has what the others leave.
  void read_parts() {
    inputs_.part =
        Table<double, CareState, Sex, Area>({states(), sexes(), source_.frame.areas.size()});
    Mistakes mistakes;
    for (std::size_t one = 0; one < series(); ++one) {
      std::optional<CareState> rest;
      Table<double, Sex, Area> left({sexes(), source_.frame.areas.size()}, 1.0);
      for (const CareState state : positions<CareState>(states())) {
        if (inputs_.care.states[state.position()].series != Series(one)) continue;
        const Settings& block = blocks_[state.position()];
        if (block.given(p::state_part)) {
          take_part(block, state, left, mistakes);
        } else if (rest) {
          mistakes.add(block.mistake(p::state_part, "two states of the series have no part",
                                     "say which part of the users is in all of them but one"));
        } else {
          rest = state;
        }
      }
      if (!rest) {
        mistakes.add(blocks_.back().mistake(
            p::state_part, fmt::format("every state of '{}' has a part", inputs_.care.series[one]),
            "leave it out of one of them, which then has the others"));
        continue;
      }
      std::copy(left.values().begin(), left.values().end(), inputs_.part.slab(*rest).begin());
    }
    mistakes.throw_if_any(Fault::scenario);
  }

  void take_part(const Settings& block, CareState state, Table<double, Sex, Area>& left,
                 Mistakes& mistakes) {
    const Quantity quantity = block.quantity(p::state_part);
    BroadcastTable<Area, Sex> table;
    if (const double* number = quantity.number()) {
      table = BroadcastTable<Area, Sex>(*number);
      source_.tables.note(Basis::assumed);
    } else {
      WantedAxis areas = source_.frame.area_axis();
      areas.known.emplace_back(nation_code);
      table = source_.tables.read<Area, Sex>(p::state_part, with_gaps(*quantity.table()),
                                             {areas, source_.frame.sex_axis()});
    }
    for (const Sex sex : positions<Sex>(sexes())) {
      const double usual = mean_part(table, sex);
      for (const Area area : positions<Area>(source_.frame.areas.size())) {
        const double given = table(area, sex);
        const double part = std::isnan(given) ? usual : given;
        inputs_.part(state, sex, area) = part;
        left(sex, area) -= part;
        if (left(sex, area) >= 0.0) continue;
        mistakes.add(block.mistake(p::state_part,
                                   fmt::format("the parts of area {} sum to more than 1",
                                               source_.frame.areas[area.position()].code),
                                   "correct them"));
        return;
      }
    }
  }

  /// Areas without a figure have the mean of those with one.
  double mean_part(const BroadcastTable<Area, Sex>& table, Sex sex) const {
    double sum = 0.0;
    int count = 0;
    for (const Area area : positions<Area>(source_.frame.areas.size())) {
      const double part = table(area, sex);
      if (std::isnan(part)) continue;
      sum += part;
      ++count;
    }
    return count == 0 ? 0.0 : sum / count;
  }

  void read_profile() {
    const std::vector<int> first_ages =
        read_first_ages(source_.settings, p::profile_ages, source_.frame);
    const std::vector<std::string> groups = source_.settings[p::profile_ages];
    const WantedAxis ages{
        .name = "age", .labels = groups, .kind = WantedAxis::Kind::age, .required = true};
    const auto table = source_.tables.read<Sex, ProfileAge>(
        p::profile, *require_quantity(source_, p::profile).table(),
        {source_.frame.sex_axis(), ages});
    for (const Sex sex : positions<Sex>(sexes())) {
      GroupedShares& shares = inputs_.profile.emplace_back(GroupedShares{first_ages, {}});
      for (const ProfileAge age : positions<ProfileAge>(groups.size())) {
        shares.shares.push_back(table(sex, age));
      }
    }
  }

  /// The definitions wanted of each series; every series must have some.
  std::vector<std::vector<std::string>> definitions(const NamedListsParameter& parameter) const {
    const NamedLists lists = source_.settings.maybe(parameter).value_or(NamedLists{});
    std::vector<std::vector<std::string>> wanted;
    for (const std::string& name : inputs_.care.series) {
      const auto found = std::find_if(lists.begin(), lists.end(),
                                      [&](const auto& list) { return list.first == name; });
      if (found == lists.end() || found->second.empty()) {
        std::vector<std::string> known;
        for (const auto& list : lists) known.push_back(list.first);
        const auto meant = nearest(name, known);
        fail(parameter, fmt::format("there is none for '{}', a series of a [[care.state]]", name),
             fmt::format("{}say {} = {{ {} = [\"...\"] }}",
                         meant ? fmt::format("if '{}' is meant, correct the state; else ", *meant)
                               : std::string(),
                         parameter.name, name));
      }
      wanted.push_back(found->second);
    }
    return wanted;
  }

  static std::vector<std::string> together(const std::vector<std::vector<std::string>>& lists) {
    std::vector<std::string> all;
    for (const auto& list : lists) {
      for (const std::string& word : list) {
        if (std::find(all.begin(), all.end(), word) == all.end()) all.push_back(word);
      }
    }
    return all;
  }

  static std::vector<Definition> positions_in(const std::vector<std::string>& all,
                                              const std::vector<std::string>& wanted) {
    std::vector<Definition> found;
    for (const std::string& word : wanted) {
      const auto at = std::find(all.begin(), all.end(), word) - all.begin();
      found.emplace_back(static_cast<std::size_t>(at));
    }
    return found;
  }

  /// Rows of other series, definitions and ages are not wanted: they are left out by `where`.
  static TableReference restricted(TableReference reference, const std::string& axis,
                                   const std::vector<std::string>& labels) {
    auto& where = reference.where[reference.column_of(axis)];
    if (where.empty()) where = labels;
    return reference;
  }

  void read_nation() {
    const auto wanted = definitions(p::national_definitions);
    const std::vector<std::string> all = together(wanted);
    const int base = source_.frame.base_year.value();
    const int first = static_cast<int>(
        source_.settings.maybe(p::trend_first_year).value_or(std::min(base, 1990)));
    const std::vector<std::string> ages{fmt::format("{}+", source_.settings[p::first_age]),
                                        fmt::format("{}+", oldest_from)};
    std::vector<std::string> sex_labels = source_.frame.sexes;
    sex_labels.emplace_back("both");
    TableReference reference = with_gaps(*require_quantity(source_, p::national_shares).table());
    reference = restricted(std::move(reference), "series", inputs_.care.series);
    reference = restricted(std::move(reference), "definition", all);
    reference = restricted(std::move(reference), "ages", ages);
    const Years years{Year(first), Year(base)};
    const auto table = source_.tables.read<Interval, Series, Definition, BroadAge, SexOrBoth>(
        p::national_shares, reference,
        {wanted_years(years),
         {.name = "series", .labels = inputs_.care.series, .required = series() > 1},
         {.name = "definition", .labels = all, .required = all.size() > 1},
         {.name = "ages", .labels = ages, .required = true},
         {.name = "sex", .labels = sex_labels, .required = true}});
    for (std::size_t one = 0; one < series(); ++one) {
      definitions_.push_back(positions_in(all, wanted[one]));
    }
    take_nation(table, years);
    take_course(table, years);
  }

  template <class Shares>
  std::optional<double> first_of(const Shares& table, Interval year, Series one, BroadAge ages,
                                 SexOrBoth sex) const {
    for (const Definition definition : definitions_[one.position()]) {
      const double share = table(year, one, definition, ages, sex);
      if (!std::isnan(share)) return share;
    }
    return std::nullopt;
  }

  /// Every series must have a figure in some year, or its definitions are misspelt.
  template <class Shares>
  void require_some(const Shares& table, std::size_t years) const {
    const auto wanted = definitions(p::national_definitions);
    for (const Series one : positions<Series>(series())) {
      bool some = false;
      for (const Interval year : positions<Interval>(years)) {
        for (const Sex sex : positions<Sex>(sexes())) {
          some = some || first_of(table, year, one, all_ages, SexOrBoth(sex.position()));
        }
      }
      if (some) continue;
      fail(
          p::national_definitions,
          fmt::format("the table of care.national_shares has no share of '{}' by {}",
                      inputs_.care.series[one.position()], fmt::join(wanted[one.position()], ", ")),
          "name definitions that stand in its column definition");
    }
  }

  /// The shares of the last year that has all of them.
  template <class Shares>
  void take_nation(const Shares& table, Years years) {
    const auto count = static_cast<std::size_t>(years.last().value() - years.first().value() + 1);
    inputs_.nation.all_ages = Table<double, Series, Sex>({series(), sexes()});
    inputs_.nation.oldest.from = CareAge(oldest_from - inputs_.care.first_age.position());
    for (std::size_t back = count; back-- > 0;) {
      inputs_.nation.oldest.shares.clear();
      bool complete = true;
      for (const Series one : positions<Series>(series())) {
        for (const Sex sex : positions<Sex>(sexes())) {
          const auto share =
              first_of(table, Interval(back), one, all_ages, SexOrBoth(sex.position()));
          complete = complete && share.has_value();
          inputs_.nation.all_ages(one, sex) = share.value_or(0.0);
        }
        const auto share = first_of(table, Interval(back), one, oldest, SexOrBoth(sexes()));
        complete = complete && share.has_value();
        inputs_.nation.oldest.shares.push_back(share.value_or(0.0));
      }
      inputs_.national_year = years.first() + static_cast<int>(back);
      if (complete) return;
    }
    require_some(table, count);
    fail(p::national_shares, "no year up to the base year has the shares of all series",
         "give the shares by sex of all ages, and of 80+ of both sexes (sex both)");
  }

  /// Of one definition alone: the first with at least two years.
  template <class Shares>
  void take_course(const Shares& table, Years years) {
    for (const Series one : positions<Series>(series())) {
      std::vector<YearlyShare> course;
      for (const Definition definition : definitions_[one.position()]) {
        course.clear();
        for (Year year = years.first(); year <= years.last(); year = year + 1) {
          const auto at = static_cast<std::size_t>(year.value() - years.first().value());
          const double share = table(Interval(at), one, definition, oldest, SexOrBoth(sexes()));
          if (!std::isnan(share)) course.push_back({year, share});
        }
        if (course.size() > 1) break;
      }
      inputs_.course.push_back(std::move(course));
    }
  }

  void read_areas() {
    inputs_.areas = decltype(inputs_.areas)({series(), source_.frame.areas.size()});
    if (!source_.settings.given(p::area_shares)) return;
    const auto wanted = definitions(p::area_definitions);
    const std::vector<std::string> all = together(wanted);
    const Years years{Year(static_cast<int>(source_.settings[p::area_first_year])),
                      Year(static_cast<int>(source_.settings[p::area_last_year]))};
    if (years.last() < years.first()) {
      fail(p::area_last_year, "it lies before care.area_first_year", "correct one of them");
    }
    WantedAxis areas = source_.frame.area_axis();
    const std::size_t nation = areas.labels.size();
    areas.labels.emplace_back(nation_code);
    areas.required = true;
    TableReference reference = with_gaps(*source_.settings.quantity(p::area_shares).table());
    reference = restricted(std::move(reference), "series", inputs_.care.series);
    reference = restricted(std::move(reference), "definition", all);
    const auto table = source_.tables.read<Interval, Area, Series, Definition>(
        p::area_shares, reference,
        {wanted_years(years),
         areas,
         {.name = "series", .labels = inputs_.care.series, .required = series() > 1},
         {.name = "definition", .labels = all, .required = all.size() > 1}});
    const auto count = static_cast<std::size_t>(years.last().value() - years.first().value() + 1);
    for (const Series one : positions<Series>(series())) {
      const auto definitions = positions_in(all, wanted[one.position()]);
      for (const Area area : positions<Area>(source_.frame.areas.size())) {
        for (const Interval year : positions<Interval>(count)) {
          for (const Definition definition : definitions) {
            const double share = table(year, area, one, definition);
            if (std::isnan(share)) continue;
            const double national = table(year, Area(nation), one, definition);
            inputs_.areas(one, area).push_back(
                {share, std::isnan(national) ? std::nullopt : std::optional(national)});
          }
        }
      }
    }
  }

  void read_survival() {
    if (!source_.settings.given(p::survival)) return;
    const std::vector<std::string> months = source_.settings[p::survival_months];
    if (months.size() != 2) {
      fail(p::survival_months, fmt::format("found {} months", months.size()), "write two");
    }
    TableReference reference = *source_.settings.quantity(p::survival).table();
    reference = restricted(std::move(reference), "month", months);
    const auto table = source_.tables.read<Sex, Month>(
        p::survival, reference,
        {source_.frame.sex_axis(), {.name = "month", .labels = months, .required = true}});
    EntrySurvival survival{std::stod(months[0]) / 12.0, std::stod(months[1]) / 12.0, {}, {}};
    for (const Sex sex : positions<Sex>(sexes())) {
      survival.alive_at_first.push_back(table(sex, Month(0)));
      survival.alive_at_last.push_back(table(sex, Month(1)));
    }
    inputs_.survival = survival;
  }

  void read_prior() {
    if (source_.settings[p::method] != Method::multistate) {
      source_.settings.mark(p::prior);
      return;
    }
    std::vector<std::string> names;
    for (const StateDescription& state : inputs_.care.states) names.push_back(state.name);
    const auto table = source_.tables.read<CareState, ToState>(
        p::prior, *require_quantity(source_, p::prior).table(),
        {WantedAxis{.name = "from", .labels = names, .required = true},
         WantedAxis{.name = "to", .labels = names, .required = true}});
    const auto size = static_cast<Eigen::Index>(names.size());
    inputs_.prior = StateMatrix(size, size);
    for (const CareState from : positions<CareState>(names.size())) {
      for (const ToState to : positions<ToState>(names.size())) {
        inputs_.prior(static_cast<Eigen::Index>(from.position()),
                      static_cast<Eigen::Index>(to.position())) = table(from, to);
      }
    }
  }

  const Source& source_;
  std::vector<Settings> blocks_;
  std::vector<std::vector<Definition>> definitions_;
  CareInputs inputs_;
};

}  // namespace

CareInputs read_care_inputs(const Source& source) { return Reader(source).read(); }

}  // namespace kohort::care
