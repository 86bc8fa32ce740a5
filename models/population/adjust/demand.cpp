#include "models/population/adjust/demand.hpp"

#include <cmath>
#include <map>

#include <fmt/format.h>

#include "engine/base/nearest.hpp"
#include "engine/model/frame_groups.hpp"

namespace kohort::population {

namespace p = parameters;

void declare_adjustment_parameters(Catalogue& catalogue) {
  catalogue.add(p::totals);
  catalogue.add(p::frozen_factors);
  catalogue.add_section("population.in_migrants", "How many move in, where that is stated.");
  catalogue.add(p::in_migrants);
  catalogue.add(p::in_migrants_flow);
  catalogue.add_section(
      "population.housing",
      "What is built, and who moves in: (dwellings x delivery - usual) x persons x from_elsewhere "
      "more in-migrants than the rates bring.");
  catalogue.add(p::dwellings);
  catalogue.add(p::delivery);
  catalogue.add(p::persons_per_dwelling);
  catalogue.add(p::from_elsewhere);
  catalogue.add(p::usual_dwellings);
  catalogue.add(p::housing_flow);
  catalogue.add_section("population.target", "A population to be reached.");
  catalogue.add(p::target);
  catalogue.add(p::target_flow);
}

namespace {

/// One of the names that a table of totals may call areas by.
using NamedAreas = Index<struct NamedAreasAxis>;
using NamedAges = Index<struct NamedAgesAxis>;

template <class Position>
std::vector<Position> all_of(std::size_t count) {
  std::vector<Position> all;
  for (const Position position : positions<Position>(count)) all.push_back(position);
  return all;
}

std::vector<Lever> moves_in(Moves moves) {
  std::vector<Lever> levers;
  if (moves != Moves::international) {
    levers.push_back({Adjusted::domestic_in, Flow::domestic_in, 1.0});
  }
  if (moves != Moves::domestic) {
    levers.push_back({Adjusted::immigration, Flow::immigration, 1.0});
  }
  return levers;
}

std::vector<Lever> moves_in_and_out(Moves moves) {
  std::vector<Lever> levers = moves_in(moves);
  if (moves != Moves::international) {
    levers.push_back({Adjusted::domestic_out, Flow::domestic_out, -1.0});
  }
  if (moves != Moves::domestic) {
    levers.push_back({Adjusted::emigration, Flow::emigration, -1.0});
  }
  return levers;
}

std::vector<Lever> levers_of(Counted counted, Moves moves) {
  switch (counted) {
    case Counted::persons:
      return moves_in_and_out(moves);
    case Counted::births:
      return {{Adjusted::fertility, Flow::births, 1.0}};
    case Counted::deaths:
      return {{Adjusted::mortality, Flow::deaths, 1.0}};
    case Counted::immigration:
      return {{Adjusted::immigration, Flow::immigration, 1.0}};
    case Counted::emigration:
      return {{Adjusted::emigration, Flow::emigration, 1.0}};
    case Counted::domestic_in:
      return {{Adjusted::domestic_in, Flow::domestic_in, 1.0}};
  }
  return {};
}

/// Rows that the table lacks are free.
TableReference sparse(const Quantity& quantity) {
  TableReference reference = *quantity.table();
  if (reference.missing == Missing::error) reference.missing = Missing::none;
  return reference;
}

WantedAxis optional(WantedAxis axis) {
  axis.every = false;
  axis.required = false;
  return axis;
}

/// One block [[population.total]].
class TotalBlock {
 public:
  TotalBlock(const Source& source, const Settings& block)
      : source_(source), frame_(source.frame), block_(block), names_(names_of_areas(frame_)) {
    const TableReference reference = sparse(block[p::total_table]);
    WantedAxis areas{.name = "area", .labels = names_};
    for (const AreaDescription& area : frame_.other_areas) areas.known.push_back(area.code);
    WantedAxis ages{.name = "age_group"};
    for (const AgeGroup& group : frame_.age_groups) ages.labels.push_back(group.name);
    ages.remedy = "it must be a name of projection.age_groups";
    table_ = source.tables.read<Interval, NamedAreas, Sex, Age, NamedAges>(
        p::total_table, reference,
        {optional(frame_.flow_years()), areas, frame_.sex_axis(), optional(frame_.age_axis()),
         ages});
    require(table_.varies_along<Interval>(), "the table has no column year", "add it");
    require(!(by_age() && by_group()), "the table has both age and age_group", "choose one");
    const bool by_child = table_.varies_along<Sex>() && block[p::total_of] == Counted::births;
    require(!by_child, "births by sex follow from the sex ratio at birth",
            "give births of both sexes together");
    if (by_age() &&
        source.tables.age_definition(p::total_table, reference) != AgeDefinition::end_of_year) {
      require(false, "the table is by age at the event", "give it by age at the year's end");
    }
  }

