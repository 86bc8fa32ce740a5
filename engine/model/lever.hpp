// What blocks of a scenario that change something have in common: whom and when they are about, and
// how they come into effect.
#pragma once

#include <initializer_list>
#include <set>
#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/model/frame.hpp"
#include "engine/scenario/parameter.hpp"
#include "engine/scenario/settings.hpp"

namespace kohort {

/// The fields by which a block says whom and when it is about; one that is not given means all, and
/// so does one that the block cannot have (null). Years are those in which intervals end.
struct TargetFields {
  const TextList& areas;
  const TextList* sexes;
  const Text* ages;
  const Integer& from;
  const Integer& to;
};

/// Whom and when a block is about. Holds all that it needs of the frame.
class Target {
 public:
  /// Adds to `mistakes` names that stand for nothing, ages that are no whole groups, and years
  /// outside the projection or between the ends of its intervals.
  Target(const Settings& block, const Frame& frame, const TargetFields& fields, Mistakes& mistakes);

  bool covers(Interval interval) const { return covers_year(year_of(interval)); }
  bool covers_year(int year) const { return year >= from_ && year <= to_; }
  bool includes(Area area) const { return areas_.empty() || areas_.contains(area); }
  bool includes(Sex sex, Age age) const {
    return age >= ages_.first && age <= ages_.last && (sexes_.empty() || sexes_.contains(sex));
  }
  bool includes(Sex sex, Age age, Area area) const { return includes(sex, age) && includes(area); }
  bool includes(Sex sex) const { return sexes_.empty() || sexes_.contains(sex); }
  /// The ages that it is about; all of them where the block names none.
  const AgeGroup& ages() const { return ages_; }
  int from() const { return from_; }
  /// The year in which an interval ends.
  int year_of(Interval interval) const {
    return first_end_ + static_cast<int>(interval.position()) * step_;
  }
  /// The part of it that is in effect in an interval, where it comes into effect in so many years,
  /// a like part in each; 0 outside its years.
  double in_effect(Interval interval, int phase_in) const {
    return in_effect_in(year_of(interval), phase_in);
  }
  /// The same in a year, of which there may be several in an interval, and some before the first.
  double in_effect_in(int year, int phase_in) const;
  /// The interval that a year lies in; the first one for years before it.
  Interval interval_of(int year) const;

 private:
  class Reader;

  std::set<Area> areas_;  ///< none: all
  std::set<Sex> sexes_;   ///< none: both
  AgeGroup ages_;
  int first_end_;  ///< the year in which the first interval ends
  int step_;
  int from_;
  int to_;
};

/// Whether a block is a lever of a model, which must have a factor, or an intervention, which must
/// have a name.
enum class LeverForm { of_model, intervention };

/// The fields of a lever: whom and when it is about, by how much, and how it comes into effect.
/// Declared once for the levers of all models and for interventions.
struct LeverFields {
  /// `list`: the name of the list of blocks, such as "care.lever"; `most`: the largest factor.
  explicit LeverFields(const std::string& list, double most = 10.0,
                       LeverForm form = LeverForm::of_model);

  Text name;
  Real factor;
  TextList areas;
  TextList sexes;
  Text ages;
  Integer from;
  Integer to;
  Integer phase_in;
  TableParameter course;
  Real reach;

  TargetFields target() const { return {areas, &sexes, &ages, from, to}; }
  /// The fields of a block that has others of its own, in the order in which people read them.
  std::vector<const Parameter*> with(std::initializer_list<const Parameter*> own) const;
};

}  // namespace kohort
