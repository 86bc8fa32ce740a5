#include "models/workforce/cohort.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "models/workforce/chance.hpp"

namespace kohort::workforce {

using partition::ConstSlab;
using partition::PartSlabs;
using partition::Slab;

StaffCohort::StaffCohort(const Scene& scene, const partition::PartSite& site, StaffStock& stock,
                         StaffLedger& ledger)
    : scene_(scene),
      rates_(scene.rates),
      site_(site),
      age_(site.age.position() - rates_.frame.first_age.position()),
      draws_(stock.block.count),
      stock_(stock),
      ledger_(ledger),
      follower_(scene.following, site, stock.people, ledger.workspace) {}

void StaffCohort::live_through() {
  if (age_ == PartAge(0)) {
    come_of_age();
  } else {
    follower_.grow_older();
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
  const ConstSlab all = scene_.following.people.state.persons.slab(site_.sex, site_.age);
  std::copy(all.begin(), all.end(), people[outside].begin());
}

/// Staff who move within the country keep their occupation; those who come from elsewhere or from
/// abroad have none at first.
void StaffCohort::move() {
  const auto& work = ledger_.workspace;
  follower_.take_movers();
  record(StaffFlow::moved_out, work.leaving);
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
    const Slab those = changed[one.to];
    std::transform(those.begin(), those.end(), one.changing.begin(), those.begin(), std::plus<>());
    if (one.to == outside) continue;
    record(StaffFlow::changed_out, from, one.changing);
    record(StaffFlow::changed_in, Occupation(one.to.position() - 1), one.changing);
  }
  const Slab those = changed[part_of(from)];
  std::transform(those.begin(), those.end(), staying.begin(), those.begin(), std::plus<>());
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
  double hazard = -1.0;  // of the draw before, which is mostly that of its neighbour
  double chance_of_hazard = 0.0;
  for (std::size_t at = 0; at < ledger_.retiring.size(); ++at) {
    const double all = ledger_.retiring[at] + ledger_.leaving[at] + changing;
    if (all != hazard) chance_of_hazard = all > 0.0 ? -std::expm1(-all) / all : 0.0;
    hazard = all;
    ledger_.retiring[at] *= chance_of_hazard;
    ledger_.leaving[at] *= chance_of_hazard;
    for (std::size_t to = 0; to < change.size(); ++to) {
      ledger_.chances[part_of(Occupation(to))][at] = chance_of_hazard * change[to];
    }
  }
}

void StaffCohort::gather_rates(std::span<const double> of_areas,
                               const std::vector<DrawnLevers>& levers, Occupation occupation,
                               Slab rates) const {
  for (std::size_t area = 0; area < of_areas.size(); ++area) {
    std::fill_n(&rates[area * draws_], draws_, of_areas[area]);
  }
  if (levers.empty()) return;
  const DrawnLevers& drawn = levers[occupation.position()];
  drawn.apply(site_.sex, site_.age, rates);
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
      // Rounding may leave less than nobody.
      others[at] = std::max(0.0, others[at] - entrants[at]);
    }
    record(StaffFlow::entrants, to, entrants);
  }
  std::swap(work.people, changed);
}

