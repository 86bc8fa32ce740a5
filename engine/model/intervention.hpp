// Interventions: what a planner does, on what, for whom, from when on, how it spreads, and how well
// its effect is known. The lists of levers that models have of their own are the same thing said
// shorter, of one model and with a known effect; a model reads both in one go.
#pragma once

#include <string>
#include <vector>

#include "engine/model/frame.hpp"
#include "engine/model/lever.hpp"
#include "engine/scenario/parameter.hpp"
#include "engine/scenario/settings.hpp"

namespace kohort {

/// How an intervention comes into effect.
enum class Spread {
  linear,    ///< everywhere alike, a like part of it each year
  logistic,  ///< from area to area
};

/// How well an effect is known.
enum class Grade { high, moderate, low, very_low, assumed };

namespace parameters {

inline const Text intervention_name{
    {.name = "intervention.name",
     .required = true,
     .text = "what it is called. What is uncertain about it is drawn by this name: blocks of one "
             "name share their luck, within a scenario and between scenarios",
     .example = std::string("fall prevention")}};
inline const Text intervention_on{
    {.name = "intervention.on",
     .required = true,
     .text = "what is multiplied: population. and a component of population.multiplier, or care. "
             "or welfare. and what care.lever or welfare.lever can be on; such as "
             "\"population.mortality\", \"care.onset\", \"care.volume\", \"welfare.rate\"",
     .example = std::string("care.onset")}};
inline const TextList intervention_of{
    {.name = "intervention.of",
     .fallback = std::vector<std::string>{},
     .text = "names of the services or needs meant, where it is on those; all unless given"}};
inline const Choice<Spread> intervention_spread{
    {.name = "intervention.spread",
     .fallback = std::string("linear"),
     .text =
         "how it comes into effect: linear = in all areas meant alike, a like part of it in "
         "each of phase_in years; logistic = from area to area, a tenth of those that take part "
         "in the first year and nine tenths of them phase_in years later. Which areas do when is "
         "drawn with uncertainty.paths; what is expected is the share of them",
     .source = "logistic: Griliches (1957), Econometrica 25(4)"},
    {{"linear", Spread::linear}, {"logistic", Spread::logistic}}};
inline const Real intervention_take_part{
    {.name = "intervention.take_part",
     .unit = "1",
     .range = {0.0, 1.0},
     .fallback = 1.0,
     .text = "with spread = \"logistic\", the share of the areas that take part in the end",
     .source = "an assumption: all"}};
inline const Text intervention_evidence{
    {.name = "intervention.evidence",
     .text = "where the effect is known from: who found it, among whom, and where it stands",
     .example = std::string("author (year), where")}};
inline const Choice<Grade> intervention_grade{
    {.name = "intervention.grade",
     .fallback = std::string("assumed"),
     .text = "how certain the evidence is, from high to very_low; assumed = there is none",
     .source = "the four grades of the GRADE Working Group: Guyatt et al. (2008), BMJ 336, 924"},
    {{"high", Grade::high},
     {"moderate", Grade::moderate},
     {"low", Grade::low},
     {"very_low", Grade::very_low},
     {"assumed", Grade::assumed}}};
inline const Real intervention_factor_se{
    {.name = "intervention.factor_se",
     .unit = "1",
     .range = {0.0, 10.0},
     .fallback = 0.0,
     .text = "standard error of the factor; with uncertainty.paths each draw has a factor of its "
             "own, log-normal with the factor as its mean",
     .source = "an assumption: known exactly"}};
inline const LeverFields intervention_fields("intervention", 100.0);
inline const BlockList interventions{
    {.name = "intervention",
     .text = "multiplies what a model reckons by, for some areas, ages, sexes and years, with the "
             "evidence for it",
     .changed_often = true},
    {&intervention_name, &intervention_on, &intervention_of, &intervention_fields.factor,
     &intervention_factor_se, &intervention_evidence, &intervention_grade,
     &intervention_fields.areas, &intervention_fields.sexes, &intervention_fields.ages,
     &intervention_fields.from, &intervention_fields.to, &intervention_spread,
     &intervention_fields.phase_in, &intervention_take_part, &intervention_fields.reach}};

}  // namespace parameters

/// A model's own list of levers, and which field says what.
struct LeverList {
  std::string model;  ///< as interventions name it: the part before the dot
  const BlockList& blocks;
  const Parameter& on;  ///< a choice
  const LeverFields& fields;
  const TextList* of = nullptr;  ///< services or needs meant; null where there are none to mean
};

/// A block that multiplies something of a model: one of its own list, or an intervention on it.
struct LeverBlock {
  Settings settings;
  const Parameter* on;
  const LeverFields* fields;
  const Parameter* of_field;
  std::string what;  ///< a word of the model's choice
  GradualFactor factor;
  std::vector<std::string> of{};

  /// Mistakes about what it is on, its factor, or the names of what it means.
  Mistake about_on(std::string text, std::string remedy) const;
  Mistake about_factor(std::string text, std::string remedy) const;
  Mistake about_of(std::string text, std::string remedy) const;
};

/// The blocks of the model's own list, then the interventions on it. Adds to `mistakes` what is
/// wrong with them; those on something that the model does not have are left out.
std::vector<LeverBlock> lever_blocks(const Settings& settings, const Frame& frame,
                                     const LeverList& list, Mistakes& mistakes);

/// Whether an intervention has something for the draws to differ in.
bool any_intervention_uncertain(const Settings& settings);

/// Every intervention must be on a model of the run: adds to `mistakes` those that are not.
/// `absent` are models that there are, but not in this scenario.
void require_models(const Settings& settings, const std::vector<std::string>& present,
                    const std::vector<std::string>& absent, Mistakes& mistakes);

}  // namespace kohort
