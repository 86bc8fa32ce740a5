#include "models/population/accounts.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/base/error.hpp"

namespace kohort::population {
namespace {

/// One cell of the persons, by its number in the flat table.
struct Cell {
  Sex sex;
  Age age;
  std::size_t place;
};

std::string name(const Cell& cell, const Frame& frame, Interval interval) {
  const std::size_t areas = frame.areas.size();
  std::string text = fmt::format("area {}, {} aged {} in {}", frame.areas[cell.place % areas].code,
                                 frame.sexes[cell.sex.position()], frame.first_age(cell.age),
                                 frame.end_of(interval).value());
  if (!frame.groups.empty()) text += ", group " + frame.groups[cell.place / areas];
  return text;
}

void check_cell(const Cell& cell, std::size_t draw, double at_risk, const PopulationState& state,
                const Frame& frame, Interval interval) {
  const std::size_t at = cell.place * state.draws + draw;
  const double persons = state.persons.slab(cell.sex, cell.age)[at];
  double expected = at_risk;
  double turnover = at_risk;
  for (std::size_t flow = 0; flow < flow_count; ++flow) {
    const double events = state.flows[flow].slab(cell.sex, cell.age)[at];
    expected += flow_sign[flow] * events;
    turnover += std::abs(flow_sign[flow] * events);
  }
  const double tolerance = account_tolerance * std::max(1.0, turnover);
  if (persons < -tolerance) {
    throw Error(Fault::scenario,
                Mistake{{},
                        fmt::format("{}: more leave than are there ({:.6g} persons are left)",
                                    name(cell, frame, interval), persons),
                        "lower the net out-migration or the rates of leaving of this cell"});
  }
  if (!(std::abs(persons - expected) <= tolerance)) {
    throw Error(Fault::model,
                Mistake{{},
                        fmt::format("{}: the account does not balance ({:.17g} persons, {:.17g} by "
                                    "the flows)",
                                    name(cell, frame, interval), persons, expected),
                        "this is a defect in Kohort; please report it with the scenario"});
  }
}

double at_risk_of(const PopulationState& state, const Cell& cell, std::size_t draw) {
  const std::size_t at = cell.place * state.draws + draw;
  const std::size_t row = cell.age.position();
  double at_risk = state.at_risk.slab(cell.sex, CohortRow(row))[at];
  const std::size_t last = state.at_risk.extent<CohortRow>() - 1;
  if (row + 1 == last) at_risk += state.at_risk.slab(cell.sex, CohortRow(last))[at];
  return at_risk;
}

void check_pool(Sex sex, Age age, const PopulationState& state, const Frame& frame,
                Interval interval) {
  const auto in = state.flow(Flow::domestic_in).slab(sex, age);
  const auto out = state.flow(Flow::domestic_out).slab(sex, age);
  double arrived = 0.0;
  double left = 0.0;
  for (std::size_t at = 0; at < in.size(); ++at) {
    arrived += in[at];
    left += out[at];
  }
  if (std::abs(arrived - left) <= account_tolerance * std::max(1.0, left)) return;
  throw Error(Fault::model,
              Mistake{{},
                      fmt::format("{} aged {} in {}: {:.17g} left for other areas, {:.17g} arrived",
                                  frame.sexes[sex.position()], frame.first_age(age),
                                  frame.end_of(interval).value(), left, arrived),
                      "this is a defect in Kohort; please report it with the scenario"});
}

}  // namespace

void require_balance(Interval interval, const Frame& frame, const PopulationState& state) {
  for (const Sex sex : positions<Sex>(frame.sexes.size())) {
    for (const Age age : positions<Age>(frame.ages())) {
      for (std::size_t place = 0; place < frame.places(); ++place) {
        const Cell cell{sex, age, place};
        for (std::size_t draw = 0; draw < state.draws; ++draw) {
          check_cell(cell, draw, at_risk_of(state, cell, draw), state, frame, interval);
        }
      }
      check_pool(sex, age, state, frame, interval);
    }
  }
}

}  // namespace kohort::population
