// What of the work that care takes staff can do.
#pragma once

#include "models/care/service_stock.hpp"
#include "models/workforce/demand.hpp"

namespace kohort::workforce {

using TaskShares = Table<double, Task, Area, Draw>;

/// Demand for staff of municipalities, and the posts that they have after those borrowed.
struct Staffing {
  const StaffAmounts& demand;
  const StaffAmounts& available;
  /// Posts that take the place of an expected one; null where there is nothing to take it.
  const StaffAmounts* ratio = nullptr;
};

/// Shares of tasks that staff can do, and the same ratio.
struct Delivery {
  const TaskShares& shares;
  const StaffAmounts* ratio = nullptr;
};

/// Sets of each task the share that staff can do: of its posts of each occupation the share
/// available / demand, 1 at most, as all tasks lack an occupation alike; the mean over its posts.
/// 1 of the region's tasks, whose staff are not projected, and where a task takes no posts.
void reckon_delivered(StockYear year, const Demand& demand, const Staffing& staffing,
                      TaskShares& delivered);

/// Sets of each task the posts of its work that staff cannot do: of all its posts the share that is
/// not delivered.
void reckon_undone(StockYear year, const Demand& demand, const Workload& units,
                   const Delivery& delivered, Workload& undone);

/// Sets of each service the smallest of its tasks' shares: whoever lacks one of them does not get
/// the service. 1 of services without tasks.
void reckon_services(const Demand& demand, const TaskShares& delivered,
                     care::ServiceAmounts& shares);

}  // namespace kohort::workforce
