#include "engine/run/draw_rows.hpp"

#include <algorithm>
#include <cstring>
#include <type_traits>

namespace kohort {
namespace {

std::size_t own_draws(const DividedDraws& draws) {
  return draws.draws_of_ranks()[draws.communicator().rank()].count;
}

/// Calls `act(count)`, which is compiled apart for the number of draws that most blocks have.
template <class Act>
void with_count(std::size_t count, const Act& act) {
  if (count == draws_in_block) {
    act(std::integral_constant<std::size_t, draws_in_block>());
  } else {
    act(count);
  }
}

}  // namespace

DrawRows::DrawRows(const DividedDraws& draws, std::size_t rows, Precision precision)
    : divided_(draws), shares_(shares_of(rows, draws.communicator().size())) {
  const std::size_t own = own_draws(draws);
  for (const Share& share : shares_) first_of_.push_back(share.first * own);
  if (precision == Precision::in_single) table_.emplace<Of<float>>();
  std::visit([&](auto& table) { table.entered.resize(rows * own); }, table_);
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
    std::visit(
        [&]<class Real>(Of<Real>& table) {
          std::transform(of_rank.begin(), of_rank.end(), &table.entered[place],
                         [](double figure) { return static_cast<Real>(figure); });
        },
        table_);
  }
}

void DrawRows::exchange() {
  std::visit(
      [&](auto& table) {
        table.received = table.mailbox.exchange(
            divided_.communicator(), table.entered, lengths_of(shares_, own_draws(divided_)),
            lengths_of(divided_.draws_of_ranks(), rows().count));
      },
      table_);
}

template <class Real>
std::span<Real> DrawRows::some(std::size_t first, std::size_t count,
                               std::vector<Real>& room) const {
  const std::span<const Real> received = std::get<Of<Real>>(table_).received;
  room.resize(count * divided_.count());
  for (const Share& block : divided_.draws_of_blocks()) {
    Real* to = &room[block.first];
    const Real* draws = &received[block.first * rows().count + first * block.count];
    with_count(block.count, [&](auto draws_of_block) {
      for (std::size_t row = 0; row < count; ++row) {
        std::memcpy(to, draws, draws_of_block * sizeof(Real));
        draws += draws_of_block;
        to += divided_.count();
      }
    });
  }
  return room;
}

template std::span<float> DrawRows::some(std::size_t, std::size_t, std::vector<float>&) const;
template std::span<double> DrawRows::some(std::size_t, std::size_t, std::vector<double>&) const;

}  // namespace kohort
