// From heads to the full-time posts that they can fill, where they work.
#pragma once

#include <algorithm>
#include <vector>

#include "engine/model/source.hpp"
#include "models/workforce/commuting.hpp"
#include "models/workforce/levers.hpp"
#include "models/workforce/stock.hpp"

namespace kohort::workforce {

/// How many posts a head fills, and where.
struct SupplyRates {
  /// Full-time posts per head, by where they live, at each 31 December; of one, if they stay.
  std::vector<StaffTable> posts_per_head{};
  Commuting commuting{};

  std::size_t table_of(StockYear year) const {
    return std::min(year.position(), posts_per_head.size() - 1);
  }
  const StaffTable& at(StockYear year) const { return posts_per_head[table_of(year)]; }
};

/// Posts per head are full_time + (1 - full_time) x part_time_extent; levers on full_time begin in
/// the first projected year. Throws `Error` where the scenario or a table is wrong, and where more
/// than all would work full time.
SupplyRates read_supply(const Source& source, const WorkforceFrame& workforce,
                        const std::vector<Lever>& levers);

/// The staff at a 31 December, by where they live.
struct Staff {
  const partition::PartStock& people;
  const StaffAmounts& heads;  ///< of all sexes and ages
};

/// Supply of staff at a 31 December. Immutable.
class Supply {
 public:
  /// `base`: heads of the base year, by whose sexes and ages a head is worth the mean of posts.
  Supply(SupplyRates rates, const StaffTable& base);

  const Commuting& commuting() const { return rates_.commuting; }

  /// Sets posts to those of the staff, by place of work; `at_home` is room for the same by place of
  /// residence.
  void reckon(StockYear year, const Staff& staff, StaffAmounts& at_home, StaffAmounts& posts) const;
  /// Full-time posts per head of staff as they were in the base year; more than 0.
  double posts_per_head(StockYear year, Occupation occupation, Area area) const {
    return mean_[rates_.table_of(year)](occupation, area);
  }

 private:
  using Means = Table<double, Occupation, Area>;
  static Means means_of(const StaffTable& posts_per_head, const StaffTable& base);
  static bool are_alike(const StaffTable& posts_per_head);
  void add_by_age(const StaffTable& posts_per_head, const partition::PartStock& people,
                  StaffAmounts& at_home) const;

  SupplyRates rates_;
  std::vector<Means> mean_;
  std::vector<bool> alike_;  ///< whether posts per head are the same at all ages of both sexes
};

}  // namespace kohort::workforce
