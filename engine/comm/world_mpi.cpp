#include <algorithm>
#include <csignal>
#include <cstdint>
#include <limits>
#include <vector>

#include <mpi.h>

#include "engine/comm/share.hpp"
#include "engine/comm/world.hpp"

namespace kohort {
namespace {

/// What MPI starts leaves signals to the thread that waits for interrupts, as our own threads do.
void start_mpi() {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  int provided = 0;
  MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &provided);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

/// Counts are int in MPI; longer messages go in pieces.
constexpr std::size_t most_bytes = std::size_t{1} << 30U;
static_assert(most_bytes <= std::numeric_limits<int>::max());

class MpiCommunicator final : public Communicator {
 public:
  MpiCommunicator() {
    start_mpi();
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &size_);
  }
  ~MpiCommunicator() override { MPI_Finalize(); }
  MpiCommunicator(const MpiCommunicator&) = delete;
  MpiCommunicator& operator=(const MpiCommunicator&) = delete;

  std::size_t rank() const override { return static_cast<std::size_t>(rank_); }
  std::size_t size() const override { return static_cast<std::size_t>(size_); }

 private:
  Ending agree(int code) const override {
    constexpr auto nobody = std::numeric_limits<std::uint64_t>::max();
    constexpr std::uint64_t codes = 256;
    const std::uint64_t own =
        code == 0 ? nobody : rank() * codes + static_cast<std::uint64_t>(code);
    std::uint64_t first = 0;
    MPI_Allreduce(&own, &first, 1, MPI_UINT64_T, MPI_MIN, MPI_COMM_WORLD);
    if (first == nobody) return {};
    return {first / codes, static_cast<int>(first % codes)};
  }

  void move(std::span<const std::span<const std::byte>> to,
            std::span<const std::span<std::byte>> from) const override {
    std::vector<MPI_Request> open;
    for (int rank = 0; rank < size_; ++rank) {
      if (rank == rank_) continue;
      const std::span<std::byte> part = from[static_cast<std::size_t>(rank)];
      for (const Share& piece : pieces_of(part.size(), most_bytes)) {
        MPI_Irecv(&part[piece.first], static_cast<int>(piece.count), MPI_BYTE, rank, 0,
                  MPI_COMM_WORLD, &open.emplace_back());
      }
    }
    for (int rank = 0; rank < size_; ++rank) {
      if (rank == rank_) continue;
      const std::span<const std::byte> part = to[static_cast<std::size_t>(rank)];
      for (const Share& piece : pieces_of(part.size(), most_bytes)) {
        MPI_Isend(&part[piece.first], static_cast<int>(piece.count), MPI_BYTE, rank, 0,
                  MPI_COMM_WORLD, &open.emplace_back());
      }
    }
    const std::span<const std::byte> own = to[rank()];
    std::copy(own.begin(), own.end(), from[rank()].begin());
    MPI_Waitall(static_cast<int>(open.size()), open.data(), MPI_STATUSES_IGNORE);
  }

  int rank_ = 0;
  int size_ = 1;
};

}  // namespace

std::unique_ptr<Communicator> make_world() { return std::make_unique<MpiCommunicator>(); }

}  // namespace kohort
