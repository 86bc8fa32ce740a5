#include "engine/model/intervention.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/nearest.hpp"

namespace kohort {

namespace p = parameters;

namespace {

/// The part before the first dot, and the rest.
std::pair<std::string, std::string> target_of(const Settings& block) {
  const std::string on = block[p::intervention_on];
  const std::size_t dot = std::min(on.find('.'), on.size());
  return {on.substr(0, dot), dot == on.size() ? "" : on.substr(dot + 1)};
}

Rollout rollout_of(const Settings& block, Mistakes& mistakes) {
  const Rollout rollout{block[p::intervention_name],
                        block[p::intervention_spread] == Spread::logistic,
                        block[p::intervention_take_part], block[p::intervention_factor_se]};
  if (rollout.name.empty()) {
    mistakes.add(block.mistake(p::intervention_name, "it is empty", "give it a name"));
  }
  if (rollout.take_part < 1.0 && !rollout.logistic) {
    mistakes.add(block.mistake(p::intervention_take_part,
                               "areas take part one after the other with spread = \"logistic\"",
                               "choose that, or say with reach what share of people it reaches"));
  }
  if (rollout.factor_se > 0.0 && block[p::intervention_fields.factor] == 0.0) {
    mistakes.add(block.mistake(p::intervention_factor_se, "a factor of 0 is certain",
                               "give a factor above 0, or leave this out"));
  }
  if (rollout.factor_se > 0.0 && !block.given(p::intervention_evidence)) {
    mistakes.add(block.mistake(p::intervention_factor_se, "nothing says where it is from",
                               "give evidence = \"who found it, and where\""));
  }
  const bool graded = block[p::intervention_grade] != Grade::assumed;
  if (graded && !block.given(p::intervention_evidence)) {
    mistakes.add(block.mistake(p::intervention_grade, "there is no evidence to be graded",
                               "give evidence = \"who found it, and where\", or leave this out"));
  }
  return rollout;
}

/// Complains about what the model does not have.
bool has_target(const Settings& block, const LeverList& list, Mistakes& mistakes) {
  const std::string what = target_of(block).second;
  const auto& known = list.on.choices;
  if (std::find(known.begin(), known.end(), what) != known.end()) return true;
  std::vector<std::string> targets;
  for (const std::string& word : known) targets.push_back(list.model + "." + word);
  const auto meant = nearest(list.model + "." + what, targets);
  mistakes.add(block.mistake(p::intervention_on,
                             fmt::format("there is no '{}.{}' to act on", list.model, what),
                             meant ? fmt::format("did you mean '{}'?", *meant)
                                   : fmt::format("there are {}", fmt::join(targets, ", "))));
  return false;
}

}  // namespace

Mistake LeverBlock::about_on(std::string text, std::string remedy) const {
  return settings.mistake(*on, std::move(text), std::move(remedy));
}

Mistake LeverBlock::about_factor(std::string text, std::string remedy) const {
  return settings.mistake(fields->factor, std::move(text), std::move(remedy));
}

Mistake LeverBlock::about_of(std::string text, std::string remedy) const {
  return settings.mistake(*of_field, std::move(text), std::move(remedy));
}

std::vector<LeverBlock> lever_blocks(const Settings& settings, const Frame& frame,
                                     const LeverList& list, Mistakes& mistakes) {
  std::vector<LeverBlock> found;
  for (const Settings& block : settings[list.blocks]) {
    found.push_back({block, &list.on, &list.fields, list.of,
                     std::get<std::string>(block.setting(list.on).value),
                     GradualFactor(block, frame, list.fields, mistakes)});
    if (list.of != nullptr) found.back().of = block[*list.of];
  }
  for (const Settings& block : settings[p::interventions]) {
    const auto [model, what] = target_of(block);
    if (model != list.model || !has_target(block, list, mistakes)) continue;
    found.push_back(
        {block, &p::intervention_on, &p::intervention_fields, &p::intervention_of, what,
         GradualFactor(block, frame, p::intervention_fields, mistakes, rollout_of(block, mistakes)),
         block[p::intervention_of]});
    if (list.of != nullptr || found.back().of.empty()) continue;
    mistakes.add(found.back().about_of("nothing is told apart there by name", "leave it out"));
  }
  return found;
}

bool any_intervention_uncertain(const Settings& settings) {
  const std::vector<Settings> blocks = settings[p::interventions];
  return std::any_of(blocks.begin(), blocks.end(), [](const Settings& block) {
    return block[p::intervention_factor_se] > 0.0 ||
           block[p::intervention_spread] == Spread::logistic;
  });
}

void require_models(const Settings& settings, const std::vector<std::string>& present,
                    const std::vector<std::string>& absent, Mistakes& mistakes) {
  for (const Settings& block : settings[p::interventions]) {
    const std::string model = target_of(block).first;
    if (std::find(present.begin(), present.end(), model) != present.end()) continue;
    const bool known = std::find(absent.begin(), absent.end(), model) != absent.end();
    if (known) {
      mistakes.add(block.mistake(p::intervention_on,
                                 fmt::format("there is no {} in this scenario", model),
                                 fmt::format("leave it out, or give what [{}] needs", model)));
      continue;
    }
    mistakes.add(block.mistake(
        p::intervention_on, fmt::format("nothing is called '{}'", model),
        fmt::format("write one of {}, a dot, and what is multiplied", fmt::join(present, ", "))));
  }
}

}  // namespace kohort
