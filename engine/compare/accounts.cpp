#include "engine/compare/accounts.hpp"

#include <algorithm>

namespace kohort::compare {
namespace {

/// Those who are at an age at the end of an interval, or were born in it, if nothing else happens.
std::vector<double> aged(const AccountShape& shape, std::span<const double> persons,
                         std::span<const double> births) {
  std::vector<double> now(shape.size(), 0.0);
  const std::size_t open = shape.ages - 1;
  for (std::size_t area = 0; area < shape.areas; ++area) {
    for (std::size_t sex = 0; sex < shape.sexes; ++sex) {
      double newborn = 0.0;
      for (std::size_t age = 0; age < shape.ages; ++age) {
        newborn += births[shape.at(area, sex, age)];
      }
      now[shape.at(area, sex, 0)] = newborn;
      for (std::size_t age = 1; age < shape.ages; ++age) {
        now[shape.at(area, sex, age)] += persons[shape.at(area, sex, age - 1)];
      }
      now[shape.at(area, sex, open)] += persons[shape.at(area, sex, open)];
    }
  }
  return now;
}

/// The women who reach an age in the interval, in the cells of both sexes of their children.
std::vector<double> mothers(const AccountShape& shape, std::span<const double> persons) {
  const std::vector<double> none(shape.size(), 0.0);
  const std::vector<double> now = aged(shape, persons, none);
  std::vector<double> women(shape.size());
  for (std::size_t area = 0; area < shape.areas; ++area) {
    for (std::size_t sex = 0; sex < shape.sexes; ++sex) {
      for (std::size_t age = 0; age < shape.ages; ++age) {
        women[shape.at(area, sex, age)] = now[shape.at(area, shape.mothers, age)];
      }
    }
  }
  return women;
}

/// The sum over the areas, by sex and age, in the cells of every area.
std::vector<double> over_areas(const AccountShape& shape, std::span<const double> flow) {
  const std::size_t slab = shape.sexes * shape.ages;
  std::vector<double> sums(slab, 0.0);
  for (std::size_t at = 0; at < flow.size(); ++at) sums[at % slab] += flow[at];
  std::vector<double> pool(flow.size());
  for (std::size_t at = 0; at < flow.size(); ++at) pool[at] = sums[at % slab];
  return pool;
}

std::vector<FlowRate> rates(std::span<const double> flow, std::span<const double> people) {
  std::vector<FlowRate> found(flow.size());
  for (std::size_t at = 0; at < flow.size(); ++at) found[at] = FlowRate::of(flow[at], people[at]);
  return found;
}

std::vector<double> flows(std::span<const FlowRate> rates, std::span<const double> people) {
  std::vector<double> found(rates.size());
  for (std::size_t at = 0; at < rates.size(); ++at) found[at] = rates[at].from(people[at]);
  return found;
}

void add(std::vector<double>& to, std::span<const double> what, double times) {
  for (std::size_t at = 0; at < to.size(); ++at) to[at] += times * what[at];
}

}  // namespace

// Births, arrivals from abroad, departures, arrivals from other areas, deaths: in this order each
// flow comes from people who are known by then.
IntervalRates rates_of(const AccountShape& shape, std::span<const double> persons,
                       const IntervalFlows& interval) {
  IntervalRates found;
  found.births = rates(interval.births, mothers(shape, persons));
  std::vector<double> people = aged(shape, persons, interval.births);
  found.immigration = interval.immigration;
  add(people, interval.immigration, 1.0);
  found.leaving = rates(interval.domestic_out, people);
  found.emigrating = rates(interval.emigration, people);
  found.arriving = rates(interval.domestic_in, over_areas(shape, interval.domestic_out));
  add(people, interval.domestic_out, -1.0);
  add(people, interval.emigration, -1.0);
  add(people, interval.domestic_in, 1.0);
  found.deaths = rates(interval.deaths, people);
  found.net_migration = interval.net_migration;
  return found;
}

std::vector<std::vector<double>> project(const AccountShape& shape, const AccountSources& sources) {
  const auto of = [&](Component component) -> const Accounts& {
    return *sources.at(static_cast<std::size_t>(component));
  };
  std::vector<std::vector<double>> course{of(Component::base).base};
  for (std::size_t at = 0; at < of(Component::base).intervals.size(); ++at) {
    const auto rates_from = [&](Component component) -> const IntervalRates& {
      return of(component).intervals[at];
    };
    const std::vector<double>& before = course.back();
    const std::vector<double> births =
        flows(rates_from(Component::births).births, mothers(shape, before));
    std::vector<double> people = aged(shape, before, births);
    const IntervalRates& international = rates_from(Component::international);
    const IntervalRates& domestic = rates_from(Component::domestic);
    add(people, international.immigration, 1.0);
    const std::vector<double> leavers = flows(domestic.leaving, people);
    const std::vector<double> emigrants = flows(international.emigrating, people);
    const std::vector<double> arrivals = flows(domestic.arriving, over_areas(shape, leavers));
    add(people, leavers, -1.0);
    add(people, emigrants, -1.0);
    add(people, arrivals, 1.0);
    add(people, flows(rates_from(Component::deaths).deaths, people), -1.0);
    add(people, rates_from(Component::net_migration).net_migration, 1.0);
    course.push_back(std::move(people));
  }
  return course;
}

AccountSources Mixture::sources(evaluate::Swapped swapped) const {
  AccountSources found{};
  for (std::size_t component = 0; component < found.size(); ++component) {
    found.at(component) = ((swapped >> component) & 1U) != 0 ? &second_ : &first_;
  }
  return found;
}

}  // namespace kohort::compare
