#include "models/care/model.hpp"

#include "engine/base/error.hpp"
#include "models/care/calibration.hpp"

namespace kohort::care {

namespace p = parameters;

struct CareModel::Parts {
  CareRates rates{};
  std::vector<Estimate> estimates{};
  population::Chance chance{};
  bool closed = true;
  Basis basis = Basis::estimated;
};

namespace {

/// What care cannot follow.
void check(const Source& source, const population::PopulationModel& population) {
  const auto reject = [&](const std::string& what, const std::string& remedy) {
    throw Error(Fault::scenario, source.settings.mistake(p::method, what, remedy));
  };
  if (source.frame.step != 1) {
    reject("states of care change from year to year", "set projection.step = 1");
  }
  if (!source.frame.groups.empty()) {
    reject("people with groups have no states of care", "leave out projection.groups");
  }
  if (population.rates().dying.empty()) {
    reject("the multistate form of the population has no probabilities of dying to follow",
           "choose population.domestic.form = \"pool\"");
  }
}

}  // namespace

CareModel::Parts CareModel::read(const Source& source,
                                 const population::PopulationModel& population) {
  check(source, population);
  Parts parts;
  const CareInputs inputs = read_care_inputs(source);
  const std::vector<Lever> levers = read_levers(source);
  Calibrated calibrated =
      calibrate(source, inputs, {population.base(), population.rates().dying}, levers);
  parts.rates = std::move(calibrated.rates);
  parts.estimates = std::move(calibrated.estimates);
  parts.chance = population.chance();
  parts.closed = population.rates().in_migrants.empty();
  parts.basis = std::max(Basis::estimated, source.tables.weakest());
  return parts;
}

CareModel::CareModel(const Source& source, const population::PopulationModel& population)
    : CareModel(source.frame, read(source, population)) {}

CareModel::CareModel(const Frame& frame, CareRates rates, const population::Chance& chance,
                     bool closed)
    : CareModel(frame, Parts{.rates = std::move(rates), .chance = chance, .closed = closed}) {}

CareModel::CareModel(const Frame& frame, Parts parts)
    : projection_(frame, std::move(parts.rates), parts.chance, parts.closed),
      estimates_(std::move(parts.estimates)) {
  declare_variables(parts.basis);
}

void CareModel::declare_variables(Basis basis) {
  for (const StateDescription& state : rates().care.states) {
    variables_.push_back({"care/persons",
                          "people by state of care at 31 December",
                          "1",
                          Moment::stock,
                          basis,
                          {.axis = "care_state",
                           .axis_meaning = "state of care, from none to most",
                           .label = state.name,
                           .place = CategoryPlace::last},
                          Detail::people,
                          rates().care.first_age});
  }
}

ModelSize CareModel::size() const {
  const Frame& frame = projection_.frame();
  const CareFrame& care = rates().care;
  const std::size_t slab = care.states.size() * frame.areas.size();
  return {slab * frame.sexes.size() * care.ages(frame), 10 * slab};
}

std::unique_ptr<CareStock> CareModel::start(const population::PopulationState& people) const {
  auto stock = std::make_unique<CareStock>(projection_.frame(), rates().care, people.block);
  projection_.start(people, *stock);
  return stock;
}

std::unique_ptr<CareLedger> CareModel::ledger(std::size_t draws) const {
  return std::make_unique<CareLedger>(projection_.frame(), rates().care, draws);
}

void CareModel::step(Interval interval, const People& people, CareStock& stock,
                     CareLedger& ledger) const {
  projection_.step(interval, people, stock, ledger);
}

std::span<const double> CareModel::values(const CareStock& stock, const CareLedger& /*ledger*/,
                                          std::size_t variable) const {
  return stock.persons.slab(CareState(variable));
}

}  // namespace kohort::care
