#include "engine/run/ensemble.hpp"

#include <algorithm>
#include <exception>
#include <memory>

#include "engine/base/interrupted.hpp"
#include "engine/model/variants.hpp"
#include "engine/threads/parallel.hpp"

namespace kohort {
namespace {

/// Calls `action(block)` for every block, on the threads of the arena at hand. What goes wrong in
/// several blocks is reported as it would be on one thread: by the first of them.
template <class Action>
void for_each_block(std::size_t count, Action&& action) {
  std::vector<std::exception_ptr> errors(count);
  parallel_tasks(count, [&](std::size_t block) {
    try {
      action(block);
    } catch (...) {
      errors[block] = std::current_exception();
    }
  });
  for (const std::exception_ptr& error : errors) {
    if (error) std::rethrow_exception(error);
  }
}

class Ensemble {
 public:
  Ensemble(const Model& model, std::vector<DrawBlock> blocks, Follower& follower)
      : model_(model),
        blocks_(std::move(blocks)),
        follower_(follower),
        usual_(most_in(blocks_)),
        ledgers_([&] { return model_.ledger(usual_); }),
        states_(blocks_.size()),
        expected_(blocks_.size()) {}

  void start() {
    for_each_block(blocks_.size(), [&](std::size_t block) {
      Ledger& ledger = *ledger_of(block);
      states_[block] = model_.start(blocks_[block], ledger);
      follower_.take_base(block, *states_[block], ledger);
      if (!follower_.apart()) return;
      DrawBlock expected = blocks_[block];
      expected.events = false;
      expected_[block] = model_.start(expected, ledger);
      follower_.take_expected_base(block, *expected_[block], ledger);
    });
    follower_.finish_base();
  }

  void step(Interval interval, const std::stop_token& stop) {
    for_each_block(blocks_.size(), [&](std::size_t block) {
      stop_if_asked(stop);
      Ledger& ledger = *ledger_of(block);
      step_and_take(model_, interval, {block, *states_[block], ledger}, follower_);
      if (!follower_.apart()) return;
      model_.step(interval, *expected_[block], ledger);
      follower_.take_expected(block, *expected_[block], ledger);
    });
    follower_.finish(interval);
  }

 private:
  static std::size_t most_in(const std::vector<DrawBlock>& blocks) {
    std::size_t most = 0;
    for (const DrawBlock& block : blocks) most = std::max(most, block.count);
    return most;
  }

  /// One for each thread; the first and the last block may be shorter, and need one of their own.
  std::unique_ptr<Ledger>& ledger_of(std::size_t block) {
    if (blocks_[block].count == usual_) return ledgers_.local();
    std::unique_ptr<Ledger>& own = block == 0 ? of_first_ : of_last_;
    if (!own) own = model_.ledger(blocks_[block].count);
    return own;
  }

  const Model& model_;
  std::vector<DrawBlock> blocks_;
  Follower& follower_;
  std::size_t usual_;  ///< draws of most blocks
  PerThread<std::unique_ptr<Ledger>> ledgers_;
  std::unique_ptr<Ledger> of_first_;
  std::unique_ptr<Ledger> of_last_;
  std::vector<std::unique_ptr<State>> states_;
  std::vector<std::unique_ptr<State>>
      expected_;  ///< by expected events; made where layers are apart
};

}  // namespace

std::vector<DrawBlock> blocks_of(const EnsembleShape& shape) {
  std::vector<DrawBlock> blocks;
  std::size_t done = 0;
  while (done < shape.draws) {
    const std::size_t first = shape.first_draw + done;
    std::size_t count = std::min(draws_in_block, shape.draws - done);
    if (shape.by_variant) count = std::min(count, draws_of_variant - first % draws_of_variant);
    blocks.push_back({first, count, shape.seed});
    done += count;
  }
  return blocks;
}

std::size_t draws_in(std::span<const DrawBlock> blocks) {
  return blocks.empty() ? 0 : blocks.back().first + blocks.back().count - blocks.front().first;
}

void on_threads_of(const EnsembleShape& shape, const std::function<void()>& action) {
  if (!shape.own_threads) {
    action();
    return;
  }
  Arena(shape.threads).execute(action);
}

void project(const Model& model, const Frame& frame, const EnsembleShape& shape, Follower& follower,
             const Watch& watch) {
  const auto project_here = [&] {
    Ensemble ensemble(model, blocks_of(shape), follower);
    ensemble.start();
    for (const Interval interval : positions<Interval>(frame.intervals)) {
      stop_if_asked(watch.stop);
      ensemble.step(interval, watch.stop);
      if (watch.observe) watch.observe({interval.position() + 1, frame.intervals});
    }
  };
  on_threads_of(shape, project_here);
}

}  // namespace kohort
