// Things in a row, cut into runs: one for each rank.
#pragma once

#include <cstddef>
#include <vector>

namespace kohort {

/// A run of things.
struct Share {
  std::size_t first = 0;
  std::size_t count = 0;
};

/// Cuts things into shares, equally large but for one thing, in the order of the ranks: the last
/// have one more, since the first also writes. Where there are fewer things than ranks some shares
/// are empty.
inline std::vector<Share> shares_of(std::size_t things, std::size_t ranks) {
  std::vector<Share> shares;
  std::size_t first = 0;
  for (std::size_t rank = 0; rank < ranks; ++rank) {
    const std::size_t count = (things + rank) / ranks;
    shares.push_back({first, count});
    first += count;
  }
  return shares;
}

/// What is in both.
inline Share overlap(const Share& one, const Share& other) {
  const std::size_t first = one.first > other.first ? one.first : other.first;
  const std::size_t one_end = one.first + one.count;
  const std::size_t other_end = other.first + other.count;
  const std::size_t end = one_end < other_end ? one_end : other_end;
  return {first, end > first ? end - first : 0};
}

/// Cuts things into runs of `most` and what is left.
inline std::vector<Share> pieces_of(std::size_t things, std::size_t most) {
  std::vector<Share> pieces;
  for (std::size_t first = 0; first < things; first += most) {
    pieces.push_back({first, things - first < most ? things - first : most});
  }
  return pieces;
}

}  // namespace kohort
