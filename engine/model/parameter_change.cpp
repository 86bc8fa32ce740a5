#include "engine/model/parameter_change.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/nearest.hpp"
#include "engine/base/words.hpp"

namespace kohort {
namespace {

namespace p = parameters;

constexpr const char* set_it = "change it in the scenario, or by --set";

bool is_number_or_table(const Parameter& parameter) {
  switch (parameter.kind) {
    case Kind::integer:
    case Kind::real:
    case Kind::real_list:
    case Kind::quantity:
    case Kind::table:
      return true;
    default:
      return false;
  }
}

/// Levers and interventions themselves, which have what an intervention has.
bool is_lever(const Parameter& list) {
  return std::any_of(list.fields.begin(), list.fields.end(),
                     [](const Parameter* field) { return field->key() == "reach"; });
}

/// What the models work with; the frame of a run and what is written of it are none of theirs.
bool is_of_models(const std::string& name) {
  const std::string section = name.substr(0, name.find('.'));
  return contains(
      {"population", "history", "uncertainty", "care", "welfare", "workforce", "cooperation"},
      section);
}

/// Whether a block is about some positions of an axis alone.
template <class Position>
bool leaves_out(std::size_t count, const Target& target) {
  for (const Position position : positions<Position>(count)) {
    if (!target.includes(position)) return true;
  }
  return false;
}

/// The name of a block; empty where it has none.
std::string name_of(const Parameter& list, const Blocks::Block& block) {
  const auto found = block.values.find(list.name + ".name");
  if (found == block.values.end()) return "";
  const auto* text = std::get_if<std::string>(&found->second.value);
  return text == nullptr ? "" : *text;
}

const std::vector<Blocks::Block>& blocks_of(const Settings& settings, const Parameter& list) {
  static const std::vector<Blocks::Block> none;
  const auto* given = std::get_if<std::shared_ptr<const Blocks>>(&settings.setting(list).value);
  return given == nullptr ? none : (*given)->blocks;
}

}  // namespace

Mistake ParameterChange::about_size(std::string what, std::string remedy) const {
  const Parameter& size = effect.is_shift() ? p::intervention_shift : p::intervention_fields.factor;
  return about(size, std::move(what), std::move(remedy));
}

const Parameter& ParameterChange::areas_field() const {
  if (effect.rollout().logistic) return p::intervention_spread;
  return p::intervention_fields.areas;
}

/// Finds what interventions are on.
class ParameterChanges::Targets {
 public:
  Targets(const Source& source, const Catalogue& catalogue, const std::vector<Reach>& models)
      : source_(source), catalogue_(catalogue), models_(models) {}

  SharedChanges read(Mistakes& mistakes) const {
    SharedChanges changes;
    for (const Settings& block : source_.settings[p::interventions]) {
      const Reach* reach = reach_of(block, models_);
      if (reach == nullptr) {
        if (auto change = read(block, mistakes)) changes.push_back(std::move(change));
      } else if (!reach->present) {
        mistakes.add(block.mistake(
            p::intervention_on, fmt::format("there is no {} in this scenario", reach->model),
            fmt::format("leave it out, or give what [{}] needs", reach->model)));
      }
    }
    return changes;
  }

 private:
  /// A parameter, and the list that it is a field of.
  struct Found {
    const Parameter* list = nullptr;
    const Parameter* parameter = nullptr;
  };

  /// All of the catalogue.
  std::vector<Found> all() const {
    std::vector<Found> all;
    for (const Section& section : catalogue_.sections()) {
      for (const Parameter* one : section.parameters) {
        all.push_back({nullptr, one});
        for (const Parameter* field : one->fields) all.push_back({one, field});
      }
    }
    return all;
  }

  static bool is_reached(const Found& one) {
    return is_number_or_table(*one.parameter) && is_of_models(one.parameter->name) &&
           !(one.list != nullptr && is_lever(*one.list));
  }

