// The contract between a model and the engine: what it computes, how it starts, one step.
//
// A model is made once per run from the scenario and its tables and is immutable from then on. All
// that changes lies in a `State`, which belongs to one block of draws, and in the `Ledger` of a
// step; so runs in one process, and blocks on different threads, do not see each other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/axes.hpp"
#include "engine/base/basis.hpp"
#include "engine/base/calendar.hpp"
#include "engine/input/record.hpp"
#include "engine/model/onlooker.hpp"
#include "engine/model/variable.hpp"
#include "engine/table/numbers.hpp"

namespace kohort {

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
  /// The parts of the model from whose fit it comes; empty for what is computed anew in each run.
  std::vector<std::string> components{};
};

/// What a model has estimated from the past: all that a later run needs in order not to fit again.
struct Frozen {
  std::vector<Estimate> tables;  ///< each with its components
  std::vector<InputRecord> inputs;
  Basis basis = Basis::estimated;
  std::optional<Year> known_from;  ///< when all that it came from was known; none if nobody says
};

/// Some of the alternative futures of an ensemble, projected side by side.
struct DrawBlock {
  std::size_t first = 0;  ///< number of the first draw within the ensemble
  std::size_t count = 1;
  std::uint64_t seed = 0;  ///< from which all random numbers of the ensemble follow
  /// False: the same draws of the parameters, but of the events as many as expected, so that what
  /// the two layers of uncertainty come to can be told apart.
  bool events = true;

  Draw draw(std::size_t at) const { return Draw(first + at); }
};

/// What a block of draws carries from one interval to the next; each model has its own kind.
class State {
 public:
  virtual ~State() = default;
};

/// What happened to a block of draws in the last interval, and room to work in. It lives for a step
/// and need not be kept: one for each thread is enough, whatever the number of draws.
class Ledger {
 public:
  virtual ~Ledger() = default;

  Onlooker* onlooker = nullptr;  ///< of the step at hand; may be nobody
};

/// Areas whose people are taken together.
using AreaSet = std::span<const Area>;

/// How many numbers the state and the ledger of a model hold for each draw, about.
struct ModelSize {
  std::size_t state = 0;
  std::size_t ledger = 0;
};

/// A model. Safe to use from several threads, each with states of its own.
class Model {
 public:
  virtual ~Model() = default;

  virtual const std::vector<Variable>& variables() const = 0;
  virtual std::vector<Estimate> estimates() const { return {}; }

  /// What it has estimated from the past; without tables where that is nothing.
  virtual Frozen frozen() const { return {}; }

  /// Whether draws differ. Where they do not, one is as good as many.
  virtual bool is_random() const = 0;

  /// The state of some draws at the base year; enters into the ledger what is told of it there.
  virtual std::unique_ptr<State> start(const DrawBlock& block, Ledger& ledger) const = 0;

  /// What a run of it takes in memory.
  virtual ModelSize size() const = 0;

  /// A ledger for blocks of that many draws.
  virtual std::unique_ptr<Ledger> ledger(std::size_t draws) const = 0;

  /// Carries a state over one interval, and enters into the ledger what happened. Throws `Error`
  /// where an account does not balance or a stock would become negative.
  virtual void step(Interval interval, State& state, Ledger& ledger) const = 0;

  /// A variable by its number among those declared, over the cells of its `VariableCells` and then
  /// [draw], in the precision that it is carried in. Stocks are those of the state, flows those
  /// that the last step entered into the ledger.
  virtual Numbers values(const State& state, const Ledger& ledger, std::size_t variable) const = 0;

  /// Figures about the people of some areas together, such as their mean age. They do not add up:
  /// those of two areas do not tell that of both.
  virtual std::vector<Variable> indicators() const { return {}; }

  /// The indicators of one moment, in the order of their declaration, about the people of each set
  /// of areas together: [indicator][set][draw]. Stocks tell of the state, flows of the last step.
  /// What cannot be told, as where nobody lives, is NaN.
  virtual void indicate(Moment /*moment*/, const State& /*state*/, const Ledger& /*ledger*/,
                        std::span<const AreaSet> /*sets*/, std::span<double> /*figures*/) const {}
};

}  // namespace kohort
