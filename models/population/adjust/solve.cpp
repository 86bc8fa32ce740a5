#include "models/population/adjust/solve.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/base/interrupted.hpp"
#include "engine/kernels/reference/cohort.hpp"
#include "models/population/adjust/report.hpp"
#include "models/population/adjust/system.hpp"
#include "models/population/step.hpp"

namespace kohort::population {
namespace {

/// Far below the tolerance, so that what is written still meets it.
constexpr double close_enough = 1e-12;
constexpr int most_rounds = 200;

double error_of(double outcome, double total) {
  return std::abs(outcome - total) / std::max(1.0, std::abs(total));
}

/// One interval: from the state at its start to factors that meet its demands.
class IntervalSolver {
 public:
  IntervalSolver(const Projected& projected, const Rates& rates, Interval interval,
                 PopulationLedger& ledger, const std::stop_token& stop)
      : projected_(projected),
        frame_(projected.frame),
        rates_(rates),
        interval_(interval),
        ledger_(ledger),
        stop_(stop) {}

  /// Carries the state on; returns the factors.
  Factors solve(PopulationState& state, std::vector<Demand> demands, Report& report) {
    const PopulationState start = state;
    project(start, state);
    report.take_before(interval_, ledger_);
    if (demands.empty()) {
      report.take_after(interval_, ledger_);
      return {};
    }
    settle(demands, {state, ledger_});
    std::vector<const Demand*> pointers;
    for (const Demand& demand : demands) pointers.push_back(&demand);
    const std::vector<Part> parts = parts_of(frame_, pointers);
    double before = 0.0;
    for (int round = 0; round < most_rounds; ++round) {
      stop_if_asked(stop_);
      const Miss miss = worst(demands, {state, ledger_});
      const double error = miss.error;
      // Rounding keeps it from going to 0: it is done once it is small and falls no more.
      if (error <= close_enough || (error <= demand_tolerance / 10.0 && error >= before)) break;
      before = error;
      for (const Part& part : parts) improve(part, {state, ledger_});
      project_for(*miss.demand, start, state);
    }
    require_met(demands, {state, ledger_}, report);
    report.take_after(interval_, ledger_);
    return factors_;
  }

 private:
  struct Miss {
    double error = 0.0;
    const Demand* demand = nullptr;
    double outcome = 0.0;
  };

  void project(const PopulationState& start, PopulationState& state) {
    Rates rates = rates_;
    adjust(frame_, interval_, factors_, rates);
    state = start;
    Projection(frame_, std::move(rates), projected_.conventions, {})
        .step(interval_, state, ledger_);
  }

  /// Projects with factors, where they have not made a step impossible.
  void project_for(const Demand& missed, const PopulationState& start, PopulationState& state) {
    try {
      project(start, state);
    } catch (const Error& error) {
      throw Error(Fault::scenario,
                  Mistake{missed.where,
                          fmt::format("the total {} cannot be met: it would take {}", missed.name,
                                      error.mistakes().front().what),
                          "check the total, or let other flows be changed"});
    }
  }

  /// Makes what is wanted beyond the rates a total.
  void settle(std::vector<Demand>& demands, const Happened& happened) const {
    for (Demand& demand : demands) {
      if (!demand.beyond) continue;
      const double usual = outcome_of(frame_, demand, happened);
      if (usual + demand.total < 0.0) {
        throw Error(Fault::scenario,
                    Mistake{demand.where,
                            fmt::format("{}: {:.6g} in-migrants fewer are wanted, but the rates "
                                        "bring {:.6g}",
                                        demand.name, -demand.total, usual),
                            "check the dwellings planned and those usual"});
      }
      demand.total += usual;
    }
  }

