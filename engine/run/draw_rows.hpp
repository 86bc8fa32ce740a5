// Sums of a year draw by draw, a row for each: every rank enters its draws, and gets some rows
// whole.
#pragma once

#include <cstddef>
#include <span>
#include <variant>
#include <vector>

#include "engine/base/large_vector.hpp"
#include "engine/base/precision.hpp"
#include "engine/comm/mailbox.hpp"
#include "engine/run/divided_draws.hpp"

namespace kohort {

/// Rows of draws, in double or in single precision. What a block enters lies together, so that
/// blocks write, and whoever finishes rows reads, along the memory and not across it.
class DrawRows {
 public:
  /// Room for rows of all draws, of which this rank has its own. The draws must outlive this.
  DrawRows(const DividedDraws& draws, std::size_t rows, Precision precision);

  /// Enters the draws of one of this rank's blocks, rows that follow each other from one on:
  /// [row][draw]. Rows of different blocks may be entered by several threads at once.
  void enter(std::size_t block, std::size_t row, std::span<const double> draws);
  /// Shares the rows out between the ranks, once all draws are entered.
  void exchange();
  /// The rows that this rank has got.
  const Share& rows() const { return shares_[divided_.communicator().rank()]; }
  /// Some of these, by their place among them, and all draws of each: [row][draw], in `room`, which
  /// is of the precision of the rows.
  template <class Real>
  std::span<Real> some(std::size_t first, std::size_t count, std::vector<Real>& room) const;

 private:
  /// What is entered and received.
  template <class Real>
  struct Of {
    LargeVector<Real> entered;  ///< of each rank that gets it, and block of this: [row][draw]
    Mailbox<Real> mailbox;
    std::span<Real> received;  ///< of each block of all ranks: [row][draw]
  };

  const DividedDraws& divided_;
  std::vector<Share> shares_;          ///< of the rows, by the rank that gets them
  std::vector<std::size_t> first_of_;  ///< by rank, where what it gets begins
  std::variant<Of<double>, Of<float>> table_;
};

}  // namespace kohort