  std::optional<Found> find(const Settings& block, Mistakes& mistakes) const {
    const std::string on = block[p::intervention_on];
    const std::vector<Found> all = this->all();
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const Found& one) { return one.parameter->name == on; });
    if (found == all.end()) {
      mistakes.add(block.mistake(p::intervention_on,
                                 fmt::format("interventions do not reach '{}'", on), meant(on)));
      return std::nullopt;
    }
    if (is_reached(*found)) return *found;
    const bool lever = found->list != nullptr && is_lever(*found->list);
    const bool number = is_number_or_table(*found->parameter);
    mistakes.add(block.mistake(
        p::intervention_on, fmt::format("interventions do not reach '{}'", on),
        lever ? fmt::format("change the block itself, or by --set {}[NAME].{}=...",
                            found->list->name, found->parameter->key())
              : fmt::format("{}; {}",
                            number ? "it is of the run, and no model's" : "it holds no number",
                            set_it)));
    return std::nullopt;
  }

  std::string meant(const std::string& on) const {
    std::vector<std::string> names = targets_of(models_);
    const std::string targets = fmt::format("{}", fmt::join(names, ", "));
    for (const Found& one : all()) {
      if (is_reached(one)) names.push_back(one.parameter->name);
    }
    const auto meant = nearest(on, names);
    return meant ? fmt::format("did you mean '{}'?", *meant)
                 : fmt::format(
                       "they reach {}, and numbers and tables of the models by the names "
                       "that `kohort parameters` lists",
                       targets);
  }

  std::shared_ptr<const ParameterChange> read(const Settings& block, Mistakes& mistakes) const {
    const auto found = find(block, mistakes);
    if (!found) return nullptr;
    const Rollout rollout = read_rollout(block, mistakes);
    if (found->parameter->kind == Kind::integer && rollout.se > 0.0) {
      mistakes.add(block.mistake(
          p::intervention_se,
          fmt::format("'{}' is a whole number, and no draw would be one", found->parameter->name),
          "leave it out, or let a plan sample shifts by whole numbers"));
    }
    const auto& fields = p::intervention_fields;
    const Effect effect(block, source_, fields, mistakes, rollout);
    const Frame& frame = source_.frame;
    const Target& target = effect.target();
    return std::make_shared<ParameterChange>(ParameterChange{
        block, effect, block[p::intervention_of], found->list, found->parameter,
        rollout.logistic || leaves_out<Area>(frame.areas.size(), target),
        leaves_out<Sex>(frame.sexes.size(), target),
        target.ages().first != Age(0) || target.ages().last != Age(frame.ages() - 1),
        block.given(fields.from) || block.given(fields.to) || block.given(fields.course) ||
            block[fields.phase_in] > 1 || rollout.logistic});
  }

  const Source& source_;
  const Catalogue& catalogue_;
  const std::vector<Reach>& models_;
};

/// Makes changed values, and keeps account of them.
class ParameterChanges::Changer {
 public:
  Changer(std::shared_ptr<const Frame> frame, std::vector<Entered>& entered, Mistakes& mistakes)
      : frame_(std::move(frame)), entered_(entered), mistakes_(mistakes) {}

  /// Null where there is no value to be changed, or it cannot be.
  std::shared_ptr<const ChangedValue> change(const Parameter& parameter, const Setting& setting,
                                             const SharedChanges& changes) {
    Entered entered{changes, nullptr, nullptr};
    Value value = changed(parameter, setting.value, entered);
    if (std::holds_alternative<std::monostate>(value)) return nullptr;
    entered.value = std::make_shared<ChangedValue>(ChangedValue{std::move(value)});
    entered_.push_back(entered);
    return entered.value;
  }

