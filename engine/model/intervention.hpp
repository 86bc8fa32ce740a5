// Interventions: what a planner does, on what, for whom, from when on, how it spreads, and how well
// its effect is known. The lists of levers that models have of their own are the same thing said
// shorter, of one model and with a known effect; a model reads both in one go.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/basis.hpp"
#include "engine/model/effect.hpp"
#include "engine/model/lever.hpp"
#include "engine/model/source.hpp"
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

inline const LeverFields intervention_fields("intervention", 100.0, LeverForm::intervention);
inline const Text intervention_on{
    {.name = "intervention.on",
     .required = true,
     .text =
         "what is changed: a model, a dot, and what of it: population. and a component of "
         "population.multiplier, or care., welfare. or workforce. and what the levers of that "
         "model can be on; such as \"population.mortality\", \"care.onset\", \"care.price\", "
         "\"welfare.rate\", \"workforce.exit\"; or else the name of a parameter that holds "
         "numbers, such as \"workforce.training_days\" or \"care.service.places\": its figures, as "
         "they are read",
     .example = std::string("population.mortality")}};
inline const TextList intervention_of{
    {.name = "intervention.of",
     .fallback = std::vector<std::string>{},
     .text = "names of the services, needs or occupations meant, where it is on those; of the "
             "blocks or of the labels of a table, where it is on a parameter of theirs; all unless "
             "given"}};
inline const Real intervention_shift{
    {.name = "intervention.shift",
     .unit = "that of the rate",
     .range = {-1000000.0, 1000000.0},
     .text = "what is added where it works in full, in place of a factor: to the force of "
             "mortality, a year; births per woman, the share who emigrate or move, a year; a "
             "chance of changing state; the share who use a service or have a need; units per "
             "user and year; SEK per unit; a hazard, a year; days of absence; the share in full "
             "time. Shifts add after all factors"}};
inline const Real intervention_se{
    {.name = "intervention.se",
     .unit = "that of the effect",
     .range = {0.0, 1000000.0},
     .fallback = 0.0,
     .text =
         "standard error of the factor or shift; with uncertainty.paths each draw has an "
         "effect of its own with the given one as its mean: a factor log-normal, a shift normal. "
         "On a parameter the draws share up to 16 values, which lie evenly: 16 draws each, so "
         "that 256 have all of them",
     .source = "an assumption: known exactly"}};
inline const Choice<Spread> intervention_spread{
    {.name = "intervention.spread",
     .fallback = std::string("linear"),
     .text =
         "how it comes into effect: linear = in all areas meant alike, a like part of it in "
         "each of phase_in years; logistic = from area to area, phase_in being the years from a "
         "tenth to nine tenths of those that take part. Which areas do when is drawn with "
         "uncertainty.paths; what is expected is the share of them",
     .source = "logistic: Griliches (1957), Econometrica 25(4)"},
    {{"linear", Spread::linear}, {"logistic", Spread::logistic}}};
inline const Real intervention_midpoint{
    {.name = "intervention.midpoint",
     .unit = "year",
     .range = {1700, 2300},
     .text = "with spread = \"logistic\", the year in which half of the areas that take part have "
             "begun; unless given half of phase_in after from, so that a tenth have in the first "
             "year"}};
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
     .text = "how certain the evidence is, from high to very_low; assumed = there is none, and "
             "what it acts on is marked so in the result",
     .source = "the four grades of the GRADE Working Group: Guyatt et al. (2008), BMJ 336, 924"},
    {{"high", Grade::high},
     {"moderate", Grade::moderate},
     {"low", Grade::low},
     {"very_low", Grade::very_low},
     {"assumed", Grade::assumed}}};
inline const BlockList interventions{
    {.name = "intervention",
     .text = "something that is done: changes what a model reckons with, for some areas, ages, "
             "sexes and years. What is uncertain about it is drawn by its name: blocks of one "
             "name share their luck, within a scenario and between scenarios; those on parameters "
             "among themselves",
     .changed_often = true},
    intervention_fields.with({&intervention_on, &intervention_of, &intervention_shift,
                              &intervention_se, &intervention_spread, &intervention_midpoint,
                              &intervention_take_part, &intervention_evidence,
                              &intervention_grade})};

}  // namespace parameters

