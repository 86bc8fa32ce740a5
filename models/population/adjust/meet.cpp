#include "models/population/adjust/meet.hpp"

#include "engine/base/error.hpp"
#include "engine/model/frozen_tables.hpp"
#include "models/population/adjust/parameters.hpp"
#include "models/population/adjust/report.hpp"
#include "models/population/rates/check.hpp"

namespace kohort::population {

namespace p = parameters;

namespace {

/// The factors of an earlier run, from the file that it froze.
Solution frozen_solution(const Source& source) {
  const FrozenTables frozen(frozen_file(source.settings, p::frozen_factors), source.frame);
  enter(frozen, p::frozen_factors, source.settings, source.tables);
  Solution solution;
  solution.estimates = frozen.tables("adjustment");
  if (solution.estimates.empty()) {
    throw Error(Fault::scenario, source.settings.mistake(
                                     p::frozen_factors, "the file holds no such factors",
                                     "freeze a run with totals, in-migrants, housing or targets"));
  }
  solution.factors = factors_of(source.frame, solution.estimates);
  return solution;
}

/// Rates that factors have made too large are no probabilities any more.
void check_adjusted(const Source& source, const Projected& projected, const Rates& rates,
                    const Location& where) {
  const auto impossible = find_impossible(source, projected.conventions, rates);
  if (!impossible) return;
  throw Error(Fault::scenario,
              Mistake{where, "the totals cannot be met: it would take " + impossible->what,
                      "check the totals, or let other flows be changed"});
}

}  // namespace

bool meet_demands(const Source& source, const Projected& projected, Rates& rates,
                  std::vector<Estimate>& estimates) {
  const bool frozen = source.settings.given(p::frozen_factors);
  const std::vector<Demand> demands = frozen ? std::vector<Demand>{} : read_demands(source);
  if (!frozen && demands.empty()) return false;
  const Location where =
      frozen ? source.settings.setting(p::frozen_factors).location : demands.front().where;
  if (!rates.multistate.empty()) {
    throw Error(Fault::scenario,
                Mistake{where, "totals and drivers do not go with the multistate form",
                        "choose population.domestic.form = \"pool\""});
  }
  Solution solution =
      frozen ? frozen_solution(source) : solve(projected, rates, demands, source.stop);
  for (const Interval interval : positions<Interval>(source.frame.intervals)) {
    adjust(source.frame, interval, solution.factors[interval.position()], rates);
  }
  check_adjusted(source, projected, rates, where);
  for (Estimate& one : solution.estimates) estimates.push_back(std::move(one));
  return true;
}

}  // namespace kohort::population
