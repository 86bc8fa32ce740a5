#include "models/population/fit/freeze.hpp"

#include <algorithm>

#include "models/population/fit/tables.hpp"

namespace kohort::population::fit {

namespace {

EstimateAxis numbered(const std::string& name, std::size_t count) {
  EstimateAxis axis{name, {}};
  for (std::size_t at = 0; at < count; ++at) axis.labels.push_back(std::to_string(at));
  return axis;
}

class Freezer {
 public:
  Freezer(const Frame& frame, const Rates& rates, std::vector<Estimate>& tables)
      : rates_(rates), rows_(numbered("cohort_row", frame.rows())), tables_(tables) {
    for (const AreaDescription& area : frame.areas) codes_.push_back(area.code);
  }

  void freeze(const std::string& component) {
    component_ = component;
    if (component == "mortality") {
      add_cells("dying", "probability of dying, by who stands where at the end", rates_.dying);
    } else if (component == "fertility") {
      add_fertility();
    } else if (component == "domestic") {
      add_cells("moving", "share of those at risk who move", rates_.moving);
      add_destinations();
    } else if (component == "emigration") {
      add_cells("emigrating", "share of those at risk who emigrate", rates_.emigrating);
    } else if (component == "immigration") {
      add_arrivals("immigrants", "immigrants in the interval", rates_.immigrants);
    } else if (component == "net_migration") {
      add_arrivals("gains", "net migrants in the interval, where more come", rates_.net_migrants);
      add_cells("losses", "net migrants beside those at risk, where more leave",
                rates_.net_migration_rate);
    }
    for (const Process& process : processes) {
      if (component == process.component) add_process(rates_.uncertainty.*process.of);
    }
    const ParameterUncertainty& uncertainty = rates_.uncertainty;
    if (component == "mortality") add_response("response", uncertainty.mortality_response);
    if (component != "net_migration") return;
    add_response("response", uncertainty.net_migration_response);
    add_response("area_response", uncertainty.area_net_migration_response);
    if (uncertainty.area_share.empty()) return;
    add_uncertainty("area_share", {{"area", {}}}, uncertainty.area_share);
  }

 private:
  void add(const std::string& group, const std::string& name, const std::string& long_name,
           std::vector<EstimateAxis> axes, std::vector<double> values) {
    Estimate table{group + "/" + component_ + "/" + name, long_name, "1", std::move(axes),
                   std::move(values)};
    table.components = {component_};
    tables_.push_back(std::move(table));
  }

  /// Along the intervals as well, unless one table holds for all.
  template <class T, class Flatten>
  void add_series(const std::string& name, const std::string& long_name, const Series<T>& series,
                  std::vector<EstimateAxis> axes, Flatten&& values_of) {
    std::vector<double> values;
    for (const Interval interval : positions<Interval>(series.size())) {
      const std::vector<double> more = values_of(series.at(interval));
      values.insert(values.end(), more.begin(), more.end());
    }
    if (series.size() > 1) axes.insert(axes.begin(), {"flow_year", {}});
    add("rates", name, long_name, std::move(axes), std::move(values));
  }

  void add_cells(const std::string& name, const std::string& long_name,
                 const Series<CellTable>& series) {
    add_series(name, long_name, series, {{"sex", {}}, rows_, {"area", {}}},
               [](const CellTable& table) { return flat(table.values()); });
  }

  /// The definition of the ages is part of the name.
  void add_fertility() {
    add_series("births_" + std::string(to_string(rates_.fertility_ages)),
               "births per woman-year by the mother's age", rates_.fertility,
               {{"age", {}}, {"area", {}}},
               [](const FertilityTable& table) { return flat(table.values()); });
  }

  void add_destinations() {
    const Destinations& first = rates_.destinations.at(Interval(0));
    std::vector<double> classes;
    for (const AgeClass one : first.class_of_row) {
      classes.push_back(static_cast<double>(one.position()));
    }
    add("rates", "class_of_row", "which destinations those in a row share", {rows_},
        std::move(classes));
    if (first.common()) {
      add_series("common_destinations", "where movers go from everywhere else", rates_.destinations,
                 {{"sex", {}}, numbered("age_class", first.classes()), {"destination", codes_}},
                 [](const Destinations& table) { return flat(table.weights.values()); });
      return;
    }
    add_series("destinations", "where the leavers of each origin go", rates_.destinations,
               {{"sex", {}},
                numbered("age_class", first.classes()),
                {"origin", codes_},
                {"destination", codes_}},
               [](const Destinations& table) { return flat(table.shares.values()); });
  }

  /// Nobody arrives in the last row: all are counted by age at the year's end.
  void add_arrivals(const std::string& name, const std::string& long_name,
                    const Series<ArrivalCounts>& series) {
    add_series(name, long_name, series, {{"sex", {}}, {"age", {}}, {"area", {}}},
               [](const ArrivalCounts& arrivals) {
                 std::vector<double> values;
                 const CellTable& persons = arrivals.persons;
                 for (const Sex sex : positions<Sex>(persons.extent<Sex>())) {
                   const auto of_sex = persons.slab(sex);
                   const std::size_t ages = persons.extent<CohortRow>() - 1;
                   const auto end = of_sex.begin() +
                                    static_cast<std::ptrdiff_t>(of_sex.size() / (ages + 1) * ages);
                   values.insert(values.end(), of_sex.begin(), end);
                 }
                 return values;
               });
  }

  void add_uncertainty(const std::string& name, std::vector<EstimateAxis> axes,
                       std::vector<double> values) {
    add("uncertainty", name, "of the paths that an ensemble draws", std::move(axes),
        std::move(values));
  }

  void add_response(const char* name, const Table<double, Sex, Age>& response) {
    if (response.empty()) return;
    add_uncertainty(name, {{"sex", {}}, {"age", {}}}, flat(response.values()));
  }

  /// The kind is told by which of `phi` and `drift_sd` there is.
  void add_process(const DeviationProcess& process) {
    if (process.kind == DeviationKind::none) return;
    if (process.kind == DeviationKind::ar1) {
      add_uncertainty("phi", {}, {process.phi});
      add_offset("national_offset", process.national_offset);
    } else {
      add_uncertainty("drift_sd", {}, {process.drift_sd});
    }
    if (process.last_year) {
      add_uncertainty("last_year", {}, {static_cast<double>(process.last_year->value())});
    }
    add_uncertainty("national_sd", {}, {process.national_sd});
    add_uncertainty("area_phi", {}, {process.area_phi});
    add_uncertainty("area_sd", {{"area", {}}}, process.area_sd);
    add_offset("area_offset", process.area_offset);
  }

  void add_offset(const char* name, const LaunchOffset& offset) {
    add_uncertainty(name, {numbered("part_of_offset", 3)},
                    {offset.level, offset.carried, offset.own});
  }

  const Rates& rates_;
  EstimateAxis rows_;
  std::vector<std::string> codes_;
  std::string component_;
  std::vector<Estimate>& tables_;
};

}  // namespace

std::vector<Estimate> freeze(const Frame& frame, const std::vector<std::string>& components,
                             const Rates& rates) {
  std::vector<Estimate> tables;
  Freezer freezer(frame, rates, tables);
  for (const std::string& component : components) freezer.freeze(component);
  return tables;
}

}  // namespace kohort::population::fit
