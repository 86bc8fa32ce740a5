// The model of the care workforce: made from a scenario, it follows staff among the people of the
// population model, and sets them against the work that care takes.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "engine/model/model.hpp"
#include "engine/model/source.hpp"
#include "models/workforce/balance.hpp"
#include "models/workforce/expected_work.hpp"
#include "models/workforce/parameters.hpp"
#include "models/workforce/step.hpp"

namespace kohort::workforce {

/// Declares the section `workforce`.
void declare_parameters(Catalogue& catalogue);

/// Staff and the balance of posts of one block of draws at a year's end.
struct WorkforceState final : State {
  explicit WorkforceState(StaffStock stock) : staff(std::move(stock)) {}

  StaffStock staff;
  BalanceStock balance{};
};

/// What happened to both in a year.
struct WorkforceLedger final : Ledger {
  explicit WorkforceLedger(StaffLedger ledger) : staff(std::move(ledger)) {}

  StaffLedger staff;
  BalanceLedger balance{};
};

/// Follows each block of draws of a population model, and what care and welfare come to in it.
/// Immutable.
class WorkforceModel {
 public:
  /// Reads and estimates. Throws `Error` where the scenario or a table is wrong, or the population
  /// is projected in a way that staff cannot follow.
  WorkforceModel(const Source& source, const WorkModels& models);

  const std::vector<Variable>& variables() const { return variables_; }
  const std::vector<Estimate>& estimates() const { return estimates_; }
  ModelSize size() const;
  std::unique_ptr<WorkforceState> start(const population::PopulationState& people,
                                        const Served& served) const;
  std::unique_ptr<WorkforceLedger> ledger(std::size_t draws) const;
  void step(Interval interval, const People& people, const Served& served, WorkforceState& state,
            WorkforceLedger& ledger) const;
  Numbers values(const WorkforceState& state, const WorkforceLedger& ledger,
                 std::size_t variable) const;

  /// Whether care delivers only what staff can do.
  bool feeds_back() const { return feeds_back_; }

 private:
  struct Parts;
  /// What a variable is taken from.
  enum class Figure {
    headcount,
    supply,
    demand,
    region,
    borrowed,
    gap_alone,
    gap,
    undone,
    flow,
    growth,
    for_retirement,
    for_others,
    need,
  };
  /// Of which kind, and which of the flows.
  struct Place {
    Figure figure;
    std::size_t kind;
    StaffFlow flow = StaffFlow::entrants;
  };
  explicit WorkforceModel(Parts parts);
  static Parts read(const Source& source, const WorkModels& models);
  void declare_variables(Basis basis);
  void declare_posts(Basis basis);
  void declare_flows(Basis basis);
  void declare(Place place, Variable variable);
  void declare_of_occupations(Place place, const Variable& like);

  StaffProjection staff_;
  Balance balance_;
  bool feeds_back_;
  std::vector<Estimate> estimates_;
  std::vector<Variable> variables_;
  std::vector<Place> places_;  ///< of the variables
};

}  // namespace kohort::workforce
