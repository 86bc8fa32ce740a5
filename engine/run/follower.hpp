// Who looks on while an ensemble is projected.
#pragma once

#include <cstddef>

#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"

namespace kohort {

/// Sees what the blocks of an ensemble come to, year by year: to record it, or to judge it. Blocks
/// may come in any order and from several threads at once, each block once a year.
class Follower {
 public:
  virtual ~Follower() = default;

  /// Takes the stocks of a block at the base year.
  virtual void take_base(std::size_t block, const State& state, const Ledger& ledger) = 0;
  /// Who looks on as the calling thread steps a block, which is then taken; may be nobody.
  virtual Onlooker* onlooker(std::size_t /*block*/) { return nullptr; }
  /// Takes what a block has come to in an interval.
  virtual void take(std::size_t block, const State& state, const Ledger& ledger) = 0;

  /// Whether the draws are also wanted by expected events.
  virtual bool apart() const { return false; }
  /// Takes a block that is projected by expected events, at the base year and after an interval.
  virtual void take_expected_base(std::size_t /*block*/, const State& /*state*/,
                                  const Ledger& /*ledger*/) {}
  virtual void take_expected(std::size_t /*block*/, const State& /*state*/,
                             const Ledger& /*ledger*/) {}

  /// All blocks have been taken, of the base year or of an interval.
  virtual void finish_base() = 0;
  virtual void finish(Interval interval) = 0;
};

/// A block that a thread has at hand.
struct BlockAtHand {
  std::size_t block;
  State& state;
  Ledger& ledger;
};

/// Carries a block over an interval while the follower looks on, and has it taken.
inline void step_and_take(const Model& model, Interval interval, const BlockAtHand& at_hand,
                          Follower& follower) {
  at_hand.ledger.onlooker = follower.onlooker(at_hand.block);
  model.step(interval, at_hand.state, at_hand.ledger);
  at_hand.ledger.onlooker = nullptr;
  follower.take(at_hand.block, at_hand.state, at_hand.ledger);
}

}  // namespace kohort
