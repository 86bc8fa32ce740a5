#include "models/care/cohort.hpp"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "engine/base/error.hpp"

namespace kohort::care {

using population::Flow;

CareCohort::CareCohort(const Scene& scene, const CareSite& site, CareStock& stock,
                       CareLedger& ledger)
    : scene_(scene),
      frame_(scene.projection.frame()),
      rates_(scene.projection.rates()),
      site_(site),
      age_(site.age.position() - rates_.care.first_age.position()),
      stock_(stock),
      ledger_(ledger),
      alike_(rates_.care.states.size(), 1.0) {}

void CareCohort::live_through() {
  if (age_ == CareAge(0)) {
    become_of_age();
  } else {
    grow_older();
    move();
    come();
    die();
    change_state();
  }
  enter();
}

Slab CareCohort::stock(CareState state, CareAge age) const {
  return stock_.persons.slab(state, site_.sex, age);
}

ConstSlab CareCohort::flow(Flow which) const {
  return scene_.people.events.flows[which].slab(site_.sex, site_.age);
}

/// Those who were a year younger, and in the open age those who were there already.
void CareCohort::grow_older() {
  auto& work = ledger_.workspace;
  const bool open = site_.age.position() + 1 == frame_.ages();
  for (const CareState state : positions<CareState>(rates_.care.states.size())) {
    const Slab people = work.people[state];
    const Slab younger = stock(state, CareAge(age_.position() - 1));
    std::copy(younger.begin(), younger.end(), people.begin());
    if (!open) continue;
    const Slab there = stock(state, age_);
    std::transform(people.begin(), people.end(), there.begin(), people.begin(), std::plus<>());
  }
}

/// Takes `count` people out of the cell: `leaving` says of which states.
void CareCohort::take(Drawn drawn, ConstSlab count, std::span<const double> odds) {
  auto& work = ledger_.workspace;
  scene_.events.take(site_, drawn, count, odds, work.people, work.leaving);
  work.people.add(work.leaving, -1.0);
}

/// Movers take their states with them. Where they come from elsewhere, they are as those who live
/// where they come to.
void CareCohort::move() {
  auto& work = ledger_.workspace;
  take(Drawn::movers, flow(Flow::domestic_out), alike_.all());
  if (scene_.projection.closed()) {
    scene_.events.hand_out(site_, work.leaving, flow(Flow::domestic_in), work.arriving);
  } else {
    spread_shares(rates_.prevalence[site_.interval.position()]);
    scene_.events.divide(site_, Drawn::destinations, flow(Flow::domestic_in), work.shares,
                         work.arriving);
  }
  // Who emigrates, or leaves on balance, was there before others arrived.
  const ConstSlab net = flow(Flow::net_migration);
  const ConstSlab emigrants = flow(Flow::emigration);
  for (std::size_t at = 0; at < net.size(); ++at) {
    work.count[at] = emigrants[at] + std::max(-net[at], 0.0);
  }
  take(Drawn::emigrants, work.count, alike_.all());
  work.people.add(work.arriving);
}

/// Those from abroad are as those who live where they come to.
void CareCohort::come() {
  auto& work = ledger_.workspace;
  const ConstSlab net = flow(Flow::net_migration);
  const ConstSlab immigrants = flow(Flow::immigration);
  for (std::size_t at = 0; at < net.size(); ++at) {
    work.count[at] = immigrants[at] + std::max(net[at], 0.0);
  }
  spread_shares(rates_.prevalence[site_.interval.position()]);
  scene_.events.divide(site_, Drawn::arrivals, work.count, work.shares, work.arriving);
  work.people.add(work.arriving);
}

void CareCohort::die() {
  take(Drawn::deaths, flow(Flow::deaths), rates_.odds_of_dying.slab(site_.sex));
}

void CareCohort::spread_shares(const PrevalenceTable& table) const {
  weigh_shares(table, site_.sex, age_, ledger_.weights, ledger_.workspace.shares);
}

void CareCohort::change_state() {
  auto& work = ledger_.workspace;
  const std::size_t states = rates_.care.states.size();
  work.changed.clear();
  for (const CareState from : positions<CareState>(states)) {
    gather_chances(from);
    ledger_.changes.clear();
    for (const CareState to : positions<CareState>(states)) {
      if (to == from) continue;
      ledger_.changes.push_back({to, std::as_const(work.chances)[to], work.changing[to]});
    }
    scene_.events.change(site_, from, std::as_const(work.people)[from], ledger_.changes,
                         work.changing[from]);
    work.changed.add(work.changing);
  }
  std::swap(work.people, work.changed);
}

/// The chances of each draw to be in another state at the year's end. A draw in which care is more
/// common than expected has more people enter it, and as many leave it; so it stays more common.
void CareCohort::gather_chances(CareState from) const {
  auto& work = ledger_.workspace;
  const TransitionTable& table = rates_.transitions[site_.interval.position()];
  const std::size_t draws = stock_.block.count;
  const std::size_t states = rates_.care.states.size();
  for (const CareState to : positions<CareState>(states)) {
    const auto chances = table.slab(site_.sex, age_, from, ToState(to.position()));
    const Slab chance = work.chances[to];
    for (std::size_t at = 0; at < chance.size(); ++at) chance[at] = chances[at / draws];
  }
  pull_levers(from);
  std::fill(work.count.begin(), work.count.end(), 0.0);
  for (const CareState to : positions<CareState>(states)) {
    const auto weights = std::as_const(ledger_.weights).slab(to);
    const Slab chance = work.chances[to];
    for (std::size_t at = 0; at < chance.size(); ++at) {
      if (to > from) chance[at] *= weights[at];
      work.count[at] += chance[at];
    }
  }
  for (const CareState to : positions<CareState>(states)) {
    const Slab chance = work.chances[to];
    std::transform(chance.begin(), chance.end(), work.count.begin(), chance.begin(),
                   std::divides<>());
  }
}

/// What each draw makes of levers beyond what is expected of them.
void CareCohort::pull_levers(CareState from) const {
  auto& work = ledger_.workspace;
  const std::size_t states = rates_.care.states.size();
  const std::size_t draws = stock_.block.count;
  for (const DrawnLever& lever : stock_.levers) {
    const CareState instead = instead_of(lever.on, from, states);
    for (std::size_t at = 0; at < work.count.size(); ++at) {
      const double ratio = lever.factor.ratio(site_.interval, site_.sex, site_.age,
                                              Area(at / draws), Draw(at % draws));
      for (const CareState to : positions<CareState>(states)) {
        if (!is_on_chance(lever.on, from, to, states)) continue;
        const double spared = work.chances[to][at] * (1.0 - ratio);
        work.chances[to][at] -= spared;
        work.chances[instead][at] += spared;
      }
      if (work.chances[from][at] >= 0.0) continue;
      throw Error(
          Fault::scenario,
          Mistake{{},
                  fmt::format("intervention '{}': in a draw more than all would leave '{}' "
                              "in area {} in {}",
                              lever.factor.factor().rollout().name,
                              rates_.care.states[from.position()].name,
                              frame_.areas[at / draws].code, frame_.end_of(site_.interval).value()),
                  "choose a smaller factor, or a smaller factor_se"});
    }
  }
}

/// Nobody knows the states of those who were too young; those who reach the first age have the
/// shares of that age.
void CareCohort::become_of_age() {
  auto& work = ledger_.workspace;
  spread_shares(rates_.prevalence[site_.interval.position()]);
  const ConstSlab people = scene_.people.state.persons.slab(site_.sex, site_.age);
  scene_.events.divide(site_, Drawn::entry, people, work.shares, work.people);
}

void CareCohort::enter() {
  const auto& people = std::as_const(ledger_.workspace.people);
  for (const CareState state : positions<CareState>(rates_.care.states.size())) {
    const ConstSlab those = people[state];
    std::copy(those.begin(), those.end(), stock(state, age_).begin());
  }
}

void weigh_shares(const PrevalenceTable& table, Sex sex, CareAge age, const DeviationTable& weights,
                  StateSlabs& shares) {
  const std::size_t draws = weights.extent<Draw>();
  const std::size_t states = shares.states();
  for (std::size_t at = 0; at < shares.cells(); ++at) {
    double sum = 0.0;
    for (const CareState state : positions<CareState>(states)) {
      double& share = shares[state][at];
      share = table.slab(sex, age, state)[at / draws] * weights.slab(state)[at];
      sum += share;
    }
    for (const CareState state : positions<CareState>(states)) shares[state][at] /= sum;
  }
}

}  // namespace kohort::care
