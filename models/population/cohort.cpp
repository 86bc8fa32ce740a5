#include "models/population/cohort.hpp"

#include <algorithm>
#include <utility>

namespace kohort::population {

namespace kernel = kernels::reference;

namespace {

void add(std::span<const double> what, std::span<double> to) {
  std::transform(to.begin(), to.end(), what.begin(), to.begin(), std::plus<>());
}

/// The slab of one group within a slab of all places.
template <class T>
std::span<T> of_group(std::span<T> slab, std::size_t group, std::size_t groups) {
  const std::size_t length = slab.size() / groups;
  return slab.subspan(group * length, length);
}

}  // namespace

void Cohort::live_through(Interval interval, Sex sex, CohortRow row) {
  interval_ = interval;
  sex_ = sex;
  row_ = row;
  age_ = frame_.age_of(row);
  if (rates_.multistate.empty()) {
    survive_and_move();
  } else {
    change_state(at_risk());
  }
  immigrate();
  migrate_net();
}

kernel::Risks Cohort::risks() const {
  const auto& work = state_.workspace;
  return {at_risk(), work.dying, work.leaving, exposure(), conventions_.leaving_rates};
}

void Cohort::survive_and_move() {
  kernel::spread(rates_.dying.at(interval_).slab(sex_, row_), state_.workspace.dying);
  gather_leaving();
  kernel::die(risks(), flow(Flow::deaths));
  kernel::stay(risks(), persons());
  emigrate();
  move();
  change_group();
}

/// All ways of leaving together, which compete with death.
void Cohort::gather_leaving() {
  auto& [dying, leaving, part, arrivals, exposed, start, end, born] = state_.workspace;
  std::fill(leaving.begin(), leaving.end(), 0.0);
  for (const Series<CellTable>* rates : {&rates_.emigrating, &rates_.moving}) {
    if (rates->empty()) continue;
    kernel::spread(rates->at(interval_).slab(sex_, row_), part);
    add(part, leaving);
  }
  if (rates_.transferring.empty()) return;
  const auto& transferring = rates_.transferring.at(interval_);
  const std::size_t groups = frame_.group_count();
  for (const Group from : positions<Group>(groups)) {
    for (const ToGroup to : positions<ToGroup>(groups)) {
      const auto rate = of_group(Slab(part), from.position(), groups);
      kernel::spread(transferring.slab(sex_, row_, from, to), rate);
      add(rate, of_group(Slab(leaving), from.position(), groups));
    }
  }
}

void Cohort::emigrate() {
  if (rates_.emigrating.empty()) return;
  auto& rate = state_.workspace.part;
  kernel::spread(rates_.emigrating.at(interval_).slab(sex_, row_), rate);
  kernel::leave(risks(), rate, flow(Flow::emigration));
}

void Cohort::move() {
  if (rates_.moving.empty()) return;
  auto& work = state_.workspace;
  auto& leavers = work.exposed;  // free until the movers arrive
  kernel::spread(rates_.moving.at(interval_).slab(sex_, row_), work.part);
  std::fill(leavers.begin(), leavers.end(), 0.0);
  kernel::leave(risks(), work.part, leavers);
  add(leavers, flow(Flow::domestic_out));

  const Destinations& destinations = rates_.destinations.at(interval_);
  const ConstSlab shares =
      destinations.shares.slab(sex_, destinations.class_of_row[row_.position()]);
  const std::size_t groups = frame_.group_count();
  std::fill(work.arrivals.begin(), work.arrivals.end(), 0.0);
  for (std::size_t group = 0; group < groups; ++group) {
    kernel::pool(of_group(ConstSlab(leavers), group, groups), shares, frame_.areas.size(),
                 of_group(Slab(work.arrivals), group, groups));
  }
  std::transform(work.arrivals.begin(), work.arrivals.end(), work.exposed.begin(),
                 [w = exposure()](double arrivals) { return w * arrivals; });
  arrive(Flow::domestic_in, work.dying);
}

void Cohort::change_group() {
  if (rates_.transferring.empty()) return;
  auto& work = state_.workspace;
  const auto& transferring = rates_.transferring.at(interval_);
  const std::size_t groups = frame_.group_count();
  std::fill(work.arrivals.begin(), work.arrivals.end(), 0.0);
  for (const Group from : positions<Group>(groups)) {
    const kernel::Risks all = risks();
    const kernel::Risks own{of_group(all.at_risk, from.position(), groups),
                            of_group(all.dying, from.position(), groups),
                            of_group(all.leaving, from.position(), groups), all.exposure,
                            all.measure};
    for (const ToGroup to : positions<ToGroup>(groups)) {
      const auto rate = of_group(Slab(work.part), from.position(), groups);
      const auto leavers = of_group(Slab(work.exposed), from.position(), groups);
      kernel::spread(transferring.slab(sex_, row_, from, to), rate);
      std::fill(leavers.begin(), leavers.end(), 0.0);
      kernel::leave(own, rate, leavers);
      add(leavers, of_group(flow(Flow::group_out), from.position(), groups));
      add(leavers, of_group(Slab(work.arrivals), to.position(), groups));
    }
  }
  std::transform(work.arrivals.begin(), work.arrivals.end(), work.exposed.begin(),
                 [w = exposure()](double arrivals) { return w * arrivals; });
  arrive(Flow::group_in, work.dying);
}

void Cohort::change_state(ConstSlab people) {
  const std::size_t places = frame_.places();
  const ConstSlab shares = rates_.multistate.at(interval_).shares.slab(sex_, row_);
  kernel::transition(shares, people, places, persons());
  for (std::size_t from = 0; from < places; ++from) record_exits(people, from, shares);
}

/// Enters where those who stood at one place went: to the dead, abroad, or to another place.
void Cohort::record_exits(ConstSlab people, std::size_t from, ConstSlab shares) {
  const std::size_t places = frame_.places();
  const std::size_t areas = frame_.areas.size();
  const double dying = rates_.multistate.at(interval_).dying_among_exits(
      sex_, row_, Group(from / areas), Area(from % areas));
  double present = 0.0;
  for (std::size_t to = 0; to < places; ++to) present += shares[to * places + from];
  for (std::size_t draw = 0; draw < state_.draws; ++draw) {
    const double n = people[from * state_.draws + draw];
    const std::size_t at = from * state_.draws + draw;
    flow(Flow::deaths)[at] += n * (1.0 - present) * dying;
    flow(Flow::emigration)[at] += n * (1.0 - present) * (1.0 - dying);
    for (std::size_t to = 0; to < places; ++to) {
      if (to == from) continue;
      const double movers = n * shares[to * places + from];
      const bool other_area = to % areas != from % areas;
      flow(other_area ? Flow::domestic_out : Flow::group_out)[at] += movers;
      flow(other_area ? Flow::domestic_in : Flow::group_in)[to * state_.draws + draw] += movers;
    }
  }
}

void Cohort::immigrate() {
  if (rates_.immigrants.empty()) return;
  auto& work = state_.workspace;
  const ArrivalCounts& immigrants = rates_.immigrants.at(interval_);
  kernel::spread(immigrants.persons.slab(sex_, row_), work.arrivals);
  kernel::spread(immigrants.at_start.slab(sex_, row_), work.exposed);
  const bool next = conventions_.immigrant_mortality == ImmigrantMortality::next_age &&
                    row_.position() > 0 && row_.position() + 1 < frame_.rows();
  if (next) {
    const CohortRow above(row_.position() + 1);
    kernel::spread(rates_.dying.at(interval_).slab(sex_, above), work.part);
  }
  arrive(Flow::immigration, next ? work.part : work.dying);
}

void Cohort::migrate_net() {
  auto& work = state_.workspace;
  if (!rates_.net_migrants.empty()) {
    const ArrivalCounts& migrants = rates_.net_migrants.at(interval_);
    kernel::spread(migrants.persons.slab(sex_, row_), work.arrivals);
    kernel::spread(migrants.at_start.slab(sex_, row_), work.exposed);
    arrive(Flow::net_migration, work.dying);
  }
  if (!rates_.net_migration_rate.empty()) {
    kernel::spread(rates_.net_migration_rate.at(interval_).slab(sex_, row_), work.arrivals);
    for (std::size_t at = 0; at < work.arrivals.size(); ++at) {
      work.arrivals[at] *= at_risk()[at];
      work.exposed[at] = exposure() * work.arrivals[at];
    }
    arrive(Flow::net_migration, work.dying);
  }
}

/// Lets in the arrivals of the workspace. In the multistate form those exposed to the interval live
/// through it as the residents do, in every respect.
void Cohort::arrive(Flow which, ConstSlab dying) {
  auto& work = state_.workspace;
  add(work.arrivals, flow(which));
  const bool from_outside = which == Flow::immigration || which == Flow::net_migration;
  if (from_outside) add(work.exposed, state_.joined_at_start.slab(sex_, row_));
  if (rates_.multistate.empty()) {
    kernel::arrive({work.arrivals, work.exposed}, dying, persons(), flow(Flow::deaths));
    return;
  }
  for (std::size_t at = 0; at < work.arrivals.size(); ++at) {
    persons()[at] += work.arrivals[at] - work.exposed[at];
  }
  change_state(work.exposed);
}

void Cohort::meet_target(Interval interval, Sex sex, Age age) {
  if (rates_.net_migration_target.empty()) return;
  interval_ = interval;
  sex_ = sex;
  row_ = CohortRow(age.position());
  age_ = age;
  auto& work = state_.workspace;
  kernel::spread(rates_.dying.at(interval).slab(sex, row_), work.dying);
  kernel::spread(rates_.net_migration_target.at(interval).slab(sex, age), work.arrivals);
  for (std::size_t at = 0; at < work.arrivals.size(); ++at) {
    const double gap = work.arrivals[at] - persons()[at];
    work.arrivals[at] = gap / (1.0 - exposure() * work.dying[at]);
    work.exposed[at] = exposure() * work.arrivals[at];
  }
  arrive(Flow::net_migration, work.dying);
}

}  // namespace kohort::population
