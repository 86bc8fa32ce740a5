// The writing of years while later ones are computed.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

#include "engine/run/year_sink.hpp"
#include "engine/threads/parallel.hpp"

namespace kohort {

/// Gives years to another sink on one thread of its own, in their order. At most two are in memory:
/// the one that the other takes and the one that waits for it; who brings a third waits. What the
/// other throws, the next call here throws, and the years that come after are let go.
class Behind final : public YearSink {
 public:
  /// How many years are in memory here at most.
  static constexpr std::size_t most_years = 2;

  /// The other sink works with as many threads as the arena at hand has. It must outlive this.
  explicit Behind(YearSink& sink);
  /// Waits for the year that the other has begun; one that waits is let go.
  ~Behind() override;
  Behind(const Behind&) = delete;
  Behind& operator=(const Behind&) = delete;

  void begin(std::span<const YearlyTable> cells, std::span<const YearlyTable> sums) override;
  void take(FinishedYear year) override;
  /// Waits until the other has all years.
  void wait();

 private:
  void work();
  /// Waits until no year waits, and none is taken either where it is so asked; throws what the
  /// other has thrown.
  void wait_for_room(std::unique_lock<std::mutex>& lock, bool idle);

  YearSink& sink_;
  Arena arena_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<FinishedYear> waiting_;
  bool taking_ = false;
  bool over_ = false;
  std::exception_ptr error_;
  std::thread thread_;  ///< last, as it uses all the others
};

}  // namespace kohort