  /// Multiplies the factors of the flows of one part by what brings these to the totals.
  void improve(const Part& part, const Happened& happened) {
    const auto rows = static_cast<Eigen::Index>(part.demands.size());
    const auto columns = static_cast<Eigen::Index>(part.cells.size());
    Eigen::VectorXd flows(columns);
    for (Eigen::Index at = 0; at < columns; ++at) {
      flows[at] = flow_of(frame_, part.cells[static_cast<std::size_t>(at)], happened);
    }
    const Membership membership = membership_of(part);
    Eigen::VectorXd totals = membership * flows;
    for (Eigen::Index row = 0; row < rows; ++row) {
      const Demand& demand = *part.demands[static_cast<std::size_t>(row)];
      totals[row] += demand.total - outcome_of(frame_, demand, happened);
    }
    const Eigen::VectorXd changes = reconciled(part, flows, membership, totals);
    for (Eigen::Index at = 0; at < columns; ++at) {
      const Cell& cell = part.cells[static_cast<std::size_t>(at)];
      AgeTable& table = factors_.of(cell.rates, frame_);
      for (const Group group : positions<Group>(frame_.group_count())) {
        table(cell.sex, cell.age, group, cell.area) *= changes[at];
      }
    }
  }

  static Membership membership_of(const Part& part) {
    std::vector<Eigen::Triplet<double>> members;
    for (std::size_t demand = 0; demand < part.demands.size(); ++demand) {
      for (const auto& [cell, sign] : part.members[demand]) {
        members.emplace_back(static_cast<int>(demand), static_cast<int>(cell), sign);
      }
    }
    Membership membership(static_cast<Eigen::Index>(part.demands.size()),
                          static_cast<Eigen::Index>(part.cells.size()));
    membership.setFromTriplets(members.begin(), members.end());
    return membership;
  }

  static Eigen::VectorXd reconciled(const Part& part, const Eigen::VectorXd& flows,
                                    const Membership& membership, const Eigen::VectorXd& totals) {
    const Change change = part.demands.front()->method == Method::least_squares
                              ? Change::squares
                              : Change::proportion;
    try {
      return reconcile(flows, membership, totals, change).factors;
    } catch (const TotalsUnmet& unmet) {
      const Demand& missed = *part.demands[unmet.total()];
      throw Error(
          Fault::scenario,
          Mistake{
              missed.where,
              fmt::format("the total {}{} cannot be met: it is {:.6g}, and the flows that may "
                          "be changed lead to {:.6g}",
                          missed.name, part.demands.size() > 1 ? " or one that overlaps it" : "",
                          missed.total, missed.total + unmet.excess()),
              "check the total, or let other flows be changed"});
    }
  }

  Miss worst(const std::vector<Demand>& demands, const Happened& happened) const {
    Miss worst;
    for (const Demand& demand : demands) {
      const double outcome = outcome_of(frame_, demand, happened);
      const double error = error_of(outcome, demand.total);
      if (worst.demand == nullptr || error > worst.error) worst = {error, &demand, outcome};
    }
    return worst;
  }

  void require_met(const std::vector<Demand>& demands, const Happened& happened,
                   Report& report) const {
    const Miss miss = worst(demands, happened);
    report.take_error(miss.error);
    if (miss.error <= demand_tolerance) return;
    throw Error(Fault::scenario,
                Mistake{miss.demand->where,
                        fmt::format("the total {} cannot be met: it is {:.10g}, and the projection "
                                    "comes to {:.10g}",
                                    miss.demand->name, miss.demand->total, miss.outcome),
                        "other totals contradict it, or no flows that may be changed lead there"});
  }

  const Projected& projected_;
  const Frame& frame_;
  const Rates& rates_;
  Interval interval_;
  PopulationLedger& ledger_;
  const std::stop_token& stop_;
  Factors factors_;
};

}  // namespace

Solution solve(const Projected& projected, const Rates& rates, const std::vector<Demand>& demands,
               const std::stop_token& stop) {
  const Frame& frame = projected.frame;
  PopulationState state(frame, DrawBlock{});
  kernels::reference::spread(projected.base.values(), state.persons.values());
  PopulationLedger ledger(frame, 1, !rates.multistate.empty());
  Report report(frame, demands);
  Solution solution;
  for (const Interval interval : positions<Interval>(frame.intervals)) {
    std::vector<Demand> of_interval;
    for (const Demand& demand : demands) {
      if (demand.interval == interval) of_interval.push_back(demand);
    }
    IntervalSolver solver(projected, rates, interval, ledger, stop);
    solution.factors.push_back(solver.solve(state, std::move(of_interval), report));
  }
  solution.estimates = report.estimates(solution.factors);
  return solution;
}

}  // namespace kohort::population
