#include "models/partition/sweep.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "engine/base/error.hpp"

namespace kohort::partition {

void MoverPools::clear() { std::fill(movers_.values().begin(), movers_.values().end(), 0.0); }

void MoverPools::find_shares() {
  const auto [sexes, ages, parts, draws] = movers_.extents();
  for (const Sex sex : positions<Sex>(sexes)) {
    for (const PartAge age : positions<PartAge>(ages)) {
      shares_of_pool(movers_.slab(sex, age), draws);
    }
  }
}

Happenings SweepYear::happenings_of(Sex sex, Age age) const {
  using population::Flow;
  const auto flow = [&](Flow which) { return people_.events.flows[which].slab(sex, age).data(); };
  return {people_.state.persons.slab(sex, age).data(),
          flow(Flow::domestic_in),
          flow(Flow::emigration),
          flow(Flow::immigration),
          people_.events.may_have_net_migrants ? flow(Flow::net_migration) : nullptr,
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
