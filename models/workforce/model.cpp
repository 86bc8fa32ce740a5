#include "models/workforce/model.hpp"

#include <array>
#include <iterator>

#include "engine/base/error.hpp"
#include "engine/table/tabulate.hpp"
#include "models/cooperation/cooperation.hpp"
#include "models/workforce/demand_calibration.hpp"
#include "models/workforce/demand_inputs.hpp"
#include "models/workforce/estimate.hpp"
#include "models/workforce/levers.hpp"
#include "models/workforce/parameters.hpp"
#include "models/workforce/staff_inputs.hpp"

namespace kohort::workforce {

namespace p = parameters;

struct WorkforceModel::Parts {
  StaffProjection staff;
  Balance balance;
  bool feeds_back;
  std::vector<Estimate> estimates;
  Basis basis;
};

namespace {

/// What staff cannot follow.
void check(const Source& source) {
  const auto reject = [&](const std::string& what, const std::string& remedy) {
    throw Error(Fault::scenario, source.settings.mistake(p::occupations, what, remedy));
  };
  if (source.frame.step != 1) {
    reject("staff come and go from year to year", "set projection.step = 1");
  }
  if (!source.frame.groups.empty()) {
    reject("people with groups have no occupations", "leave out projection.groups");
  }
}

/// Demand of the base year as expected, in posts before any calibration.
StaffAmounts base_demand(const Frame& frame, const WorkModels& models, const Demand& demand,
                         std::size_t occupations) {
  StaffAmounts posts({occupations, frame.areas.size(), 1});
  demand.reckon(StockYear(0), expected_units(frame, models, demand), Employer::municipality, posts);
  return posts;
}

AllocationWeights weights_of(const StaffAmounts& demand) {
  return tabulate<AllocationWeights>(
      {demand.extent<Occupation>(), demand.extent<Area>()},
      [&](Occupation occupation, Area area) { return demand(occupation, area, Draw(0)); });
}

/// Posts of the base year's staff, as expected.
StaffAmounts base_supply(const StaffRates& rates, const Supply& supply) {
  const StaffTable& heads = rates.base;
  const partition::PartStock people(tabulate<partition::PartTable>(
      {rates.frame.parts(), heads.extent<Sex>(), heads.extent<PartAge>(), heads.extent<Area>(), 1},
      [&](Part part, Sex sex, PartAge age, Area area, Draw) {
        return part == outside ? 0.0 : heads(Occupation(part.position() - 1), sex, age, area);
      }));
  StaffAmounts posts({heads.extent<Occupation>(), heads.extent<Area>(), 1});
  StaffAmounts at_home = posts;
  StaffAmounts all_ages = posts;
  count_heads(people, all_ages);
  supply.reckon(StockYear(0), {people, all_ages}, at_home, posts);
  return posts;
}

void append(std::vector<Estimate>& all, std::vector<Estimate> more) {
  std::move(more.begin(), more.end(), std::back_inserter(all));
}

}  // namespace

void declare_parameters(Catalogue& catalogue) {
  declare_staff_parameters(catalogue);
  declare_demand_parameters(catalogue);
}

WorkforceModel::Parts WorkforceModel::read(const Source& source, const WorkModels& models) {
  check(source);
  const StaffInputs inputs = read_staff_inputs(source);
  const std::vector<std::string>& occupations = inputs.frame.occupations;
  const std::vector<Lever> levers = read_levers(source, occupations);
  Demand demand(read_demand(source, occupations, work_sources(models), levers));
  const StaffAmounts work = base_demand(source.frame, models, demand, occupations.size());
  StaffEstimate staff = estimate_staff(source, inputs, models.population, weights_of(work));
  Supply supply(read_supply(source, inputs.frame, levers), staff.rates.base);
  const StaffAmounts posts = base_supply(staff.rates, supply);
  std::vector<Estimate> estimates = std::move(staff.estimates);
  append(estimates, calibrate_demand(source, occupations, {work, posts}, demand));
  const std::size_t services =
      models.care == nullptr ? 0 : models.care->services().rates().services.size();
  return {StaffProjection(source.frame, std::move(staff.rates), models.population.chance(),
                          models.population.rates().in_migrants.empty()),
          Balance(std::move(demand), std::move(supply),
                  cooperation::read_cooperation(source, cooperation::Shared::staff), services),
          source.settings[p::feedback], std::move(estimates),
          std::max(Basis::estimated, source.tables.weakest())};
}

WorkforceModel::WorkforceModel(const Source& source, const WorkModels& models)
    : WorkforceModel(read(source, models)) {}

WorkforceModel::WorkforceModel(Parts parts)
    : staff_(std::move(parts.staff)),
      balance_(std::move(parts.balance)),
      feeds_back_(parts.feeds_back),
      estimates_(std::move(parts.estimates)) {
  declare_variables(parts.basis);
}

void WorkforceModel::declare(Place place, Variable variable) {
  places_.push_back(place);
  variables_.push_back(std::move(variable));
}

/// A variable for each occupation.
void WorkforceModel::declare_of_occupations(Place place, const Variable& like) {
  const std::vector<std::string>& occupations = staff_.rates().frame.occupations;
  for (std::size_t occupation = 0; occupation < occupations.size(); ++occupation) {
    Variable variable = like;
    variable.category = {
        .axis = "occupation", .axis_meaning = "occupation", .label = occupations[occupation]};
    place.kind = occupation;
    declare(place, std::move(variable));
  }
}

void WorkforceModel::declare_variables(Basis basis) {
  const WorkforceFrame& frame = staff_.rates().frame;
  declare_of_occupations({Figure::headcount, 0}, {"workforce/headcount",
                                                  "staff by where they live, at 31 December",
                                                  "1",
                                                  Moment::stock,
                                                  basis,
                                                  {},
                                                  Detail::people,
                                                  frame.first_age,
                                                  frame.last_age});
  declare_posts(basis);
  declare_flows(basis);
  const std::vector<TaskDescription>& tasks = balance_.demand().tasks();
  for (std::size_t task = 0; task < tasks.size(); ++task) {
    declare({Figure::undone, task},
            {"workforce/undone_fte",
             "full-time posts of the work of a task that staff cannot do, at 31 December",
             "1",
             Moment::stock,
             basis,
             {.axis = "task", .axis_meaning = "work that care takes", .label = tasks[task].name},
             Detail::areas,
             {},
             {}});
  }
}

void WorkforceModel::declare_posts(Basis basis) {
  struct OfAreas {
    Figure figure;
    const char* name;
    const char* meaning;
    Moment moment;
  };
  constexpr std::array<OfAreas, 10> posts{{
      {Figure::supply, "supply_fte", "full-time posts that staff fill, where they work",
       Moment::stock},
      {Figure::demand, "demand_fte", "full-time posts that the work of municipalities takes",
       Moment::stock},
      {Figure::region, "demand_fte_region", "full-time posts that the work of the region takes",
       Moment::stock},
      {Figure::borrowed, "borrowed_fte",
       "full-time posts borrowed from areas that cooperate, less than 0 where they are lent",
       Moment::stock},
      {Figure::gap_alone, "gap_fte_alone", "full-time posts missing without cooperation",
       Moment::stock},
      {Figure::gap, "gap_fte", "full-time posts missing: demand - supply - borrowed",
       Moment::stock},
      {Figure::growth, "recruitment_growth", "heads to recruit as demand grows", Moment::flow},
      {Figure::for_retirement, "recruitment_for_retirement",
       "heads to recruit in place of those who retire", Moment::flow},
      {Figure::for_others, "recruitment_for_others",
       "heads to recruit in place of those who leave otherwise, on balance", Moment::flow},
      {Figure::need, "recruitment_need", "heads to recruit", Moment::flow},
  }};
  for (const OfAreas& one : posts) {
    declare_of_occupations({one.figure, 0}, {std::string("workforce/") + one.name,
                                             one.meaning,
                                             "1",
                                             one.moment,
                                             basis,
                                             {},
                                             Detail::areas,
                                             {},
                                             {}});
  }
}

void WorkforceModel::declare_flows(Basis basis) {
  struct OfFlows {
    StaffFlow flow;
    const char* name;
    const char* meaning;
  };
  constexpr std::array<OfFlows, staff_flow_count> flows{{
      {StaffFlow::entrants, "entrants",
       "staff who enter from education, from abroad and from other work"},
      {StaffFlow::retirements, "retirements", "staff who retire"},
      {StaffFlow::exits, "exits", "staff who leave for other work"},
      {StaffFlow::changed_in, "changed_in", "staff who come from another of the occupations"},
      {StaffFlow::changed_out, "changed_out", "staff who go to another of the occupations"},
      {StaffFlow::deaths, "deaths", "staff who die"},
      {StaffFlow::moved_in, "moved_in", "staff who move in from another area"},
      {StaffFlow::moved_out, "moved_out", "staff who move to another area"},
      {StaffFlow::emigrated, "emigrated", "staff who leave the country"},
  }};
  for (const OfFlows& one : flows) {
    declare_of_occupations({Figure::flow, 0, one.flow},
                           {std::string("workforce/") + one.name,
                            std::string(one.meaning) + ", by where they live",
                            "1",
                            Moment::flow,
                            basis,
                            {},
                            Detail::areas,
                            {},
                            {}});
  }
}

ModelSize WorkforceModel::size() const {
  const Frame& frame = staff_.frame();
  const WorkforceFrame& workforce = staff_.rates().frame;
  const std::size_t slab = workforce.parts() * frame.areas.size();
  const std::size_t cells = frame.sexes.size() * workforce.ages();
  const std::size_t tasks = balance_.demand().tasks().size() * frame.areas.size();
  const std::size_t movers = workforce.parts() * cells;
  // The rates of a year are the same for all draws that a ledger is for, usually a row of them.
  const std::size_t rates = occupation_rate_count * slab * cells / draws_in_row;
  const Precision of_people = staff_.precision_of({});
  return {
      in_doubles(slab * cells, of_people) + 8 * slab + staff_.lags() * frame.areas.size() + tasks,
      20 * slab + in_doubles(staff_flow_count * slab + rates, of_people) + tasks + movers};
}

std::unique_ptr<WorkforceState> WorkforceModel::start(const population::PopulationState& people,
                                                      const Served& served) const {
  auto state = std::make_unique<WorkforceState>(StaffStock(staff_.frame(), staff_.rates().frame,
                                                           staff_.lags(), people.block,
                                                           staff_.precision_of(people.block)));
  staff_.start(people, state->staff);
  DrawnPosts posts;
  if (staff_.draws_paths()) posts = balance_.demand().draw(staff_.frame(), people.block);
  state->balance =
      balance_.start({{state->staff.people, state->staff.heads}, served}, std::move(posts));
  return state;
}

std::unique_ptr<WorkforceLedger> WorkforceModel::ledger(std::size_t draws) const {
  auto ledger = std::make_unique<WorkforceLedger>(StaffLedger(
      staff_.frame(), staff_.rates().frame, draws, staff_.rates().effects.of_entrants()));
  ledger->balance = balance_.ledger(ledger->staff.heads_before.extents());
  return ledger;
}

void WorkforceModel::step(Interval interval, const People& people, const Served& served,
                          WorkforceState& state, WorkforceLedger& ledger) const {
  staff_.step(interval, people, state.staff, ledger.staff);
  balance_.step(interval, {{state.staff.people, state.staff.heads}, served}, ledger.staff.flows,
                state.balance, ledger.balance);
}

Numbers WorkforceModel::values(const WorkforceState& state, const WorkforceLedger& ledger,
                               std::size_t variable) const {
  const auto [figure, kind, flow] = places_[variable];
  const Occupation occupation(kind);
  const BalanceStock& balance = state.balance;
  const Recruitment& recruitment = ledger.balance.recruitment;
  switch (figure) {
    case Figure::headcount:
      return state.staff.people.of(part_of(occupation));
    case Figure::supply:
      return balance.supply.slab(occupation);
    case Figure::demand:
      return balance.demand.slab(occupation);
    case Figure::region:
      return balance.region.slab(occupation);
    case Figure::borrowed:
      return balance.borrowed.slab(occupation);
    case Figure::gap_alone:
      return balance.gap_alone.slab(occupation);
    case Figure::gap:
      return balance.gap.slab(occupation);
    case Figure::undone:
      return balance.undone.slab(Task(kind));
    case Figure::flow:
      return ledger.staff.flows[flow].slab(occupation);
    case Figure::growth:
      return recruitment.growth.slab(occupation);
    case Figure::for_retirement:
      return recruitment.retirement.slab(occupation);
    case Figure::for_others:
      return recruitment.other.slab(occupation);
    case Figure::need:
      return recruitment.need.slab(occupation);
  }
  return {};
}

}  // namespace kohort::workforce
