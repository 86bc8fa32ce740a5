#include "models/workforce/delivery.hpp"

#include <algorithm>

namespace kohort::workforce {
namespace {

/// Divides [draw] of the posts available by those of the whole, of one task and area.
void take_mean(std::span<double> shares, double posts) {
  for (double& share : shares) share = posts == 0.0 ? 1.0 : share / posts;
}

/// How many posts take the place of an expected one.
double ratio_of(const StaffAmounts* ratio, Occupation occupation, Area area, Draw draw) {
  return ratio == nullptr ? 1.0 : (*ratio)(occupation, area, draw);
}

/// Of one task and area, with `posts` of each occupation as expected, where draws differ in them.
void reckon_differing(const Staffing& staffing, const PostTable& posts, Task task, Area area,
                      std::span<double> shares) {
  for (const Draw draw : positions<Draw>(shares.size())) {
    double all = 0.0;
    double done = 0.0;
    for (const Occupation occupation : positions<Occupation>(posts.extent<Occupation>())) {
      const double each =
          posts(task, occupation, area) * ratio_of(staffing.ratio, occupation, area, draw);
      if (each == 0.0) continue;
      const double wanted = staffing.demand(occupation, area, draw);
      const double available = staffing.available(occupation, area, draw);
      all += each;
      done += each * (available >= wanted ? 1.0 : available / wanted);
    }
    shares[draw.position()] = all == 0.0 ? 1.0 : done / all;
  }
}

}  // namespace

void reckon_delivered(StockYear year, const Demand& demand, const Staffing& staffing,
                      TaskShares& delivered) {
  const PostTable& posts = demand.posts(year);
  for (const Task task : positions<Task>(demand.tasks().size())) {
    const bool projected = demand.tasks()[task.position()].employer == Employer::municipality;
    for (const Area area : positions<Area>(posts.extent<Area>())) {
      const auto shares = delivered.slab(task, area);
      if (projected && staffing.ratio != nullptr) {
        reckon_differing(staffing, posts, task, area, shares);
        continue;
      }
      std::fill(shares.begin(), shares.end(), 0.0);
      double all = 0.0;
      for (const Occupation occupation : positions<Occupation>(posts.extent<Occupation>())) {
        const double each = projected ? posts(task, occupation, area) : 0.0;
        if (each == 0.0) continue;
        all += each;
        const auto wanted = staffing.demand.slab(occupation, area);
        const auto available = staffing.available.slab(occupation, area);
        for (std::size_t draw = 0; draw < shares.size(); ++draw) {
          const bool enough = available[draw] >= wanted[draw];
          shares[draw] += each * (enough ? 1.0 : available[draw] / wanted[draw]);
        }
      }
      take_mean(shares, all);
    }
  }
}

void reckon_undone(StockYear year, const Demand& demand, const Workload& units,
                   const Delivery& delivered, Workload& undone) {
  const PostTable& posts = demand.posts(year);
  for (const Task task : positions<Task>(demand.tasks().size())) {
    for (const Area area : positions<Area>(posts.extent<Area>())) {
      double expected = 0.0;
      for (const Occupation occupation : positions<Occupation>(posts.extent<Occupation>())) {
        expected += posts(task, occupation, area);
      }
      const auto done = delivered.shares.slab(task, area);
      const auto of_task = units.slab(task, area);
      const auto left = undone.slab(task, area);
      for (std::size_t draw = 0; draw < left.size(); ++draw) {
        double each = delivered.ratio == nullptr ? expected : 0.0;
        for (std::size_t one = 0; delivered.ratio != nullptr && one < posts.extent<Occupation>();
             ++one) {
          const Occupation occupation(one);
          each += posts(task, occupation, area) *
                  ratio_of(delivered.ratio, occupation, area, Draw(draw));
        }
        left[draw] = of_task[draw] * each * (1.0 - done[draw]);
      }
    }
  }
}

void reckon_services(const Demand& demand, const TaskShares& delivered,
                     care::ServiceAmounts& shares) {
  std::fill(shares.values().begin(), shares.values().end(), 1.0);
  for (const Task task : positions<Task>(demand.tasks().size())) {
    const TaskDescription& described = demand.tasks()[task.position()];
    if (!described.of_care) continue;
    const auto of_task = delivered.slab(task);
    const auto of_service = shares.slab(care::Service(described.position));
    for (std::size_t at = 0; at < of_task.size(); ++at) {
      of_service[at] = std::min(of_service[at], of_task[at]);
    }
  }
}

}  // namespace kohort::workforce
