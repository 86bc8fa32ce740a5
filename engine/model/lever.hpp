// What blocks of a scenario that change something have in common: whom and when they are about, and
// how they come into effect.
#pragma once

#include <set>
#include <string>

#include "engine/base/error.hpp"
#include "engine/model/frame.hpp"
#include "engine/scenario/parameter.hpp"
#include "engine/scenario/settings.hpp"

namespace kohort {

/// The fields by which a block says whom and when it is about; one that is not given means all.
/// Years are those in which intervals end.
struct TargetFields {
  const TextList& areas;
  const TextList& sexes;
  const Text& ages;
  const Integer& from;
  const Integer& to;
};

/// Whom and when a block is about. Holds all that it needs of the frame.
class Target {
 public:
  /// Adds to `mistakes` names that stand for nothing, ages that are no whole groups, and years
  /// outside the projection.
  Target(const Settings& block, const Frame& frame, const TargetFields& fields, Mistakes& mistakes);

  bool covers(Interval interval) const {
    const int year = year_of(interval);
    return year >= from_ && year <= to_;
  }
  bool includes(Sex sex, Age age, Area area) const {
    return age >= ages_.first && age <= ages_.last && (areas_.empty() || areas_.contains(area)) &&
           (sexes_.empty() || sexes_.contains(sex));
  }
  /// Years from the first one to the end of the interval, both counted.
  int years_in_effect(Interval interval) const { return year_of(interval) - from_ + 1; }

 private:
  class Reader;
  int year_of(Interval interval) const {
    return first_end_ + static_cast<int>(interval.position()) * step_;
  }

  std::set<Area> areas_;  ///< none: all
  std::set<Sex> sexes_;   ///< none: both
  AgeGroup ages_;
  int first_end_;  ///< the year in which the first interval ends
  int step_;
  int from_;
  int to_;
};

/// The fields of a lever: whom and when it is about, by how much, and how it comes into effect.
/// Declared once for the levers of all models.
struct LeverFields {
  /// `list`: the name of the list of blocks, such as "care.lever"; `most`: the largest factor.
  explicit LeverFields(const std::string& list, double most = 10.0);

  Real factor;
  TextList areas;
  TextList sexes;
  Text ages;
  Integer from;
  Integer to;
  Integer phase_in;
  Real reach;

  TargetFields target() const { return {areas, sexes, ages, from, to}; }
};

/// How a factor spreads, and how well it is known; unless said, everywhere alike and exactly.
struct Rollout {
  std::string name{};      ///< by which what is uncertain is drawn
  bool logistic = false;   ///< from area to area
  double take_part = 1.0;  ///< the share of areas that take part in the end, where logistic
  double factor_se = 0.0;  ///< standard error
};

/// A factor that comes into effect year by year, for the people that it is meant for.
class GradualFactor {
 public:
  /// Adds to `mistakes` as `Target` does.
  GradualFactor(const Settings& block, const Frame& frame, const LeverFields& fields,
                Mistakes& mistakes, Rollout rollout = {});

  /// The factor expected for the people of a cell in the interval: 1 + (factor - 1) x reach x the
  /// part that is in effect; 1 for those whom it is not about.
  double at(Interval interval, Sex sex, Age age, Area area) const {
    return applies(interval, sex, age, area) ? at(full_, in_effect(interval)) : 1.0;
  }
  /// The same of another factor and part, for those whom it is about.
  double at(double full, double in_effect) const {
    const double part = reach_ * in_effect;
    return part == 1.0 ? full : 1.0 + (full - 1.0) * part;
  }
  bool applies(Interval interval, Sex sex, Age age, Area area) const {
    return target_.covers(interval) && target_.includes(sex, age, area);
  }
  bool covers(Interval interval) const { return target_.covers(interval); }
  bool includes(Sex sex, Age age, Area area) const { return target_.includes(sex, age, area); }
  /// The part that is in effect in an interval that it covers: of the phase-in, min(1, t / T) in
  /// its t-th year; logistic, the share of areas that take part, c / (1 + 9 x 81^((1 - t) / T)).
  double in_effect(Interval interval) const;

  double full() const { return full_; }
  const Rollout& rollout() const { return rollout_; }
  /// Whether draws can differ in it.
  bool is_random() const { return rollout_.logistic || rollout_.factor_se > 0.0; }

 private:
  Target target_;
  double full_;
  double reach_;
  int phase_in_;
  Rollout rollout_;
};

}  // namespace kohort
