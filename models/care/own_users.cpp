#include "models/care/own_users.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/model/frame_groups.hpp"
#include "models/care/located.hpp"
#include "models/care/parameters.hpp"

namespace kohort::care {

namespace p = parameters;

namespace {

using OwnAge = Index<struct OwnAgeAxis>;
using Register = BroadcastTable<Area, Series, Sex, OwnAge>;

class OwnUsers {
 public:
  OwnUsers(const Source& source, const CareInputs& inputs, const PrevalenceModel& model,
           const CarePeople& people, AreaLevels& levels)
      : source_(source), inputs_(inputs), model_(model), people_(people), levels_(levels) {
    const Frame& frame = source.frame;
    shifts_ = OwnShifts({inputs.care.series.size(), frame.sexes.size(), inputs.care.ages(frame),
                         frame.areas.size()});
  }

  OwnShifts meet() {
    read();
    const std::size_t areas = source_.frame.areas.size();
    std::vector<bool> registered;
    for (const Area area : positions<Area>(areas + inputs_.municipalities.size())) {
      registered.push_back(has_register(area));
    }
    for (const Area area : positions<Area>(areas)) {
      if (registered[area.position()]) meet({area, {area}, {}});
    }
    for (std::size_t at = 0; at < inputs_.municipalities.size(); ++at) {
      if (!registered[areas + at]) continue;
      Counted counted{Area(areas + at), {}, {}};
      for (const Area area : inputs_.municipalities[at].areas) {
        (registered[area.position()] ? counted.less : counted.areas).push_back(area);
      }
      meet(counted);
    }
    return std::move(shifts_);
  }

 private:
  /// Whose users a register counts.
  struct Counted {
    Area row;                 ///< of the register: an area, or after them a municipality
    std::vector<Area> areas;  ///< whose people they are
    std::vector<Area> less;   ///< planning areas of a municipality whose registers have the others
  };

  void read() {
    first_ages_ = read_first_ages(source_.settings, p::own_ages, source_.frame);
    groups_ = source_.settings[p::own_ages];
    if (first_ages_.empty() ||
        first_ages_.front() > source_.frame.first_age(inputs_.care.first_age)) {
      throw Error(Fault::scenario,
                  source_.settings.mistake(p::own_ages, "it leaves out those of care.first_age",
                                           "begin at care.first_age or before"));
    }
    users_ = source_.tables.read<Area, Series, Sex, OwnAge>(
        p::own_users, with_gaps(*source_.settings.quantity(p::own_users).table()),
        {areas_and_municipalities(source_.frame, inputs_.municipalities),
         {.name = "series",
          .labels = inputs_.care.series,
          .required = inputs_.care.series.size() > 1},
         source_.frame.sex_axis(),
         {.name = "age", .labels = groups_, .kind = WantedAxis::Kind::age, .required = true}});
  }

  /// All of an area's figures, or none.
  bool has_register(Area area) const {
    std::size_t known = 0;
    std::size_t all = 0;
    for (const Series series : positions<Series>(inputs_.care.series.size())) {
      for (const Sex sex : positions<Sex>(source_.frame.sexes.size())) {
        for (const OwnAge age : positions<OwnAge>(groups_.size())) {
          known += std::isnan(users_(area, series, sex, age)) ? 0 : 1;
          ++all;
        }
      }
    }
    if (known == 0 || known == all) return known > 0;
    throw Error(
        Fault::input,
        source_.settings.mistake(
            p::own_users, fmt::format("area {} has {} of its {} figures", code(area), known, all),
            "give the users of every series, sex and group of ages, or none of the area"));
  }

  const std::string& code(Area row) const {
    const std::size_t areas = source_.frame.areas.size();
    return row.position() < areas ? source_.frame.areas[row.position()].code
                                  : inputs_.municipalities[row.position() - areas].code;
  }

  [[noreturn]] void fail(std::string what, std::string remedy) const {
    throw Error(Fault::input,
                source_.settings.mistake(p::own_users, std::move(what), std::move(remedy)));
  }

  std::string named(const Counted& counted, Sex sex, OwnAge group) const {
    return fmt::format("area {}, {} aged {}", code(counted.row),
                       source_.frame.sexes[sex.position()], groups_[group.position()]);
  }

  /// Users of each series that the register has beyond those of others.
  std::vector<double> users_of(const Counted& counted, Sex sex, OwnAge group) const {
    std::vector<double> users;
    for (const Series series : positions<Series>(inputs_.care.series.size())) {
      const double all = users_(counted.row, series, sex, group);
      double left = all;
      for (const Area area : counted.less) left -= users_(area, series, sex, group);
      const bool sums = counted.areas.empty() ? std::abs(left) <= 1e-6 : left >= -1e-6;
      if (!sums) {
        fail(fmt::format("{}: {:.6g} users of '{}', and {:.6g} in its planning areas",
                         named(counted, sex, group), all, inputs_.care.series[series.position()],
                         all - left),
             "let the planning areas sum to the municipality");
      }
      users.push_back(std::max(left, 0.0));
    }
    return users;
  }

