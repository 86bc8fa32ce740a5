#include "models/care/cohort.hpp"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "engine/base/wide.hpp"
#include "engine/kernels/fast/kernels.hpp"
#include "engine/kernels/reference/cohort.hpp"
#include "models/care/chance.hpp"

namespace kohort::care {

using kernels::reference::spread;

CareCohort::CareCohort(const Scene& scene, const partition::PartSite& site, CareStock& stock,
                       CareLedger& ledger)
    : scene_(scene),
      rates_(scene.projection.rates()),
      site_(site),
      age_(site.age.position() - rates_.care.first_age.position()),
      stock_(stock),
      ledger_(ledger),
      follower_(scene.following, site, stock.persons.as<double>(), ledger.workspace) {}

void CareCohort::set_out() {
  if (age_ == CareAge(0)) return;
  follower_.grow_older();
  follower_.take_movers();
  follower_.enter();
}

void CareCohort::settle() {
  weigh_shares(rates_.prevalence[site_.interval.position()], site_, age_, ledger_.weights,
               ledger_.workspace.shares, ledger_.workspace.count);
  if (age_ == CareAge(0)) {
    become_of_age();
  } else {
    follower_.take_up();
    move();
    follower_.receive_immigrants();
    follower_.take_deaths(rates_.odds_of_dying.slab(site_.sex));
    change_state();
  }
  follower_.enter();
}

/// Movers take their states with them. Where they come from elsewhere or from abroad, they are as
/// those who live where they come to.
void CareCohort::move() {
  follower_.bring_movers();
  follower_.take_emigrants();
  follower_.join();
}

void CareCohort::change_state() {
  auto& work = ledger_.workspace;
  const std::size_t states = rates_.care.states.size();
  ledger_.changed.clear();
  if (!stock_.level.empty()) gather_answers();
  for (const CareState from : positions<CareState>(states)) {
    gather_chances(from);
    ledger_.changes.clear();
    for (const CareState to : positions<CareState>(states)) {
      if (to == from) continue;
      ledger_.changes.push_back({to, std::as_const(ledger_.chances)[to], ledger_.changing[to]});
    }
    scene_.following.events.change(
        site_, {from, event_of(Drawn::change), std::as_const(work.people)[from]}, ledger_.changes,
        ledger_.changing[from]);
    ledger_.changed.add(ledger_.changing);
  }
  std::swap(work.people, ledger_.changed);
}

/// By what a draw multiplies the chances of getting into each state, whence people may come. With
/// them its shares, too, lead from year to year: a draw with more care than expected keeps it. To
/// the first order in its departures, which are those of log-odds; how nearly, is measured by
/// tests/care/paths_test.cpp.
void CareCohort::gather_answers() const {
  const ResponseTable& responses = rates_.responses[site_.interval.position()];
  const auto& departures = std::as_const(ledger_.departures);
  const std::size_t draws = stock_.block.count;
  for (const CareState to : positions<CareState>(rates_.care.states.size())) {
    const partition::Slab answer = ledger_.answers[to];
    std::fill(answer.begin(), answer.end(), 0.0);
    bool any = false;
    for (const Departure of : positions<Departure>(departures.extent<Departure>())) {
      const auto slopes = of_areas(responses.slab(site_.sex, age_, of, ToState(to.position())));
      const auto apart = departures.slab(of).subspan(site_.first.position() * draws, answer.size());
      for (std::size_t area = 0; area < slopes.size(); ++area) {
        if (slopes[area] == 0.0) continue;
        any = true;
        const std::size_t end = (area + 1) * draws;
        for (std::size_t at = area * draws; at < end; ++at) answer[at] += slopes[area] * apart[at];
      }
    }
    if (any) {
      kernels::fast::kernels<double>().exponentials(answer, answer);
    } else {
      std::fill(answer.begin(), answer.end(), 1.0);
    }
  }
}

/// The chances of each draw to be in another state at the year's end.
KOHORT_WIDE void CareCohort::gather_chances(CareState from) const {
  auto& work = ledger_.workspace;
  const TransitionTable& table = rates_.transitions[site_.interval.position()];
  const std::size_t states = rates_.care.states.size();
  const bool pulled = any_levers();
  if (pulled) pull_levers(from);
  std::fill(work.count.begin(), work.count.end(), 0.0);
  for (const CareState to : positions<CareState>(states)) {
    const auto chances = of_areas(table.slab(site_.sex, age_, from, ToState(to.position())));
    const auto answer = std::as_const(ledger_.answers)[to];
    const partition::Slab chance = ledger_.chances[to];
    if (!pulled) spread(chances, chance);
    for (std::size_t at = 0; at < chance.size(); ++at) {
      chance[at] *= answer[at];
      work.count[at] += chance[at];
    }
  }
  for (double& sum : work.count) sum = 1.0 / sum;
  for (const CareState to : positions<CareState>(states)) {
    const partition::Slab chance = ledger_.chances[to];
    for (std::size_t at = 0; at < chance.size(); ++at) chance[at] *= work.count[at];
  }
}

bool CareCohort::any_levers() const {
  return std::any_of(stock_.levers.begin(), stock_.levers.end(),
                     [](const DrawnLevers& levers) { return levers.any(); });
}

/// The chances as expected, and what each draw makes of levers beyond that.
void CareCohort::pull_levers(CareState from) const {
  const TransitionTable& table = rates_.transitions[site_.interval.position()];
  for (const CareState to : positions<CareState>(rates_.care.states.size())) {
    spread(of_areas(table.slab(site_.sex, age_, from, ToState(to.position()))),
           ledger_.chances[to]);
  }
  for (std::size_t kind = 0; kind < on_changes.size(); ++kind) {
    if (stock_.levers[kind].any()) pull_levers(kind, from);
  }
}

/// The chances that levers are on change in one proportion; being elsewhere makes up for it.
void CareCohort::pull_levers(std::size_t kind, CareState from) const {
  const std::size_t states = rates_.care.states.size();
  const LeverOn on = on_changes[kind];
  std::vector<double>& pulled = ledger_.pulled;
  std::fill(pulled.begin(), pulled.end(), 0.0);
  for (const CareState to : positions<CareState>(states)) {
    if (!is_on(on, from, to, states)) continue;
    const partition::ConstSlab chance = std::as_const(ledger_.chances)[to];
    std::transform(pulled.begin(), pulled.end(), chance.begin(), pulled.begin(), std::plus<>());
  }
  std::vector<double>& before = ledger_.workspace.count;
  std::copy(pulled.begin(), pulled.end(), before.begin());
  stock_.levers[kind].apply(site_.sex, site_.age, site_.first, pulled);
  const partition::Slab instead = ledger_.chances[instead_of(on, from, states)];
  for (std::size_t at = 0; at < pulled.size(); ++at) {
    if (before[at] == 0.0) continue;
    const double factor = pulled[at] / before[at];
    for (const CareState to : positions<CareState>(states)) {
      if (is_on(on, from, to, states)) ledger_.chances[to][at] *= factor;
    }
    instead[at] += before[at] - pulled[at];
    if (pulled[at] >= 0.0 && instead[at] >= 0.0) continue;
    throw stock_.levers[kind].refusal(fmt::format(
        "more than all would leave '{}' in area {} in {}", rates_.care.states[from.position()].name,
        scene_.projection.frame().areas[site_.first.position() + at / stock_.block.count].code,
        scene_.projection.frame().end_of(site_.interval).value()));
  }
}

/// Nobody knows the states of those who were too young; those who reach the first age have the
/// shares of that age.
void CareCohort::become_of_age() {
  auto& work = ledger_.workspace;
  const partition::ConstSlab all = scene_.following.people.state.persons.slab(site_.sex, site_.age);
  const partition::ConstSlab people =
      all.subspan(site_.first.position() * stock_.block.count, work.count.size());
  scene_.following.events.divide(site_, event_of(Drawn::entry), people, work.shares, work.people);
}

KOHORT_WIDE void weigh_shares(const PrevalenceTable& table, const partition::PartSite& site,
                              CareAge age, const DeviationTable& weights,
                              partition::PartSlabs& shares, std::span<double> room) {
  const std::size_t states = shares.parts();
  const std::size_t draws = weights.extent<Draw>();
  const std::size_t first = site.first.position();
  std::fill(room.begin(), room.end(), 0.0);  // for the sum
  for (const CareState state : positions<CareState>(states)) {
    const partition::Slab share = shares[state];
    const auto of_state = weights.slab(state).subspan(first * draws, share.size());
    spread(table.slab(site.sex, age, state).subspan(first, share.size() / draws), share);
    std::transform(share.begin(), share.end(), of_state.begin(), share.begin(),
                   std::multiplies<>());
    std::transform(room.begin(), room.end(), share.begin(), room.begin(), std::plus<>());
  }
  for (double& sum : room) sum = 1.0 / sum;
  for (const CareState state : positions<CareState>(states)) {
    const partition::Slab share = shares[state];
    for (std::size_t at = 0; at < share.size(); ++at) share[at] *= room[at];
  }
}

}  // namespace kohort::care
