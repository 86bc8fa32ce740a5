#include "models/care/levers.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/model/frame_groups.hpp"
#include "models/care/parameters.hpp"

namespace kohort::care {

namespace p = parameters;

namespace {

/// A lever that would change nothing at all.
void check_effect(const Lever& lever, const Source& source, Mistakes& mistakes) {
  const LeverBlock& block = lever.block();
  if (lever.on_changes() && source.settings[p::method] != Method::multistate) {
    mistakes.add(block.about_on(
        fmt::format("'{}' is about changes of state, and care.method = \"prevalence\" has none",
                    block.what),
        "leave the lever out, or set care.method = \"multistate\""));
  }
  const auto text = block.settings.maybe(block.fields->ages);
  if (!text) return;
  const AgesRead ages = ages_of(*text, source.frame);
  // Who becomes of age has the shares of that age; the first change is to the age after it.
  const auto first = static_cast<int>(source.settings[p::first_age]) + (lever.on_changes() ? 1 : 0);
  if (!ages.group || source.frame.first_age(ages.group->last) >= first) return;
  mistakes.add(block.settings.mistake(
      block.fields->ages, fmt::format("at '{}' there is nothing that it works on", *text),
      fmt::format("name ages of {} and above", first)));
}

/// A unit costs the same whoever gets it.
void check_price(const LeverBlock& block, Mistakes& mistakes) {
  const std::string what = "prices do not tell users apart by sex and age";
  if (!block.settings[block.fields->sexes].empty()) {
    mistakes.add(block.settings.mistake(block.fields->sexes, what, "leave it out"));
  }
  if (block.settings.given(block.fields->ages)) {
    mistakes.add(block.settings.mistake(block.fields->ages, what, "leave it out"));
  }
}

}  // namespace

Lever::Lever(LeverBlock block, Mistakes& mistakes)
    : block_(std::move(block)), on_(meaning(p::lever_on, block_.what)) {
  if (!services().empty() && on_changes()) {
    mistakes.add(block_.about_of("this lever is not on services", "leave it out"));
  }
  if (on_ == LeverOn::price) check_price(block_, mistakes);
}

bool Lever::on_changes() const {
  const auto& all = care::on_changes;
  return std::find(all.begin(), all.end(), on_) != all.end();
}

std::vector<Lever> read_levers(const Source& source) {
  Mistakes mistakes;
  std::vector<Lever> levers;
  const LeverList list{"care",
                       p::levers,
                       p::lever_on,
                       p::lever_fields,
                       &p::lever_services,
                       {{"last_state", "give a factor, or act on onset and worsening"}}};
  for (LeverBlock& block : lever_blocks(source, list, mistakes)) {
    check_effect(levers.emplace_back(std::move(block), mistakes), source, mistakes);
  }
  mistakes.throw_if_any(Fault::scenario);
  return levers;
}

bool is_on(LeverOn on, CareState from, CareState to, std::size_t states) {
  const CareState last(states - 1);
  switch (on) {
    case LeverOn::onset:
      return from == CareState(0) && to > from;
    case LeverOn::worsening:
      return from != CareState(0) && to > from;
    case LeverOn::recovery:
      return to < from;
    case LeverOn::last_state:
      return from != last && to == last;
    case LeverOn::coverage:
    case LeverOn::volume:
    case LeverOn::price:
      return false;
  }
  return false;
}

CareState instead_of(LeverOn on, CareState from, std::size_t states) {
  // Whoever does not get into the last state is in the one before it.
  return on == LeverOn::last_state ? CareState(states - 2) : from;
}

ChangeEffects effects_on_changes(const std::vector<Lever>& levers) {
  ChangeEffects effects;
  for (std::size_t kind = 0; kind < on_changes.size(); ++kind) {
    for (const Lever& lever : levers) {
      if (lever.on() == on_changes[kind]) effects[kind].push_back(lever.effect());
    }
  }
  return effects;
}

namespace {

/// Who changes state, and when.
struct Changing {
  Interval interval;
  Sex sex;
  Age age;
  Area area;
};

RateChange change(const Lever& lever, const Changing& who) {
  return lever.effect().at(who.interval, who.sex, who.age, who.area);
}

/// What the levers that are on something make of it.
RateChange all_changes(const std::vector<Lever>& levers, LeverOn on, const Changing& who) {
  RateChange all;
  for (const Lever& lever : levers) {
    if (lever.on() == on) all *= change(lever, who);
  }
  return all;
}

/// The transitions of one cell.
class Cell {
 public:
  Cell(TransitionTable& table, Sex sex, CareAge age, Area area)
      : table_(table), sex_(sex), age_(age), area_(area) {}

