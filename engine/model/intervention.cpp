#include "engine/model/intervention.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/nearest.hpp"
#include "engine/base/words.hpp"

namespace kohort {

namespace p = parameters;

namespace {

/// The part before the first dot, and the rest.
std::pair<std::string, std::string> target_of(const Settings& block) {
  const std::string on = block[p::intervention_on];
  const std::size_t dot = std::min(on.find('.'), on.size());
  return {on.substr(0, dot), dot == on.size() ? "" : on.substr(dot + 1)};
}

bool is_uncertain(const Settings& block) {
  return block[p::intervention_se] > 0.0 || block[p::intervention_spread] == Spread::logistic;
}

/// The first model that what stands in a section of the scenario acts on.
std::string model_of(const std::string& section) {
  if (section == "history" || section == "uncertainty") return "population";
  return section == "cooperation" ? "care" : section;
}

/// Reads what an intervention says beyond the fields of a lever.
class RolloutReader {
 public:
  RolloutReader(const Settings& block, Mistakes& mistakes) : block_(block), mistakes_(mistakes) {}

  Rollout read() {
    Rollout rollout{block_.maybe(p::intervention_fields.name).value_or(""),
                    block_[p::intervention_spread] == Spread::logistic,
                    block_.maybe(p::intervention_midpoint),
                    block_[p::intervention_take_part],
                    block_.maybe(p::intervention_shift),
                    block_[p::intervention_se]};
    if (rollout.name.empty()) wrong(p::intervention_fields.name, "it is empty", "give it a name");
    check_size(rollout);
    check_spread(rollout);
    check_evidence(rollout);
    return rollout;
  }

 private:
  void check_size(const Rollout& rollout) {
    const bool factor = block_.given(p::intervention_fields.factor);
    if (factor && rollout.shift) {
      wrong(p::intervention_shift, "there is a factor too", "leave out one of the two");
    } else if (!factor && !rollout.shift) {
      wrong(p::intervention_fields.factor, "nothing says by how much", "give a factor or a shift");
    }
    if (factor && rollout.se > 0.0 && block_[p::intervention_fields.factor] == 0.0) {
      wrong(p::intervention_se, "a factor of 0 is certain",
            "give a factor above 0, or leave this out");
    }
  }

  void check_spread(const Rollout& rollout) {
    if (rollout.logistic) {
      if (!block_.given(p::intervention_fields.course)) return;
      wrong(p::intervention_fields.course, "a logistic spread has a course of its own",
            "leave out one of the two");
      return;
    }
    if (rollout.take_part < 1.0) {
      wrong(p::intervention_take_part,
            "areas take part one after the other with spread = \"logistic\"",
            "choose that, or say with reach what share of people it reaches");
    }
    if (rollout.midpoint) {
      wrong(p::intervention_midpoint, "it is of spread = \"logistic\"",
            "choose that, or leave it out");
    }
  }

  void check_evidence(const Rollout& rollout) {
    if (block_.given(p::intervention_evidence)) {
      block_.mark(p::intervention_evidence);
      return;
    }
    const std::string remedy = "give evidence = \"who found it, and where\", or leave this out";
    if (rollout.se > 0.0) wrong(p::intervention_se, "nothing says where it is from", remedy);
    if (block_[p::intervention_grade] != Grade::assumed) {
      wrong(p::intervention_grade, "there is no evidence to be graded", remedy);
    }
  }

  void wrong(const Parameter& field, std::string what, std::string remedy) {
    mistakes_.add(block_.mistake(field, std::move(what), std::move(remedy)));
  }

