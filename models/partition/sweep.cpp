#include "models/partition/sweep.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "engine/base/error.hpp"

namespace kohort::partition {

Slabs<double> slabs_of(PartTable& stock, Sex sex, PartAge age) {
  return {stock.slab(Part(0), sex, age).data(), stock.slab(Part(0)).size()};
}

void MoverPools::clear() { std::fill(movers_.values().begin(), movers_.values().end(), 0.0); }

void MoverPools::find_shares() {
  const auto [sexes, ages, parts, draws] = movers_.extents();
  for (const Sex sex : positions<Sex>(sexes)) {
    for (const PartAge age : positions<PartAge>(ages)) {
      shares_of_pool(movers_.slab(sex, age), draws);
    }
  }
}

void SweepYear::depart(DepartKernel kernel, PartTable& stock, MoverPools& movers,
                       const Slabs<double>& moved_out) const {
  movers.clear();
  const auto& leaving = people_.events.flows[population::Flow::domestic_out];
  for_slabs(stock, [&](const SweepShape& shape, Sex sex, PartAge age) {
    if (age == PartAge(0)) return;
    const auto of = [&](std::size_t years) {
      return slabs_of(stock, sex, PartAge(age.position() - years));
    };
    const Departures slab{of(1),
                          age.position() > 1 ? of(2) : Slabs<double>(),
                          age_of(age).position() + 1 == frame_.ages(),
                          of(0),
                          leaving.slab(sex, age_of(age)).data(),
                          movers.of(sex, age),
                          moved_out};
    if (kernel(shape, slab).too_many_taken) refuse(sex, age);
  });
  movers.find_shares();
}

Settlers SweepYear::settlers(Sex sex, PartAge age, PartTable& stock,
                             const MoverPools& movers) const {
  const bool youngest = age == PartAge(0);
  const PartAge next(youngest ? 0 : age.position() - 1);
  Settlers settlers{youngest, happenings_of(sex, age_of(age)),
                    youngest ? Happenings{} : happenings_of(sex, age_of(next)),
                    slabs_of(stock, sex, age), slabs_of(stock, sex, next)};
  settlers.happens.pool_shares = movers.shares(sex, age);
  return settlers;
}

Happenings SweepYear::happenings_of(Sex sex, Age age) const {
  using population::Flow;
  const auto flow = [&](Flow which) { return people_.events.flows[which].slab(sex, age).data(); };
  return {people_.state.persons.slab(sex, age).data(),
          flow(Flow::domestic_in),
          flow(Flow::emigration),
          flow(Flow::immigration),
          flow(Flow::net_migration),
          flow(Flow::deaths)};
}

void SweepYear::refuse(Sex sex, PartAge age) const {
  Mistake mistake;
  mistake.what = fmt::format("{} aged {} in {}: more people would die or leave than are in the {}",
                             frame_.sexes[sex.position()], frame_.first_age(age_of(age)),
                             frame_.end_of(interval_).value(), parts_.name);
  mistake.remedy = "this is a defect of the program: please report it with the scenario";
  throw Error(Fault::model, std::move(mistake));
}

}  // namespace kohort::partition
