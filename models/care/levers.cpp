#include "models/care/levers.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/model/frame_groups.hpp"
#include "models/care/parameters.hpp"

namespace kohort::care {

namespace p = parameters;

namespace {

bool is_on_changes(LeverOn on) { return on != LeverOn::coverage && on != LeverOn::volume; }

std::string word_of(LeverOn on) {
  const auto& words = p::lever_on.words;
  return std::find_if(words.begin(), words.end(),
                      [&](const auto& word) { return word.second == on; })
      ->first;
}

/// A lever that would change nothing at all.
void check_effect(const Lever& lever, const Source& source, Mistakes& mistakes) {
  if (is_on_changes(lever.on()) && source.settings[p::method] != Method::multistate) {
    mistakes.add(lever.block().mistake(
        p::lever_on,
        fmt::format("'{}' is about changes of state, and care.method = \"prevalence\" has none",
                    word_of(lever.on())),
        "leave the lever out, or set care.method = \"multistate\""));
  }
  const auto text = lever.block().maybe(p::lever_fields.ages);
  if (!text) return;
  const AgesRead ages = ages_of(*text, source.frame);
  // Who becomes of age has the shares of that age; the first change is to the age after it.
  const auto first =
      static_cast<int>(source.settings[p::first_age]) + (is_on_changes(lever.on()) ? 1 : 0);
  if (!ages.group || source.frame.first_age(ages.group->last) >= first) return;
  mistakes.add(lever.block().mistake(
      p::lever_fields.ages, fmt::format("at '{}' there is nothing that it works on", *text),
      fmt::format("name ages of {} and above", first)));
}

}  // namespace

Lever::Lever(const Settings& block, const Frame& frame, Mistakes& mistakes)
    : block_(block),
      on_(block[p::lever_on]),
      factor_(block, frame, p::lever_fields, mistakes),
      services_(block[p::lever_services]) {
  if (!services_.empty() && on_ != LeverOn::coverage && on_ != LeverOn::volume) {
    mistakes.add(block.mistake(p::lever_services, "this lever is not on services", "leave it out"));
  }
}

std::vector<Lever> read_levers(const Source& source) {
  Mistakes mistakes;
  std::vector<Lever> levers;
  for (const Settings& block : source.settings[p::levers]) {
    levers.emplace_back(block, source.frame, mistakes);
    check_effect(levers.back(), source, mistakes);
  }
  mistakes.throw_if_any(Fault::scenario);
  return levers;
}

namespace {

/// Who changes state, and when.
struct Changing {
  Interval interval;
  Sex sex;
  Age age;
  Area area;
};

double factor(const Lever& lever, const Changing& who) {
  return lever.factor(who.interval, who.sex, who.age, who.area);
}

/// The product of the factors of those levers that are on something.
double product(const std::vector<Lever>& levers, LeverOn on, const Changing& who) {
  double product = 1.0;
  for (const Lever& lever : levers) {
    if (lever.on() == on) product *= factor(lever, who);
  }
  return product;
}

/// The transitions of one cell.
class Cell {
 public:
  Cell(TransitionTable& table, Sex sex, CareAge age, Area area)
      : table_(table), sex_(sex), age_(age), area_(area) {}

  double& chance(std::size_t from, std::size_t to) {
    return table_(sex_, age_, CareState(from), ToState(to), area_);
  }
  /// Multiplies a chance; staying, or being in `instead`, makes up for it.
  void multiply(std::size_t from, std::size_t to, double factor, std::size_t instead) {
    const double before = chance(from, to);
    chance(from, to) = before * factor;
    chance(from, instead) += before - before * factor;
  }
  /// None is negative.
  bool are_chances() {
    const std::size_t states = table_.extent<CareState>();
    for (std::size_t from = 0; from < states; ++from) {
      for (std::size_t to = 0; to < states; ++to) {
        if (chance(from, to) < 0.0) return false;
      }
    }
    return true;
  }

 private:
  TransitionTable& table_;
  Sex sex_;
  CareAge age_;
  Area area_;
};

struct CellFactors {
  double onset = 1.0;
  double worsening = 1.0;
  double recovery = 1.0;
  double last_state = 1.0;
};

void pull(const CellFactors& factors, std::size_t states, Cell cell) {
  const std::size_t last = states - 1;
  for (std::size_t from = 0; from < states; ++from) {
    for (std::size_t to = 0; to < states; ++to) {
      if (to > from) cell.multiply(from, to, from == 0 ? factors.onset : factors.worsening, from);
      if (to < from) cell.multiply(from, to, factors.recovery, from);
    }
    // Whoever does not get into the last state is in the one before it.
    if (from != last) cell.multiply(from, last, factors.last_state, last - 1);
  }
}

/// Of the levers on changes the one with the largest factor: it takes more than there is.
const Lever& strongest(const std::vector<Lever>& levers, const Changing& who) {
  const auto strength = [&](const Lever& lever) {
    return is_on_changes(lever.on()) ? factor(lever, who) : 0.0;
  };
  return *std::max_element(levers.begin(), levers.end(), [&](const Lever& one, const Lever& other) {
    return strength(one) < strength(other);
  });
}

[[noreturn]] void refuse(const Lever& lever, const Frame& frame, const Changing& who) {
  throw Error(
      Fault::scenario,
      lever.block().mistake(
          p::lever_fields.factor,
          fmt::format("with {:.3g} times the chances of '{}' more than all would leave a "
                      "state of care in {} in area {} ({}, age {})",
                      factor(lever, who), word_of(lever.on()), frame.end_of(who.interval).value(),
                      frame.areas[who.area.position()].code, frame.sexes[who.sex.position()],
                      frame.first_age(who.age)),
          "choose a smaller factor"));
}

}  // namespace

void pull(const std::vector<Lever>& levers, const Frame& frame, const CareFrame& care,
          Interval interval, TransitionTable& transitions) {
  if (levers.empty()) return;
  for (const Sex sex : positions<Sex>(frame.sexes.size())) {
    for (const CareAge age : positions<CareAge>(care.ages(frame))) {
      for (const Area area : positions<Area>(frame.areas.size())) {
        const Changing who{interval, sex, care.age_of(age), area};
        const auto of = [&](LeverOn on) { return product(levers, on, who); };
        const CellFactors factors{of(LeverOn::onset), of(LeverOn::worsening), of(LeverOn::recovery),
                                  of(LeverOn::last_state)};
        Cell cell(transitions, sex, age, area);
        pull(factors, care.states.size(), cell);
        if (!cell.are_chances()) refuse(strongest(levers, who), frame, who);
      }
    }
  }
}

}  // namespace kohort::care
