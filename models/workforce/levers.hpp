// What a planner can change about staff: who enters and leaves, and how much each of them works.
#pragma once

#include <vector>

#include "engine/model/drawn_levers.hpp"
#include "engine/model/intervention.hpp"
#include "engine/model/source.hpp"
#include "engine/scenario/parameter.hpp"
#include "models/workforce/occupations.hpp"

namespace kohort::workforce {

/// What a lever changes.
enum class LeverOn {
  entry,         ///< entrants from other work
  education,     ///< places of educations
  abroad,        ///< those who enter from abroad
  exit,          ///< hazards of leaving for other work
  retirement,    ///< hazards of retiring
  absence,       ///< days of sickness and other absence
  full_time,     ///< the share of staff in full time
  productivity,  ///< the work that an hour of staff does
};

namespace parameters {

inline const Choice<LeverOn> lever_on{
    {.name = "workforce.lever.on",
     .required = true,
     .text = "what is multiplied: entry = entrants from other work; education = places of "
             "educations, by the year of admission and the age at entry, so that staff come as "
             "many years later as the education takes; abroad = entrants from abroad; exit = "
             "yearly hazard of leaving for other work; retirement = that of retiring; absence = "
             "days of sickness and other absence; full_time = the share in full time; "
             "productivity = the work that an hour of staff does"},
    {{"entry", LeverOn::entry},
     {"education", LeverOn::education},
     {"abroad", LeverOn::abroad},
     {"exit", LeverOn::exit},
     {"retirement", LeverOn::retirement},
     {"absence", LeverOn::absence},
     {"full_time", LeverOn::full_time},
     {"productivity", LeverOn::productivity}}};
inline const TextList lever_occupations{{.name = "workforce.lever.occupations",
                                         .fallback = std::vector<std::string>{},
                                         .text = "names of the occupations meant; all unless "
                                                 "given"}};
inline const LeverFields lever_fields("workforce.lever");
inline const BlockList levers{
    {.name = "workforce.lever",
     .text = "multiplies what staff are reckoned by, for some occupations, areas, ages, sexes and "
             "years",
     .changed_often = true},
    lever_fields.with({&lever_on, &lever_occupations})};

}  // namespace parameters

/// One lever: what and whom it is about, and by how much it works when.
class Lever {
 public:
  /// Adds to `mistakes` what is wrong with the block.
  Lever(LeverBlock block, const std::vector<std::string>& occupations, Mistakes& mistakes);

  bool is_on(LeverOn on) const { return on_ == on; }
  bool is_about(Occupation occupation) const { return meant_[occupation.position()]; }
  const LeverBlock& block() const { return block_; }
  const Effect& effect() const { return block_.effect; }

 private:
  LeverBlock block_;
  LeverOn on_;
  std::vector<bool> meant_;  ///< by occupation
};

/// The levers of a scenario, interventions on staff among them. Throws `Error` (Fault::scenario) on
/// names that stand for nothing and years outside the projection.
std::vector<Lever> read_levers(const Source& source, const std::vector<std::string>& occupations);

/// Whose cell a change is for.
struct StaffCell {
  Occupation occupation;
  Sex sex;
  Age age;
  Area area;
};

/// What those levers make of a rate that are on something.
RateChange change_of(const std::vector<Lever>& levers, LeverOn on, Interval interval,
                     const StaffCell& cell);

/// Whether any lever is on it.
bool any_on(const std::vector<Lever>& levers, LeverOn on);

/// The levers on something, by occupation; none where draws differ in none of them.
std::vector<std::vector<Effect>> effects_on(const std::vector<Lever>& levers, LeverOn on,
                                            std::size_t occupations);
/// What the draws of a block make of them.
std::vector<DrawnLevers> drawn_by_occupation(const std::vector<std::vector<Effect>>& effects,
                                             const Frame& frame, const DrawBlock& block);

}  // namespace kohort::workforce
