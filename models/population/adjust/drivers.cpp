#include "models/population/adjust/drivers.hpp"

#include <cmath>
#include <map>

#include <fmt/format.h>

#include "models/population/adjust/reading.hpp"

namespace kohort::population {

namespace p = parameters;

namespace {

/// Figures by interval and area; NaN where a table has no row.
using Plan = BroadcastTable<Interval, Area>;

Plan read_plan(const Source& source, const TableParameter& parameter) {
  WantedAxis areas = source.frame.own_area_axis();
  areas.every = false;
  Plan plan =
      source.tables.read<Interval, Area>(parameter, with_gaps(*source.settings[parameter].table()),
                                         {optional(source.frame.flow_years()), areas});
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

void add_drivers(const Source& source, std::vector<Demand>& demands) {
  Drivers drivers(source, demands);
  drivers.in_migrants();
  drivers.housing();
  drivers.target();
}

}  // namespace kohort::population
