#include "models/care/model.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/error.hpp"
#include "models/care/calibration.hpp"
#include "models/care/calibration_report.hpp"
#include "models/care/service_calibration.hpp"
#include "models/care/service_inputs.hpp"

namespace kohort::care {

namespace p = parameters;

struct CareModel::Parts {
  CareRates rates{};
  ServiceRates services{};
  std::vector<Estimate> estimates{};
  population::Chance chance{};
  bool closed = true;
  Basis basis = Basis::estimated;           ///< of people by state
  std::string definition{};                 ///< by which they are counted
  Basis services_basis = Basis::estimated;  ///< of what services come to
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

/// How areas share places, where services have any.
cooperation::Cooperation read_shared_places(const Source& source, const ServiceRates& rates) {
  const auto rooms = rates.room.values();
  const bool limited =
      std::any_of(rooms.begin(), rooms.end(), [](double room) { return std::isfinite(room); });
  if (limited) return cooperation::read_cooperation(source, cooperation::Shared::places);
  cooperation::require_not_shared(source.settings, cooperation::Shared::places,
                                  "give care.service.places, or leave \"places\" out");
  return {};
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
  parts.rates.effects = effects_on_changes(levers);
  parts.estimates = std::move(calibrated.estimates);
  parts.chance = population.chance();
  parts.closed = population.rates().in_migrants.empty();
  parts.basis = std::max(Basis::estimated, source.tables.weakest());
  parts.definition = definition_of(inputs);
  CalibratedServices services =
      calibrate_services(source, inputs.care, read_service_inputs(source, inputs.care, levers),
                         {population.base(), parts.rates.base});
  parts.services = std::move(services.rates);
  parts.estimates.insert(parts.estimates.end(), services.estimates.begin(),
                         services.estimates.end());
  parts.services.places = read_shared_places(source, parts.services);
  parts.services_basis = std::max(Basis::estimated, source.tables.weakest());
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
  declare_states(parts.basis, parts.definition);
  if (parts.services.services.empty()) return;
  services_ = Services(frame, std::move(parts.services));
  declare_services(parts.services_basis);
}

void CareModel::declare(Figure figure, std::size_t kind, Variable variable) {
  places_.push_back({figure, kind});
  variables_.push_back(std::move(variable));
}

void CareModel::declare_states(Basis basis, const std::string& definition) {
  const std::vector<StateDescription>& states = rates().care.states;
  std::string meaning = "people by state of care at 31 December";
  if (!definition.empty()) meaning += "; " + definition;
  for (std::size_t state = 0; state < states.size(); ++state) {
    declare(Figure::persons, state,
            {"care/persons",
             meaning,
             "1",
             Moment::stock,
             basis,
             {.axis = "care_state",
              .axis_meaning = "state of care, from none to most",
              .label = states[state].name,
              .place = CategoryPlace::last},
             Detail::people,
             rates().care.first_age});
  }
}

/// A variable for each service.
void CareModel::declare_of_services(Figure figure, const Variable& like) {
  const std::vector<ServiceDescription>& services = services_.rates().services;
  for (std::size_t service = 0; service < services.size(); ++service) {
    Variable variable = like;
    variable.category = {.axis = "service",
                         .axis_meaning = "service",
                         .label = services[service].name,
                         .unit = services[service].unit};
    declare(figure, service, std::move(variable));
  }
}

void CareModel::declare_services(Basis basis) {
  declare_of_services(Figure::users, {"care/users",
                                      "users of services at 31 December",
                                      "1",
                                      Moment::stock,
                                      basis,
                                      {},
                                      Detail::people,
                                      rates().care.first_age});
  const auto by_area = [&](Figure figure, const std::string& name, const std::string& meaning,
                           const std::string& unit) {
    const bool at_end = figure == Figure::queue || figure == Figure::borrowed;
    const Moment moment = at_end ? Moment::stock : Moment::flow;
    declare_of_services(figure, {name, meaning, unit, moment, basis, {}, Detail::areas, {}});
  };
  by_area(Figure::queue, "care/queue", "people waiting for a service at 31 December", "1");
  if (services_.rates().places.any()) {
    by_area(Figure::borrowed, "care/borrowed",
            "users with places of other areas at 31 December; less than 0: of others here", "1");
  }
  by_area(Figure::volume, "care/volume", "volume of services, in the unit of each", "1");
  by_area(Figure::unmet, "care/unmet", "volume needed by those waiting, in the unit of each", "1");
  by_area(Figure::cost, "care/cost", "cost of services in fixed prices", "SEK");
  by_area(Figure::cost_current, "care/cost_current", "cost of services in prices of the year",
          "SEK");
  const auto by_payer = [&](Figure figure, const std::string& name, const std::string& meaning) {
    for (std::size_t payer = 0; payer < payers.size(); ++payer) {
      const Category who{.axis = "payer", .axis_meaning = "who pays", .label = payers.at(payer)};
      declare(figure, payer, {name, meaning, "SEK", Moment::flow, basis, who, Detail::areas, {}});
    }
  };
  by_payer(Figure::paid, "care/cost_paid", "cost of all services by payer in fixed prices");
  by_payer(Figure::paid_current, "care/cost_paid_current",
           "cost of all services by payer in prices of the year");
}

ModelSize CareModel::size() const {
  const Frame& frame = projection_.frame();
  const CareFrame& care = rates().care;
  const std::size_t slab = care.states.size() * frame.areas.size();
  const std::size_t cells = frame.sexes.size() * care.ages(frame);
  const std::size_t services = services_.rates().services.size() * frame.areas.size();
  const std::size_t movers = care.states.size() * cells;
  const Precision of_all = projection_.precision_of({});
  return {in_doubles(slab * cells, of_all) + 5 * services,
          2 * slab + in_doubles(services * cells, frame.precision) + 12 * services + movers};
}

std::unique_ptr<CareStock> CareModel::start(const population::PopulationState& people,
                                            CareLedger& ledger) const {
  auto stock = std::make_unique<CareStock>(projection_.frame(), rates().care, people.block,
                                           projection_.precision_of(people.block));
  projection_.start(people, *stock);
  if (!services_.any()) return stock;
  std::vector<DrawnServiceLevers> levers;
  if (projection_.draws_paths()) levers = services_.draw_levers(people.block);
  stock->services = services_.start(stock->persons, ledger.services, std::move(levers));
  return stock;
}

std::unique_ptr<CareLedger> CareModel::ledger(std::size_t draws) const {
  auto ledger = std::make_unique<CareLedger>(projection_.frame(), rates().care, draws);
  if (services_.any()) ledger->services = services_.ledger(draws);
  return ledger;
}

void CareModel::step(Interval interval, const People& people, CareStock& stock,
                     CareLedger& ledger) const {
  projection_.step(interval, people, stock, ledger);
  if (services_.any()) services_.step(interval, stock.persons, stock.services, ledger.services);
}

Numbers CareModel::values(const CareStock& stock, const CareLedger& ledger,
                          std::size_t variable) const {
  const auto [figure, kind] = places_[variable];
  const Service service(kind);
  switch (figure) {
    case Figure::persons:
      return stock.persons.of(CareState(kind));
    case Figure::users:
      return ledger.services.users.of(part_of(service));
    case Figure::queue:
      return stock.services.queue.slab(service);
    case Figure::borrowed:
      return stock.services.borrowed.slab(service);
    case Figure::volume:
      return ledger.services.volume.slab(service);
    case Figure::unmet:
      return ledger.services.unmet.slab(service);
    case Figure::cost:
      return ledger.services.cost.slab(service);
    case Figure::cost_current:
      return ledger.services.cost_current.slab(service);
    case Figure::paid:
      return ledger.services.paid.slab(Payer(kind));
    case Figure::paid_current:
      return ledger.services.paid_current.slab(Payer(kind));
  }
  return {};
}

}  // namespace kohort::care