  void add_to(std::vector<Demand>& demands) const {
    const auto along = [](bool varies, std::size_t count) { return varies ? count : 1; };
    const std::size_t names = along(table_.varies_along<NamedAreas>(), names_.size());
    const std::size_t sexes = along(table_.varies_along<Sex>(), frame_.sexes.size());
    const std::size_t ages = along(by_age(), frame_.ages());
    const std::size_t groups = along(by_group(), frame_.age_groups.size());
    for (const Interval interval : positions<Interval>(frame_.intervals)) {
      for (const NamedAreas name : positions<NamedAreas>(names)) {
        for (const Sex sex : positions<Sex>(sexes)) {
          for (const Age age : positions<Age>(ages)) {
            for (const NamedAges group : positions<NamedAges>(groups)) {
              const double total = table_(interval, name, sex, age, group);
              if (!std::isnan(total)) demands.push_back(demand(interval, name, sex, age, group));
            }
          }
        }
      }
    }
  }

 private:
  bool by_age() const { return table_.varies_along<Age>(); }
  bool by_group() const { return table_.varies_along<NamedAges>(); }

  void require(bool holds, const char* what, const char* remedy) const {
    if (holds) return;
    throw Error(Fault::scenario, block_.mistake(p::total_table, what, remedy));
  }

  Demand demand(Interval interval, NamedAreas name, Sex sex, Age age, NamedAges group) const {
    Demand made;
    made.interval = interval;
    made.total = table_(interval, name, sex, age, group);
    made.stock = block_[p::total_of] == Counted::persons;
    made.levers = levers_of(block_[p::total_of], block_[p::total_flows]);
    made.method = block_[p::total_method];
    made.where = block_.location();
    const bool by_area = table_.varies_along<NamedAreas>();
    const std::string areas = by_area ? names_[name.position()] : block_[p::total_areas];
    made.areas = areas_called(areas, frame_);
    if (made.areas.empty()) unknown_areas(areas);
    made.name = fmt::format("in {}, areas {}", frame_.end_of(interval).value(), areas);
    choose_people(sex, age, group, made);
    return made;
  }

  void choose_people(Sex sex, Age age, NamedAges group, Demand& made) const {
    made.sexes = all_of<Sex>(frame_.sexes.size());
    made.ages = all_of<Age>(frame_.ages());
    if (table_.varies_along<Sex>()) {
      made.sexes = {sex};
      made.name += ", " + frame_.sexes[sex.position()];
    }
    if (by_age()) {
      made.ages = {age};
      made.name += fmt::format(", aged {}", frame_.first_age(age));
    }
    if (!by_group()) return;
    const AgeGroup& ages = frame_.age_groups[group.position()];
    made.name += ", aged " + ages.name;
    std::erase_if(made.ages, [&](Age one) { return one < ages.first || ages.last < one; });
  }

  [[noreturn]] void unknown_areas(const std::string& name) const {
    const auto meant = nearest(name, names_);
    throw Error(
        Fault::scenario,
        block_.mistake(p::total_areas, fmt::format("no area and no group is called '{}'", name),
                       meant ? fmt::format("did you mean '{}'?", *meant)
                             : "write a code, or the name of a group of areas"));
  }

