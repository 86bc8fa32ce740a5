// The contract between a model and the engine: what it computes, how it starts, one step.
//
// A model is made once per run from the scenario and its tables and is immutable from then on. All
// that changes lies in a `State`, which belongs to one block of draws; so runs in one process, and
// blocks on different threads, do not see each other.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/base/axes.hpp"
#include "engine/base/basis.hpp"

namespace kohort {

/// Whether a variable stands at the end of an interval or runs through it.
enum class Moment { stock, flow };

/// Something that a model computes, over [sex, age, group, area] and the draws of the block.
struct Variable {
  std::string name;  ///< path in the result, such as "population/deaths"
  std::string long_name;
  std::string unit;
  Moment moment = Moment::stock;
  Basis basis = Basis::estimated;
};

/// One axis of an estimate: a name that is an axis of the result, with its labels.
struct EstimateAxis {
  std::string name;
  std::vector<std::string> labels;
};

/// A table that a model derived from its inputs, reported beside its results.
struct Estimate {
  std::string name;  ///< path in the result
  std::string long_name;
  std::string unit;
  std::vector<EstimateAxis> axes;
  std::vector<double> values;  ///< row-major over `axes`
  Basis basis = Basis::estimated;
};

/// Everything that changes while a block of draws is projected; each model has its own kind.
class State {
 public:
  virtual ~State() = default;
};

/// A model. Safe to use from several threads, each with states of its own.
class Model {
 public:
  virtual ~Model() = default;

  virtual const std::vector<Variable>& variables() const = 0;
  virtual std::vector<Estimate> estimates() const { return {}; }

  /// A new state at the base year, with room for `draws` draws.
  virtual std::unique_ptr<State> start(std::size_t draws) const = 0;

  /// Carries a state over one interval. Throws `Error` where an account does not balance or a
  /// stock would become negative.
  virtual void step(Interval interval, State& state) const = 0;

  /// A variable of a state, by its number among those declared: [sex][age][group][area][draw].
  virtual std::span<const double> values(const State& state, std::size_t variable) const = 0;
};

}  // namespace kohort