/// What cannot be shifted, and what to do instead.
struct Unshiftable {
  std::string what;  ///< a word of the model's choice
  std::string remedy;
};

/// A model's own list of levers, and which field says what.
struct LeverList {
  std::string model;  ///< as interventions name it: the part before the dot
  const BlockList& blocks;
  const Parameter& on;  ///< a choice
  const LeverFields& fields;
  const TextList* of = nullptr;  ///< services, needs or occupations; null where there are none
  std::vector<Unshiftable> unshiftable{};
};

/// A block that changes something of a model: one of its own list, or an intervention on it.
struct LeverBlock {
  Settings settings;
  const Parameter* on;
  const LeverFields* fields;
  const Parameter* of_field;
  std::string what;  ///< a word of the model's choice
  Effect effect;
  std::vector<std::string> of{};  ///< none: all

  bool is_about(const std::string& name) const {
    return of.empty() || std::find(of.begin(), of.end(), name) != of.end();
  }
  /// Mistakes about what it is on, by how much it changes it, and the names of what it means.
  Mistake about_on(std::string text, std::string remedy) const;
  Mistake about_size(std::string text, std::string remedy) const;
  Mistake about_of(std::string text, std::string remedy) const;
};

/// The blocks of the model's own list, then the interventions on it; not those on parameters of the
/// catalogue (`ParameterChanges`). Adds to `mistakes` what is wrong with them.
std::vector<LeverBlock> lever_blocks(const Source& source, const LeverList& list,
                                     Mistakes& mistakes);

/// What a word of a choice stands for.
template <class Enumeration>
Enumeration meaning(const Choice<Enumeration>& choice, const std::string& word) {
  return std::find_if(choice.words.begin(), choice.words.end(),
                      [&](const auto& one) { return one.first == word; })
      ->second;
}

/// Adds a mistake for each name of a block that is none of `all`, which are called `kind`, such as
/// "service".
void require_known(const LeverBlock& block, const std::string& kind,
                   const std::vector<std::string>& all, Mistakes& mistakes);

/// Whether an intervention has something for the draws to differ in.
bool any_intervention_uncertain(const Settings& settings);

/// A model that interventions can be on, and on what of it.
struct Reach {
  std::string model;
  const std::vector<std::string>& what;
  bool present = true;  ///< in this scenario
};

/// The targets of models that interventions can name, such as "population.mortality".
std::vector<std::string> targets_of(const std::vector<Reach>& models);

/// The model that has the target which an intervention names; null where none has, so that it must
/// be a parameter of the catalogue.
const Reach* reach_of(const Settings& intervention, const std::vector<Reach>& models);

/// What an intervention says beyond the fields of a lever. Adds to `mistakes` what does not fit
/// together.
Rollout read_rollout(const Settings& intervention, Mistakes& mistakes);

/// What a result says of an intervention.
struct InterventionRecord {
  std::string name;
  std::string on;
  bool is_shift = false;  ///< else a factor
  double size = 0.0;
  double se = 0.0;
  std::string grade;
  std::string evidence;        ///< empty where there is none
  std::size_t drawn_values{};  ///< that all draws share; 0 where each has one of its own, or none
};

/// Of all interventions, in their order. `variants`: those of the model that draws belong to, each
/// of which has a value of what is uncertain in interventions on parameters; 0 where there are
/// none.
std::vector<InterventionRecord> intervention_records(const Settings& settings,
                                                     const std::vector<Reach>& models,
                                                     std::size_t variants);

/// How much the results of some models are worth for the interventions on them and on their
/// parameters: estimated where each has evidence, assumed where one has none; observed where there
/// are none. What is estimated from history and what is uncertain is the population's, and what
/// areas lend each other that of whoever has care.
Basis basis_of_interventions(const Settings& settings, const std::vector<std::string>& models);

}  // namespace kohort
