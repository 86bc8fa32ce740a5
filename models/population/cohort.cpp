#include "models/population/cohort.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/kernels/reference/cohort.hpp"

namespace kohort::population {

namespace kernel = kernels::reference;

namespace {

// The ways of the pool form; changes to each group follow.
constexpr std::size_t death = 0;
constexpr std::size_t emigration = 1;
constexpr std::size_t domestic_move = 2;
constexpr std::size_t first_transfer = 3;

void add(ConstSlab what, Slab to) {
  std::transform(to.begin(), to.end(), what.begin(), to.begin(), std::plus<>());
}

/// The slab of one group within a slab of all places.
template <class T>
std::span<T> of_group(std::span<T> slab, std::size_t group, std::size_t groups) {
  const std::size_t length = slab.size() / groups;
  return slab.subspan(group * length, length);
}

}  // namespace

void Cohort::live_through() {
  if (scene_.rates.multistate.empty()) {
    survive_and_move();
  } else {
    change_state(at_risk());
    remember_stayers();
  }
  move_in();
  immigrate();
  migrate_net();
}

Slab Cohort::chances(std::size_t way) const { return ledger_.chances(way); }
Slab Cohort::leavers(std::size_t way) const { return ledger_.leavers(way); }

void Cohort::survive_and_move() {
  auto& work = ledger_.workspace;
  gather_chances();
  std::vector<Way>& ways = ledger_.ways;
  ways.clear();
  const std::size_t transfers = scene_.rates.transferring.empty() ? 0 : scene_.frame.group_count();
  for (std::size_t way = 0; way < first_transfer + transfers; ++way) {
    ways.push_back({chances(way), leavers(way)});
  }
  scene_.events.part(site_, Drawn::fate, at_risk(), ways, work.stayers);
  remember_stayers();
  add(work.stayers, persons());
  add(leavers(death), flow(Flow::deaths));
  add(leavers(emigration), flow(Flow::emigration));
  move();
  change_group();
}

/// The chances of all ways of leaving, which compete with death.
void Cohort::gather_chances() {
  auto& work = ledger_.workspace;
  drawn_.dying(site_, work.dying);
  record_dying(work.dying);
  drawn_.leaving(site_, chances(emigration), chances(domestic_move));
  std::copy(chances(emigration).begin(), chances(emigration).end(), work.leaving.begin());
  add(chances(domestic_move), work.leaving);
  std::size_t ways = first_transfer;
  if (!scene_.rates.transferring.empty()) {
    const auto& transferring = scene_.rates.transferring.at(site_.interval);
    const std::size_t groups = scene_.frame.group_count();
    for (const ToGroup to : positions<ToGroup>(groups)) {
      const Slab rate = chances(ways++);
      for (const Group from : positions<Group>(groups)) {
        kernel::spread(transferring.slab(site_.sex, site_.row, from, to),
                       of_group(rate, from.position(), groups));
      }
      add(rate, work.leaving);
    }
  }
  const kernel::Risks risks{work.dying, work.leaving, exposure(), scene_.conventions.leaving_rates};
  kernel::chance_of_dying(risks, chances(death));
  for (std::size_t way = emigration; way < ways; ++way) {
    kernel::chance_of_leaving(risks, chances(way), chances(way));
  }
}

void Cohort::record_dying(ConstSlab dying) const {
  std::copy(dying.begin(), dying.end(), ledger_.dying.slab(site_.sex, site_.row).begin());
}

void Cohort::move() {
  if (scene_.rates.moving.empty()) return;
  auto& work = ledger_.workspace;
  add(leavers(domestic_move), flow(Flow::domestic_out));
  if (scene_.rates.destinations.empty()) return;  // they go to areas that are not projected
  const std::size_t groups = scene_.frame.group_count();
  std::fill(work.arrivals.begin(), work.arrivals.end(), 0.0);
  for (std::size_t group = 0; group < groups; ++group) {
    scene_.events.hand_out(site_, Group(group),
                           of_group(ConstSlab(leavers(domestic_move)), group, groups),
                           of_group(Slab(work.arrivals), group, groups));
  }
  expose_all(exposure());
  arrive(Flow::domestic_in, Drawn::arrival_of_mover, work.dying);
}

void Cohort::change_group() {
  if (scene_.rates.transferring.empty()) return;
  auto& work = ledger_.workspace;
  const std::size_t groups = scene_.frame.group_count();
  std::fill(work.arrivals.begin(), work.arrivals.end(), 0.0);
  for (std::size_t to = 0; to < groups; ++to) {
    const Slab changed = leavers(first_transfer + to);
    add(changed, flow(Flow::group_out));
    for (std::size_t from = 0; from < groups; ++from) {
      add(of_group(changed, from, groups), of_group(Slab(work.arrivals), to, groups));
    }
  }
  expose_all(exposure());
  arrive(Flow::group_in, Drawn::change_of_group, work.dying);
}

/// The ways are to each place, in the order of their codes, to death and abroad.
void Cohort::change_state(ConstSlab people) {
  auto& work = ledger_.workspace;
  const std::size_t places = scene_.frame.places();
  const std::size_t draws = state_.block.count;
  const MultistateTable& table = scene_.rates.multistate.at(site_.interval);
  const ConstSlab shares = table.shares.slab(site_.sex, site_.row);
  const ConstSlab dying = table.dying_among_exits.slab(site_.sex, site_.row);
  std::fill(work.leaving.begin(), work.leaving.end(), 1.0);  // less those who are somewhere
  std::vector<Way>& ways = ledger_.ways;
  ways.clear();
  for (const std::size_t to : ledger_.places_by_code) {
    const Slab chance = chances(to);
    kernel::spread(shares.subspan(to * places, places), chance);
    std::transform(work.leaving.begin(), work.leaving.end(), chance.begin(), work.leaving.begin(),
                   std::minus<>());
    std::fill_n(chance.begin() + static_cast<std::ptrdiff_t>(to * draws), draws, 0.0);
    ways.push_back({chance, leavers(to)});
  }
  const Slab death_chance = chances(places);
  const Slab emigration_chance = chances(places + 1);
  kernel::spread(dying, death_chance);
  for (std::size_t at = 0; at < death_chance.size(); ++at) {
    // An open age group made up anew from the one below may be larger than that: then fewer than
    // none have gone, which is right on balance. What rounding leaves over is nobody.
    const double gone = std::abs(work.leaving[at]) < 1e-12 ? 0.0 : work.leaving[at];
    emigration_chance[at] = gone * (1.0 - death_chance[at]);
    death_chance[at] *= gone;
  }
  record_dying(death_chance);
  ways.push_back({death_chance, leavers(places)});
  ways.push_back({emigration_chance, leavers(places + 1)});
  scene_.events.part(site_, Drawn::fate, people, ways, work.stayers);
  add(work.stayers, persons());
  for (std::size_t to = 0; to < places; ++to) record_way(to, leavers(to));
  add(leavers(places), flow(Flow::deaths));
  add(leavers(places + 1), flow(Flow::emigration));
}

/// Enters those who went to a place as leaving theirs and arriving there.
void Cohort::record_way(std::size_t to, ConstSlab leavers) {
  const std::size_t draws = state_.block.count;
  const std::size_t areas = scene_.frame.areas.size();
  for (std::size_t at = 0; at < leavers.size(); ++at) {
    const bool other_area = at / draws % areas != to % areas;
    const std::size_t arrived = to * draws + at % draws;
    flow(other_area ? Flow::domestic_out : Flow::group_out)[at] += leavers[at];
    flow(other_area ? Flow::domestic_in : Flow::group_in)[arrived] += leavers[at];
    persons()[arrived] += leavers[at];
  }
}

void Cohort::move_in() {
  if (scene_.rates.in_migrants.empty()) return;
  auto& work = ledger_.workspace;
  const ArrivalCounts& in_migrants = scene_.rates.in_migrants.at(site_.interval);
  kernel::spread(in_migrants.persons.slab(site_.sex, site_.row), work.part);
  scene_.events.count(site_, Drawn::in_migration, work.part, work.arrivals);
  ledger_.expose(in_migrants, site_.sex, site_.row);
  arrive(Flow::domestic_in, Drawn::arrival_of_in_migrant, work.dying);
}

void Cohort::immigrate() {
  if (scene_.rates.immigrants.empty()) return;
  auto& work = ledger_.workspace;
  const ArrivalCounts& immigrants = scene_.rates.immigrants.at(site_.interval);
  drawn_.immigrants(site_, work.part);
  scene_.events.count(site_, Drawn::immigration, work.part, work.arrivals);
  ledger_.expose(immigrants, site_.sex, site_.row);
  const bool next = scene_.conventions.immigrant_mortality == ImmigrantMortality::next_age &&
                    site_.row.position() > 0 && site_.row.position() + 1 < scene_.frame.rows();
  if (next) {
    drawn_.dying({site_.interval, site_.sex, CohortRow(site_.row.position() + 1)}, work.part);
  }
  arrive(Flow::immigration, Drawn::arrival_of_immigrant, next ? work.part : work.dying);
}

void Cohort::migrate_net() {
  auto& work = ledger_.workspace;
  if (!scene_.rates.net_migrants.empty()) {
    const ArrivalCounts& migrants = scene_.rates.net_migrants.at(site_.interval);
    drawn_.net_migrants(site_, work.part);
    ledger_.expose(migrants, site_.sex, site_.row);
    scene_.events.count_net(site_, Drawn::net_migration, work.part, persons(), work.arrivals);
    arrive(Flow::net_migration, Drawn::arrival_of_net_migrant, work.dying);
  }
  if (!scene_.rates.net_migration_rate.empty()) {
    drawn_.net_migration(site_, work.part);
    expose_all(exposure());
    scene_.events.count_net_at_rate(site_, Drawn::net_migration_at_rates, work.part,
                                    {at_risk(), work.stayed, work.staying}, work.arrivals);
    arrive(Flow::net_migration, Drawn::arrival_of_net_migrant, work.dying);
  }
}

/// Who of those at risk is still there, and how likely that was, for what comes later.
void Cohort::remember_stayers() {
  if (scene_.rates.net_migration_rate.empty()) return;
  auto& work = ledger_.workspace;
  if (scene_.rates.multistate.empty()) {
    work.stayed = work.stayers;
    std::fill(work.staying.begin(), work.staying.end(), 1.0);
    for (const Way& way : ledger_.ways) {
      std::transform(work.staying.begin(), work.staying.end(), way.chance.begin(),
                     work.staying.begin(), std::minus<>());
    }
    return;
  }
  // Whoever is there at the end, wherever from.
  const ConstSlab before = at_risk();
  for (std::size_t at = 0; at < before.size(); ++at) {
    work.stayed[at] = persons()[at];
    work.staying[at] = before[at] > 0.0 ? persons()[at] / before[at] : 1.0;
  }
}

void Cohort::expose_all(double share) {
  auto& exposed = ledger_.workspace.exposed;
  std::fill(exposed.begin(), exposed.end(), share);
}

/// Lets in the arrivals of the workspace, of whom the share `exposed` lives through the interval as
/// the residents do: in the pool form they may die, in the multistate form anything.
void Cohort::arrive(Flow which, Drawn drawn, ConstSlab dying) {
  auto& work = ledger_.workspace;
  add(work.arrivals, flow(which));
  if (which == Flow::immigration || which == Flow::net_migration) {
    const Slab joined = ledger_.joined_at_start.slab(site_.sex, site_.row);
    for (std::size_t at = 0; at < joined.size(); ++at) {
      joined[at] += work.exposed[at] * work.arrivals[at];
    }
  }
  const bool multistate = !scene_.rates.multistate.empty();
  if (!multistate) {
    std::transform(work.exposed.begin(), work.exposed.end(), dying.begin(), work.exposed.begin(),
                   std::multiplies<>());
  }
  const Way way{work.exposed, work.part_of_arrivals};
  scene_.events.part(site_, drawn, work.arrivals, std::span(&way, 1), work.stayers);
  add(work.stayers, persons());
  if (multistate) {
    change_state(work.part_of_arrivals);
  } else {
    add(work.part_of_arrivals, flow(Flow::deaths));
  }
}

void Cohort::meet_target() {
  if (scene_.rates.net_migration_target.empty()) return;
  auto& work = ledger_.workspace;
  drawn_.dying(site_, work.dying);
  kernel::spread(scene_.rates.net_migration_target.at(site_.interval).slab(site_.sex, age_),
                 work.arrivals);
  for (std::size_t at = 0; at < work.arrivals.size(); ++at) {
    const double gap = work.arrivals[at] - persons()[at];
    work.arrivals[at] = gap / (1.0 - exposure() * work.dying[at]);
  }
  expose_all(exposure());
  arrive(Flow::net_migration, Drawn::arrival_of_net_migrant, work.dying);
}

}  // namespace kohort::population
