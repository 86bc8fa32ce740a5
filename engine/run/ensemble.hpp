// Who computes what: the draws of an ensemble in blocks, the blocks on threads.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"
#include "engine/run/follower.hpp"

namespace kohort {

class SumFollower;

/// Which draws are projected, and on how many threads.
struct EnsembleShape {
  std::size_t first_draw = 0;
  std::size_t draws = 1;
  std::uint64_t seed = 0;
  std::size_t threads = 0;  ///< 0: as many as the machine has
  /// Whether on threads of its own; else on those of the task arena at hand, which runs share.
  bool own_threads = true;
  /// Whether the draws belong to variants of the model, which blocks must not mix.
  bool by_variant = false;
};

/// How far a run has come.
struct Progress {
  std::size_t done = 0;  ///< intervals
  std::size_t total = 0;
};

/// Who follows a run: what is told of its progress, what can end it, and what sees its sums.
struct Watch {
  std::function<void(const Progress&)> observe{};
  std::stop_token stop{};
  SumFollower* sums = nullptr;
};

/// Draws in a block: enough that the innermost loops run over several, few enough that a slab of
/// the nation stays in the cache. It is fixed, and no result depends on it.
constexpr std::size_t draws_in_block = 16;

/// The draws cut into blocks.
std::vector<DrawBlock> blocks_of(const EnsembleShape& shape);
/// How many draws neighbouring blocks have.
std::size_t draws_in(std::span<const DrawBlock> blocks);

/// Does something on the threads of an ensemble.
void on_threads_of(const EnsembleShape& shape, const std::function<void()>& action);

/// Projects all draws, interval by interval, and shows them to `follower`. Tells `watch` after
/// every interval; throws `Interrupted` when it asks to stop, and the error of the first block that
/// has one.
void project(const Model& model, const Frame& frame, const EnsembleShape& shape, Follower& follower,
             const Watch& watch);

}  // namespace kohort
