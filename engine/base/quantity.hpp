// A rate is not a probability. Each is a type with a named constructor; going from one to the other
// is a named function of engine/demography whose convention is an argument.
#pragma once

#include <compare>

namespace kohort {

/// Events per person-year lived (an occurrence-exposure or central rate); not negative.
class CentralRate {
 public:
  constexpr CentralRate() = default;
  static constexpr CentralRate per_person_year(double value) { return CentralRate(value); }
  constexpr double per_person_year() const { return value_; }
  friend constexpr auto operator<=>(CentralRate, CentralRate) = default;

 private:
  explicit constexpr CentralRate(double value) : value_(value) {}
  double value_ = 0.0;
};

/// The share of those at risk at the start of an interval to whom the event happens; 0 to 1.
class Probability {
 public:
  constexpr Probability() = default;
  static constexpr Probability of(double share) { return Probability(share); }
  constexpr double share() const { return share_; }
  friend constexpr auto operator<=>(Probability, Probability) = default;

 private:
  explicit constexpr Probability(double share) : share_(share) {}
  double share_ = 0.0;
};

/// A span of time, in years.
class Duration {
 public:
  constexpr Duration() = default;
  static constexpr Duration years(double value) { return Duration(value); }
  constexpr double years() const { return value_; }
  friend constexpr auto operator<=>(Duration, Duration) = default;

 private:
  explicit constexpr Duration(double value) : value_(value) {}
  double value_ = 0.0;
};

}  // namespace kohort
