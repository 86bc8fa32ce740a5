#include "models/population/adjust/report.hpp"

#include <algorithm>

namespace kohort::population {
namespace {

struct Words {
  const char* factor;
  const char* flow;
  const char* long_name;
};

Words words_of(Adjusted what) {
  switch (what) {
    case Adjusted::mortality:
      return {"mortality_factor", "deaths", "the force of mortality"};
    case Adjusted::fertility:
      return {"fertility_factor", "births", "births per woman, by the mother's age"};
    case Adjusted::immigration:
      return {"immigration_factor", "immigration", "immigrants"};
    case Adjusted::emigration:
      return {"emigration_factor", "emigration", "rates of emigration"};
    case Adjusted::domestic_out:
      return {"domestic_out_factor", "domestic_out", "rates of leaving for other areas"};
    case Adjusted::domestic_in:
      return {"domestic_in_factor", "domestic_in", "how often the area is chosen"};
    case Adjusted::net_migration:
      return {"net_migration_factor", "net_migration", "net migration"};
  }
  return {};
}

}  // namespace

Report::Report(const Frame& frame, const std::vector<Demand>& demands) : frame_(frame) {
  for (const Demand& demand : demands) {
    for (const Lever& lever : demand.levers) {
      levers_[lever.rates] = lever.flow;
      changes_[lever.flow] = Table<double, Interval, Area>({frame.intervals, frame.areas.size()});
    }
  }
}

void Report::take(Interval interval, const PopulationLedger& ledger, double sign) {
  for (auto& [flow, changes] : changes_) {
    for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
      for (const Age age : positions<Age>(frame_.ages())) {
        for (const Group group : positions<Group>(frame_.group_count())) {
          const auto events = ledger.flows[flow].slab(sex, age, group);
          for (const Area area : positions<Area>(frame_.areas.size())) {
            changes(interval, area) += sign * events[area.position()];
          }
        }
      }
    }
  }
}

std::vector<Estimate> Report::estimates(const Adjustments& factors) const {
  std::vector<Estimate> estimates;
  if (levers_.empty()) return estimates;
  for (const auto& [what, flow] : levers_) {
    const Words words = words_of(what);
    std::vector<double> values;
    for (const Interval interval : positions<Interval>(frame_.intervals)) {
      const AgeTable& table = factors[interval.position()][what];
      for (const Area area : positions<Area>(frame_.areas.size())) {
        for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
          for (const Age age : positions<Age>(frame_.ages())) {
            values.push_back(table.empty() ? 1.0 : table(sex, age, Group(0), area));
          }
        }
      }
    }
    estimates.push_back({std::string("adjustment/") + words.factor,
                         std::string("factor on ") + words.long_name + ", so that totals are met",
                         "1",
                         {{"flow_year", {}}, {"area", {}}, {"sex", {}}, {"age", {}}},
                         std::move(values)});
    const auto changed = changes_.at(flow).values();
    estimates.push_back({std::string("adjustment/") + words.flow,
                         std::string(words.flow) + " beyond those without the factors of the year",
                         "1",
                         {{"flow_year", {}}, {"area", {}}},
                         {changed.begin(), changed.end()}});
  }
  estimates.push_back({"adjustment/largest_error",
                       "largest error of a total, relative to it where it is above 1",
                       "1",
                       {},
                       {largest_error_}});
  for (Estimate& one : estimates) one.components = {"adjustment"};
  return estimates;
}

Adjustments factors_of(const Frame& frame, const std::vector<Estimate>& estimates) {
  Adjustments factors(frame.intervals);
  for (std::size_t at = 0; at < adjusted_count; ++at) {
    const auto what = static_cast<Adjusted>(at);
    const std::string name = std::string("adjustment/") + words_of(what).factor;
    const auto found = std::find_if(estimates.begin(), estimates.end(),
                                    [&](const Estimate& one) { return one.name == name; });
    if (found == estimates.end()) continue;
    auto value = found->values.begin();
    for (Factors& of_interval : factors) {
      AgeTable& table = of_interval.of(what, frame);
      for (const Area area : positions<Area>(frame.areas.size())) {
        for (const Sex sex : positions<Sex>(frame.sexes.size())) {
          for (const Age age : positions<Age>(frame.ages())) {
            for (const Group group : positions<Group>(frame.group_count())) {
              table(sex, age, group, area) = *value;
            }
            ++value;
          }
        }
      }
    }
  }
  return factors;
}

}  // namespace kohort::population
