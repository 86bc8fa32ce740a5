// All models of a scenario together: the population, and those that follow its people.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "engine/model/intervention.hpp"
#include "engine/model/model.hpp"
#include "engine/model/source.hpp"
#include "models/care/model.hpp"
#include "models/population/model.hpp"
#include "models/welfare/model.hpp"
#include "models/workforce/model.hpp"

namespace kohort {

/// Each model takes its step after those that it follows, and sees what they came to: information
/// flows one way within a year. The random numbers of each are its own, so that the population is
/// the same whichever models follow it.
class LinkedModel final : public Model {
 public:
  /// The models that the scenario asks for. Throws `Error` where it or a table is wrong, and
  /// `Interrupted` when asked to stop.
  LinkedModel(const Settings& settings, const Frame& frame, Tables& tables,
              const std::stop_token& stop = {});

  const std::vector<Variable>& variables() const override { return variables_; }
  std::vector<Estimate> estimates() const override;
  Frozen frozen() const override { return population_.frozen(); }
  bool is_random() const override { return population_.is_random(); }
  std::unique_ptr<State> start(const DrawBlock& block, Ledger& ledger) const override;
  ModelSize size() const override;
  std::unique_ptr<Ledger> ledger(std::size_t draws) const override;
  void step(Interval interval, State& state, Ledger& ledger) const override;
  Numbers values(const State& state, const Ledger& ledger, std::size_t variable) const override;
  std::vector<Variable> indicators() const override { return population_.indicators(); }
  void indicate(Moment moment, const State& state, const Ledger& ledger,
                std::span<const AreaSet> sets, std::span<double> figures) const override;

  const population::PopulationModel& population() const { return population_; }

 private:
  void add_variables(const std::vector<Variable>& more, Basis interventions);

  population::PopulationModel population_;
  std::optional<care::CareModel> care_;
  std::optional<welfare::WelfareModel> welfare_;
  std::optional<workforce::WorkforceModel> workforce_;
  std::vector<Variable> variables_;  ///< of the models in this order
  std::size_t first_of_welfare_ = 0;
  std::size_t first_of_workforce_ = 0;
};

/// The models, and on what of them interventions can be.
std::vector<Reach> reached(const Settings& settings);

/// Declares the parameters of all models.
void declare_models(Catalogue& catalogue);

}  // namespace kohort
