#include "models/population/accounts.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/kernels/reference/cohort.hpp"

namespace kohort::population {
namespace {

[[noreturn]] void defect(std::string what) {
  throw Error(
      Fault::model,
      Mistake{
          {}, std::move(what), "this is a defect in Kohort; please report it with the scenario"});
}

}  // namespace

void Audit::check(Sex sex, Age age, bool closed) const {
  check_cells(sex, age);
  if (closed) check_pool(sex, age);
}

void Audit::check_cells(Sex sex, Age age) const {
  auto& expected = ledger_.workspace.part;
  auto& turnover = ledger_.workspace.exposed;
  gather(sex, age, expected, turnover);
  const auto persons = state_.persons.slab(sex, age);
  if (kernels::reference::balances(persons, expected, turnover, account_tolerance)) return;
  for (std::size_t at = 0; at < persons.size(); ++at) {
    const double tolerance = account_tolerance * std::max(1.0, turnover[at]);
    if (persons[at] < -tolerance) negative(sex, age, at, persons[at]);
    // Written so that what is no number fails.
    if (!(std::abs(persons[at] - expected[at]) <= tolerance)) {
      unbalanced(sex, age, at, expected[at]);
    }
  }
}

void Audit::check_pool(Sex sex, Age age) const {
  const auto in = std::as_const(ledger_).flows[Flow::domestic_in].slab(sex, age);
  const auto out = std::as_const(ledger_).flows[Flow::domestic_out].slab(sex, age);
  for (std::size_t draw = 0; draw < state_.block.count; ++draw) {
    double arrived = 0.0;
    double left = 0.0;
    for (std::size_t at = draw; at < in.size(); at += state_.block.count) {
      arrived += in[at];
      left += out[at];
    }
    if (std::abs(arrived - left) <= account_tolerance * std::max(1.0, left)) continue;
    defect(fmt::format("{} aged {} in {}: {:.17g} left for other areas, {:.17g} arrived",
                       frame_.sexes[sex.position()], frame_.first_age(age),
                       frame_.end_of(interval_).value(), left, arrived));
  }
}

/// Those at risk and all flows, with their signs and without.
void Audit::gather(Sex sex, Age age, Slab expected, Slab turnover) const {
  const auto at_risk = std::as_const(ledger_.at_risk).slab(sex, CohortRow(age.position()));
  std::copy(at_risk.begin(), at_risk.end(), expected.begin());
  if (age.position() + 1 == frame_.ages()) {
    const auto in_it = std::as_const(ledger_.at_risk).slab(sex, CohortRow(frame_.rows() - 1));
    std::transform(expected.begin(), expected.end(), in_it.begin(), expected.begin(),
                   std::plus<>());
  }
  std::copy(expected.begin(), expected.end(), turnover.begin());
  for (std::size_t flow = 0; flow < flow_count; ++flow) {
    if (flow_sign[flow] == 0) continue;
    const auto events = std::as_const(ledger_).flows[static_cast<Flow>(flow)].slab(sex, age);
    kernels::reference::enter(events, flow_sign[flow], expected, turnover);
  }
}

std::string Audit::name(Sex sex, Age age, std::size_t at) const {
  const std::size_t place = at / state_.block.count;
  const std::size_t areas = frame_.areas.size();
  std::string text = fmt::format("area {}, {} aged {} in {}", frame_.areas[place % areas].code,
                                 frame_.sexes[sex.position()], frame_.first_age(age),
                                 frame_.end_of(interval_).value());
  if (!frame_.groups.empty()) text += ", group " + frame_.groups[place / areas];
  return text;
}

void Audit::negative(Sex sex, Age age, std::size_t at, double persons) const {
  throw Error(Fault::scenario,
              Mistake{{},
                      fmt::format("{}: more leave than are there ({:.6g} persons are left)",
                                  name(sex, age, at), persons),
                      "lower the net out-migration or the rates of leaving of this cell"});
}

void Audit::unbalanced(Sex sex, Age age, std::size_t at, double expected) const {
  defect(fmt::format("{}: the account does not balance ({:.17g} persons, {:.17g} by the flows)",
                     name(sex, age, at), state_.persons.slab(sex, age)[at], expected));
}

void require_balance(Interval interval, const Frame& frame, const PopulationState& state,
                     PopulationLedger& ledger, bool closed) {
  const Audit audit(interval, frame, state, ledger);
  for (const Sex sex : positions<Sex>(frame.sexes.size())) {
    for (const Age age : positions<Age>(frame.ages())) {
      audit.check(sex, age, closed);
    }
  }
}

}  // namespace kohort::population
