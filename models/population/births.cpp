#include "models/population/births.hpp"

#include <algorithm>

#include "engine/kernels/reference/cohort.hpp"

namespace kohort::population {

namespace kernel = kernels::reference;

namespace {

/// The women of one age group, at both ends of the interval.
class Mothers {
 public:
  Mothers(Interval interval, const Frame& frame, const Rates& rates, const Conventions& conventions,
          PopulationState& state)
      : interval_(interval),
        frame_(frame),
        rates_(rates),
        conventions_(conventions),
        state_(state) {}

  kernel::Women of_age(Sex female, Age age) {
    stand_at_start(female, age);
    stand_at_end(female, age);
    return {state_.workspace.women_at_start, state_.workspace.women_at_end};
  }

 private:
  /// By age at the event, the women who were of that age then; they are about to enter the row
  /// above. By age at the year's end, the cohort that is about to reach that age.
  void stand_at_start(Sex female, Age age) {
    const bool at_event = rates_.fertility_ages == AgeDefinition::at_event;
    const CohortRow row(age.position() + (at_event ? 1 : 0));
    auto& start = state_.workspace.women_at_start;
    const auto at_risk = std::as_const(state_.at_risk).slab(female, row);
    std::copy(at_risk.begin(), at_risk.end(), start.begin());
    if (conventions_.fertility_exposure != FertilityExposure::adjusted_stocks) return;
    const auto joined = std::as_const(state_.joined_at_start).slab(female, row);
    std::transform(start.begin(), start.end(), joined.begin(), start.begin(), std::plus<>());
  }

  void stand_at_end(Sex female, Age age) {
    auto& end = state_.workspace.women_at_end;
    if (conventions_.fertility_exposure != FertilityExposure::before_migrants) {
      const auto persons = std::as_const(state_.persons).slab(female, age);
      std::copy(persons.begin(), persons.end(), end.begin());
      return;
    }
    const CohortRow row(age.position());
    const auto at_risk = std::as_const(state_.at_risk).slab(female, row);
    kernel::spread(rates_.dying.at(interval_).slab(female, row), end);
    std::transform(end.begin(), end.end(), at_risk.begin(), end.begin(),
                   [](double dying, double persons) { return persons * (1.0 - dying); });
  }

  Interval interval_;
  const Frame& frame_;
  const Rates& rates_;
  const Conventions& conventions_;
  PopulationState& state_;
};

/// Enters the births to mothers of one age by the child's sex, group and area.
class Nursery {
 public:
  Nursery(Interval interval, const Frame& frame, const Rates& rates, PopulationState& state)
      : frame_(frame),
        boys_(rates.share_of_boys.at(interval)),
        groups_(rates.newborn_groups.at(interval)),
        state_(state) {}

  void receive(Age mothers_age, std::span<const double> born) {
    for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
      for (const Group mother : positions<Group>(frame_.group_count())) {
        for (const ToGroup child : positions<ToGroup>(frame_.group_count())) {
          for (const Area area : positions<Area>(frame_.areas.size())) {
            const double share = share_of(sex, mother, area) * groups_(mother, child, area);
            if (share > 0.0) enter({sex, mothers_age}, mother, child, area, share, born);
          }
        }
      }
    }
  }

 private:
  struct Cell {
    Sex sex;
    Age mothers_age;
  };

  double share_of(Sex sex, Group mother, Area area) const {
    const double boys = boys_(mother, area);
    return frame_.sexes[sex.position()] == "male" ? boys : 1.0 - boys;
  }

  void enter(Cell cell, Group mother, ToGroup child, Area area, double share,
             std::span<const double> born) {
    const std::size_t place = mother.position() * frame_.areas.size() + area.position();
    const auto source = born.subspan(place * state_.draws, state_.draws);
    const Group group(child.position());
    const auto births = state_.flow(Flow::births).slab(cell.sex, cell.mothers_age, group, area);
    const auto newborn = state_.at_risk.slab(cell.sex, CohortRow(0), group, area);
    for (std::size_t draw = 0; draw < state_.draws; ++draw) {
      births[draw] += share * source[draw];
      newborn[draw] += share * source[draw];
    }
  }

  const Frame& frame_;
  const BirthShareTable& boys_;
  const NewbornTable& groups_;
  PopulationState& state_;
};

}  // namespace

void bear(Interval interval, const Frame& frame, const Rates& rates, const Conventions& conventions,
          PopulationState& state) {
  const auto women = frame.position_of("female");
  if (!women) return;
  const FertilityTable& fertility = rates.fertility.at(interval);
  Mothers mothers(interval, frame, rates, conventions, state);
  Nursery nursery(interval, frame, rates, state);
  auto& [dying, leaving, rate, arrivals, exposed, start, end, born] = state.workspace;
  for (const Age age : positions<Age>(frame.ages())) {
    const auto rates_of_age = fertility.slab(age);
    if (std::all_of(rates_of_age.begin(), rates_of_age.end(), [](double f) { return f == 0.0; })) {
      continue;
    }
    kernel::spread(rates_of_age, rate);
    std::fill(born.begin(), born.end(), 0.0);
    kernel::bear(mothers.of_age(*women, age), rate, frame.step, born);
    nursery.receive(age, born);
  }
}

}  // namespace kohort::population