  void meet(const Counted& counted) {
    const Persons people = together(people_, counted.areas);
    std::vector<double> all(inputs_.care.series.size());
    for (const Sex sex : positions<Sex>(source_.frame.sexes.size())) {
      for (const OwnAge group : positions<OwnAge>(groups_.size())) {
        const std::vector<double> users = users_of(counted, sex, group);
        if (!counted.areas.empty()) meet(counted, {sex, group}, people, users);
        for (std::size_t at = 0; at < all.size(); ++at) all[at] += users[at];
      }
    }
    if (counted.areas.empty()) return;
    for (double& users : all) users /= total(people);
    const std::vector<double> shifts = fit(counted, people, all);
    for (const Area area : counted.areas) enter_level(area, shifts);
  }

  std::vector<double> fit(const Counted& counted, const Persons& people,
                          const std::vector<double>& shares) const {
    return located(source_, p::own_users, "area " + code(counted.row), [&] {
      return fit_shift(model_, people, {CareAge(0), shares});
    });
  }

  /// Enters the shifts of a group as they are against the nation.
  void meet(const Counted& counted, std::pair<Sex, OwnAge> who, const Persons& people,
            const std::vector<double>& users) {
    const auto [sex, group] = who;
    const auto [first, end] = ages_of(group);
    Persons those(people.extents());
    for (std::size_t age = first; age < end; ++age) {
      those(sex, CareAge(age)) = people(sex, CareAge(age));
    }
    const double persons = total(those);
    double sum = 0.0;
    std::vector<double> shares;
    for (const double of_series : users) {
      shares.push_back(persons > 0.0 ? of_series / persons : 0.0);
      sum += of_series;
    }
    const bool nobody = sum == 0.0 && persons == 0.0;
    if (!nobody && sum >= persons) {
      fail(fmt::format("{}: {:.6g} users of {:.6g} people", named(counted, sex, group), sum,
                       persons),
           "count each person in one series alone, and those who live in the area");
    }
    // Of a group without people only the level of the area can be told.
    const std::vector<double> shift =
        nobody ? std::vector<double>(shares.size(), std::numeric_limits<double>::quiet_NaN())
               : fit(counted, those, shares);
    for (const Area area : counted.areas) {
      for (const Series series : positions<Series>(shift.size())) {
        for (std::size_t age = first; age < end; ++age) {
          shifts_(series, sex, CareAge(age), area) = shift[series.position()];
        }
      }
    }
  }

  /// The level of an area as a whole, which other readers know, and beside it what the shifts of
  /// its groups add to that.
  void enter_level(Area area, const std::vector<double>& level) {
    const Persons& people = people_.areas[area.position()];
    std::vector<double> users(level.size());
    std::vector<double> shift(level.size());
    std::vector<double> shares(level.size());
    for (const Sex sex : positions<Sex>(source_.frame.sexes.size())) {
      for (const CareAge age : positions<CareAge>(inputs_.care.ages(source_.frame))) {
        for (const Series series : positions<Series>(level.size())) {
          double& own = shifts_(series, sex, age, area);
          if (std::isnan(own)) own = level[series.position()];
          shift[series.position()] = own;
          // Nobody at all has such care where the level is minus infinity.
          own = std::isfinite(level[series.position()]) ? own - level[series.position()] : 0.0;
        }
        model_.shares(sex, age, shift, shares);
        for (std::size_t at = 0; at < users.size(); ++at) {
          users[at] += people(sex, age) * shares[at];
        }
      }
    }
    for (const Series series : positions<Series>(level.size())) {
      levels_.share(series, area) = users[series.position()] / total(people);
      levels_.shift(series, area) = level[series.position()];
      levels_.sd(series, area) = 0.0;
    }
    levels_.from[area.position()] = LevelFrom::own_register;
  }

  /// Positions of the ages of a group; ages below the first are nobody's.
  std::pair<std::size_t, std::size_t> ages_of(OwnAge group) const {
    const int first = source_.frame.first_age(inputs_.care.first_age);
    const auto position = [&](std::size_t at) {
      return static_cast<std::size_t>(std::max(0, first_ages_[at] - first));
    };
    const bool last = group.position() + 1 == groups_.size();
    return {position(group.position()),
            last ? inputs_.care.ages(source_.frame) : position(group.position() + 1)};
  }

  const Source& source_;
  const CareInputs& inputs_;
  const PrevalenceModel& model_;
  const CarePeople& people_;
  AreaLevels& levels_;
  std::vector<std::string> groups_;
  std::vector<int> first_ages_;
  Register users_;
  OwnShifts shifts_;
};

}  // namespace

OwnShifts meet_own_users(const Source& source, const CareInputs& inputs,
                         const PrevalenceModel& model, const CarePeople& people,
                         AreaLevels& levels) {
  if (!source.settings.given(p::own_users)) {
    return OwnShifts({inputs.care.series.size(), source.frame.sexes.size(),
                      inputs.care.ages(source.frame), source.frame.areas.size()});
  }
  return OwnUsers(source, inputs, model, people, levels).meet();
}

}  // namespace kohort::care