/// The chances of those outside: as many as are educated, come from abroad, or come from other
/// work, but no more than the labour force has.
void StaffCohort::gather_entering() {
  const std::size_t interval = site_.interval.position();
  const std::size_t occupations = rates_.frame.occupations.size();
  ledger_.changes.clear();
  for (const Occupation to : positions<Occupation>(occupations)) {
    const Part part = part_of(to);
    ledger_.changes.push_back({part, std::as_const(ledger_.chances)[part], ledger_.changing[part]});
  }
  if (entrants_differ()) gather_entry_rates();
  for (const Area area : positions<Area>(ledger_.from_abroad.size() / draws_)) {
    std::array<EntryRates, partition::most_parts> rates{};
    for (const Occupation to : positions<Occupation>(occupations)) {
      rates[to.position()] = {rates_.education[interval](to, site_.sex, age_, area),
                              rates_.abroad[interval](to, site_.sex, age_, area),
                              rates_.other_entry[interval](to, site_.sex, age_, area)};
    }
    const std::size_t first = area.position() * draws_;
    for (std::size_t at = first; at < first + draws_; ++at) {
      for (std::size_t one = 0; entrants_differ() && one < occupations; ++one) {
        rates[one].abroad = ledger_.abroad_rates[part_of(Occupation(one))][at];
        rates[one].other = ledger_.other_rates[part_of(Occupation(one))][at];
      }
      gather_entering(at, std::span(rates).first(occupations));
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

/// Of one area and draw.
void StaffCohort::gather_entering(std::size_t at, std::span<const EntryRates> rates) {
  const PartSlabs& after = ledger_.changed;
  double staff = 0.0;
  for (std::size_t one = 0; one < rates.size(); ++one) {
    staff += after[part_of(Occupation(one))][at];
  }
  const double outside_before = std::as_const(ledger_.workspace.people)[outside][at];
  const double seeking = std::max(0.0, room(at, staff + after[outside][at]) - staff);
  double entrants = 0.0;
  for (std::size_t one = 0; one < rates.size(); ++one) {
    double& expected = ledger_.chances[part_of(Occupation(one))][at];
    expected = rates[one].education + rates[one].abroad * ledger_.from_abroad[at] +
               rates[one].other * seeking;
    entrants += expected;
  }
  const double most = std::min(seeking, outside_before);
  const double fitting = entrants > most ? most / entrants : 1.0;
  for (std::size_t one = 0; one < rates.size(); ++one) {
    double& chance = ledger_.chances[part_of(Occupation(one))][at];
    chance = outside_before > 0.0 ? chance * fitting / outside_before : 0.0;
  }
}

double StaffCohort::room(std::size_t at, double people) const {
  const double force =
      people * rates_.participation[site_.interval.position()](site_.sex, age_, Area(at / draws_));
  return scene_.whole ? std::floor(force) : force;
}

/// Whom the labour force has no room for leaves: into retirement at the ages at which people
/// retire.
void StaffCohort::stay_within_the_labour_force() {
  auto& work = ledger_.workspace;
  const std::size_t occupations = rates_.frame.occupations.size();
  bool any = false;
  for (std::size_t at = 0; at < work.count.size(); ++at) {
    double staff = 0.0;
    for (const Occupation one : positions<Occupation>(occupations)) {
      staff += work.people[part_of(one)][at];
    }
    work.count[at] = std::max(0.0, staff - room(at, staff + work.people[outside][at]));
    any = any || work.count[at] > 0.0;
  }
  if (!any) return;
  partition::PartNumbers odds(rates_.frame.parts(), 1.0);
  odds[outside.position()] = 0.0;
  scene_.following.events.take(site_, event_of(Drawn::participation), work.count,
                               std::as_const(odds).all(), work.people, work.leaving);
  work.people.add(work.leaving, -1.0);
  for (const Occupation one : positions<Occupation>(occupations)) {
    const ConstSlab gone = std::as_const(work.leaving)[part_of(one)];
    const Slab others = work.people[outside];
    std::transform(others.begin(), others.end(), gone.begin(), others.begin(), std::plus<>());
    const auto hazard = rates_.retirement[site_.interval.position()].slab(one, site_.sex, age_);
    const bool retire = std::any_of(hazard.begin(), hazard.end(), [](double h) { return h > 0.0; });
    record(retire ? StaffFlow::retirements : StaffFlow::exits, one, gone);
  }
}

void StaffCohort::record(StaffFlow flow, const PartSlabs& staff) {
  for (const Occupation one : positions<Occupation>(rates_.frame.occupations.size())) {
    record(flow, one, staff[part_of(one)]);
  }
}

void StaffCohort::record(StaffFlow flow, Occupation occupation, ConstSlab staff) {
  const Slab sum = ledger_.flows[flow].slab(occupation);
  std::transform(sum.begin(), sum.end(), staff.begin(), sum.begin(), std::plus<>());
}

}  // namespace kohort::workforce