 private:
  Value changed(const Parameter& parameter, const Value& value, Entered& entered) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) {
      const double number = one(parameter, static_cast<double>(*whole), entered.changes);
      if (number == std::floor(number)) return static_cast<std::int64_t>(number);
      add_once(entered.changes.back()->about_size(
          fmt::format("'{}' would become {:.6g}, and is a whole number", parameter.name, number),
          "give a shift by a whole number"));
      return {};
    }
    if (const auto* real = std::get_if<double>(&value)) {
      return one(parameter, *real, entered.changes);
    }
    if (const auto* list = std::get_if<std::vector<double>>(&value)) {
      std::vector<double> numbers;
      for (const double real : *list) numbers.push_back(one(parameter, real, entered.changes));
      return numbers;
    }
    const auto* quantity = std::get_if<Quantity>(&value);
    if (quantity == nullptr || !quantity->given()) return {};
    return changed(parameter, *quantity, entered);
  }

  Value changed(const Parameter& parameter, const Quantity& quantity, Entered& entered) {
    const double* number = quantity.number();
    const bool by_year = std::any_of(entered.changes.begin(), entered.changes.end(),
                                     [](const auto& change) { return change->years; });
    const bool can_be = contains(parameter.axes, "year");
    if (number != nullptr && !(by_year && can_be)) {
      return Quantity{one(parameter, *number, entered.changes)};
    }
    TableReference reference;
    if (number != nullptr) {
      reference.number = *number;
      reference.basis = Basis::assumed;
      reference.age_definition = AgeDefinition::end_of_year;
      reference.location = entered.changes.front()->block.location();
    } else {
      reference = *quantity.table();
    }
    entered.table = std::make_shared<TableChange>(frame_, entered.changes, number != nullptr);
    reference.change = entered.table;
    return Quantity{std::move(reference)};
  }

  /// What becomes of one number.
  double one(const Parameter& parameter, double number, const SharedChanges& changes) {
    RateChange whole;
    for (const auto& change : changes) {
      require_about_all(parameter, *change);
      whole *= change->effect.change(1.0);
      if (number != 0.0 || change->effect.is_shift()) change->has_something = true;
    }
    const double changed = number * whole.factor + whole.shift;
    const Range& range = parameter.range;
    if (changed < range.least || changed > range.most) {
      mistakes_.add(
          changes.back()->about_size(fmt::format("'{}' would become {:.6g}, and must be a number{}",
                                                 parameter.name, changed, range_text(range)),
                                     "choose an effect nearer to none"));
      return number;
    }
    return changed;
  }

  /// Several blocks may have the same fault.
  void add_once(Mistake mistake) {
    const auto& found = mistakes_.found();
    const bool known = std::any_of(found.begin(), found.end(), [&](const Mistake& one) {
      return to_string(one) == to_string(mistake);
    });
    if (!known) mistakes_.add(std::move(mistake));
  }

  /// One number is that of all areas, ages, sexes and years.
  void require_about_all(const Parameter& parameter, const ParameterChange& change) {
    const auto& fields = p::intervention_fields;
    const auto refuse = [&](bool some, const Parameter& field, const std::string& axis) {
      if (!some) return;
      add_once(change.about(
          field, fmt::format("'{}' is one number, alike for every {}", parameter.name, axis),
          contains(parameter.axes, axis)
              ? fmt::format("give it as a table with a column {}, or leave this out", axis)
              : "leave it out"));
    };
    refuse(change.areas, change.areas_field(), "area");
    refuse(change.sexes, fields.sexes, "sex");
    refuse(change.ages, fields.ages, "age");
    refuse(change.years, years_field(change), "year");
    refuse(!change.of.empty() && change.list == nullptr, p::intervention_of, "name");
  }

  static const Parameter& years_field(const ParameterChange& change) {
    const auto& fields = p::intervention_fields;
    if (change.effect.rollout().logistic) return p::intervention_spread;
    for (const Parameter* field :
         std::initializer_list<const Parameter*>{&fields.from, &fields.to, &fields.course}) {
      if (change.block.given(*field)) return *field;
    }
    return fields.phase_in;
  }

  std::shared_ptr<const Frame> frame_;
  std::vector<Entered>& entered_;
  Mistakes& mistakes_;
};

ParameterChanges::ParameterChanges(const Source& source, const Catalogue& catalogue,
                                   const std::vector<Reach>& models)
    : frame_(std::make_shared<Frame>(source.frame)) {
  Mistakes mistakes;
  changes_ = Targets(source, catalogue, models).read(mistakes);
  mistakes.throw_if_any(Fault::scenario);
}

