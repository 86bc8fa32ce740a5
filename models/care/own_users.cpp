#include "models/care/own_users.hpp"

#include <algorithm>
#include <cmath>

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
    for (const Area area : positions<Area>(source_.frame.areas.size())) {
      if (has_register(area)) meet(area);
    }
    return std::move(shifts_);
  }

 private:
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
        {source_.frame.area_axis(),
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
    throw Error(Fault::input,
                source_.settings.mistake(
                    p::own_users,
                    fmt::format("area {} has {} of its {} figures",
                                source_.frame.areas[area.position()].code, known, all),
                    "give the users of every series, sex and group of ages, or none of the area"));
  }

  void meet(Area area) {
    double all = 0.0;
    for (const double persons : people_.areas[area.position()].values()) all += persons;
    for (const Series series : positions<Series>(inputs_.care.series.size())) {
      levels_.share(series, area) = 0.0;
      levels_.sd(series, area) = 0.0;
    }
    for (const Sex sex : positions<Sex>(source_.frame.sexes.size())) {
      for (const OwnAge age : positions<OwnAge>(groups_.size())) meet(area, sex, age, all);
    }
  }

  void meet(Area area, Sex sex, OwnAge group, double everybody) {
    const auto [first, end] = ages_of(group);
    Persons those({source_.frame.sexes.size(), inputs_.care.ages(source_.frame)});
    double persons = 0.0;
    for (std::size_t age = first; age < end; ++age) {
      const double present = people_.areas[area.position()](sex, CareAge(age));
      those(sex, CareAge(age)) = present;
      persons += present;
    }
    std::vector<double> shares;
    double users = 0.0;
    for (const Series series : positions<Series>(inputs_.care.series.size())) {
      const double of_series = users_(area, series, sex, group);
      shares.push_back(persons > 0.0 ? of_series / persons : 0.0);
      levels_.share(series, area) += of_series / everybody;
      users += of_series;
    }
    if (users == 0.0 && persons == 0.0) return;
    if (users >= persons) {
      throw Error(Fault::input,
                  source_.settings.mistake(
                      p::own_users,
                      fmt::format("area {}, {} aged {}: {:.6g} users of {:.6g} people",
                                  source_.frame.areas[area.position()].code,
                                  source_.frame.sexes[sex.position()], groups_[group.position()],
                                  users, persons),
                      "count each person in one series alone, and those who live in the area"));
    }
    const std::vector<double> shift =
        located(source_, p::own_users, "area " + source_.frame.areas[area.position()].code, [&] {
          return fit_shift(model_, those, {CareAge(0), shares});
        });
    for (const Series series : positions<Series>(shift.size())) {
      for (std::size_t age = first; age < end; ++age) {
        // Beside the shift of the area as a whole, which other readers of the levels know.
        shifts_(series, sex, CareAge(age), area) =
            shift[series.position()] - levels_.shift(series, area);
      }
    }
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
