// What the ranks of a run say to each other. Everything that takes part in a run sees this and
// never what is behind it, so that one process, many pretended ranks and real ones look alike.
#pragma once

#include <cstddef>
#include <exception>
#include <span>

namespace kohort {

/// How the work of all ranks ended: with code 0 where nobody failed, else with the code of the
/// first rank that did.
struct Ending {
  std::size_t rank = 0;
  int code = 0;
};

/// Ends the work of a rank since another has failed, which says why.
class EndedElsewhere : public std::exception {
 public:
  explicit EndedElsewhere(const Ending& ending) : ending_(ending) {}
  const Ending& ending() const { return ending_; }
  const char* what() const noexcept override { return "another rank has failed"; }

 private:
  Ending ending_;
};

/// The ranks that share a work, as one of them sees them. They do the same exchanges in the same
/// order, each from one thread at a time, until all of them end, or one that fails ends earlier:
/// every exchange first asks whether somebody did, so that no rank waits for one that has gone.
class Communicator {
 public:
  virtual ~Communicator() = default;

  virtual std::size_t rank() const = 0;
  virtual std::size_t size() const = 0;

  /// Whether this is the rank that writes files and speaks to people: the first.
  bool writes() const { return rank() == 0; }

  /// Waits until every rank has come here. Throws `EndedElsewhere`.
  void meet() const {
    const Ending ending = agree(0);
    if (ending.code != 0) throw EndedElsewhere(ending);
  }

  /// Gives `to[r]` to each rank r and fills `from[r]` with what that gives to this one, which is
  /// as long. Throws `EndedElsewhere`, and has done nothing then.
  void exchange(std::span<const std::span<const std::byte>> to,
                std::span<const std::span<std::byte>> from) const {
    meet();
    move(to, from);
  }

  /// Ends the work of this rank, with a code above 0 (and below 256) if it has failed. Waits for
  /// the others, and tells how the work of all ended. Not called after `EndedElsewhere`, by which
  /// that is known, nor twice.
  Ending end(int code) const { return agree(code); }

 private:
  /// Every rank states a code, and learns of the first that is not 0.
  virtual Ending agree(int code) const = 0;
  virtual void move(std::span<const std::span<const std::byte>> to,
                    std::span<const std::span<std::byte>> from) const = 0;
};

/// One rank, alone.
class LocalCommunicator final : public Communicator {
 public:
  std::size_t rank() const override { return 0; }
  std::size_t size() const override { return 1; }

 private:
  Ending agree(int code) const override { return {0, code}; }
  void move(std::span<const std::span<const std::byte>> to,
            std::span<const std::span<std::byte>> from) const override;
};

}  // namespace kohort
