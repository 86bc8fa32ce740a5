// What the ranks of a run say to each other. Everything that takes part in a run sees this and
// never what is behind it, so that one process, many pretended ranks and real ones look alike.
#pragma once

#include <cstddef>
#include <span>

namespace kohort {

/// The collective operations that a run needs. Every rank must take part in each, in one order.
class Communicator {
 public:
  virtual ~Communicator() = default;

  virtual std::size_t rank() const = 0;
  virtual std::size_t size() const = 0;

  /// Replaces `values` by their sum over the ranks, added in the order of the ranks, so that the
  /// result has the same bits on every rank and in every run. All ranks give equally many.
  virtual void sum(std::span<double> values) const = 0;
};

/// One rank, alone.
class LocalCommunicator final : public Communicator {
 public:
  std::size_t rank() const override { return 0; }
  std::size_t size() const override { return 1; }
  void sum(std::span<double> /*values*/) const override {}
};

}  // namespace kohort
