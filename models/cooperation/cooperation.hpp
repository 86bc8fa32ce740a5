// Areas that cooperate: what they share, and when.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/model/lever.hpp"
#include "engine/model/source.hpp"
#include "models/cooperation/lending.hpp"

namespace kohort::cooperation {

/// What areas can share.
enum class Shared { staff, places };

/// One group of areas that shares something in some years.
class Agreement {
 public:
  /// Adds to `mistakes` what is wrong with the block.
  Agreement(const Settings& block, const Frame& frame, Mistakes& mistakes);

  const std::string& name() const { return name_; }
  const Settings& block() const { return block_; }
  const Pool& pool() const { return pool_; }
  bool shares(Shared what) const;
  /// Whether it shares at the end of the interval.
  bool holds(Interval interval) const { return target_.covers(interval); }

 private:
  Settings block_;
  std::string name_;
  std::vector<Shared> shared_;
  Target target_;
  Pool pool_;
};

/// All of a scenario. Immutable.
class Cooperation {
 public:
  /// None.
  Cooperation() = default;
  /// For embedding: pools that hold at all times, each area in one at most.
  explicit Cooperation(std::vector<Pool> pools) : pools_({std::move(pools)}) {}
  /// Of the agreements those on one thing, by interval.
  Cooperation(const std::vector<Agreement>& agreements, Shared what, const Frame& frame);

  bool any() const;
  /// Sets what each area borrows at the end of the interval, 0 for those that cooperate with none;
  /// see `lend`.
  void share(Interval interval, std::size_t draws, std::span<const double> lacking,
             std::span<double> borrowed) const;

 private:
  std::vector<std::vector<Pool>> pools_;  ///< by interval, or the same in all
};

/// Reads how areas share one thing. Throws `Error` (Fault::scenario) where a block is wrong, and
/// where an area would share a thing with two groups at a time.
Cooperation read_cooperation(const Source& source, Shared what);

/// Throws `Error` (Fault::scenario) where a scenario shares what it does not have.
void require_not_shared(const Settings& settings, Shared what, const std::string& remedy);

}  // namespace kohort::cooperation