SharedChanges ParameterChanges::on(const Parameter& parameter) const {
  SharedChanges changes;
  for (const auto& change : changes_) {
    if (change->parameter == &parameter) changes.push_back(change);
  }
  return changes;
}

void ParameterChanges::enter(Settings& settings) {
  Mistakes mistakes;
  Changer changer(frame_, entered_, mistakes);
  std::set<const Parameter*> done;
  for (const auto& change : changes_) {
    const Parameter& parameter = change->list != nullptr ? *change->list : *change->parameter;
    if (!done.insert(&parameter).second) continue;
    if (change->list != nullptr) {
      if (auto blocks = changed_blocks(settings, parameter, changer)) {
        settings.change(parameter, std::move(blocks));
      }
    } else if (auto value = changer.change(parameter, settings.setting(parameter), on(parameter))) {
      settings.change(parameter, std::move(value));
    }
  }
  require_blocks(settings, mistakes);
  mistakes.throw_if_any(Fault::scenario);
}

std::shared_ptr<const ChangedValue> ParameterChanges::changed_blocks(const Settings& settings,
                                                                     const Parameter& list,
                                                                     Changer& changer) {
  auto blocks = std::make_shared<Blocks>();
  blocks->blocks = blocks_of(settings, list);
  for (Blocks::Block& block : blocks->blocks) {
    const std::string name = name_of(list, block);
    for (const Parameter* field : list.fields) {
      SharedChanges changes = on(*field);
      std::erase_if(changes, [&](const auto& change) {
        return !change->of.empty() && !contains(change->of, name);
      });
      if (changes.empty()) continue;
      Setting& setting = block.values.at(field->name);
      setting.changed = changer.change(*field, setting, changes);
    }
  }
  return std::make_shared<ChangedValue>(
      ChangedValue{std::shared_ptr<const Blocks>(std::move(blocks))});
}

/// The blocks that interventions name must be there.
void ParameterChanges::require_blocks(const Settings& settings, Mistakes& mistakes) const {
  for (const auto& change : changes_) {
    if (change->list == nullptr) continue;
    std::vector<std::string> names;
    for (const Blocks::Block& block : blocks_of(settings, *change->list)) {
      names.push_back(name_of(*change->list, block));
    }
    for (const std::string& name : change->of) {
      if (contains(names, name)) continue;
      mistakes.add(change->about(p::intervention_of,
                                 fmt::format("no [[{}]] is called '{}'", change->list->name, name),
                                 names.empty() ? "leave it out" : nearest_or_all(name, names)));
    }
  }
}

void ParameterChanges::require_something() const {
  Mistakes mistakes;
  for (const auto& change : changes_) {
    const std::string& name = change->parameter->name;
    std::size_t there = 0;
    std::size_t read = 0;
    for (const Entered& entered : entered_) {
      const auto& of = entered.changes;
      if (std::find(of.begin(), of.end(), change) == of.end()) continue;
      ++there;
      read += entered.read() ? 1 : 0;
    }
    const bool named = change->list != nullptr && !change->of.empty();
    if (there < (named ? change->of.size() : 1)) {
      mistakes.add(change->about(
          p::intervention_on,
          fmt::format("{} '{}'",
                      there == 0 ? "the scenario does not give" : "not all that it is of have",
                      name),
          "give it, or leave it out here"));
    } else if (read < (named ? there : 1)) {
      mistakes.add(change->about(p::intervention_on,
                                 fmt::format("nothing in this scenario reads '{}'", name),
                                 "leave it out, or act on what the scenario reads in its place"));
    } else if (!change->has_something) {
      mistakes.add(change->about(
          p::intervention_on,
          fmt::format("all figures of '{}' that it is about are 0, and stay 0", name),
          "give the parameter figures to be changed, or say whom it is about otherwise"));
    }
  }
  mistakes.throw_if_any(Fault::scenario);
}

}  // namespace kohort
