// What a planner can change in care: prevention, rehabilitation, housing, technology, ambition.
#pragma once

#include <string>
#include <vector>

#include "engine/model/drawn_factor.hpp"
#include "engine/model/intervention.hpp"
#include "engine/model/source.hpp"
#include "engine/scenario/parameter.hpp"
#include "models/care/states.hpp"

namespace kohort::care {

/// What a lever multiplies.
enum class LeverOn {
  onset,       ///< chances of entering care
  worsening,   ///< chances of a heavier state, of those in care
  recovery,    ///< chances of a lighter state
  last_state,  ///< chances of entering the last state; those spared are in the one before it
  coverage,    ///< users of services for those in a state
  volume,      ///< hours or days of each user
};

namespace parameters {

inline const Choice<LeverOn> lever_on{
    {.name = "care.lever.on",
     .required = true,
     .text = "what is multiplied: onset = the yearly chance of those without care to enter it "
             "(prevention); worsening = that of those in care to get into a heavier state; "
             "recovery = that of getting into a lighter one (rehabilitation); last_state = that of "
             "entering the last state, special housing, whom it spares being in the state before "
             "it (living on at home); coverage = how many of a state use services (ambition); "
             "volume = hours or days of each user (technology)"},
    {{"onset", LeverOn::onset},
     {"worsening", LeverOn::worsening},
     {"recovery", LeverOn::recovery},
     {"last_state", LeverOn::last_state},
     {"coverage", LeverOn::coverage},
     {"volume", LeverOn::volume}}};
inline const TextList lever_services{
    {.name = "care.lever.services",
     .fallback = std::vector<std::string>{},
     .text = "of coverage and volume: the services meant; all unless given"}};
inline const LeverFields lever_fields("care.lever");
inline const BlockList levers{
    {.name = "care.lever",
     .text = "multiplies what care is reckoned by, for some areas, ages, sexes and years",
     .changed_often = true},
    {&lever_on, &lever_fields.factor, &lever_services, &lever_fields.areas, &lever_fields.sexes,
     &lever_fields.ages, &lever_fields.from, &lever_fields.to, &lever_fields.phase_in,
     &lever_fields.reach}};

}  // namespace parameters

/// One lever: whom it is about, and by how much it works when.
class Lever {
 public:
  /// Adds to `mistakes` what is wrong with the block.
  Lever(LeverBlock block, LeverOn on, Mistakes& mistakes);

  LeverOn on() const { return on_; }
  bool on_services() const { return on_ == LeverOn::coverage || on_ == LeverOn::volume; }
  /// Services meant; none means all.
  const std::vector<std::string>& services() const { return block_.of; }
  const LeverBlock& block() const { return block_; }
  const GradualFactor& factor() const { return block_.factor; }
  /// The factor for the people of a cell in the interval.
  double factor(Interval interval, Sex sex, Age age, Area area) const {
    return block_.factor.at(interval, sex, age, area);
  }

 private:
  LeverBlock block_;
  LeverOn on_;
};

/// A lever on chances in which draws differ.
struct RandomLever {
  LeverOn on;
  GradualFactor factor;
};
struct DrawnLever {
  LeverOn on;
  DrawnFactor factor;
};

/// Whether a lever is on the chance of getting from one state into another.
bool is_on_chance(LeverOn on, CareState from, CareState to, std::size_t states);
/// The state that those are in instead whom such a lever keeps from `to`.
CareState instead_of(LeverOn on, CareState from, std::size_t states);

/// The levers of a scenario, its interventions on care among them. Throws `Error` (Fault::scenario)
/// on names that stand for nothing and years outside the projection.
std::vector<Lever> read_levers(const Source& source);

/// The product of the factors of those levers that are on something.
double product(const std::vector<Lever>& levers, LeverOn on, Interval interval, Sex sex, Age age,
               Area area);

/// Applies the levers on chances to the transitions of an interval. What is taken from a chance is
/// added to that of staying, and the other way round. Throws `Error` (Fault::scenario) where more
/// than all of a state would leave it.
void pull(const std::vector<Lever>& levers, const Frame& frame, const CareFrame& care,
          Interval interval, TransitionTable& transitions);

}  // namespace kohort::care
