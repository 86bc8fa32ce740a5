#include "models/care/levers.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "models/care/parameters.hpp"

namespace kohort::care {

namespace p = parameters;

Lever::Lever(LeverBlock block, LeverOn on, Mistakes& mistakes) : block_(std::move(block)), on_(on) {
  if (services().empty() || on_services()) return;
  mistakes.add(block_.about_of("this lever is not on services", "leave it out"));
}

std::vector<Lever> read_levers(const Source& source) {
  Mistakes mistakes;
  std::vector<Lever> levers;
  const LeverList list{"care", p::levers, p::lever_on, p::lever_fields, &p::lever_services};
  for (LeverBlock& block : lever_blocks(source.settings, source.frame, list, mistakes)) {
    const auto word = std::find_if(p::lever_on.words.begin(), p::lever_on.words.end(),
                                   [&](const auto& one) { return one.first == block.what; });
    const Lever& lever = levers.emplace_back(std::move(block), word->second, mistakes);
    if (lever.on_services() || source.settings[p::method] == Method::multistate) continue;
    mistakes.add(lever.block().about_on(
        "by this method nobody has a chance of changing state",
        "choose care.method = \"multistate\", or a lever on coverage or volume"));
  }
  mistakes.throw_if_any(Fault::scenario);
  return levers;
}

bool is_on_chance(LeverOn on, CareState from, CareState to, std::size_t states) {
  switch (on) {
    case LeverOn::onset:
      return from == CareState(0) && to > from;
    case LeverOn::worsening:
      return from != CareState(0) && to > from;
    case LeverOn::recovery:
      return to < from;
    case LeverOn::last_state:
      return from != CareState(states - 1) && to == CareState(states - 1);
    case LeverOn::coverage:
    case LeverOn::volume:
      return false;
  }
  return false;
}

CareState instead_of(LeverOn on, CareState from, std::size_t states) {
  return on == LeverOn::last_state ? CareState(states - 2) : from;
}

double product(const std::vector<Lever>& levers, LeverOn on, Interval interval, Sex sex, Age age,
               Area area) {
  double factor = 1.0;
  for (const Lever& lever : levers) {
    if (lever.on() == on) factor *= lever.factor(interval, sex, age, area);
  }
  return factor;
}

namespace {

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
  bool is_one() {
    const std::size_t states = table_.extent<CareState>();
    for (std::size_t from = 0; from < states; ++from) {
      if (chance(from, from) < 0.0) return false;
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

}  // namespace

void pull(const std::vector<Lever>& levers, const Frame& frame, const CareFrame& care,
          Interval interval, TransitionTable& transitions) {
  if (levers.empty()) return;
  for (const Sex sex : positions<Sex>(frame.sexes.size())) {
    for (const CareAge age : positions<CareAge>(care.ages(frame))) {
      for (const Area area : positions<Area>(frame.areas.size())) {
        const auto of = [&](LeverOn on) {
          return product(levers, on, interval, sex, care.age_of(age), area);
        };
        const CellFactors factors{of(LeverOn::onset), of(LeverOn::worsening), of(LeverOn::recovery),
                                  of(LeverOn::last_state)};
        Cell cell(transitions, sex, age, area);
        pull(factors, care.states.size(), cell);
        if (cell.is_one()) continue;
        throw Error(
            Fault::scenario,
            levers.front().block().about_factor(
                fmt::format("in {} more than all would leave a state of care in area {} "
                            "({}, age {})",
                            frame.end_of(interval).value(), frame.areas[area.position()].code,
                            frame.sexes[sex.position()], frame.first_age(care.age_of(age))),
                "choose smaller factors"));
      }
    }
  }
}

}  // namespace kohort::care
