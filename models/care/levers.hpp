// What a planner can change in care: prevention, rehabilitation, housing, technology, ambition.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "engine/model/drawn_levers.hpp"
#include "engine/model/intervention.hpp"
#include "engine/model/source.hpp"
#include "engine/scenario/parameter.hpp"
#include "models/care/states.hpp"

namespace kohort::care {

/// What a lever changes.
enum class LeverOn {
  onset,       ///< chances of entering care
  worsening,   ///< chances of a heavier state, of those in care
  recovery,    ///< chances of a lighter state
  last_state,  ///< chances of entering the last state; those spared are in the one before it
  coverage,    ///< users of services for those in a state
  volume,      ///< hours or days of each user
  price,       ///< what a unit of a service costs
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
             "volume = hours or days of each user (technology); price = what a unit costs"},
    {{"onset", LeverOn::onset},
     {"worsening", LeverOn::worsening},
     {"recovery", LeverOn::recovery},
     {"last_state", LeverOn::last_state},
     {"coverage", LeverOn::coverage},
     {"volume", LeverOn::volume},
     {"price", LeverOn::price}}};
inline const TextList lever_services{
    {.name = "care.lever.services",
     .fallback = std::vector<std::string>{},
     .text = "of coverage, volume and price: the services meant; all unless given"}};
inline const LeverFields lever_fields("care.lever");
inline const BlockList levers{
    {.name = "care.lever",
     .text = "multiplies what care is reckoned by, for some areas, ages, sexes and years",
     .changed_often = true},
    lever_fields.with({&lever_on, &lever_services})};

}  // namespace parameters

/// One lever: what and whom it is about, and by how much it works when.
class Lever {
 public:
  /// Adds to `mistakes` what is wrong with the block.
  Lever(LeverBlock block, Mistakes& mistakes);

  LeverOn on() const { return on_; }
  /// Whether it is on changes of state; else it is on services.
  bool on_changes() const;
  /// Services meant; none means all.
  const std::vector<std::string>& services() const { return block_.of; }
  const LeverBlock& block() const { return block_; }
  const Effect& effect() const { return block_.effect; }

 private:
  LeverBlock block_;
  LeverOn on_;
};

/// What levers on changes of state are on, in the order in which they work.
constexpr std::array<LeverOn, 4> on_changes{LeverOn::recovery, LeverOn::onset, LeverOn::worsening,
                                            LeverOn::last_state};

/// Whether what a lever is on includes the chance of getting from one state into another.
bool is_on(LeverOn on, CareState from, CareState to, std::size_t states);
/// The state that those are in instead whom a lever keeps from another.
CareState instead_of(LeverOn on, CareState from, std::size_t states);

/// The levers on changes of state, in the order of `on_changes`.
using ChangeEffects = std::array<std::vector<Effect>, on_changes.size()>;
ChangeEffects effects_on_changes(const std::vector<Lever>& levers);

/// The levers of a scenario, interventions on care among them. Throws `Error` (Fault::scenario) on
/// names that stand for nothing, years outside the projection, ages at which a lever has nothing to
/// work on, and levers on changes of state where the method has none.
std::vector<Lever> read_levers(const Source& source);

/// Applies the levers on chances to the transitions of an interval. What is taken from a chance is
/// added to that of staying, and the other way round. What is added to the chance of several states
/// goes to each of them in proportion to its own. Throws `Error` (Fault::scenario), naming the
/// lever, where more than all of a state would leave it.
void pull(const std::vector<Lever>& levers, const Frame& frame, const CareFrame& care,
          Interval interval, TransitionTable& transitions);

}  // namespace kohort::care
