#include "models/population/adjust/system.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "engine/base/error.hpp"

namespace kohort::population {
namespace {

/// The cells of one lever of a demand. Births have no cells by the child's sex.
template <class Visit>
void for_each_cell(const Frame& frame, const Demand& demand, const Lever& lever, Visit&& visit) {
  const bool births = lever.flow == Flow::births;
  const std::vector<Sex> mothers{frame.position_of("female").value_or(Sex(0))};
  for (const Sex sex : births ? mothers : demand.sexes) {
    for (const Age age : demand.ages) {
      for (const Area area : demand.areas) visit(Cell{lever.rates, lever.flow, sex, age, area});
    }
  }
}

/// Which demands hang together, because flows count in both.
class Links {
 public:
  explicit Links(std::size_t count) : parent_(count) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t root(std::size_t at) {
    while (parent_[at] != at) at = parent_[at] = parent_[parent_[at]];
    return at;
  }
  void join(std::size_t one, std::size_t other) { parent_[root(one)] = root(other); }

 private:
  std::vector<std::size_t> parent_;
};

void require_one_method(const Demand& one, const Demand& other) {
  if (one.method == other.method && one.method != Method::proportional) return;
  throw Error(
      Fault::scenario,
      Mistake{
          other.where,
          fmt::format("the totals {} and {} ask for some of the same flows", one.name, other.name),
          "give both method = \"raking\" or \"least_squares\", or let them not overlap"});
}

}  // namespace

std::vector<Part> parts_of(const Frame& frame, const std::vector<const Demand*>& demands) {
  Links links(demands.size());
  std::map<Cell, std::size_t> first;  // the first demand that a cell counts in
  for (std::size_t at = 0; at < demands.size(); ++at) {
    for (const Lever& lever : demands[at]->levers) {
      for_each_cell(frame, *demands[at], lever, [&](const Cell& cell) {
        const auto [known, added] = first.try_emplace(cell, at);
        if (added) return;
        require_one_method(*demands[known->second], *demands[at]);
        links.join(known->second, at);
      });
    }
  }
  std::map<std::size_t, Part> parts;
  std::map<Cell, std::size_t> numbers;  // of each cell within its part
  for (std::size_t at = 0; at < demands.size(); ++at) {
    Part& part = parts[links.root(at)];
    part.demands.push_back(demands[at]);
    auto& members = part.members.emplace_back();
    for (const Lever& lever : demands[at]->levers) {
      for_each_cell(frame, *demands[at], lever, [&](const Cell& cell) {
        const auto [known, added] = numbers.try_emplace(cell, part.cells.size());
        if (added) part.cells.push_back(cell);
        members.emplace_back(known->second, lever.sign);
      });
    }
  }
  std::vector<Part> result;
  for (auto& [root, part] : parts) result.push_back(std::move(part));
  return result;
}

double flow_of(const Frame& frame, const Cell& cell, const Happened& happened) {
  const PersonTable& flow = happened.ledger.flows[cell.flow];
  double sum = 0.0;
  for (const Sex sex : positions<Sex>(frame.sexes.size())) {
    if (cell.flow != Flow::births && sex != cell.sex) continue;
    for (const Group group : positions<Group>(frame.group_count())) {
      sum += flow(sex, cell.age, group, cell.area, Draw(0));
    }
  }
  return sum;
}

double outcome_of(const Frame& frame, const Demand& demand, const Happened& happened) {
  double sum = 0.0;
  if (demand.stock) {
    for (const Sex sex : demand.sexes) {
      for (const Age age : demand.ages) {
        for (const Group group : positions<Group>(frame.group_count())) {
          for (const Area area : demand.areas) {
            sum += happened.state.persons(sex, age, group, area, Draw(0));
          }
        }
      }
    }
    return sum;
  }
  for (const Lever& lever : demand.levers) {
    for_each_cell(frame, demand, lever,
                  [&](const Cell& cell) { sum += lever.sign * flow_of(frame, cell, happened); });
  }
  return sum;
}

}  // namespace kohort::population
