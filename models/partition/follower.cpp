#include "models/partition/follower.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "engine/base/add_to.hpp"
#include "engine/base/error.hpp"

namespace kohort::partition {

using population::Flow;

void MoverPool::add(const PartSlabs& leaving) {
  const std::size_t draws = in.cells();
  for (std::size_t first = 0; first < leaving.cells(); first += draws) {
    for (const Part part : positions<Part>(leaving.parts())) {
      add_to(leaving[part].subspan(first, draws), in[part]);
    }
  }
}

void shares_of_pool(std::span<double> numbers, std::size_t draws) {
  for (std::size_t draw = 0; draw < draws; ++draw) {
    double all = 0.0;
    for (std::size_t at = draw; at < numbers.size(); at += draws) all += numbers[at];
    for (std::size_t at = draw; at < numbers.size(); at += draws) {
      numbers[at] = all > 0.0 ? numbers[at] / all : 0.0;
    }
  }
}

FollowerWorkspace::FollowerWorkspace(std::size_t parts, std::size_t cells, std::size_t draws)
    : people(parts, cells),
      leaving(people),
      arriving(people),
      shares(people),
      count(cells),
      pool(parts, draws) {}

void FollowerWorkspace::resize(std::size_t cells) {
  if (cells == count.size()) return;
  for (PartSlabs* slabs : {&people, &leaving, &arriving, &shares}) slabs->resize(cells);
  count.resize(cells);
}

Follower::Follower(const Following& following, const PartSite& site, PartTable& stock,
                   FollowerWorkspace& work)
    : following_(following),
      site_(site),
      stock_(stock),
      work_(work),
      alike_(work.people.parts(), 1.0) {}

ConstSlab Follower::flow(Flow which) const {
  return here(following_.people.events.flows[which].slab(site_.sex, site_.age));
}

void Follower::grow_older() {
  const bool open = site_.age.position() + 1 == following_.frame.ages();
  for (const Part part : positions<Part>(work_.people.parts())) {
    const Slab people = work_.people[part];
    const Slab younger = here(stock_.slab(part, site_.sex, PartAge(age().position() - 1)));
    std::copy(younger.begin(), younger.end(), people.begin());
    if (!open) continue;
    const Slab there = here(stock_.slab(part, site_.sex, age()));
    std::transform(people.begin(), people.end(), there.begin(), people.begin(), std::plus<>());
  }
}

/// Takes `count` people out of the cell: `leaving` says of which parts.
void Follower::take(Event event, ConstSlab count, std::span<const double> odds) {
  following_.events.take(site_, event, count, odds, work_.people, work_.leaving);
  work_.people.add(work_.leaving, -1.0);
}

void Follower::take_movers() {
  take(following_.draws.movers, flow(Flow::domestic_out), std::as_const(alike_).all());
  work_.pool.add(work_.leaving);
}

void Follower::take_up() {
  for (const Part part : positions<Part>(work_.people.parts())) {
    const Slab those = here(stock_.slab(part, site_.sex, age()));
    std::copy(those.begin(), those.end(), work_.people[part].begin());
  }
}

void Follower::bring_movers() {
  const ConstSlab coming = flow(Flow::domestic_in);
  const Event event = following_.draws.destinations;
  if (following_.closed) {
    following_.events.hand_out(site_, event, work_.pool, coming, work_.arriving);
  } else {
    following_.events.divide(site_, event, coming, work_.shares, work_.arriving);
  }
}

void Follower::take_emigrants() {
  const ConstSlab net = flow(Flow::net_migration);
  const ConstSlab emigrants = flow(Flow::emigration);
  for (std::size_t at = 0; at < net.size(); ++at) {
    work_.count[at] = emigrants[at] + std::max(-net[at], 0.0);
  }
  take(following_.draws.emigrants, work_.count, std::as_const(alike_).all());
}

void Follower::join() { work_.people.add(work_.arriving); }

void Follower::receive_immigrants() {
  const ConstSlab net = flow(Flow::net_migration);
  const ConstSlab immigrants = flow(Flow::immigration);
  for (std::size_t at = 0; at < net.size(); ++at) {
    work_.count[at] = immigrants[at] + std::max(net[at], 0.0);
  }
  following_.events.divide(site_, following_.draws.arrivals, work_.count, work_.shares,
                           work_.arriving);
  join();
}

void Follower::take_deaths(std::span<const double> odds) {
  take(following_.draws.deaths, flow(Flow::deaths), odds);
}

void Follower::enter() {
  for (const Part part : positions<Part>(work_.people.parts())) {
    const ConstSlab those = std::as_const(work_.people)[part];
    std::copy(those.begin(), those.end(), here(stock_.slab(part, site_.sex, age())).begin());
  }
}

namespace {

/// Written so that what is no number does not agree.
bool agrees(double sum, double all, double tolerance) {
  return std::abs(sum - all) <= tolerance * std::max(1.0, all);
}

/// Looks at all cells alike, so that the compiler can take several at once.
bool agree(ConstSlab sums, ConstSlab all, double tolerance) {
  std::int64_t wrong = 0;
  for (std::size_t at = 0; at < sums.size(); ++at) {
    const double most = all[at] > 1.0 ? all[at] : 1.0;
    wrong += std::abs(sums[at] - all[at]) <= tolerance * most ? 0 : 1;
  }
  return wrong == 0;
}

/// Says where the parts of a cell are not its people.
[[noreturn]] void refuse_sums(const std::string& cell, double all, double sum, const char* parts) {
  Mistake mistake;
  mistake.what = fmt::format("{}: {:.17g} people, but {:.17g} in the {}", cell, all, sum, parts);
  mistake.remedy = "this is a defect of the program: please report it with the scenario";
  throw Error(Fault::model, std::move(mistake));
}

}  // namespace

void require_sums(const Frame& frame, const population::PopulationState& people,
                  const PartStock& stock, const PartsOfPeople& parts) {
  const double tolerance = stock.precision() == Precision::in_single
                               ? static_cast<double>(sum_tolerance<float>)
                               : sum_tolerance<double>;
  std::vector<double> sum;
  std::vector<double> room;
  for (const Sex sex : positions<Sex>(frame.sexes.size())) {
    for (const PartAge age : positions<PartAge>(stock.extent<PartAge>())) {
      const Age reached(parts.first_age.position() + age.position());
      const ConstSlab all = people.persons.slab(sex, reached);
      sum.assign(all.size(), 0.0);
      for (const Part part : positions<Part>(stock.extent<Part>())) {
        const ConstSlab those = stock.slab(part, sex, age, room);
        std::transform(sum.begin(), sum.end(), those.begin(), sum.begin(), std::plus<>());
      }
      if (agree(sum, all, tolerance)) continue;
      for (std::size_t at = 0; at < sum.size(); ++at) {
        if (agrees(sum[at], all[at], tolerance)) continue;
        refuse_sums(fmt::format("area {}, {} aged {}", frame.areas[at / stock.extent<Draw>()].code,
                                frame.sexes[sex.position()], frame.first_age(reached)),
                    all[at], sum[at], parts.name);
      }
    }
  }
}

}  // namespace kohort::partition
