#include "models/population/model.hpp"

#include <algorithm>
#include <iterator>

#include "engine/base/error.hpp"
#include "engine/kernels/reference/cohort.hpp"
#include "models/population/adjust/meet.hpp"
#include "models/population/base.hpp"
#include "models/population/base_parameters.hpp"
#include "models/population/fit/fit.hpp"
#include "models/population/fit/freeze.hpp"
#include "models/population/fit/parameters.hpp"
#include "models/population/rates/check.hpp"
#include "models/population/rates/fertility.hpp"
#include "models/population/rates/migration.hpp"
#include "models/population/rates/mortality.hpp"
#include "models/population/rates/multipliers.hpp"
#include "models/population/rates/multistate.hpp"

namespace kohort::population {

namespace p = parameters;

struct PopulationModel::Parts {
  Conventions conventions{};
  Rates rates{};
  AgeTable base{};
  std::vector<Estimate> estimates{};
  Rates fitted{};
  Frozen frozen{};
  std::vector<std::string> fitted_components{};
  Basis basis = Basis::estimated;
  Chance chance{};
  std::optional<AgeGroup> working_ages{};
};

namespace {

Chance read_chance(const Source& source, const Rates& rates) {
  const Chance chance{source.settings[p::chance_paths], source.settings[p::chance_events]};
  if (chance.paths && !is_any_uncertain(rates.uncertainty) &&
      !any_intervention_uncertain(source.settings)) {
    throw Error(
        Fault::scenario,
        source.settings.mistake(
            p::chance_paths,
            "no rate is fitted from history, or from too few years, so that nothing is known "
            "of how uncertain it is: all draws would be alike",
            "fit a component from history (population.mortality.source = \"history\", and "
            "so on), give interventions with an se, or draw events alone "
            "(uncertainty.events)"));
  }
  if (chance.events && !rates.net_migration_target.empty()) {
    throw Error(Fault::scenario,
                source.settings.mistake(p::chance_events,
                                        "a residual cannot be drawn: it is what is left over",
                                        "give net migration as counts or rates"));
  }
  return chance;
}

void append(std::vector<Estimate> more, std::vector<Estimate>& estimates) {
  std::move(more.begin(), more.end(), std::back_inserter(estimates));
}

bool from_history(const Settings& settings, const Choice<RateSource>& component) {
  return settings[component] == RateSource::history;
}

/// Movers that are fitted from history are pooled.
DomesticForm domestic_form(const Settings& settings) {
  return from_history(settings, p::domestic_source) ? DomesticForm::pool
                                                    : settings[p::domestic_form];
}

void read_domestic(const Source& source, const Conventions& conventions, Rates& rates) {
  switch (domestic_form(source.settings)) {
    case DomesticForm::none:
      return;
    case DomesticForm::pool:
      read_pool(source, rates);
      return;
    case DomesticForm::open:
      read_open(source, conventions, rates);
      return;
    case DomesticForm::multistate:
      read_multistate(source, conventions, rates);
      return;
  }
}

}  // namespace

namespace {

/// What the multistate form cannot do.
void check_multistate(const Settings& settings, const Conventions& conventions) {
  Mistakes mistakes;
  const auto reject = [&](const Parameter& parameter, const std::string& remedy) {
    mistakes.add(settings.mistake(parameter, "this does not go with the multistate form", remedy));
  };
  if (conventions.fertility_exposure == FertilityExposure::before_migrants) {
    reject(p::fertility_exposure, "choose stocks or adjusted_stocks");
  }
  if (conventions.immigrant_mortality == ImmigrantMortality::next_age) {
    reject(p::immigrant_mortality, "choose same_age");
  }
  if (settings[p::net_migration_form] == NetMigrationForm::residual) {
    reject(p::net_migration_form, "give counts or rates");
  }
  for (const Choice<RateSource>* component : {&p::mortality_source, &p::emigration_source}) {
    if (from_history(settings, *component)) reject(*component, "give its rates by tables");
  }
  mistakes.throw_if_any(Fault::scenario);
}

/// What rates fitted from registers cannot do: they are by birth cohort, and pool the open age.
void check_history(const Settings& settings, const Conventions& conventions) {
  Mistakes mistakes;
  if (from_history(settings, p::mortality_source) && conventions.open_age != OpenAge::pooled) {
    mistakes.add(settings.mistake(p::open_age_survivors,
                                  "mortality fitted from history pools the open age group",
                                  "choose pooled"));
  }
  if (from_history(settings, p::fertility_source) &&
      conventions.fertility_exposure != FertilityExposure::stocks) {
    mistakes.add(settings.mistake(p::fertility_exposure,
                                  "fertility fitted from history is per woman of the mean stocks",
                                  "choose stocks"));
  }
  mistakes.throw_if_any(Fault::scenario);
}

}  // namespace

void declare_parameters(Catalogue& catalogue) {
  catalogue.add_section("population", "The population by area, group, sex and age.");
  declare_base(catalogue);
  declare_rate_parameters(catalogue);
  catalogue.add(p::multipliers);
  declare_margins(catalogue);
  declare_adjustment_parameters(catalogue);
  fit::declare_parameters(catalogue);
}

Conventions read_conventions(const Settings& settings) {
  Conventions conventions;
  conventions.open_age = settings[p::open_age_survivors];
  conventions.fertility_exposure = settings[p::fertility_exposure];
  conventions.immigrant_mortality = settings[p::immigrant_mortality];
  conventions.timing = settings[p::migration_timing];
  if (conventions.timing == MigrationTiming::mid_year) {
    conventions.newborn_exposure = settings[p::newborn_exposure];
  }
  check_history(settings, conventions);
  if (domestic_form(settings) == DomesticForm::multistate) {
    check_multistate(settings, conventions);
  } else {
    conventions.leaving_rates = settings[p::leaving_rates];
  }
  return conventions;
}

namespace {

/// Reads the rates of the components that the scenario gives by tables, going on after mistakes.
void read_tables(const Source& source, const Conventions& conventions, Rates& rates,
                 std::vector<Estimate>& estimates, Attempts& attempts) {
  const auto read = [&](const Choice<RateSource>& component, auto&& reader) {
    if (!from_history(source.settings, component)) attempts.attempt(reader);
  };
  read(p::domestic_source, [&] { read_domestic(source, conventions, rates); });
  if (domestic_form(source.settings) != DomesticForm::multistate) {
    read(p::mortality_source, [&] {
      Mortality mortality = read_mortality(source, conventions);
      rates.dying = std::move(mortality.dying);
      append(std::move(mortality.life_tables), estimates);
    });
    read(p::emigration_source, [&] { read_emigration(source, rates); });
    attempts.attempt([&] { read_transfers(source, rates); });
  }
  read(p::fertility_source, [&] { read_fertility(source, rates); });
  read(p::immigration_source, [&] { read_immigration(source, conventions, rates); });
  attempts.attempt([&] { read_birth_shares(source, rates); });
  attempts.attempt([&] { read_net_migration(source, conventions, rates); });
}

}  // namespace

PopulationModel::Parts PopulationModel::read(const Source& source) {
  const Settings& settings = source.settings;
  const Frame& frame = source.frame;
  Tables& tables = source.tables;
  Parts parts;
  Attempts attempts;
  Conventions& conventions = parts.conventions;
  attempts.attempt([&] { conventions = read_conventions(settings); });
  fit::RatesFromHistory fitted;
  attempts.attempt([&] {
    BasePopulation base = read_base(source);
    parts.base = std::move(base.persons);
    parts.estimates = std::move(base.estimates);
    // First of the rates, so that the account of the tables tells what the fit came from.
    fitted = fit::rates_from_history(source, conventions, parts.base);
  });
  parts.fitted = fitted.rates;
  parts.fitted_components = std::move(fitted.components);
  parts.frozen = {
      {}, tables.records(), std::max(Basis::estimated, tables.weakest()), tables.known()};
  parts.rates = std::move(fitted.rates);
  read_tables(source, conventions, parts.rates, parts.estimates, attempts);
  attempts.throw_if_any();
  append(std::move(fitted.estimates), parts.estimates);
  check_rates(source, conventions, parts.rates);
  multiply_rates(source, conventions, parts.rates);
  if (meet_demands(source, {frame, conventions, parts.base}, parts.rates, parts.estimates)) {
    parts.frozen.inputs = tables.records();
    parts.frozen.basis = std::max(Basis::estimated, tables.weakest());
    parts.frozen.known_from = tables.known();
  }
  parts.chance = read_chance(source, parts.rates);
  if (parts.chance.events) require_whole(source, parts.base);
  parts.working_ages = working_ages(settings, frame);
  parts.basis = std::max(parts.basis, tables.weakest());
  return parts;
}

PopulationModel::PopulationModel(const Frame& frame, Parts parts)
    : projection_(frame, std::move(parts.rates), parts.conventions, parts.chance),
      base_(std::move(parts.base)),
      estimates_(std::move(parts.estimates)),
      fitted_(std::move(parts.fitted)),
      frozen_(std::move(parts.frozen)),
      fitted_components_(std::move(parts.fitted_components)),
      indicators_(frame, rates().fertility_ages, parts.working_ages, parts.basis) {
  declare_variables(parts.basis);
}

/// Flows that the scenario knows nothing of are not reported.
void PopulationModel::declare_variables(Basis basis) {
  variables_.push_back(
      {"population/persons", "population at 31 December", "1", Moment::stock, basis});
  const auto declare = [&](Flow flow, const char* name, const char* long_name) {
    variables_.push_back({name, long_name, "1", Moment::flow, basis});
    flows_.push_back(flow);
  };
  declare(Flow::births, "population/births", "live births by the mother's age and the child's sex");
  declare(Flow::deaths, "population/deaths", "deaths");
  declare(Flow::domestic_in, "population/domestic_in", "in-migrants from other areas");
  declare(Flow::domestic_out, "population/domestic_out", "out-migrants to other areas");
  declare(Flow::immigration, "population/immigration", "immigrants from other countries");
  declare(Flow::emigration, "population/emigration", "emigrants to other countries");
  const Rates& given = rates();
  if (!given.net_migrants.empty() || !given.net_migration_rate.empty() ||
      !given.net_migration_target.empty()) {
    declare(Flow::net_migration, "population/net_migration", "net migrants");
  }
  if (!projection_.frame().groups.empty()) {
    declare(Flow::group_in, "population/group_in", "persons who join the group from another");
    declare(Flow::group_out, "population/group_out", "persons who leave the group for another");
  }
}

PopulationModel::PopulationModel(const Settings& settings, const Frame& frame, Tables& tables,
                                 const std::stop_token& stop)
    : PopulationModel(frame, read({settings, frame, tables, stop})) {}

PopulationModel::PopulationModel(const Frame& frame, Rates rates, const Conventions& conventions,
                                 AgeTable base, const Chance& chance)
    : PopulationModel(frame, Parts{.conventions = conventions,
                                   .rates = std::move(rates),
                                   .base = std::move(base),
                                   .chance = chance}) {}

Frozen PopulationModel::frozen() const {
  Frozen frozen = frozen_;
  frozen.tables = fit::freeze(projection_.frame(), fitted_components_, fitted_);
  for (const Estimate& estimate : estimates_) {
    if (!estimate.components.empty()) frozen.tables.push_back(estimate);
  }
  return frozen;
}

std::unique_ptr<State> PopulationModel::start(const DrawBlock& block, Ledger& /*ledger*/) const {
  auto state = std::make_unique<PopulationState>(projection_.frame(), block);
  if (chance().paths) {
    state->deviations.draw_levers(projection_.frame(), rates().levers, block);
  }
  kernels::reference::spread(base_.values(), state->persons.values());
  return state;
}

ModelSize PopulationModel::size() const {
  constexpr std::size_t tables_of_a_ledger = 13;
  const Frame& frame = projection_.frame();
  const std::size_t cells = frame.places() * frame.sexes.size() * frame.ages();
  return {cells, tables_of_a_ledger * cells};
}

std::unique_ptr<Ledger> PopulationModel::ledger(std::size_t draws) const {
  return std::make_unique<PopulationLedger>(projection_.frame(), draws,
                                            !rates().multistate.empty());
}

Numbers PopulationModel::values(const State& state, const Ledger& ledger,
                                std::size_t variable) const {
  if (variable == 0) return dynamic_cast<const PopulationState&>(state).persons.values();
  return dynamic_cast<const PopulationLedger&>(ledger).flows[flows_[variable - 1]].values();
}

void PopulationModel::indicate(Moment moment, const State& state, const Ledger& ledger,
                               std::span<const AreaSet> sets, std::span<double> figures) const {
  const auto& population = dynamic_cast<const PopulationState&>(state);
  if (moment == Moment::stock) {
    indicators_.of_stocks(population, sets, figures);
  } else {
    indicators_.of_flows(population, dynamic_cast<const PopulationLedger&>(ledger), sets, figures);
  }
}

void PopulationModel::step(Interval interval, State& state, Ledger& ledger) const {
  auto& people = dynamic_cast<PopulationState&>(state);
  auto& events = dynamic_cast<PopulationLedger&>(ledger);
  if (ledger.onlooker == nullptr) {
    projection_.step(interval, people, events);
    return;
  }
  projection_.step(interval, people, events,
                   [&](Sex sex, Age age) { show(sex, age, people, events); });
}

void PopulationModel::show(Sex sex, Age age, const PopulationState& people,
                           const PopulationLedger& events) const {
  for (std::size_t variable = 0; variable < variables_.size(); ++variable) {
    if (variable > 0 && flows_[variable - 1] == Flow::births) continue;
    const PersonTable& table = variable == 0 ? people.persons : events.flows[flows_[variable - 1]];
    const auto slab = table.slab(sex, age);
    const auto first = static_cast<std::size_t>(slab.data() - table.values().data());
    events.onlooker->see(variable, first, slab);
  }
}

}  // namespace kohort::population
