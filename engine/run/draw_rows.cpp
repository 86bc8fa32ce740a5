#include "engine/run/draw_rows.hpp"

#include <algorithm>

namespace kohort {
namespace {

std::size_t own_draws(const DividedDraws& draws) {
  return draws.draws_of_ranks()[draws.communicator().rank()].count;
}

template <class Real>
void convert(std::span<const double> draws, Real* to) {
  for (std::size_t draw = 0; draw < draws.size(); ++draw) to[draw] = static_cast<Real>(draws[draw]);
}

}  // namespace

DrawRows::DrawRows(const DividedDraws& draws, std::size_t rows, Precision precision)
    : divided_(draws),
      precision_(precision),
      shares_(shares_of(rows, draws.communicator().size())) {
  const std::size_t own = own_draws(draws);
  for (const Share& share : shares_) first_of_.push_back(share.first * own);
  if (precision == Precision::in_single) {
    in_single_.entered.resize(rows * own);
  } else {
    in_double_.entered.resize(rows * own);
  }
}

void DrawRows::enter(std::size_t block, std::size_t row, std::span<const double> draws) {
  const auto& blocks = divided_.own_blocks();
  const std::size_t before = blocks[block].first - blocks.front().first;
  const std::size_t count = blocks[block].count;
  const Share wanted{row, draws.size() / count};
  for (std::size_t rank = 0; rank < shares_.size(); ++rank) {
    const Share& share = shares_[rank];
    const Share some = overlap(wanted, share);
    if (some.count == 0) continue;
    const std::size_t place =
        first_of_[rank] + before * share.count + (some.first - share.first) * count;
    const auto of_rank = draws.subspan((some.first - row) * count, some.count * count);
    if (precision_ == Precision::in_single) {
      convert(of_rank, &in_single_.entered[place]);
    } else {
      convert(of_rank, &in_double_.entered[place]);
    }
  }
}

void DrawRows::exchange() {
  if (precision_ == Precision::in_single) {
    exchange(in_single_);
  } else {
    exchange(in_double_);
  }
}

template <class Real>
void DrawRows::exchange(Of<Real>& table) const {
  table.received = table.mailbox.exchange(divided_.communicator(), table.entered,
                                          lengths_of(shares_, own_draws(divided_)),
                                          lengths_of(divided_.draws_of_ranks(), rows().count));
}

std::span<double> DrawRows::some(std::size_t first, std::size_t count,
                                 std::vector<double>& room) const {
  room.resize(count * divided_.count());
  if (precision_ == Precision::in_single) {
    copy(in_single_, first, count, room);
  } else {
    copy(in_double_, first, count, room);
  }
  return room;
}

template <class Real>
void DrawRows::copy(const Of<Real>& table, std::size_t first, std::size_t count,
                    std::vector<double>& room) const {
  for (const Share& block : divided_.draws_of_blocks()) {
    const Real* draws = &table.received[block.first * rows().count + first * block.count];
    for (std::size_t row = 0; row < count; ++row, draws += block.count) {
      std::copy_n(draws, block.count, &room[row * divided_.count() + block.first]);
    }
  }
}

}  // namespace kohort
