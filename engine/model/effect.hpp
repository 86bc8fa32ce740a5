// By how much a lever changes a rate, for whom and when: what is expected of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/model/lever.hpp"
#include "engine/model/source.hpp"

namespace kohort {

/// What levers make of a rate: factor x rate + shift. Factors of several multiply, then shifts add.
/// A rate of 0 stays 0: what does not happen to people of an age, nothing makes happen to them.
struct RateChange {
  double factor = 1.0;
  double shift = 0.0;

  double of(double rate) const { return rate == 0.0 ? 0.0 : rate * factor + shift; }
  RateChange& operator*=(const RateChange& other) {
    factor *= other.factor;
    shift += other.shift;
    return *this;
  }
  friend bool operator==(const RateChange&, const RateChange&) = default;
};

/// What an intervention can say beyond the fields of a lever; unless said, it is a factor, works
/// everywhere alike and is known exactly.
struct Rollout {
  std::string name{};                ///< by which what is uncertain is drawn
  bool logistic = false;             ///< from area to area
  std::optional<double> midpoint{};  ///< the year of half of those that take part, where logistic
  double take_part = 1.0;            ///< the share of areas that do in the end, where logistic
  std::optional<double> shift{};     ///< in the unit of the rate, in place of a factor
  double se = 0.0;                   ///< standard error of the factor or shift
};

/// A factor or a shift that comes into effect year by year, for the people that it is meant for.
class Effect {
 public:
  /// Adds to `mistakes` as `Target` does. Throws `Error` (Fault::input) where the table of its
  /// course is wrong.
  Effect(const Settings& block, const Source& source, const LeverFields& fields, Mistakes& mistakes,
         Rollout rollout = {});

  /// What is expected for the people of a cell in the interval; no change for those whom it is not
  /// about.
  RateChange at(Interval interval, Sex sex, Age age, Area area) const {
    if (!covers(interval) || !target_.includes(sex, age, area)) return {};
    return change(in_effect(interval));
  }
  /// The factor or shift where `part` of the full one is in effect: 1 + (full - 1) x reach x part,
  /// or full x reach x part.
  double size_of(double full, double part) const {
    if (is_shift()) return full * reach_ * part;
    // A factor in full is the very number that the scenario gives.
    return reach_ == 1.0 && part == 1.0 ? full : 1.0 + (full - 1.0) * reach_ * part;
  }
  bool covers(Interval interval) const { return target_.covers(interval); }
  const Target& target() const { return target_; }
  /// The part that is in effect in an interval that it covers: min(1, t / T) in the t-th of the T
  /// years of the phase-in; as the course says; or, logistic, the share of areas that take part,
  /// c / (1 + 81^((m - year) / T)) with half of c in the year m, and a tenth and nine tenths of it
  /// T years apart.
  double in_effect(Interval interval) const;
  /// The same in a year, of which there may be several in an interval; 0 in those that it does not
  /// cover.
  double in_effect_in(int year) const;
  /// What it makes of a figure where `part` of it is in effect.
  RateChange change(double part) const {
    const double size = size_of(full_, part);
    return is_shift() ? RateChange{1.0, size} : RateChange{size, 0.0};
  }

  bool is_shift() const { return rollout_.shift.has_value(); }
  /// The factor or shift where it works in full.
  double full() const { return full_; }
  /// The same of a draw whose luck is the standard normal z: a factor is log-normal and a shift
  /// normal, with the mean and the standard error that the evidence gives.
  double full_at(double z) const;
  /// The effect that has another factor or shift where it works in full.
  Effect with_full(double full) const;
  const Rollout& rollout() const { return rollout_; }
  /// Whether draws can differ in it.
  bool is_random() const { return rollout_.logistic || rollout_.se > 0.0; }

 private:
  double logistic(int year) const;

  Target target_;
  Rollout rollout_;
  double full_;
  double reach_;
  int phase_in_;
  double midpoint_;
  std::vector<double> course_;  ///< by interval; empty where none is given
};

/// How early an area takes part, where a spread from area to area is drawn: once the share of areas
/// that do is so large, evenly distributed from 0 to 1.
struct Readiness {
  /// The rest of the country, being many areas, takes part as expected.
  static constexpr double as_expected = 2.0;

  /// The part that is in effect in an area of which `share` is expected.
  static double part(double readiness, double share) {
    if (readiness == as_expected) return share;
    return readiness <= share ? 1.0 : 0.0;
  }
};

/// The product of all that effects make of the rate of a cell.
inline RateChange change_by(const std::vector<Effect>& effects, Interval interval, Sex sex, Age age,
                            Area area) {
  RateChange change;
  for (const Effect& one : effects) change *= one.at(interval, sex, age, area);
  return change;
}

}  // namespace kohort