  const Settings& block_;
  Mistakes& mistakes_;
};

void check_shift(const LeverBlock& block, const LeverList& list, Mistakes& mistakes) {
  if (!block.effect.is_shift()) return;
  for (const Unshiftable& one : list.unshiftable) {
    if (one.what != block.what) continue;
    mistakes.add(block.about_size(
        fmt::format("nothing can be added to '{}.{}'", list.model, block.what), one.remedy));
  }
}

}  // namespace

Mistake LeverBlock::about_on(std::string text, std::string remedy) const {
  return settings.mistake(*on, std::move(text), std::move(remedy));
}

Mistake LeverBlock::about_size(std::string text, std::string remedy) const {
  const Parameter& size = effect.is_shift() ? p::intervention_shift : fields->factor;
  return settings.mistake(size, std::move(text), std::move(remedy));
}

Mistake LeverBlock::about_of(std::string text, std::string remedy) const {
  return settings.mistake(*of_field, std::move(text), std::move(remedy));
}

std::vector<LeverBlock> lever_blocks(const Source& source, const LeverList& list,
                                     Mistakes& mistakes) {
  std::vector<LeverBlock> found;
  for (const Settings& block : source.settings[list.blocks]) {
    block.mark(list.on);
    found.push_back({block, &list.on, &list.fields, list.of,
                     std::get<std::string>(block.setting(list.on).value),
                     Effect(block, source, list.fields, mistakes)});
    if (list.of != nullptr) found.back().of = block[*list.of];
  }
  for (const Settings& block : source.settings[p::interventions]) {
    const auto [model, what] = target_of(block);
    if (model != list.model || !contains(list.on.choices, what)) continue;
    const Rollout rollout = read_rollout(block, mistakes);
    found.push_back({block, &p::intervention_on, &p::intervention_fields, &p::intervention_of, what,
                     Effect(block, source, p::intervention_fields, mistakes, rollout),
                     block[p::intervention_of]});
    check_shift(found.back(), list, mistakes);
    if (list.of != nullptr || found.back().of.empty()) continue;
    mistakes.add(found.back().about_of("nothing is told apart there by name", "leave it out"));
  }
  return found;
}

void require_known(const LeverBlock& block, const std::string& kind,
                   const std::vector<std::string>& all, Mistakes& mistakes) {
  for (const std::string& name : block.of) {
    if (contains(all, name)) continue;
    const auto meant = nearest(name, all);
    mistakes.add(block.about_of(fmt::format("no {} is called '{}'", kind, name),
                                meant ? fmt::format("did you mean '{}'?", *meant)
                                      : fmt::format("there are {}", fmt::join(all, ", "))));
  }
}

bool any_intervention_uncertain(const Settings& settings) {
  const std::vector<Settings> blocks = settings[p::interventions];
  return std::any_of(blocks.begin(), blocks.end(), is_uncertain);
}

std::vector<std::string> targets_of(const std::vector<Reach>& models) {
  std::vector<std::string> targets;
  for (const Reach& one : models) {
    for (const std::string& word : one.what) targets.push_back(one.model + "." + word);
  }
  return targets;
}

const Reach* reach_of(const Settings& intervention, const std::vector<Reach>& models) {
  const auto [model, what] = target_of(intervention);
  for (const Reach& one : models) {
    if (one.model == model && contains(one.what, what)) return &one;
  }
  return nullptr;
}

Rollout read_rollout(const Settings& intervention, Mistakes& mistakes) {
  return RolloutReader(intervention, mistakes).read();
}

std::vector<InterventionRecord> intervention_records(const Settings& settings,
                                                     const std::vector<Reach>& models,
                                                     std::size_t variants) {
  std::vector<InterventionRecord> records;
  for (const Settings& block : settings[p::interventions]) {
    const auto shift = block.maybe(p::intervention_shift);
    const auto factor = block.maybe(p::intervention_fields.factor);
    const bool varied = is_uncertain(block) && reach_of(block, models) == nullptr;
    records.push_back({block.maybe(p::intervention_fields.name).value_or(""),
                       block[p::intervention_on], shift.has_value(),
                       shift ? *shift : factor.value_or(1.0), block[p::intervention_se],
                       std::get<std::string>(block.setting(p::intervention_grade).value),
                       block.maybe(p::intervention_evidence).value_or(""), varied ? variants : 0});
  }
  return records;
}

Basis basis_of_interventions(const Settings& settings, const std::vector<std::string>& models) {
  Basis basis = Basis::observed;
  for (const Settings& block : settings[p::interventions]) {
    if (!contains(models, model_of(target_of(block).first))) continue;
    const bool assumed = block[p::intervention_grade] == Grade::assumed;
    basis = std::max(basis, assumed ? Basis::assumed : Basis::estimated);
  }
  return basis;
}

}  // namespace kohort
