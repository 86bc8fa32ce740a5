// What a planner can change in care: prevention, rehabilitation, housing, technology, ambition.
#pragma once

#include <set>
#include <string>
#include <vector>

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
inline const Real lever_factor{{.name = "care.lever.factor",
                                .unit = "1",
                                .range = {0.0, 10.0},
                                .required = true,
                                .text = "by how much where it works in full; where levers overlap, "
                                        "their product"}};
inline const TextList lever_services{
    {.name = "care.lever.services",
     .fallback = std::vector<std::string>{},
     .text = "of coverage and volume: the services meant; all unless given"}};
inline const TextList lever_areas{
    {.name = "care.lever.areas",
     .fallback = std::vector<std::string>{},
     .text = "codes of areas or names of groups of areas; all unless given"}};
inline const TextList lever_sexes{{.name = "care.lever.sexes",
                                   .fallback = std::vector<std::string>{},
                                   .text = "female, male; both unless given"}};
inline const Text lever_ages{
    {.name = "care.lever.ages",
     .text = "ages at the year's end, such as \"65-84\" or \"80+\"; all unless given"}};
inline const Integer lever_from{{.name = "care.lever.from",
                                 .unit = "year",
                                 .range = {1700, 2300},
                                 .text = "the first year; the first of all unless given"}};
inline const Integer lever_to{{.name = "care.lever.to",
                               .unit = "year",
                               .range = {1700, 2300},
                               .text = "the last year; the last of all unless given"}};
inline const Integer lever_phase_in{
    {.name = "care.lever.phase_in",
     .unit = "years",
     .range = {1, 100},
     .fallback = std::int64_t{1},
     .text = "years in which it comes into effect, a like part of it in each: with 5, a fifth in "
             "the first year and all of it from the fifth on"}};
inline const Real lever_reach{{.name = "care.lever.reach",
                               .unit = "1",
                               .range = {0.0, 1.0},
                               .fallback = 1.0,
                               .text = "the share of the people meant whom it reaches"}};
inline const BlockList levers{
    {.name = "care.lever",
     .text = "multiplies what care is reckoned by, for some areas, ages, sexes and years"},
    {&lever_on, &lever_factor, &lever_services, &lever_areas, &lever_sexes, &lever_ages,
     &lever_from, &lever_to, &lever_phase_in, &lever_reach}};

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
  /// The factor for the people of a cell in the interval: 1 + (factor - 1) x reach x the part that
  /// is in effect.
  double factor(Interval interval, Sex sex, Age age, Area area) const;

 private:
  void read_people(Mistakes& mistakes);
  void read_years(Mistakes& mistakes);

  Settings block_;
  const Frame& frame_;
  LeverOn on_;
  double full_;
  double reach_;
  std::vector<std::string> services_;
  std::set<Area> areas_;
  std::set<Sex> sexes_;
  AgeGroup ages_;
  int from_ = 0;
  int to_ = 0;
  int phase_in_ = 1;
};

/// The levers of a scenario. Throws `Error` (Fault::scenario) on names that stand for nothing and
/// years outside the projection.
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
