// Who of a cell is meant by what the population model says of it as a whole: as many of each state
// as expected, or as chance has it. The steps of care are the same for both.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "engine/base/axes.hpp"
#include "models/care/chance.hpp"
#include "models/care/states.hpp"

namespace kohort::care {

using Slab = std::span<double>;             ///< [area][draw], written
using ConstSlab = std::span<const double>;  ///< [area][draw], read

/// One slab for each state.
class StateSlabs {
 public:
  StateSlabs() = default;
  StateSlabs(std::size_t states, std::size_t cells) : slabs_(states, std::vector<double>(cells)) {}

  std::size_t states() const { return slabs_.size(); }
  std::size_t cells() const { return slabs_.front().size(); }
  Slab operator[](CareState state) { return slabs_[state.position()]; }
  ConstSlab operator[](CareState state) const { return slabs_[state.position()]; }
  void clear();
  /// Adds `sign` times the same slabs of others.
  void add(const StateSlabs& others, double sign = 1.0);

 private:
  std::vector<std::vector<double>> slabs_;
};

/// A number for each state, of one area and draw.
class StateNumbers {
 public:
  explicit StateNumbers(std::size_t states, double fill = 0.0) : states_(states) {
    numbers_.fill(fill);
  }
  /// What the slabs have at a place.
  StateNumbers(const StateSlabs& slabs, std::size_t at) : states_(slabs.states()) {
    for (std::size_t state = 0; state < states_; ++state) {
      numbers_[state] = slabs[CareState(state)][at];
    }
  }

  double& operator[](std::size_t state) { return numbers_[state]; }
  std::span<double> all() { return std::span(numbers_).first(states_); }
  std::span<const double> all() const { return std::span(numbers_).first(states_); }
  void enter(StateSlabs& slabs, std::size_t at) const {
    for (std::size_t state = 0; state < states_; ++state) {
      slabs[CareState(state)][at] = numbers_[state];
    }
  }

 private:
  std::size_t states_;
  std::array<double, most_states> numbers_{};
};

/// Which people events are for, by age at the end of the interval.
struct CareSite {
  Interval interval;
  Sex sex;
  Age age;
};

/// A change of state that somebody may undergo; at most one does.
struct Change {
  CareState to;
  ConstSlab chance;  ///< of those in the state that is left
  Slab changing;     ///< how many do
};

/// Turns what is known of a cell into what happens in its states. Every function sets what it is to
/// write, and what it parts adds up to the whole.
class CareEvents {
 public:
  virtual ~CareEvents() = default;

  /// Takes `taken` of the people of each cell, no matter in which state they are but for the `odds`
  /// of each state, and without replacement.
  virtual void take(const CareSite& site, Drawn drawn, ConstSlab taken,
                    std::span<const double> odds, const StateSlabs& people,
                    StateSlabs& taken_of) const = 0;

  /// Parts people between states with the given shares, which sum to 1 in each cell.
  virtual void divide(const CareSite& site, Drawn drawn, ConstSlab people, const StateSlabs& shares,
                      StateSlabs& parts) const = 0;

  /// Hands the people of a pool, all areas together, out to the areas: so many to each, whoever
  /// they are. The pool has as many as arrive.
  virtual void hand_out(const CareSite& site, const StateSlabs& pool, ConstSlab arriving,
                        StateSlabs& arrivals) const = 0;

  /// Parts those in one state between changes and staying.
  virtual void change(const CareSite& site, CareState from, ConstSlab people,
                      std::span<const Change> changes, Slab staying) const = 0;
};

}  // namespace kohort::care
