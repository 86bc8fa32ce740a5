#include "models/workforce/demand.hpp"

#include <algorithm>

#include "models/workforce/levers.hpp"

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

DrawnPosts Demand::draw(const Frame& frame, const DrawBlock& block) const {
  if (!rates_.effects.any()) return {};
  const std::size_t occupations = rates_.effects.years.size();
  return {drawn_by_occupation(rates_.effects.absence, frame, block),
          drawn_by_occupation(rates_.effects.productivity, frame, block),
          StaffAmounts({occupations, frame.areas.size(), block.count}, 1.0),
          std::vector<double>(block.count)};
}

/// Levers begin to work in the first interval: the base year is as it is.
void Demand::advance(StockYear year, DrawnPosts& drawn) const {
  if (drawn.ratio.empty() || year.position() == 0) return;
  const Interval interval(year.position() - 1);
  std::fill(drawn.ratio.values().begin(), drawn.ratio.values().end(), 1.0);
  for (const Occupation one : positions<Occupation>(drawn.ratio.extent<Occupation>())) {
    if (!drawn.absence.empty()) take_absence(interval, one, drawn);
    if (!drawn.productivity.empty()) take_productivity(interval, one, drawn);
  }
}

/// Posts are as many more as they have fewer days at work.
void Demand::take_absence(Interval interval, Occupation occupation, DrawnPosts& drawn) const {
  const WorkingYear& year = rates_.effects.years[occupation.position()];
  const std::vector<Effect>& effects = rates_.effects.absence[occupation.position()];
  DrawnLevers& levers = drawn.absence[occupation.position()];
  levers.advance(interval);
  for (const Area area : positions<Area>(drawn.ratio.extent<Area>())) {
    const RateChange change = change_by(effects, interval, Sex(0), Age(0), area);
    const double expected = change.of(year.absent_days());
    const double days = year.available_days(0.0);
    const auto ratios = drawn.ratio.slab(occupation, area);
    std::fill(ratios.begin(), ratios.end(), expected);
    levers.apply(Sex(0), Age(0), area, ratios);
    for (double& ratio : ratios) {
      if (ratio < 0.0 || ratio >= days) {
        throw levers.refusal("no day of work would be left, or more than all");
      }
      ratio = (days - expected) / (days - ratio);
    }
  }
}

void Demand::take_productivity(Interval interval, Occupation occupation, DrawnPosts& drawn) const {
  const std::vector<Effect>& effects = rates_.effects.productivity[occupation.position()];
  DrawnLevers& levers = drawn.productivity[occupation.position()];
  levers.advance(interval);
  for (const Area area : positions<Area>(drawn.ratio.extent<Area>())) {
    const double expected = change_by(effects, interval, Sex(0), Age(0), area).of(1.0);
    std::fill(drawn.room.begin(), drawn.room.end(), expected);
    levers.apply(Sex(0), Age(0), area, drawn.room);
    const auto ratios = drawn.ratio.slab(occupation, area);
    for (std::size_t draw = 0; draw < ratios.size(); ++draw) {
      if (drawn.room[draw] <= 0.0) throw levers.refusal("no work would be done");
      ratios[draw] *= expected / drawn.room[draw];
    }
  }
}

}  // namespace kohort::workforce