  const Source& source_;
  const Frame& frame_;
  const Settings& block_;
  std::vector<std::string> names_;
  BroadcastTable<Interval, NamedAreas, Sex, Age, NamedAges> table_;
};

/// Figures by interval and area; NaN where a table has no row.
using Plan = BroadcastTable<Interval, Area>;

Plan read_plan(const Source& source, const TableParameter& parameter) {
  WantedAxis areas = source.frame.own_area_axis();
  areas.every = false;
  const Plan plan = source.tables.read<Interval, Area>(
      parameter, sparse(source.settings[parameter]), {optional(source.frame.flow_years()), areas});
  if (!plan.varies_along<Interval>()) {
    throw Error(Fault::scenario,
                source.settings.mistake(parameter, "the table has no column year", "add it"));
  }
  return plan;
}

/// A number or a table by year and area.
Plan read_quantity(const Source& source, const QuantityParameter& parameter) {
  const Quantity quantity = require_quantity(source, parameter);
  if (quantity.number() != nullptr) return Plan(*quantity.number());
  WantedAxis areas = source.frame.own_area_axis();
  areas.required = false;
  return source.tables.read<Interval, Area>(parameter, *quantity.table(),
                                            {source.frame.flow_years(), areas});
}

/// What drives in-migration, area by area.
class Drivers {
 public:
  Drivers(const Source& source, std::vector<Demand>& demands)
      : source_(source), frame_(source.frame), demands_(demands) {}

  void in_migrants() {
    if (!source_.settings.given(p::in_migrants)) return;
    const Plan plan = read_plan(source_, p::in_migrants);
    add(p::in_migrants, moves_in(source_.settings[p::in_migrants_flow]), plan,
        [](double persons, Interval, Area, Demand& demand) { demand.total = persons; });
  }

  void target() {
    if (!source_.settings.given(p::target)) return;
    const Plan plan = read_plan(source_, p::target);
    add(p::target, moves_in(source_.settings[p::target_flow]), plan,
        [](double persons, Interval, Area, Demand& demand) {
          demand.total = persons;
          demand.stock = true;
        });
  }

  void housing() {
    if (!source_.settings.given(p::dwellings)) return;
    const Plan plan = read_plan(source_, p::dwellings);
    const Plan built = read_quantity(source_, p::delivery);
    const Plan usual = read_quantity(source_, p::usual_dwellings);
    const Plan persons = read_quantity(source_, p::persons_per_dwelling);
    const Plan share = read_quantity(source_, p::from_elsewhere);
    add(p::dwellings, moves_in(source_.settings[p::housing_flow]), plan,
        [&](double dwellings, Interval interval, Area area, Demand& demand) {
          const double more = dwellings * built(interval, area) - usual(interval, area);
          demand.total = more * persons(interval, area) * share(interval, area);
          demand.beyond = true;
        });
  }

 private:
  template <class Set>
  void add(const TableParameter& parameter, const std::vector<Lever>& levers, const Plan& plan,
           Set&& set) {
    for (const Interval interval : positions<Interval>(frame_.intervals)) {
      for (const Area area : positions<Area>(frame_.own_areas())) {
        const double figure = plan(interval, area);
        if (std::isnan(figure)) continue;
        Demand demand{.interval = interval, .levers = levers, .areas = {area}};
        demand.sexes = all_of<Sex>(frame_.sexes.size());
        demand.ages = all_of<Age>(frame_.ages());
        demand.method = Method::raking;  // so that totals that are raked may overlap it
        demand.name =
            fmt::format("{} in {}, area {}", parameter.name, frame_.end_of(interval).value(),
                        frame_.areas[area.position()].code);
        demand.where = source_.settings.setting(parameter).location;
        set(figure, interval, area, demand);
        require_alone(parameter, interval, area);
        demands_.push_back(std::move(demand));
      }
    }
  }

  /// In-migrants of one area and year can be driven by one thing.
  void require_alone(const TableParameter& parameter, Interval interval, Area area) {
    const auto [known, added] = driven_.try_emplace({interval, area}, &parameter);
    if (added) return;
    throw Error(
        Fault::scenario,
        source_.settings.mistake(
            parameter,
            fmt::format("{} drives area {} in {} already", known->second->name,
                        frame_.areas[area.position()].code, frame_.end_of(interval).value()),
            "leave the row out of one of the tables"));
  }

  const Source& source_;
  const Frame& frame_;
  std::vector<Demand>& demands_;
  std::map<std::pair<Interval, Area>, const TableParameter*> driven_;
};

}  // namespace

std::vector<Demand> read_demands(const Source& source) {
  std::vector<Demand> demands;
  const std::vector<Settings> blocks = source.settings[p::totals];
  for (const Settings& block : blocks) TotalBlock(source, block).add_to(demands);
  Drivers drivers(source, demands);
  drivers.in_migrants();
  drivers.housing();
  drivers.target();
  return demands;
}

}  // namespace kohort::population
