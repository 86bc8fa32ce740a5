#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "models/workforce/allocation.hpp"
#include "models/workforce/education_parameters.hpp"
#include "models/workforce/entry.hpp"
#include "models/workforce/entry_weights.hpp"

namespace kohort::workforce {

namespace p = parameters;

namespace {

/// Areas without a figure have none in both.
bool is_same(double one, double other) {
  return one == other || (std::isnan(one) && std::isnan(other));
}

/// Those who enter from one education.
class EducationEntry {
 public:
  EducationEntry(const EntryInputs& inputs, const Education& education)
      : inputs_(inputs), frame_(inputs.source.frame), education_(education) {
    const EntryGroups groups{education.groups, education.share, shares_of_sexes()};
    weights_ = entry_weights(groups, inputs.base.labour);
    of_areas_ = sums_of_areas(weights_);
  }

  void add(Interval interval, StaffTable& entrants) const {
    const std::vector<double> places = allocated(interval);
    for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
      for (const PartAge age : positions<PartAge>(inputs_.staff.frame.ages())) {
        for (const Area area : positions<Area>(frame_.areas.size())) {
          const double weight = of_areas_[area.position()];
          if (weight <= 0.0) continue;
          const StaffCell cell{education_.occupation, sex, inputs_.staff.frame.age_of(age), area};
          entrants(education_.occupation, sex, age, area) +=
              places[area.position()] * education_.part * weights_(sex, age, area) / weight *
              lever(interval, cell);
        }
      }
    }
  }

 private:
  std::vector<double> shares_of_sexes() const {
    std::vector<double> shares(frame_.sexes.size());
    shares[frame_.position_of("female")->position()] = education_.women;
    shares[frame_.position_of("male")->position()] = 1.0 - education_.women;
    return shares;
  }

  std::vector<double> allocated(Interval interval) const {
    const auto given = education_.places.slab(interval);
    const std::size_t areas = frame_.areas.size();
    std::vector<double> places = allocate({frame_, education_.block, p::education_places,
                                           education_.name, given[areas], given.first(areas)},
                                          of_areas_);
    for (std::size_t area = 0; area < areas; ++area) {
      if (places[area] == 0.0 || of_areas_[area] > 0.0) continue;
      throw Error(Fault::input,
                  education_.block.mistake(
                      p::education_places,
                      fmt::format("{}: area {} has {:.6g} places, but nobody of the ages of entry "
                                  "in the labour force",
                                  education_.name, frame_.areas[area].code, places[area]),
                      "check the places and workforce.education.ages"));
    }
    return places;
  }

  /// Of those admitted so many years before; 1 for those admitted before the projection.
  double lever(Interval interval, const StaffCell& cell) const {
    const auto years = static_cast<std::size_t>(education_.years);
    if (interval.position() < years) return 1.0;
    const Interval admitted(interval.position() - years);
    return change_of(inputs_.levers, LeverOn::education, admitted, cell).factor;
  }

  const EntryInputs& inputs_;
  const Frame& frame_;
  const Education& education_;
  LabourTable weights_;
  std::vector<double> of_areas_;
};

bool has_places_as_before(const std::vector<Education>& educations, Interval interval) {
  const Interval before(interval.position() - 1);
  return std::all_of(educations.begin(), educations.end(), [&](const Education& education) {
    const auto now = education.places.slab(interval);
    return std::equal(now.begin(), now.end(), education.places.slab(before).begin(), is_same);
  });
}

}  // namespace

StaffTable education_entrants(const EntryInputs& inputs, Interval interval) {
  StaffTable entrants(inputs.base.heads.extents());
  Attempts attempts;
  for (const Education& education : inputs.staff.educations) {
    attempts.attempt([&] { EducationEntry(inputs, education).add(interval, entrants); });
  }
  attempts.throw_if_any();
  return entrants;
}

StaffSeries education_entrants(const EntryInputs& inputs) {
  const bool pulled = any_on(inputs.levers, LeverOn::education);
  const auto as_before = [&](Interval interval) {
    return !pulled && has_places_as_before(inputs.staff.educations, interval);
  };
  return population::series_of(inputs.source.frame.intervals, as_before, [&](Interval interval) {
    return education_entrants(inputs, interval);
  });
}

}  // namespace kohort::workforce
