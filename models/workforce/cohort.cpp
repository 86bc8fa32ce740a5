#include "models/workforce/cohort.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "engine/base/add_to.hpp"
#include "engine/base/wide.hpp"
#include "engine/kernels/reference/cohort.hpp"
#include "models/workforce/chance.hpp"
#include "models/workforce/competing.hpp"

namespace kohort::workforce {

using partition::ConstSlab;
using partition::PartSlabs;
using partition::Slab;

namespace {

KOHORT_WIDE void multiply(Slab rates, ConstSlab by) {
  std::transform(rates.begin(), rates.end(), by.begin(), rates.begin(), std::multiplies<>());
}

}  // namespace

StaffCohort::StaffCohort(const Scene& scene, const partition::PartSite& site, StaffStock& stock,
                         StaffLedger& ledger)
    : scene_(scene),
      rates_(scene.rates),
      site_(site),
      age_(site.age.position() - rates_.frame.first_age.position()),
      draws_(stock.block.count),
      stock_(stock),
      ledger_(ledger),
      follower_(scene.following, site, stock.people.as<double>(), ledger.workspace) {}

void StaffCohort::set_out() {
  if (age_ == PartAge(0)) return;
  follower_.grow_older();
  follower_.take_movers();
  record(StaffFlow::moved_out, ledger_.workspace.leaving);
  follower_.enter();
}

void StaffCohort::settle() {
  if (age_ == PartAge(0)) {
    come_of_age();
  } else {
    follower_.take_up();
    move();
    follower_.receive_immigrants();
    die();
  }
  leave();
  enter();
  stay_within_the_labour_force();
  follower_.enter();
}

/// Those who reach the first age of staff have no occupation yet.
void StaffCohort::come_of_age() {
  PartSlabs& people = ledger_.workspace.people;
  people.clear();
  const ConstSlab all = here(scene_.following.people.state.persons.slab(site_.sex, site_.age));
  std::copy(all.begin(), all.end(), people[outside].begin());
}

/// Staff who move within the country keep their occupation; those who come from elsewhere or from
/// abroad have none at first.
void StaffCohort::move() {
  const auto& work = ledger_.workspace;
  follower_.bring_movers();
  record(StaffFlow::moved_in, work.arriving);
  follower_.take_emigrants();
  record(StaffFlow::emigrated, work.leaving);
  follower_.join();
}

void StaffCohort::die() {
  const partition::PartNumbers alike(rates_.frame.parts(), 1.0);
  follower_.take_deaths(alike.all());
  record(StaffFlow::deaths, ledger_.workspace.leaving);
}

void StaffCohort::leave() {
  const PartSlabs& people = ledger_.workspace.people;
  PartSlabs& changed = ledger_.changed;
  changed.clear();
  std::copy(people[outside].begin(), people[outside].end(), changed[outside].begin());
  for (const Occupation from : positions<Occupation>(rates_.frame.occupations.size())) leave(from);
}

/// Of the staff of one occupation some retire, leave for other work or change occupation.
void StaffCohort::leave(Occupation from) {
  PartSlabs& changing = ledger_.changing;
  PartSlabs& changed = ledger_.changed;
  gather_leaving(from);
  const ConstSlab staff = std::as_const(ledger_.workspace.people)[part_of(from)];
  const Slab staying = changing[part_of(from)];
  scene_.following.events.change(site_, {part_of(from), event_of(Drawn::leaving), staff},
                                 ledger_.changes, staying);
  record(StaffFlow::retirements, from, ledger_.retired);
  record(StaffFlow::exits, from, ledger_.left);
  for (const partition::Change& one : ledger_.changes) {
    add_to(one.changing, changed[one.to]);
    if (one.to == outside) continue;
    record(StaffFlow::changed_out, from, one.changing);
    record(StaffFlow::changed_in, Occupation(one.to.position() - 1), one.changing);
  }
  add_to(staying, changed[part_of(from)]);
}

/// Constant hazards h that compete: with H their sum, each takes h / H of 1 - exp(-H).
void StaffCohort::gather_leaving(Occupation from) {
  const std::size_t interval = site_.interval.position();
  const auto retirement = rates_.retirement[interval].slab(from, site_.sex, age_);
  const auto exit = rates_.exit[interval].slab(from, site_.sex, age_);
  const auto change = rates_.change.slab(from);
  double changing = 0.0;
  for (const double hazard : change) changing += hazard;
  ledger_.changes.clear();
  ledger_.changes.push_back({outside, ledger_.retiring, ledger_.retired});
  ledger_.changes.push_back({outside, ledger_.leaving, ledger_.left});
  for (std::size_t to = 0; to < change.size(); ++to) {
    if (change[to] == 0.0) continue;
    const Part part = part_of(Occupation(to));
    ledger_.changes.push_back({part, std::as_const(ledger_.chances)[part], ledger_.changing[part]});
  }
  gather_rates(retirement, stock_.levers.retirement, from, ledger_.retiring);
  gather_rates(exit, stock_.levers.exit, from, ledger_.leaving);
  const std::vector<double>& chances_per_hazard = ledger_.chances_per_hazard;
  if (stock_.levers.retirement.empty() && stock_.levers.exit.empty()) {
    gather_competing(changing, draws_);
  } else {
    gather_competing(changing, 1);
  }
  multiply(ledger_.retiring, chances_per_hazard);
  multiply(ledger_.leaving, chances_per_hazard);
  for (std::size_t to = 0; to < change.size(); ++to) {
    if (change[to] == 0.0) continue;
    const Slab chance = ledger_.chances[part_of(Occupation(to))];
    std::transform(chances_per_hazard.begin(), chances_per_hazard.end(), chance.begin(),
                   [hazard = change[to]](double each) { return each * hazard; });
  }
}

/// Sets the chance of leaving per unit of hazard, (1 - exp(-H)) / H. So many places that follow
/// each other have the same.
void StaffCohort::gather_competing(double changing, std::size_t alike) {
  std::vector<double>& chances = ledger_.chances_per_hazard;
  ChancePerHazard chance;
  for (std::size_t at = 0; at < chances.size(); at += alike) {
    std::fill_n(&chances[at], alike,
                chance.of(ledger_.retiring[at] + ledger_.leaving[at] + changing));
  }
}

void StaffCohort::gather_rates(std::span<const double> figures,
                               const std::vector<DrawnLevers>& levers, Occupation occupation,
                               Slab rates) const {
  kernels::reference::spread(of_areas(figures), rates);
  if (levers.empty()) return;
  const DrawnLevers& drawn = levers[occupation.position()];
  drawn.apply(site_.sex, site_.age, site_.first, rates);
  if (std::all_of(rates.begin(), rates.end(), [](double rate) { return rate >= 0.0; })) return;
  throw drawn.refusal("a rate of staff would be less than 0");
}

/// Others take up an occupation: of those who were outside before anybody left.
void StaffCohort::enter() {
  auto& work = ledger_.workspace;
  PartSlabs& changing = ledger_.changing;
  PartSlabs& changed = ledger_.changed;
  gather_entering();
  const ConstSlab before = std::as_const(work.people)[outside];
  scene_.following.events.change(site_, {outside, event_of(Drawn::entering), before},
                                 ledger_.changes, changing[outside]);
  for (const Occupation to : positions<Occupation>(rates_.frame.occupations.size())) {
    const Slab entrants = changing[part_of(to)];
    const Slab staff = changed[part_of(to)];
    const Slab others = changed[outside];
    for (std::size_t at = 0; at < entrants.size(); ++at) {
      staff[at] += entrants[at];
      const double left = others[at] - entrants[at];
      others[at] = left > 0.0 ? left : 0.0;  // rounding may leave less than nobody
    }
    record(StaffFlow::entrants, to, entrants);
  }
  std::swap(work.people, changed);
}

/// The chances of those outside: as many as are educated, come from abroad, or come from other
/// work, but no more than the labour force has.
void StaffCohort::gather_entering() {
  ledger_.changes.clear();
  for (const Occupation to : positions<Occupation>(rates_.frame.occupations.size())) {
    const Part part = part_of(to);
    ledger_.changes.push_back({part, std::as_const(ledger_.chances)[part], ledger_.changing[part]});
  }
  if (entrants_differ()) gather_entry_rates();
  for (std::size_t at = 0; at < cells(); at += draws_) {
    for (std::size_t first = 0; first < draws_; first += row_width) {
      gather_entering(area_of(at), {at + first, std::min(row_width, draws_ - first)});
    }
  }
}

void StaffCohort::gather_entry_rates() {
  const std::size_t interval = site_.interval.position();
  for (const Occupation to : positions<Occupation>(rates_.frame.occupations.size())) {
    gather_rates(rates_.abroad[interval].slab(to, site_.sex, age_), stock_.levers.abroad, to,
                 ledger_.abroad_rates[part_of(to)]);
    gather_rates(rates_.other_entry[interval].slab(to, site_.sex, age_), stock_.levers.entry, to,
                 ledger_.other_rates[part_of(to)]);
  }
}

/// Of some draws of an area.
KOHORT_WIDE void StaffCohort::gather_entering(Area area, const Places& places) {
  const std::size_t occupations = rates_.frame.occupations.size();
  const auto [first, count] = places;
  Row staff{};
  for (const Occupation one : positions<Occupation>(occupations)) {
    const double* those = &std::as_const(ledger_.changed)[part_of(one)][first];
    for (std::size_t at = 0; at < count; ++at) staff[at] += those[at];
  }
  Row seeking{};
  find_room(area, {first, count}, staff, std::as_const(ledger_.changed)[outside], seeking);
  for (std::size_t at = 0; at < count; ++at) {
    const double left = seeking[at] - staff[at];
    seeking[at] = left > 0.0 ? left : 0.0;
  }
  Row entrants{};
  for (const Occupation one : positions<Occupation>(occupations)) {
    expect_entrants(one, area, places, seeking);
    const double* expected = &ledger_.chances[part_of(one)][first];
    for (std::size_t at = 0; at < count; ++at) entrants[at] += expected[at];
  }
  const double* before = &std::as_const(ledger_.workspace.people)[outside][first];
  Row per_person{};
  for (std::size_t at = 0; at < count; ++at) {
    const double most = before[at] < seeking[at] ? before[at] : seeking[at];
    const double fitting = entrants[at] > most ? most / entrants[at] : 1.0;
    per_person[at] = before[at] > 0.0 ? fitting / before[at] : 0.0;
  }
  for (const Occupation one : positions<Occupation>(occupations)) {
    double* chance = &ledger_.chances[part_of(one)][first];
    for (std::size_t at = 0; at < count; ++at) chance[at] *= per_person[at];
  }
}

/// Sets the chances to the persons whom an occupation would take.
KOHORT_WIDE void StaffCohort::expect_entrants(Occupation one, Area area, const Places& places,
                                              const Row& seeking) {
  const auto [first, count] = places;
  const std::size_t interval = site_.interval.position();
  const double education = rates_.education[interval](one, site_.sex, age_, area);
  const double* from_abroad = &here(ConstSlab(ledger_.from_abroad))[first];
  double* expected = &ledger_.chances[part_of(one)][first];
  if (entrants_differ()) {
    const double* abroad = &std::as_const(ledger_.abroad_rates)[part_of(one)][first];
    const double* other = &std::as_const(ledger_.other_rates)[part_of(one)][first];
    for (std::size_t at = 0; at < count; ++at) {
      expected[at] = education + abroad[at] * from_abroad[at] + other[at] * seeking[at];
    }
    return;
  }
  const double abroad = rates_.abroad[interval](one, site_.sex, age_, area);
  const double other = rates_.other_entry[interval](one, site_.sex, age_, area);
  for (std::size_t at = 0; at < count; ++at) {
    expected[at] = education + abroad * from_abroad[at] + other * seeking[at];
  }
}

/// How many of a cell's people the labour force has room for: of some draws of an area.
void StaffCohort::find_room(Area area, const Places& places, const Row& staff, ConstSlab others,
                            Row& room) const {
  const double share = rates_.participation[site_.interval.position()](site_.sex, age_, area);
  const double* outside_staff = &others[places.first];
  for (std::size_t at = 0; at < places.count; ++at) {
    room[at] = (staff[at] + outside_staff[at]) * share;
  }
  if (!scene_.whole) return;
  for (std::size_t at = 0; at < places.count; ++at) room[at] = std::floor(room[at]);
}

/// Whom the labour force has no room for leaves: into retirement at the ages at which people
/// retire.
void StaffCohort::stay_within_the_labour_force() {
  auto& work = ledger_.workspace;
  const std::size_t occupations = rates_.frame.occupations.size();
  for (std::size_t at = 0; at < cells(); at += draws_) {
    for (std::size_t first = 0; first < draws_; first += row_width) {
      find_too_many(area_of(at), {at + first, std::min(row_width, draws_ - first)});
    }
  }
  const bool any =
      std::any_of(work.count.begin(), work.count.end(), [](double people) { return people > 0.0; });
  if (!any) return;
  partition::PartNumbers odds(rates_.frame.parts(), 1.0);
  odds[outside.position()] = 0.0;
  scene_.following.events.take(site_, event_of(Drawn::participation), work.count,
                               std::as_const(odds).all(), work.people, work.leaving);
  work.people.add(work.leaving, -1.0);
  for (const Occupation one : positions<Occupation>(occupations)) {
    const ConstSlab gone = std::as_const(work.leaving)[part_of(one)];
    add_to(gone, work.people[outside]);
    const auto hazard = rates_.retirement[site_.interval.position()].slab(one, site_.sex, age_);
    const bool retire = std::any_of(hazard.begin(), hazard.end(), [](double h) { return h > 0.0; });
    record(retire ? StaffFlow::retirements : StaffFlow::exits, one, gone);
  }
}

/// Sets the count of some draws of an area to the staff beyond its labour force.
KOHORT_WIDE void StaffCohort::find_too_many(Area area, const Places& places) {
  auto& work = ledger_.workspace;
  const auto [first, count] = places;
  Row staff{};
  for (const Occupation one : positions<Occupation>(rates_.frame.occupations.size())) {
    const double* those = &std::as_const(work.people)[part_of(one)][first];
    for (std::size_t at = 0; at < count; ++at) staff[at] += those[at];
  }
  Row room{};
  find_room(area, places, staff, std::as_const(work.people)[outside], room);
  for (std::size_t at = 0; at < count; ++at) {
    const double beyond = staff[at] - room[at];
    work.count[first + at] = beyond > 0.0 ? beyond : 0.0;
  }
}

void StaffCohort::record(StaffFlow flow, const PartSlabs& staff) {
  for (const Occupation one : positions<Occupation>(rates_.frame.occupations.size())) {
    record(flow, one, staff[part_of(one)]);
  }
}

void StaffCohort::record(StaffFlow flow, Occupation occupation, ConstSlab staff) {
  add_to(staff, here(ledger_.flows[flow].slab(occupation)));
}

}  // namespace kohort::workforce
