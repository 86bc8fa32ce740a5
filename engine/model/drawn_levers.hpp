// What the draws of an ensemble make of levers whose size or spread is uncertain.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/model/effect.hpp"
#include "engine/model/model.hpp"
#include "engine/table/table.hpp"

namespace kohort {

/// The levers on one rate in a block of draws. Each draw has effects of its own: factors log-normal
/// and shifts normal, with the mean and the standard error that the evidence gives. Where a lever
/// spreads from area to area, each draw has its own areas that have taken it up; the rest of the
/// country, being many areas, takes it up as expected. All is keyed by the name of the
/// intervention, so that it has the same luck in every scenario.
///
/// Rates have been changed by what is expected of the levers: with factors F, shifts S and what a
/// draw makes of them, F' and S', the rate r of a draw becomes (r - S) F' / F + S'. One of 0 stays.
class DrawnLevers {
 public:
  DrawnLevers() = default;
  /// Whether draws make something of their own of any of them.
  static bool differ_by(const std::vector<Effect>& effects);
  /// Holds nothing where they do not.
  DrawnLevers(const std::vector<Effect>& effects, const Frame& frame, const DrawBlock& block);

  bool any() const { return !levers_.empty(); }
  /// Sets out what the draws make of them in an interval.
  void advance(Interval interval);
  /// Changes the rates of people of a sex and age: [...][area][draw], or from an area on.
  void apply(Sex sex, Age age, std::span<double> rates) const;
  void apply(Sex sex, Age age, Area area, std::span<double> rates) const;
  /// What they are called, for messages.
  std::string names() const;
  /// The mistake that a draw takes a rate beyond what it can be; `what` says where.
  Error refusal(const std::string& what) const;

 private:
  struct Lever {
    Effect effect;
    std::vector<double> full;             ///< factor or shift where it works in full, [draw]
    Table<double, Area, Draw> readiness;  ///< an area takes part once so large a share does
    bool works = false;                   ///< in the interval
    std::vector<double> expected{};       ///< shift, [area]
    std::vector<double> made{};           ///< F' / F, or S', [area][draw]
  };

  static void advance(Lever& lever, double in_effect);
  void apply_from(std::size_t first, Sex sex, Age age, std::span<double> rates) const;

  std::size_t areas_ = 0;
  std::size_t draws_ = 0;
  std::vector<Lever> levers_{};  ///< factors first
};

}  // namespace kohort
