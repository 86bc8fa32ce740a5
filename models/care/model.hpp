// The model of care: made from a scenario, it follows the people of the population model through
// states of care.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "engine/model/model.hpp"
#include "engine/model/source.hpp"
#include "models/care/parameters.hpp"
#include "models/care/services.hpp"
#include "models/care/step.hpp"
#include "models/population/model.hpp"

namespace kohort::care {

/// Follows each block of draws of a population model. Immutable.
class CareModel {
 public:
  /// Reads and calibrates. Throws `Error` where the scenario or a table is wrong, or the population
  /// is projected in a way that care cannot follow.
  CareModel(const Source& source, const population::PopulationModel& population);

  /// For embedding: a model of given rates, without services.
  CareModel(const Frame& frame, CareRates rates, const population::Chance& chance, bool closed);

  const std::vector<Variable>& variables() const { return variables_; }
  const std::vector<Estimate>& estimates() const { return estimates_; }
  ModelSize size() const;
  std::unique_ptr<CareStock> start(const population::PopulationState& people,
                                   CareLedger& ledger) const;
  std::unique_ptr<CareLedger> ledger(std::size_t draws) const;
  void step(Interval interval, const People& people, CareStock& stock, CareLedger& ledger) const;
  /// Leaves of the year's volume of services the shares that were delivered; see `Services`.
  void deliver(Interval interval, const ServiceAmounts& shares, CareLedger& ledger) const {
    services_.deliver(interval, shares, ledger.services);
  }
  Numbers values(const CareStock& stock, const CareLedger& ledger, std::size_t variable) const;

  const CareRates& rates() const { return projection_.rates(); }
  const Services& services() const { return services_; }

 private:
  struct Parts;
  /// What a variable is taken from, and which of its kinds.
  enum class Figure {
    persons,
    users,
    queue,
    borrowed,
    volume,
    unmet,
    cost,
    cost_current,
    paid,
    paid_current
  };
  struct Place {
    Figure figure;
    std::size_t kind;
  };
  CareModel(const Frame& frame, Parts parts);
  static Parts read(const Source& source, const population::PopulationModel& population);
  void declare_states(Basis basis, const std::string& definition);
  void declare_services(Basis basis);
  void declare_of_services(Figure figure, const Variable& like);
  void declare(Figure figure, std::size_t kind, Variable variable);

  CareProjection projection_;
  Services services_;
  std::vector<Estimate> estimates_;
  std::vector<Variable> variables_;
  std::vector<Place> places_;  ///< of the variables
};

}  // namespace kohort::care
