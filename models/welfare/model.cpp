#include "models/welfare/model.hpp"

#include <algorithm>

#include "models/welfare/inputs.hpp"

namespace kohort::welfare {

namespace p = parameters;

struct WelfareModel::Parts {
  std::vector<NeedRates> needs{};
  std::vector<Estimate> estimates{};
  population::Chance chance{};
  Basis basis = Basis::estimated;
};

namespace {

/// What the rates came to: the factors of the areas' own users, and the rates of the base year.
std::vector<Estimate> report(const Frame& frame, const std::vector<NeedInput>& needs,
                             const OwnFactors& factors, Basis basis) {
  EstimateAxis axis{"need", {}};
  std::vector<double> rates;
  for (const Area area : positions<Area>(frame.areas.size())) {
    for (const NeedInput& need : needs) {
      if (area == Area(0)) axis.labels.push_back(need.rates.name);
      for (const Sex sex : positions<Sex>(frame.sexes.size())) {
        for (const Age age : positions<Age>(frame.ages())) {
          rates.push_back(need.rates.rate(sex, age, area));
        }
      }
    }
  }
  const auto values = factors.values();
  return {{"welfare/calibration/factor",
           "what rates are multiplied by so that they give an area's own users; where no rate is "
           "given, the share of the people of the need's ages",
           "1",
           {axis, {"area", {}}},
           {values.begin(), values.end()},
           basis},
          {"welfare/calibration/rate",
           "share of people with a need in the base year, as expected",
           "1",
           {{"area", {}}, axis, {"sex", {}}, {"age", {}}},
           std::move(rates),
           basis}};
}

}  // namespace

bool has_needs(const Settings& settings) { return !settings[p::needs].empty(); }

WelfareModel::Parts WelfareModel::read(const Source& source,
                                       const population::PopulationModel& population) {
  std::vector<NeedInput> inputs = read_needs(source);
  std::vector<std::string> names;
  for (const NeedInput& need : inputs) names.push_back(need.rates.name);
  const OwnFactors factors = take_own_users(source.frame, population.base(), inputs);
  std::vector<NeedLevers> levers = read_levers(source, names);
  for (std::size_t need = 0; need < inputs.size(); ++need) {
    inputs[need].rates.levers = std::move(levers[need]);
  }
  require_shares(source.frame, inputs);
  Parts parts;
  parts.basis = std::max(Basis::estimated, source.tables.weakest());
  parts.estimates = report(source.frame, inputs, factors, parts.basis);
  for (NeedInput& need : inputs) parts.needs.push_back(std::move(need.rates));
  parts.chance = population.chance();
  return parts;
}

WelfareModel::WelfareModel(const Source& source, const population::PopulationModel& population)
    : WelfareModel(source.frame, read(source, population)) {}

WelfareModel::WelfareModel(const Frame& frame, std::vector<NeedRates> needs,
                           const population::Chance& chance)
    : WelfareModel(frame, Parts{.needs = std::move(needs), .chance = chance}) {}

WelfareModel::WelfareModel(const Frame& frame, Parts parts)
    : projection_(frame, std::move(parts.needs), parts.chance),
      estimates_(std::move(parts.estimates)) {
  declare_variables(parts.basis);
}

void WelfareModel::declare_variables(Basis basis) {
  for (const NeedRates& need : needs()) {
    variables_.push_back({"welfare/persons",
                          "people with a need of welfare at 31 December",
                          "1",
                          Moment::stock,
                          basis,
                          {.axis = "need",
                           .axis_meaning = "need of welfare; one person can have several",
                           .label = need.name}});
  }
}

ModelSize WelfareModel::size() const {
  const Frame& frame = projection_.frame();
  return {needs().size() * frame.sexes.size() * frame.ages() * frame.places(), 0};
}

std::unique_ptr<WelfareState> WelfareModel::start(const population::PopulationState& people) const {
  auto state = std::make_unique<WelfareState>(people.block);
  projection_.start(people, *state);
  return state;
}

void WelfareModel::step(Interval interval, const population::PopulationState& people,
                        WelfareState& state) const {
  projection_.step(interval, people, state);
}

}  // namespace kohort::welfare
