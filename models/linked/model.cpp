#include "models/linked/model.hpp"

#include <algorithm>

#include "models/cooperation/cooperation.hpp"
#include "models/cooperation/parameters.hpp"
#include "models/population/rates/multipliers.hpp"
#include "models/welfare/levers.hpp"
#include "models/workforce/levers.hpp"

namespace kohort {
namespace {

struct LinkedState final : State {
  std::unique_ptr<State> population;
  std::unique_ptr<care::CareStock> care;
  std::unique_ptr<welfare::WelfareState> welfare;
  std::unique_ptr<workforce::WorkforceState> workforce;

  const population::PopulationState& people() const {
    return dynamic_cast<const population::PopulationState&>(*population);
  }
  /// What takes the work of staff.
  workforce::Served served() const {
    return {care ? &care->services : nullptr, welfare ? &welfare->persons : nullptr};
  }
};

struct LinkedLedger final : Ledger {
  std::unique_ptr<Ledger> population;
  std::unique_ptr<care::CareLedger> care;
  std::unique_ptr<workforce::WorkforceLedger> workforce;

  const population::PopulationLedger& events() const {
    return dynamic_cast<const population::PopulationLedger&>(*population);
  }
};

}  // namespace

LinkedModel::LinkedModel(const Settings& settings, const Frame& frame, Tables& tables,
                         const std::stop_token& stop)
    : population_(settings, frame, tables, stop) {
  add_variables(population_.variables(), basis_of_interventions(settings, {"population"}));
  if (care::is_wanted(settings)) {
    care_.emplace(Source{settings, frame, tables, stop}, population_);
    add_variables(care_->variables(), basis_of_interventions(settings, {"population", "care"}));
  }
  if (!care_) {
    cooperation::require_not_shared(settings, cooperation::Shared::places,
                                    "project care, or leave \"places\" out");
  }
  first_of_welfare_ = variables_.size();
  if (welfare::has_needs(settings)) {
    welfare_.emplace(Source{settings, frame, tables, stop}, population_);
    add_variables(welfare_->variables(),
                  basis_of_interventions(settings, {"population", "welfare"}));
  }
  first_of_workforce_ = variables_.size();
  if (workforce::is_wanted(settings)) {
    const workforce::WorkModels models{population_, care_ ? &*care_ : nullptr,
                                       welfare_ ? &*welfare_ : nullptr};
    workforce_.emplace(Source{settings, frame, tables, stop}, models);
    add_variables(workforce_->variables(),
                  basis_of_interventions(settings, {"population", "care", "welfare", "workforce"}));
  } else {
    cooperation::require_not_shared(settings, cooperation::Shared::staff,
                                    "project staff (workforce.occupation), or leave \"staff\" out");
  }
}

/// What interventions act on is worth no more than they are.
void LinkedModel::add_variables(const std::vector<Variable>& more, Basis interventions) {
  for (Variable variable : more) {
    variable.basis = std::max(variable.basis, interventions);
    variables_.push_back(std::move(variable));
  }
}

std::vector<Estimate> LinkedModel::estimates() const {
  std::vector<Estimate> estimates = population_.estimates();
  const auto add = [&](const std::vector<Estimate>& more) {
    estimates.insert(estimates.end(), more.begin(), more.end());
  };
  if (care_) add(care_->estimates());
  if (welfare_) add(welfare_->estimates());
  if (workforce_) add(workforce_->estimates());
  return estimates;
}

std::unique_ptr<State> LinkedModel::start(const DrawBlock& block, Ledger& ledger) const {
  auto& room = dynamic_cast<LinkedLedger&>(ledger);
  auto state = std::make_unique<LinkedState>();
  state->population = population_.start(block, *room.population);
  if (care_) state->care = care_->start(state->people(), *room.care);
  if (welfare_) state->welfare = welfare_->start(state->people());
  if (workforce_) state->workforce = workforce_->start(state->people(), state->served());
  return state;
}

ModelSize LinkedModel::size() const {
  ModelSize size = population_.size();
  if (care_) {
    size.state += care_->size().state;
    size.ledger += care_->size().ledger;
  }
  if (welfare_) size.state += welfare_->size().state;
  if (workforce_) {
    size.state += workforce_->size().state;
    size.ledger += workforce_->size().ledger;
  }
  return size;
}

std::unique_ptr<Ledger> LinkedModel::ledger(std::size_t draws) const {
  auto ledger = std::make_unique<LinkedLedger>();
  ledger->population = population_.ledger(draws);
  if (care_) ledger->care = care_->ledger(draws);
  if (workforce_) ledger->workforce = workforce_->ledger(draws);
  return ledger;
}

void LinkedModel::step(Interval interval, State& state, Ledger& ledger) const {
  auto& all = dynamic_cast<LinkedState&>(state);
  auto& room = dynamic_cast<LinkedLedger&>(ledger);
  room.population->onlooker = room.onlooker;  // whose variables come first
  population_.step(interval, *all.population, *room.population);
  if (care_) care_->step(interval, {all.people(), room.events()}, *all.care, *room.care);
  if (welfare_) welfare_->step(interval, all.people(), *all.welfare);
  if (!workforce_) return;
  workforce_->step(interval, {all.people(), room.events()}, all.served(), *all.workforce,
                   *room.workforce);
  if (care_ && workforce_->feeds_back()) {
    care_->deliver(interval, room.workforce->balance.services, *room.care);
  }
}

Numbers LinkedModel::values(const State& state, const Ledger& ledger, std::size_t variable) const {
  const auto& all = dynamic_cast<const LinkedState&>(state);
  const auto& room = dynamic_cast<const LinkedLedger&>(ledger);
  const std::size_t of_population = population_.variables().size();
  if (variable < of_population) {
    return population_.values(*all.population, *room.population, variable);
  }
  if (variable >= first_of_workforce_) {
    return workforce_->values(*all.workforce, *room.workforce, variable - first_of_workforce_);
  }
  if (variable >= first_of_welfare_) {
    return welfare_->values(*all.welfare, variable - first_of_welfare_);
  }
  return care_->values(*all.care, *room.care, variable - of_population);
}

void LinkedModel::indicate(Moment moment, const State& state, const Ledger& ledger,
                           std::span<const AreaSet> sets, std::span<double> figures) const {
  population_.indicate(moment, *dynamic_cast<const LinkedState&>(state).population,
                       *dynamic_cast<const LinkedLedger&>(ledger).population, sets, figures);
}

std::vector<Reach> reached(const Settings& settings) {
  return {{"population", population::parameters::multiplied.choices},
          {"care", care::parameters::lever_on.choices, care::is_wanted(settings)},
          {"welfare", welfare::parameters::lever_on.choices, welfare::has_needs(settings)},
          {"workforce", workforce::parameters::lever_on.choices, workforce::is_wanted(settings)}};
}

void declare_models(Catalogue& catalogue) {
  population::declare_parameters(catalogue);
  care::declare_parameters(catalogue);
  welfare::declare_parameters(catalogue);
  workforce::declare_parameters(catalogue);
  cooperation::declare_parameters(catalogue);
}

}  // namespace kohort
