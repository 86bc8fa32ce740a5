// The model of welfare needs: made from a scenario, it counts them among the people of the
// population model.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/model/model.hpp"
#include "engine/model/source.hpp"
#include "models/population/model.hpp"
#include "models/welfare/parameters.hpp"
#include "models/welfare/projection.hpp"

namespace kohort::welfare {

/// Whether the scenario has needs of welfare to project.
bool has_needs(const Settings& settings);

/// Follows each block of draws of a population model. Immutable.
class WelfareModel {
 public:
  /// Throws `Error` where the scenario or a table is wrong.
  WelfareModel(const Source& source, const population::PopulationModel& population);

  /// For embedding: a model of given rates.
  WelfareModel(const Frame& frame, std::vector<NeedRates> needs, const population::Chance& chance);

  const std::vector<Variable>& variables() const { return variables_; }
  const std::vector<Estimate>& estimates() const { return estimates_; }
  ModelSize size() const;
  std::unique_ptr<WelfareState> start(const population::PopulationState& people) const;
  void step(Interval interval, const population::PopulationState& people,
            WelfareState& state) const;
  /// The people with a need, by its number.
  std::span<const double> values(const WelfareState& state, std::size_t variable) const {
    return state.persons[variable].values();
  }

  const std::vector<NeedRates>& needs() const { return projection_.needs(); }

 private:
  struct Parts;
  WelfareModel(const Frame& frame, Parts parts);
  static Parts read(const Source& source, const population::PopulationModel& population);
  void declare_variables(Basis basis);

  WelfareProjection projection_;
  std::vector<Estimate> estimates_;
  std::vector<Variable> variables_;
};

}  // namespace kohort::welfare
