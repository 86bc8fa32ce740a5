#include "models/workforce/demand.hpp"

#include <algorithm>

namespace kohort::workforce {
namespace {

/// Sets [area][draw] to people of all sexes, ages and groups.
void add_up(const population::PersonTable& people, std::span<double> sums) {
  std::fill(sums.begin(), sums.end(), 0.0);
  const auto all = people.values();
  for (std::size_t cell = 0; cell < all.size(); cell += sums.size()) {
    for (std::size_t at = 0; at < sums.size(); ++at) sums[at] += all[cell + at];
  }
}

}  // namespace

void Demand::take_units(const Served& served, Workload& units) const {
  for (const Task task : positions<Task>(tasks().size())) {
    const TaskDescription& described = tasks()[task.position()];
    const auto amounts = units.slab(task);
    if (described.of_care) {
      const auto provided = served.services->provided.slab(care::Service(described.position));
      std::copy(provided.begin(), provided.end(), amounts.begin());
    } else {
      add_up((*served.needs)[described.position], amounts);
    }
  }
}

void Demand::reckon(StockYear year, const Workload& units, Employer employer,
                    StaffAmounts& demand) const {
  const PostTable& posts = this->posts(year);
  const std::size_t draws = units.extent<Draw>();
  std::fill(demand.values().begin(), demand.values().end(), 0.0);
  for (const Task task : positions<Task>(tasks().size())) {
    if (tasks()[task.position()].employer != employer) continue;
    for (const Occupation occupation : positions<Occupation>(posts.extent<Occupation>())) {
      for (const Area area : positions<Area>(posts.extent<Area>())) {
        const double each = posts(task, occupation, area);
        if (each == 0.0) continue;
        const auto amounts = units.slab(task, area);
        const auto sums = demand.slab(occupation, area);
        for (std::size_t draw = 0; draw < draws; ++draw) sums[draw] += each * amounts[draw];
      }
    }
  }
}

void Demand::multiply(std::span<const double> factors) {
  for (PostTable& posts : rates_.posts) {
    for (const Task task : positions<Task>(tasks().size())) {
      if (tasks()[task.position()].employer != Employer::municipality) continue;
      for (const Occupation occupation : positions<Occupation>(factors.size())) {
        for (double& each : posts.slab(task, occupation)) each *= factors[occupation.position()];
      }
    }
  }
}

}  // namespace kohort::workforce
