// Sums over draws, block by block: all of them, in one order whoever computes which.
#include "engine/run/block_sums.hpp"

#include <algorithm>
#include <mutex>
#include <numeric>
#include <random>
#include <set>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "engine/comm/pretended_ranks.hpp"
#include "engine/comm/share.hpp"

namespace kohort {
namespace {

constexpr std::size_t cells = 11;

/// What a block comes to in a cell and year: whose sums depend on their order, in the last digits.
double sum_of(std::size_t block, std::size_t cell, std::size_t year) {
  return 1.0 / static_cast<double>(3 + 7 * block + 2 * cell + 31 * year);
}

/// Enters and closes blocks of a rank in the order given, those of each thread one after the other.
void enter(BlockSums& sums, const Share& own, const std::vector<std::size_t>& order,
           std::size_t threads, std::size_t year) {
  std::vector<std::jthread> running;
  for (const Share& some : shares_of(order.size(), threads)) {
    running.emplace_back([&, some] {
      for (std::size_t at = some.first; at < some.first + some.count; ++at) {
        const auto room = sums.of(order[at]);
        for (std::size_t cell = 0; cell < cells; ++cell) {
          room[cell] = sum_of(own.first + order[at], cell, year);
        }
        sums.close(order[at]);
      }
    });
  }
}

/// The sums of each year and cell over blocks of so many draws, with so many ranks and threads.
std::vector<double> sums_of(std::size_t draws, std::size_t ranks, std::size_t threads,
                            std::size_t years) {
  std::vector<double> totals(years * cells);
  on_pretended_ranks(ranks, [&](const Communicator& communicator) {
    const DividedDraws divided({.draws = draws, .seed = 1}, communicator);
    const std::vector<Share> shares = shares_of(cells, ranks);
    const Share own_cells = shares[communicator.rank()];
    std::vector<std::size_t> finished;
    for (const Share& share : shares) finished.push_back(share.count);
    BlockSums sums(divided, finished);
    const Share own = divided.blocks_of_ranks()[communicator.rank()];
    std::vector<std::size_t> order(own.count);
    std::iota(order.begin(), order.end(), 0);
    std::mt19937 chance(static_cast<unsigned>(ranks + threads));
    for (std::size_t year = 0; year < years; ++year) {
      if (threads > 1) std::shuffle(order.begin(), order.end(), chance);
      enter(sums, own, order, threads, year);
      sums.exchange();
      for (const Share& piece : pieces_of(own_cells.count, 2)) {
        const auto total = sums.total(piece);
        std::copy(total.begin(), total.end(),
                  &totals[year * cells + own_cells.first + piece.first]);
      }
      sums.clear();
    }
  });
  return totals;
}

TEST(BlockSums, AreOfAllBlocks) {
  for (const std::size_t draws : {1U, 16U, 17U, 112U, 1000U}) {
    const std::size_t blocks = (draws + draws_in_block - 1) / draws_in_block;
    const std::vector<double> totals = sums_of(draws, 1, 1, 2);
    for (std::size_t at = 0; at < totals.size(); ++at) {
      long double expected = 0;
      for (std::size_t block = 0; block < blocks; ++block) {
        expected += static_cast<long double>(sum_of(block, at % cells, at / cells));
      }
      EXPECT_NEAR(totals[at], static_cast<double>(expected), 1e-14) << draws << " draws";
    }
  }
}

TEST(BlockSums, AreTheSameToTheBitHoweverTheyAreComputed) {
  for (const std::size_t draws : {40U, 112U, 1000U}) {
    const std::vector<double> alone = sums_of(draws, 1, 1, 3);
    for (const std::size_t ranks : {1U, 2U, 3U, 5U, 12U}) {
      for (const std::size_t threads : {1U, 4U}) {
        EXPECT_EQ(sums_of(draws, ranks, threads, 3), alone)
            << draws << " draws, " << ranks << " ranks, " << threads << " threads";
      }
    }
  }
}

/// How many rooms for the cells of all ranks some blocks take that are computed in their order.
std::size_t rooms_taken(const DividedDraws& divided) {
  const std::size_t ranks = divided.communicator().size();
  BlockSums sums(divided, std::vector<std::size_t>(ranks, cells));
  std::set<const double*> rooms;
  for (std::size_t block = 0; block < divided.own_blocks().size(); ++block) {
    rooms.insert(sums.of(block).data());
    sums.close(block);
  }
  return rooms.size();
}

TEST(BlockSums, TakeNoMoreRoomsThanIsTold) {
  for (const std::size_t blocks : {1U, 2U, 7U, 63U, 64U, 200U, 511U}) {
    for (const std::size_t ranks : {1U, 2U, 3U, 8U}) {
      on_pretended_ranks(ranks, [&](const Communicator& communicator) {
        const DividedDraws divided({.draws = blocks * draws_in_block, .seed = 1}, communicator);
        EXPECT_LE(rooms_taken(divided), BlockSums::rooms(divided, 1))
            << blocks << " blocks, rank " << communicator.rank() << " of " << ranks;
      });
    }
  }
}

TEST(BlockSums, TakeFewRooms) {
  const LocalCommunicator alone;
  const DividedDraws divided({.draws = 63 * draws_in_block, .seed = 1}, alone);
  EXPECT_LE(BlockSums::rooms(divided, 1), 12U);
  EXPECT_EQ(rooms_taken(divided), 6U);
}

}  // namespace
}  // namespace kohort
