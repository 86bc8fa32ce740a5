// What a planner can change in care: prevention, rehabilitation, housing, technology, ambition.
#pragma once

#include <string>
#include <vector>

#include "engine/model/lever.hpp"
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
    {&lever_fields.name, &lever_on, &lever_fields.factor, &lever_services, &lever_fields.areas,
     &lever_fields.sexes, &lever_fields.ages, &lever_fields.from, &lever_fields.to,
     &lever_fields.phase_in, &lever_fields.reach}};

}  // namespace parameters

/// One lever: whom it is about, and by how much it works when.
class Lever {
 public:
  /// Adds to `mistakes` what is wrong with the block.
  Lever(const Settings& block, const Frame& frame, Mistakes& mistakes);

  LeverOn on() const { return on_; }
  /// Services meant; none means all.
  const std::vector<std::string>& services() const { return services_; }
  const Settings& block() const { return block_; }
  /// The factor for the people of a cell in the interval.
  double factor(Interval interval, Sex sex, Age age, Area area) const {
    return factor_.at(interval, sex, age, area);
  }

 private:
  Settings block_;
  LeverOn on_;
  GradualFactor factor_;
  std::vector<std::string> services_;
};

/// The levers of a scenario. Throws `Error` (Fault::scenario) on names that stand for nothing,
/// years outside the projection, ages at which a lever has nothing to work on, and levers on
/// changes of state where the method has none.
std::vector<Lever> read_levers(const Source& source);

/// Applies the levers on chances to the transitions of an interval. What is taken from a chance is
/// added to that of staying, and the other way round. Throws `Error` (Fault::scenario), naming the
/// lever, where more than all of a state would leave it.
void pull(const std::vector<Lever>& levers, const Frame& frame, const CareFrame& care,
          Interval interval, TransitionTable& transitions);

}  // namespace kohort::care
