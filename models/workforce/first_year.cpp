#include "models/workforce/first_year.hpp"

#include <algorithm>
#include <cmath>

#include "models/population/ledger.hpp"
#include "models/population/state.hpp"

namespace kohort::workforce {

using population::Flow;

namespace {

class FirstYearRun {
 public:
  explicit FirstYearRun(const FirstYearInputs& inputs)
      : inputs_(inputs), frame_(inputs.source.frame), workforce_(inputs.staff.frame) {
    result_.flows.resize(workforce_.occupations.size());
    result_.outside = LabourTable(inputs.staff.participation.extents());
    result_.immigrants.assign(frame_.areas.size(), 0.0);
  }

  FirstYear run() {
    const population::PopulationModel expected(
        frame_, inputs_.population.rates(), population::read_conventions(inputs_.source.settings),
        inputs_.population.base());
    const std::unique_ptr<Ledger> ledger = expected.ledger(1);
    const std::unique_ptr<State> state = expected.start({}, *ledger);
    expected.step(Interval(0), *state, *ledger);
    people_ = &dynamic_cast<const population::PopulationState&>(*state);
    events_ = &dynamic_cast<const population::PopulationLedger&>(*ledger);
    for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
      for (const PartAge age : positions<PartAge>(workforce_.ages())) {
        for (const Area area : positions<Area>(frame_.areas.size())) live_through(sex, age, area);
      }
      retire_the_oldest(sex);
    }
    return std::move(result_);
  }

 private:
  double sum(const population::PersonTable& table, Sex sex, Age age, Area area) const {
    double sum = 0.0;
    for (const Group group : positions<Group>(frame_.group_count())) {
      sum += table(sex, age, group, area, Draw(0));
    }
    return sum;
  }
  double flow(Flow which, Sex sex, PartAge age, Area area) const {
    return sum(events_->flows[which], sex, workforce_.age_of(age), area);
  }

  /// Those of an area who are of that age at the year's end.
  void live_through(Sex sex, PartAge age, Area area) {
    result_.immigrants[area.position()] += flow(Flow::immigration, sex, age, area);
    const double people = sum(people_->persons, sex, workforce_.age_of(age), area);
    double staff = 0.0;
    if (age > PartAge(0)) {
      const double before = people_before(sex, age, area);
      const double gone = flow(Flow::emigration, sex, age, area) +
                          std::max(0.0, -flow(Flow::net_migration, sex, age, area));
      const double deaths = flow(Flow::deaths, sex, age, area);
      const Losses losses{before > 0.0 ? std::min(1.0, gone / before) : 0.0,
                          deaths > 0.0 ? deaths / (people + deaths) : 0.0};
      for (const Occupation one : positions<Occupation>(result_.flows.size())) {
        staff += leave(one, {sex, age, area}, losses);
      }
    }
    const double labour = people * inputs_.staff.participation(sex, age, area);
    result_.outside(sex, age, area) = std::max(0.0, labour - staff);
  }

  double people_before(Sex sex, PartAge age, Area area) const {
    double sum = 0.0;
    const Age younger = workforce_.age_of(PartAge(age.position() - 1));
    for (const Group group : positions<Group>(frame_.group_count())) {
      sum += inputs_.population.base()(sex, younger, group, area);
    }
    return sum;
  }

  struct Cell {
    Sex sex;
    PartAge age;
    Area area;
  };
  struct Losses {
    double emigrating;
    double dying;
  };

  /// Returns how many of the cell's labour force then have an occupation, of those in this one.
  double leave(Occupation one, const Cell& cell, const Losses& losses) {
    FirstYearFlows& flows = result_.flows[one.position()];
    double staff = inputs_.base.heads(one, cell.sex, PartAge(cell.age.position() - 1), cell.area);
    flows.emigrated += staff * losses.emigrating;
    staff -= staff * losses.emigrating;
    flows.deaths += staff * losses.dying;
    staff -= staff * losses.dying;
    const double retirement = inputs_.staff.retirement(one, cell.sex, cell.age);
    const double exit = inputs_.staff.exit(one, cell.sex, cell.age, cell.area);
    const auto change = inputs_.staff.change.slab(one);
    double all = retirement + exit;
    for (const double hazard : change) all += hazard;
    const double per_hazard = all > 0.0 ? -staff * std::expm1(-all) / all : 0.0;
    flows.retirements += per_hazard * retirement;
    flows.exits += per_hazard * exit;
    flows.staying += staff * std::exp(-all);
    for (std::size_t to = 0; to < change.size(); ++to) {
      flows.changed_out += per_hazard * change[to];
      result_.flows[to].changed_in += per_hazard * change[to];
      result_.flows[to].staying += per_hazard * change[to];
    }
    return staff - per_hazard * (retirement + exit);
  }

  void retire_the_oldest(Sex sex) {
    const PartAge last(workforce_.ages() - 1);
    for (const Occupation one : positions<Occupation>(result_.flows.size())) {
      for (const double heads : inputs_.base.heads.slab(one, sex, last)) {
        result_.flows[one.position()].retirements += heads;
      }
    }
  }

  const FirstYearInputs& inputs_;
  const Frame& frame_;
  const WorkforceFrame& workforce_;
  const population::PopulationState* people_ = nullptr;
  const population::PopulationLedger* events_ = nullptr;
  FirstYear result_;
};

}  // namespace

FirstYear expect_first_year(const FirstYearInputs& inputs) { return FirstYearRun(inputs).run(); }

}  // namespace kohort::workforce
