// Values that go from every rank to every other, and tables turned round by that.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "engine/comm/communicator.hpp"
#include "engine/comm/share.hpp"

namespace kohort {

/// Room for what the ranks send to this one, which is used again for the next exchange.
template <class Value>
class Mailbox {
  static_assert(std::is_trivially_copyable_v<Value>);

 public:
  /// `sent` holds what goes to each rank, one after the other, `to[r]` values for rank r. Gives
  /// what came, `from[r]` values of rank r, one after the other: until the next exchange. Of one
  /// rank that is what was sent, in its place.
  std::span<Value> exchange(const Communicator& communicator, std::span<Value> sent,
                            std::span<const std::size_t> to, std::span<const std::size_t> from) {
    if (communicator.size() == 1) return sent;
    std::size_t length = 0;
    for (const std::size_t values : from) length += values;
    if (room_.size() < length) room_.resize(length);
    std::vector<std::span<const std::byte>> parts_to;
    std::vector<std::span<std::byte>> parts_from;
    const Value* next_to = sent.data();
    Value* next_from = room_.data();
    for (std::size_t rank = 0; rank < communicator.size(); ++rank) {
      parts_to.push_back(std::as_bytes(std::span(next_to, to[rank])));
      parts_from.push_back(std::as_writable_bytes(std::span(next_from, from[rank])));
      next_to += to[rank];
      next_from += from[rank];
    }
    communicator.exchange(parts_to, parts_from);
    return std::span(room_).first(length);
  }

  /// Brings to the writing rank what each has, `from[r]` values of rank r, one after the other;
  /// the others get nothing.
  std::span<Value> bring(const Communicator& communicator, std::span<Value> own,
                         std::span<const std::size_t> from) {
    std::vector<std::size_t> to(communicator.size(), 0);
    to.front() = own.size();
    const std::vector<std::size_t> nothing(communicator.size(), 0);
    return exchange(communicator, own, to, communicator.writes() ? from : nothing);
  }

 private:
  std::vector<Value> room_;
};

/// How many values the shares of the ranks come to, with `width` each.
inline std::vector<std::size_t> lengths_of(std::span<const Share> shares, std::size_t width) {
  std::vector<std::size_t> lengths;
  lengths.reserve(shares.size());
  for (const Share& share : shares) lengths.push_back(share.count * width);
  return lengths;
}

/// Turns tables round of which every rank has some columns, so that each gets some rows whole. What
/// a rank receives is as much as it gives, whatever the number of ranks, but for uneven shares.
template <class Value>
class Transposition {
 public:
  /// `columns`: of each rank, in their order. The communicator must outlive this.
  Transposition(const Communicator& communicator, std::vector<Share> columns)
      : communicator_(communicator), columns_(std::move(columns)) {}

  /// `table` is [row][column of this rank], with `rows` shared as by `shares_of`.
  void exchange(std::span<Value> table, std::size_t rows) {
    const std::vector<Share> shares = shares_of(rows, communicator_.size());
    rows_ = shares[communicator_.rank()];
    received_ = mailbox_.exchange(communicator_, table,
                                  lengths_of(shares, columns_[communicator_.rank()].count),
                                  lengths_of(columns_, rows_.count));
  }

  /// The rows that this rank has got.
  const Share& rows() const { return rows_; }

  /// All columns of a row, by its place among the rows that are here. They lie in the room, or
  /// where there is one rank in the table itself.
  std::span<Value> row(std::size_t at, std::vector<Value>& room) const {
    if (columns_.size() == 1) {
      return received_.subspan(at * columns_.front().count, columns_.front().count);
    }
    room.resize(columns_.back().first + columns_.back().count);
    for (const Share& columns : columns_) {
      const auto part =
          received_.subspan(columns.first * rows_.count + at * columns.count, columns.count);
      std::copy(part.begin(), part.end(),
                room.begin() + static_cast<std::ptrdiff_t>(columns.first));
    }
    return room;
  }

 private:
  const Communicator& communicator_;
  std::vector<Share> columns_;
  Share rows_;
  Mailbox<Value> mailbox_;
  std::span<Value> received_;  ///< of each rank [row][its columns]
};

}  // namespace kohort
