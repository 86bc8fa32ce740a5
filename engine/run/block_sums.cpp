#include "engine/run/block_sums.hpp"

#include <algorithm>
#include <bit>
#include <numeric>
#include <utility>

#include "engine/base/add_to.hpp"

namespace kohort {

BlockSums::BlockSums(const DividedDraws& draws, std::vector<std::size_t> cells)
    : divided_(draws),
      cells_(std::move(cells)),
      all_cells_(std::accumulate(cells_.begin(), cells_.end(), std::size_t{0})),
      blocks_(draws.blocks_of_ranks()[draws.communicator().rank()]),
      open_(blocks_.count) {}

std::span<double> BlockSums::of(std::size_t block) {
  Room& room = open_[block];
  if (room.empty()) room = spare_room();
  return room;
}

BlockSums::Room BlockSums::spare_room() {
  const std::lock_guard lock(mutex_);
  if (spare_.empty()) return Room(all_cells_);
  Room room = std::move(spare_.back());
  spare_.pop_back();
  return room;
}

/// Who closes the second of two runs adds them up, without the lock: nobody else has them then.
void BlockSums::close(std::size_t block) {
  of(block);  // has room even where nothing was entered
  Closed closed{{blocks_.first + block, 0}, std::exchange(open_[block], {})};
  std::unique_lock lock(mutex_);
  while (true) {
    const auto partner = closed_.find(closed.run.partner());
    if (partner == closed_.end() || partner->second.run.level != closed.run.level) break;
    Closed other = std::move(partner->second);
    closed_.erase(partner);
    lock.unlock();
    add_to(other.sums, closed.sums);
    lock.lock();
    spare_.push_back(std::move(other.sums));
    closed.run = {std::min(closed.run.first, other.run.first), closed.run.level + 1};
  }
  const std::size_t first = closed.run.first;
  closed_.emplace(first, std::move(closed));
}

/// The runs that are left of some blocks when all pairs among them are added up.
std::vector<BlockSums::Run> BlockSums::runs_of(Share blocks) {
  std::vector<Run> runs;
  while (blocks.count > 0) {
    const std::size_t fitting = std::bit_width(blocks.count) - 1U;
    const std::size_t even =
        blocks.first == 0 ? fitting : static_cast<std::size_t>(std::countr_zero(blocks.first));
    runs.push_back({blocks.first, std::min(fitting, even)});
    blocks.first += runs.back().size();
    blocks.count -= runs.back().size();
  }
  return runs;
}

void BlockSums::exchange() {
  received_.clear();
  const Communicator& communicator = divided_.communicator();
  if (communicator.size() == 1) {
    for (auto& [first, closed] : closed_) received_.push_back({closed.run, closed.sums});
    return;
  }
  sent_.clear();
  sent_.reserve(closed_.size() * all_cells_);
  std::vector<std::size_t> to;
  std::size_t before = 0;
  for (const std::size_t cells : cells_) {
    for (const auto& [first, closed] : closed_) {
      const auto of_rank = std::span(closed.sums).subspan(before, cells);
      sent_.insert(sent_.end(), of_rank.begin(), of_rank.end());
    }
    to.push_back(closed_.size() * cells);
    before += cells;
  }
  const std::size_t own = cells_[communicator.rank()];
  std::vector<Run> runs;
  std::vector<std::size_t> from;
  for (const Share& blocks : divided_.blocks_of_ranks()) {
    const std::vector<Run> of_rank = runs_of(blocks);
    runs.insert(runs.end(), of_rank.begin(), of_rank.end());
    from.push_back(of_rank.size() * own);
  }
  const std::span<double> sums = mailbox_.exchange(communicator, sent_, to, from);
  for (std::size_t at = 0; at < runs.size(); ++at) {
    received_.push_back({runs[at], sums.subspan(at * own, own)});
  }
}

/// Goes on adding up pairs where ranks have halves of them, and adds up at last what has no
/// partner.
std::span<const double> BlockSums::total(const Share& cells) {
  std::vector<Received> left;
  const auto add_last = [&] {
    const Received last = left.back();
    left.pop_back();
    add_to(last.sums, left.back().sums);
  };
  for (const Received& received : received_) {
    left.push_back({received.run, received.sums.subspan(cells.first, cells.count)});
    while (left.size() > 1 && left.back().run.level == left[left.size() - 2].run.level &&
           left.back().run.partner() == left[left.size() - 2].run.first) {
      add_last();
      ++left.back().run.level;
    }
  }
  while (left.size() > 1) add_last();
  return left.front().sums;
}

void BlockSums::clear() {
  for (auto& [first, closed] : closed_) spare_.push_back(std::move(closed.sums));
  closed_.clear();
}

std::size_t BlockSums::rooms(const DividedDraws& draws, std::size_t threads) {
  const std::size_t ranks = draws.communicator().size();
  const Share& own = draws.blocks_of_ranks()[draws.communicator().rank()];
  const std::size_t of_thread = 2 * static_cast<std::size_t>(std::bit_width(own.count));
  const std::size_t entered = std::min(own.count, threads * of_thread);
  if (ranks == 1) return entered;
  std::size_t received = 0;  // runs, each of the cells of one rank
  for (const Share& blocks : draws.blocks_of_ranks()) received += runs_of(blocks).size();
  return entered + runs_of(own).size() + (received + ranks - 1) / ranks;
}

}  // namespace kohort
