#include "models/care/levers.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/base/nearest.hpp"
#include "engine/model/frame_groups.hpp"

namespace kohort::care {

namespace p = parameters;

Lever::Lever(const Settings& block, const Frame& frame, Mistakes& mistakes)
    : block_(block),
      frame_(frame),
      on_(block[p::lever_on]),
      full_(block[p::lever_factor]),
      reach_(block[p::lever_reach]),
      services_(block[p::lever_services]),
      phase_in_(static_cast<int>(block[p::lever_phase_in])) {
  read_people(mistakes);
  read_years(mistakes);
  if (!services_.empty() && on_ != LeverOn::coverage && on_ != LeverOn::volume) {
    mistakes.add(block.mistake(p::lever_services, "this lever is not on services", "leave it out"));
  }
}

void Lever::read_people(Mistakes& mistakes) {
  for (const std::string& name : block_[p::lever_areas]) {
    const std::vector<Area> called = areas_called(name, frame_);
    areas_.insert(called.begin(), called.end());
    if (!called.empty()) continue;
    const auto meant = nearest(name, names_of_areas(frame_));
    mistakes.add(block_.mistake(
        p::lever_areas, fmt::format("no area and no group is called '{}'", name),
        meant ? fmt::format("did you mean '{}'?", *meant) : "write codes, or names of groups"));
  }
  for (const std::string& name : block_[p::lever_sexes]) {
    if (const auto sex = frame_.position_of(name)) {
      sexes_.insert(*sex);
    } else {
      mistakes.add(
          block_.mistake(p::lever_sexes, fmt::format("found '{}'", name), "write female or male"));
    }
  }
  ages_ = {"", Age(0), Age(frame_.ages() - 1)};
  if (const auto text = block_.maybe(p::lever_ages)) {
    AgesRead read = ages_of(*text, frame_);
    if (read.group) {
      ages_ = *read.group;
    } else {
      mistakes.add(block_.mistake(p::lever_ages, std::move(read.what), std::move(read.remedy)));
    }
  }
}

void Lever::read_years(Mistakes& mistakes) {
  const int first = frame_.end_of(Interval(0)).value();
  const int last = frame_.end_year().value();
  from_ = static_cast<int>(block_.maybe(p::lever_from).value_or(first));
  to_ = static_cast<int>(block_.maybe(p::lever_to).value_or(last));
  if (from_ <= to_ && to_ >= first && from_ <= last) return;
  const bool from = block_.given(p::lever_from);
  mistakes.add(block_.mistake(from ? static_cast<const Parameter&>(p::lever_from) : p::lever_to,
                              fmt::format("no year of the projection lies in {}-{}", from_, to_),
                              fmt::format("its years are {} to {}", first, last)));
}

double Lever::factor(Interval interval, Sex sex, Age age, Area area) const {
  const int year = frame_.end_of(interval).value();
  const bool meant = year >= from_ && year <= to_ && age >= ages_.first && age <= ages_.last &&
                     (areas_.empty() || areas_.contains(area)) &&
                     (sexes_.empty() || sexes_.contains(sex));
  if (!meant) return 1.0;
  const double in_effect = std::min(1.0, static_cast<double>(year - from_ + 1) / phase_in_);
  return 1.0 + (full_ - 1.0) * reach_ * in_effect;
}

std::vector<Lever> read_levers(const Source& source) {
  Mistakes mistakes;
  std::vector<Lever> levers;
  for (const Settings& block : source.settings[p::levers]) {
    levers.emplace_back(block, source.frame, mistakes);
  }
  mistakes.throw_if_any(Fault::scenario);
  return levers;
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
            levers.front().block().mistake(
                p::lever_factor,
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
