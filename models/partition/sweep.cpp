#include "models/partition/sweep.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "engine/base/error.hpp"

namespace kohort::partition {

Slabs<double> slabs_of(PartTable& stock, Sex sex, PartAge age) {
  return {stock.slab(Part(0), sex, age).data(), stock.slab(Part(0)).size()};
}

Happenings happenings_of(const People& people, Sex sex, Age age) {
  using population::Flow;
  const auto flow = [&](Flow which) { return people.events.flows[which].slab(sex, age).data(); };
  return {people.state.persons.slab(sex, age).data(),
          flow(Flow::domestic_in),
          flow(Flow::emigration),
          flow(Flow::immigration),
          flow(Flow::net_migration),
          flow(Flow::deaths)};
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

void refuse_takers(const Frame& frame, const PartSite& site, const char* parts) {
  Mistake mistake;
  mistake.what = fmt::format("{} aged {} in {}: more people would die or leave than are in the {}",
                             frame.sexes[site.sex.position()], frame.first_age(site.age),
                             frame.end_of(site.interval).value(), parts);
  mistake.remedy = "this is a defect of the program: please report it with the scenario";
  throw Error(Fault::model, std::move(mistake));
}

}  // namespace kohort::partition
