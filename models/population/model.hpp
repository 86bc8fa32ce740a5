// The population model: made from a scenario, it projects people by area, group, sex and age.
#pragma once

#include <memory>
#include <stop_token>
#include <vector>

#include "engine/input/tables.hpp"
#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"
#include "engine/model/source.hpp"
#include "engine/scenario/settings.hpp"
#include "models/population/indicators.hpp"
#include "models/population/rates/rates.hpp"
#include "models/population/step.hpp"

namespace kohort::population {

/// Declares the sections `population`, `history` and below.
void declare_parameters(Catalogue& catalogue);

/// Reads the conventions of `population` and below. Throws `Error` where two do not go together.
Conventions read_conventions(const Settings& settings);

/// A multiregional cohort-component model with births, deaths, domestic and international
/// migration. Source: Rogers (1995); Preston, Heuveline & Guillot (2001), ch. 6.
class PopulationModel final : public Model {
 public:
  /// Reads the base population and all rates. Throws `Error` where the scenario or a table is
  /// wrong, and `Interrupted` when asked to stop.
  PopulationModel(const Settings& settings, const Frame& frame, Tables& tables,
                  const std::stop_token& stop = {});

  /// For embedding: a model of given rates and base population.
  PopulationModel(const Frame& frame, Rates rates, const Conventions& conventions, AgeTable base,
                  const Chance& chance = {});

  const std::vector<Variable>& variables() const override { return variables_; }
  std::vector<Estimate> estimates() const override { return estimates_; }
  Frozen frozen() const override;
  bool is_random() const override { return projection_.chance().any(); }
  std::unique_ptr<State> start(const DrawBlock& block, Ledger& ledger) const override;
  ModelSize size() const override;
  std::unique_ptr<Ledger> ledger(std::size_t draws) const override;
  void step(Interval interval, State& state, Ledger& ledger) const override;
  Numbers values(const State& state, const Ledger& ledger, std::size_t variable) const override;

  std::vector<Variable> indicators() const override { return indicators_.variables(); }
  void indicate(Moment moment, const State& state, const Ledger& ledger,
                std::span<const AreaSet> sets, std::span<double> figures) const override;

  const Rates& rates() const { return projection_.rates(); }
  const Chance& chance() const { return projection_.chance(); }
  /// The people of the base year.
  const AgeTable& base() const { return base_; }

 private:
  struct Parts;  ///< what the constructors have in common
  PopulationModel(const Frame& frame, Parts parts);
  void declare_variables(Basis basis);
  /// Shows the onlooker the persons of one sex and age, and what happened to them.
  void show(Sex sex, Age age, const PopulationState& people, const PopulationLedger& events) const;
  static Parts read(const Source& source);

  Projection projection_;
  AgeTable base_;
  std::vector<Estimate> estimates_;
  Rates fitted_;   ///< of the rates those that were estimated from history
  Frozen frozen_;  ///< where they come from; without tables
  std::vector<std::string> fitted_components_;
  std::vector<Variable> variables_;
  Indicators indicators_;
  std::vector<Flow> flows_;  ///< those of the variables after the first, which is the persons
};

}  // namespace kohort::population
