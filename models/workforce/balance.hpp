// Demand for staff against their supply, year by year.
#pragma once

#include "models/cooperation/cooperation.hpp"
#include "models/workforce/delivery.hpp"
#include "models/workforce/demand.hpp"
#include "models/workforce/recruitment.hpp"
#include "models/workforce/supply.hpp"

namespace kohort::workforce {

/// Full-time posts at a 31 December, where the work is done.
struct BalanceStock {
  StaffAmounts demand{};            ///< of municipalities
  StaffAmounts region{};            ///< demand of the region
  StaffAmounts supply{};            ///< of those who work here
  StaffAmounts borrowed{};          ///< from areas that cooperate; less than 0: lent
  StaffAmounts gap_alone{};         ///< demand - supply
  StaffAmounts gap{};               ///< demand - supply - borrowed
  TaskShares delivered{};           ///< of each task the share that staff can do
  Workload undone{};                ///< of each task the posts of what they cannot do
  care::ServiceAmounts services{};  ///< of each service of care
  StaffAmounts demand_in_heads{};
  DrawnPosts posts{};
};

/// What came about in a year, and room to reckon it.
struct BalanceLedger {
  Recruitment recruitment{};
  /// Of each service of care the share of the year's volume that staff could do: the mean of both
  /// ends of the year.
  care::ServiceAmounts services{};

  struct Workspace {
    Workload units{};
    StaffAmounts at_home{};
    StaffAmounts available{};  ///< posts, with those borrowed
    StaffAmounts heads_before{};
  } workspace{};
};

/// Who works, at a 31 December, and for whom.
struct WorkYear {
  Staff staff;
  Served served;
};

/// Sets demand against supply. Nothing is drawn: the uncertainty of people, care and staff goes
/// through. Immutable.
class Balance {
 public:
  /// `services`: how many services of care there are.
  Balance(Demand demand, Supply supply, cooperation::Cooperation staff, std::size_t services)
      : demand_(std::move(demand)),
        supply_(std::move(supply)),
        staff_(std::move(staff)),
        services_(services) {}

  const Demand& demand() const { return demand_; }
  bool shares_staff() const { return staff_.any(); }

  BalanceLedger ledger(const StaffAmounts::Extents& extents) const;
  /// The base year's end.
  BalanceStock start(const WorkYear& year, DrawnPosts posts = {}) const;
  /// Replaces `stock` by what is at the end of the interval, and enters what happened in between.
  void step(Interval interval, const WorkYear& year, const StaffFlows& flows, BalanceStock& stock,
            BalanceLedger& ledger) const;

 private:
  void reckon(StockYear at, const WorkYear& year, BalanceStock& stock, BalanceLedger& ledger) const;
  void multiply(const DrawnPosts& posts, StaffAmounts& demand) const;
  void borrow(StockYear at, BalanceStock& stock) const;
  void count_heads(StockYear at, BalanceStock& stock) const;

  Demand demand_;
  Supply supply_;
  cooperation::Cooperation staff_;
  std::size_t services_;
};

}  // namespace kohort::workforce
