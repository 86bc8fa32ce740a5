#include "engine/comm/pretended_ranks.hpp"

#include <algorithm>
#include <array>
#include <barrier>
#include <stdexcept>
#include <thread>
#include <vector>

namespace kohort {
namespace {

using Sent = std::span<const std::span<const std::byte>>;

/// Where the ranks meet: what each shows to the others until all have seen it.
struct Meeting {
  explicit Meeting(std::size_t ranks)
      : codes{std::vector<int>(ranks), std::vector<int>(ranks)},
        sent(ranks),
        all(static_cast<std::ptrdiff_t>(ranks)) {}

  /// Of this time and of the last, since a rank may come again while others still look.
  std::array<std::vector<int>, 2> codes;
  std::vector<Sent> sent;
  std::barrier<> all;
};

class PretendedRank final : public Communicator {
 public:
  PretendedRank(std::size_t rank, Meeting& meeting) : rank_(rank), meeting_(meeting) {}
  std::size_t rank() const override { return rank_; }
  std::size_t size() const override { return meeting_.sent.size(); }

 private:
  Ending agree(int code) const override {
    std::vector<int>& codes = meeting_.codes[times_++ % 2];
    codes[rank_] = code;
    meeting_.all.arrive_and_wait();
    const auto first =
        std::find_if(codes.begin(), codes.end(), [](int stated) { return stated != 0; });
    if (first == codes.end()) return {};
    return {static_cast<std::size_t>(first - codes.begin()), *first};
  }

  void move(Sent to, std::span<const std::span<std::byte>> from) const override {
    meeting_.sent[rank_] = to;
    meeting_.all.arrive_and_wait();
    bool alike = true;
    for (std::size_t rank = 0; rank < size(); ++rank) {
      const std::span<const std::byte> part = meeting_.sent[rank][rank_];
      alike = alike && part.size() == from[rank].size();
      if (alike) std::copy(part.begin(), part.end(), from[rank].begin());
    }
    meeting_.all.arrive_and_wait();
    if (!alike) throw std::logic_error("a rank gave more or less than another waited for");
  }

  std::size_t rank_;
  Meeting& meeting_;
  mutable std::size_t times_ = 0;  ///< that it has been asked how it goes
};

}  // namespace

void on_pretended_ranks(std::size_t ranks, const std::function<void(const Communicator&)>& action) {
  Meeting meeting(ranks);
  std::vector<std::exception_ptr> errors(ranks);
  {
    std::vector<std::jthread> threads;
    for (std::size_t rank = 0; rank < ranks; ++rank) {
      threads.emplace_back([&, rank] {
        const PretendedRank communicator(rank, meeting);
        try {
          action(communicator);
          communicator.end(0);
        } catch (const EndedElsewhere&) {  // the other says why
        } catch (...) {
          errors[rank] = std::current_exception();
          communicator.end(1);
        }
      });
    }
  }
  for (const std::exception_ptr& error : errors) {
    if (error) std::rethrow_exception(error);
  }
}

}  // namespace kohort