  double& chance(CareState from, CareState to) {
    return table_(sex_, age_, from, ToState(to.position()), area_);
  }
  /// Changes the chances that a lever is on. There is nothing to add to a chance of none.
  void change(LeverOn on, const RateChange& by) {
    if (by == RateChange{}) return;
    const std::size_t states = table_.extent<CareState>();
    for (const CareState from : positions<CareState>(states)) {
      double factor = by.factor;
      if (by.shift != 0.0) {
        const double before = sum(on, from);
        if (before == 0.0) continue;
        factor = by.of(before) / before;
      }
      for (const CareState to : positions<CareState>(states)) {
        if (is_on(on, from, to, states)) multiply(from, to, factor, instead_of(on, from, states));
      }
    }
  }
  /// None is negative.
  bool are_chances() {
    const std::size_t states = table_.extent<CareState>();
    for (const CareState from : positions<CareState>(states)) {
      for (const CareState to : positions<CareState>(states)) {
        if (chance(from, to) < 0.0) return false;
      }
    }
    return true;
  }

 private:
  double sum(LeverOn on, CareState from) {
    const std::size_t states = table_.extent<CareState>();
    double sum = 0.0;
    for (const CareState to : positions<CareState>(states)) {
      if (is_on(on, from, to, states)) sum += chance(from, to);
    }
    return sum;
  }
  /// Multiplies a chance; being in `instead` makes up for it.
  void multiply(CareState from, CareState to, double factor, CareState instead) {
    const double before = chance(from, to);
    chance(from, to) = before * factor;
    chance(from, instead) += before - before * factor;
  }

  TransitionTable& table_;
  Sex sex_;
  CareAge age_;
  Area area_;
};

/// Of the levers on changes the one that changes most: it takes more than there is.
const Lever& strongest(const std::vector<Lever>& levers, const Changing& who) {
  const auto strength = [&](const Lever& lever) {
    if (!lever.on_changes()) return 0.0;
    const RateChange by = change(lever, who);
    return by.factor + std::abs(by.shift);
  };
  return *std::max_element(levers.begin(), levers.end(), [&](const Lever& one, const Lever& other) {
    return strength(one) < strength(other);
  });
}

[[noreturn]] void refuse(const Lever& lever, const Frame& frame, const Changing& who) {
  const RateChange by = change(lever, who);
  const std::string how = lever.effect().is_shift() ? fmt::format("{:+.3g} on", by.shift)
                                                    : fmt::format("{:.3g} times", by.factor);
  throw Error(
      Fault::scenario,
      lever.block().about_size(
          fmt::format("with {} the chances of '{}' more than all would leave a state of "
                      "care in {} in area {} ({}, age {})",
                      how, lever.block().what, frame.end_of(who.interval).value(),
                      frame.areas[who.area.position()].code, frame.sexes[who.sex.position()],
                      frame.first_age(who.age)),
          lever.effect().is_shift() ? "choose a smaller shift" : "choose a smaller factor"));
}

/// With two states those who enter care enter the last: what one lever adds the other would take
/// a part of.
void require_apart(const std::vector<Lever>& levers, std::size_t states) {
  if (states > 2) return;
  const bool any_last = std::any_of(levers.begin(), levers.end(), [](const Lever& lever) {
    return lever.on() == LeverOn::last_state;
  });
  for (const Lever& lever : levers) {
    if (!any_last || lever.on() != LeverOn::onset || !lever.effect().is_shift()) continue;
    throw Error(Fault::scenario,
                lever.block().about_size("with two states of care, whoever enters care enters the "
                                         "last of them, on which there is a lever too",
                                         "let both be on onset"));
  }
}

}  // namespace

void pull(const std::vector<Lever>& levers, const Frame& frame, const CareFrame& care,
          Interval interval, TransitionTable& transitions) {
  if (levers.empty()) return;
  require_apart(levers, care.states.size());
  for (const Sex sex : positions<Sex>(frame.sexes.size())) {
    for (const CareAge age : positions<CareAge>(care.ages(frame))) {
      for (const Area area : positions<Area>(frame.areas.size())) {
        const Changing who{interval, sex, care.age_of(age), area};
        Cell cell(transitions, sex, age, area);
        for (const LeverOn on : on_changes) cell.change(on, all_changes(levers, on, who));
        if (!cell.are_chances()) refuse(strongest(levers, who), frame, who);
      }
    }
  }
}

}  // namespace kohort::care
