#include "models/workforce/balance.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace kohort::workforce {

BalanceLedger Balance::ledger(const StaffAmounts::Extents& extents) const {
  const StaffAmounts none(extents);
  const std::size_t areas = extents[1];
  const std::size_t draws = extents[2];
  return {Recruitment(extents),
          care::ServiceAmounts({services_, areas, draws}),
          {Workload({demand_.tasks().size(), areas, draws}), none, none, none}};
}

BalanceStock Balance::start(const WorkYear& year, DrawnPosts posts) const {
  const StaffAmounts::Extents extents = year.staff.heads.extents();
  const StaffAmounts none(extents);
  BalanceStock stock{none,
                     none,
                     none,
                     none,
                     none,
                     none,
                     TaskShares({demand_.tasks().size(), extents[1], extents[2]}),
                     Workload({demand_.tasks().size(), extents[1], extents[2]}),
                     care::ServiceAmounts({services_, extents[1], extents[2]}),
                     none,
                     std::move(posts)};
  BalanceLedger ledger = this->ledger(extents);
  reckon(StockYear(0), year, stock, ledger);
  return stock;
}

void Balance::step(Interval interval, const WorkYear& year, const StaffFlows& flows,
                   BalanceStock& stock, BalanceLedger& ledger) const {
  auto& work = ledger.workspace;
  std::swap(stock.demand_in_heads, work.heads_before);
  std::swap(stock.services, ledger.services);
  reckon(StockYear(interval.position() + 1), year, stock, ledger);
  for (std::size_t at = 0; at < stock.services.size(); ++at) {
    double& share = ledger.services.values()[at];
    share = 0.5 * (share + stock.services.values()[at]);
  }
  reckon_recruitment({work.heads_before, stock.demand_in_heads}, flows, supply_.commuting(),
                     work.at_home, ledger.recruitment);
}

void Balance::reckon(StockYear at, const WorkYear& year, BalanceStock& stock,
                     BalanceLedger& ledger) const {
  auto& work = ledger.workspace;
  demand_.advance(at, stock.posts);
  demand_.take_units(year.served, work.units);
  demand_.reckon(at, work.units, Employer::municipality, stock.demand);
  demand_.reckon(at, work.units, Employer::region, stock.region);
  for (StaffAmounts* demand : {&stock.demand, &stock.region}) multiply(stock.posts, *demand);
  supply_.reckon(at, year.staff, work.at_home, stock.supply);
  borrow(at, stock);
  for (std::size_t cell = 0; cell < stock.gap.size(); ++cell) {
    const double available = stock.supply.values()[cell] + stock.borrowed.values()[cell];
    work.available.values()[cell] = available;
    stock.gap.values()[cell] = stock.demand.values()[cell] - available;
  }
  reckon_delivered(at, demand_, {stock.demand, work.available, stock.posts.ratios()},
                   stock.delivered);
  reckon_undone(at, demand_, work.units, {stock.delivered, stock.posts.ratios()}, stock.undone);
  reckon_services(demand_, stock.delivered, stock.services);
  count_heads(at, stock);
}

/// What each draw makes of the posts that are expected.
void Balance::multiply(const DrawnPosts& posts, StaffAmounts& demand) const {
  if (posts.ratio.empty()) return;
  const auto ratios = posts.ratio.values();
  const auto all = demand.values();
  std::transform(all.begin(), all.end(), ratios.begin(), all.begin(), std::multiplies<>());
}

/// In the base year all is as it is.
void Balance::borrow(StockYear at, BalanceStock& stock) const {
  for (std::size_t cell = 0; cell < stock.gap_alone.size(); ++cell) {
    stock.gap_alone.values()[cell] = stock.demand.values()[cell] - stock.supply.values()[cell];
  }
  std::fill(stock.borrowed.values().begin(), stock.borrowed.values().end(), 0.0);
  if (at.position() == 0) return;
  const std::size_t draws = stock.demand.extent<Draw>();
  for (const Occupation occupation : positions<Occupation>(stock.demand.extent<Occupation>())) {
    staff_.share(Interval(at.position() - 1), draws,
                 std::as_const(stock.gap_alone).slab(occupation), stock.borrowed.slab(occupation));
  }
}

void Balance::count_heads(StockYear at, BalanceStock& stock) const {
  for (const Occupation occupation : positions<Occupation>(stock.demand.extent<Occupation>())) {
    for (const Area area : positions<Area>(stock.demand.extent<Area>())) {
      const double each = supply_.posts_per_head(at, occupation, area);
      const auto posts = std::as_const(stock.demand).slab(occupation, area);
      const auto heads = stock.demand_in_heads.slab(occupation, area);
      for (std::size_t draw = 0; draw < posts.size(); ++draw) heads[draw] = posts[draw] / each;
    }
  }
}

}  // namespace kohort::workforce
