#include "models/workforce/expected_work.hpp"

#include "engine/table/tabulate.hpp"

namespace kohort::workforce {
namespace {

care::ServiceStock expected_services(const Frame& frame, const population::AgeTable& people,
                                     const care::CareModel& model) {
  const care::PrevalenceTable& shares = model.rates().base;
  const care::CareFrame& care = model.rates().care;
  const care::CareTable persons(tabulate<partition::PartTable>(
      {care.states.size(), frame.sexes.size(), care.ages(frame), frame.areas.size(), 1},
      [&](care::CareState state, Sex sex, care::CareAge age, Area area, Draw) {
        return people(sex, care.age_of(age), Group(0), area) * shares(sex, age, state, area);
      }));
  care::ServiceLedger ledger = model.services().ledger(1);
  return model.services().start(persons, ledger);
}

population::PersonTable expected_need(const Frame& frame, const population::AgeTable& people,
                                      const welfare::NeedRates& need) {
  return tabulate<population::PersonTable>(
      {frame.sexes.size(), frame.ages(), frame.group_count(), frame.areas.size(), 1},
      [&](Sex sex, Age age, Group group, Area area, Draw) {
        return people(sex, age, group, area) * need.rate(sex, age, area);
      });
}

}  // namespace

Workload expected_units(const Frame& frame, const WorkModels& models, const Demand& demand) {
  const population::AgeTable& people = models.population.base();
  care::ServiceStock services;
  std::vector<population::PersonTable> needs;
  if (models.care != nullptr && models.care->services().any()) {
    services = expected_services(frame, people, *models.care);
  }
  if (models.welfare != nullptr) {
    for (const welfare::NeedRates& need : models.welfare->needs()) {
      needs.push_back(expected_need(frame, people, need));
    }
  }
  Workload units({demand.tasks().size(), frame.areas.size(), 1});
  demand.take_units({&services, &needs}, units);
  return units;
}

WorkSources work_sources(const WorkModels& models) {
  WorkSources sources;
  if (models.care != nullptr) {
    for (const auto& service : models.care->services().rates().services) {
      sources.services.push_back(service.name);
    }
  }
  if (models.welfare != nullptr) {
    for (const auto& need : models.welfare->needs()) sources.needs.push_back(need.name);
  }
  return sources;
}

}  // namespace kohort::workforce
