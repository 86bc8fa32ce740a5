#include "models/care/inputs.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/model/frame_groups.hpp"
#include "models/care/parameters.hpp"
#include "models/care/share_inputs.hpp"

namespace kohort::care {

namespace p = parameters;

namespace {

using ProfileAge = Index<struct ProfileAgeAxis>;
using Month = Index<struct MonthAxis>;

class Reader {
 public:
  explicit Reader(const Source& source) : source_(source) {}

  CareInputs read() {
    read_states();
    read_parts();
    read_profile();
    inputs_.municipalities = read_municipalities(source_);
    read_shares(source_, inputs_);
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
      inputs_.assumed_parts = true;
    } else {
      WantedAxis areas = source_.frame.area_axis();
      areas.labels.emplace_back(nation_code);
      table = source_.tables.read<Area, Sex>(p::state_part, with_gaps(*quantity.table()),
                                             {areas, source_.frame.sex_axis()});
    }
    for (const Sex sex : positions<Sex>(sexes())) {
      const double usual = usual_part(table, sex);
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

  /// Areas without a figure have the nation's, or else the mean of those with one.
  double usual_part(const BroadcastTable<Area, Sex>& table, Sex sex) const {
    const double national = table(Area(source_.frame.areas.size()), sex);
    if (!std::isnan(national)) return national;
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

  void read_survival() {
    if (!source_.settings.given(p::survival)) return;
    const std::vector<std::string> months = source_.settings[p::survival_months];
    if (months.size() != 2) {
      fail(p::survival_months, fmt::format("found {} months", months.size()), "write two");
    }
    const std::int64_t age = source_.settings[p::survival_age];
    if (age < first_age() || age > source_.frame.open_age) {
      fail(p::survival_age, fmt::format("found {}", age),
           fmt::format("choose one from care.first_age, {}, to the open age, {}", first_age(),
                       source_.frame.open_age));
    }
    EntrySurvival survival{years_of(months[0]), years_of(months[1]), {}, {}};
    TableReference reference = *source_.settings.quantity(p::survival).table();
    reference = restricted(std::move(reference), "month", months);
    const auto table = source_.tables.read<Sex, Month>(
        p::survival, reference,
        {source_.frame.sex_axis(), {.name = "month", .labels = months, .required = true}});
    for (const Sex sex : positions<Sex>(sexes())) {
      survival.alive_at_first.push_back(table(sex, Month(0)));
      survival.alive_at_last.push_back(table(sex, Month(1)));
    }
    inputs_.survival = survival;
  }

  int first_age() const { return source_.frame.first_age(inputs_.care.first_age); }

  double years_of(const std::string& months) const {
    int number = 0;
    const auto [end, error] = std::from_chars(months.data(), months.data() + months.size(), number);
    if (error != std::errc() || end != months.data() + months.size() || number < 0) {
      fail(p::survival_months, fmt::format("'{}' is no number of months", months),
           "write whole numbers, such as [\"5\", \"20\"]");
    }
    return number / 12.0;
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
      if (inputs_.prior.row(static_cast<Eigen::Index>(from.position())).sum() > 0.0) continue;
      fail(p::prior,
           fmt::format("in {} no state can follow '{}'",
                       source_.settings.quantity(p::prior).table()->file, names[from.position()]),
           "give staying in it some weight at least");
    }
  }

  const Source& source_;
  std::vector<Settings> blocks_;
  CareInputs inputs_;
};

}  // namespace

CareInputs read_care_inputs(const Source& source) { return Reader(source).read(); }

}  // namespace kohort::care
