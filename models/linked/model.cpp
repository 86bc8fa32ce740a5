#include "models/linked/model.hpp"

#include <iterator>

#include "engine/model/intervention.hpp"

namespace kohort {
namespace {

struct LinkedState final : State {
  std::unique_ptr<State> population;
  std::unique_ptr<care::CareStock> care;
  std::unique_ptr<welfare::WelfareState> welfare;

  const population::PopulationState& people() const {
    return dynamic_cast<const population::PopulationState&>(*population);
  }
};

struct LinkedLedger final : Ledger {
  std::unique_ptr<Ledger> population;
  std::unique_ptr<care::CareLedger> care;

  const population::PopulationLedger& events() const {
    return dynamic_cast<const population::PopulationLedger&>(*population);
  }
};

/// An intervention on a model that there is none of would do nothing.
void require_models_of_interventions(const Settings& settings) {
  std::vector<std::string> present{"population"};
  std::vector<std::string> absent;
  (care::is_wanted(settings) ? present : absent).emplace_back("care");
  (welfare::has_needs(settings) ? present : absent).emplace_back("welfare");
  Mistakes mistakes;
  require_models(settings, present, absent, mistakes);
  mistakes.throw_if_any(Fault::scenario);
}

}  // namespace

LinkedModel::LinkedModel(const Settings& settings, const Frame& frame, Tables& tables,
                         const std::stop_token& stop)
    : population_(settings, frame, tables, stop), variables_(population_.variables()) {
  require_models_of_interventions(settings);
  if (care::is_wanted(settings)) {
    care_.emplace(Source{settings, frame, tables, stop}, population_);
    variables_.insert(variables_.end(), care_->variables().begin(), care_->variables().end());
  }
  first_of_welfare_ = variables_.size();
  if (welfare::has_needs(settings)) {
    welfare_.emplace(Source{settings, frame, tables, stop}, population_);
    variables_.insert(variables_.end(), welfare_->variables().begin(), welfare_->variables().end());
  }
}

std::vector<Estimate> LinkedModel::estimates() const {
  std::vector<Estimate> estimates = population_.estimates();
  if (care_) {
    estimates.insert(estimates.end(), care_->estimates().begin(), care_->estimates().end());
  }
  if (welfare_) {
    estimates.insert(estimates.end(), welfare_->estimates().begin(), welfare_->estimates().end());
  }
  return estimates;
}

std::unique_ptr<State> LinkedModel::start(const DrawBlock& block) const {
  auto state = std::make_unique<LinkedState>();
  state->population = population_.start(block);
  if (care_) state->care = care_->start(state->people());
  if (welfare_) state->welfare = welfare_->start(state->people());
  return state;
}

ModelSize LinkedModel::size() const {
  ModelSize size = population_.size();
  if (care_) {
    size.state += care_->size().state;
    size.ledger += care_->size().ledger;
  }
  if (welfare_) size.state += welfare_->size().state;
  return size;
}

std::unique_ptr<Ledger> LinkedModel::ledger(std::size_t draws) const {
  auto ledger = std::make_unique<LinkedLedger>();
  ledger->population = population_.ledger(draws);
  if (care_) ledger->care = care_->ledger(draws);
  return ledger;
}

void LinkedModel::step(Interval interval, State& state, Ledger& ledger) const {
  auto& all = dynamic_cast<LinkedState&>(state);
  auto& room = dynamic_cast<LinkedLedger&>(ledger);
  population_.step(interval, *all.population, *room.population);
  if (care_) care_->step(interval, {all.people(), room.events()}, *all.care, *room.care);
  if (welfare_) welfare_->step(interval, all.people(), *all.welfare);
}

std::span<const double> LinkedModel::values(const State& state, const Ledger& ledger,
                                            std::size_t variable) const {
  const auto& all = dynamic_cast<const LinkedState&>(state);
  const auto& room = dynamic_cast<const LinkedLedger&>(ledger);
  const std::size_t of_population = population_.variables().size();
  if (variable < of_population) {
    return population_.values(*all.population, *room.population, variable);
  }
  if (variable >= first_of_welfare_) {
    return welfare_->values(*all.welfare, variable - first_of_welfare_);
  }
  return care_->values(*all.care, *room.care, variable - of_population);
}

void LinkedModel::indicate(Moment moment, const State& state, const Ledger& ledger,
                           std::span<const Area> areas, std::span<double> figures) const {
  population_.indicate(moment, *dynamic_cast<const LinkedState&>(state).population,
                       *dynamic_cast<const LinkedLedger&>(ledger).population, areas, figures);
}

void declare_models(Catalogue& catalogue) {
  population::declare_parameters(catalogue);
  care::declare_parameters(catalogue);
  welfare::declare_parameters(catalogue);
}

}  // namespace kohort
