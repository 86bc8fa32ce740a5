#include <algorithm>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/model/frozen_tables.hpp"
#include "models/population/fit/freeze.hpp"
#include "models/population/fit/parameters.hpp"
#include "models/population/rates/arrivals.hpp"
#include "models/population/rates/destinations.hpp"

namespace kohort::population::fit {

namespace p = parameters;

namespace {

class Thaw {
 public:
  Thaw(const Source& source, const Conventions& conventions)
      : source_(source),
        conventions_(conventions),
        file_(frozen_file(source.settings, p::frozen).string()),
        frozen_(file_, source.frame) {}

  void require(const std::vector<std::string>& components) const {
    const std::vector<std::string>& known = frozen_.components();
    Mistakes mistakes;
    for (const std::string& component : components) {
      if (std::find(known.begin(), known.end(), component) != known.end()) continue;
      mistakes.add(source_.settings.mistake(
          p::frozen, fmt::format("'{}' holds nothing of {}", file_, component),
          fmt::format("give population.{0} by tables, or freeze a run in which {0} is fitted from "
                      "history",
                      component)));
    }
    mistakes.throw_if_any(Fault::scenario);
  }

  void enter() const { kohort::enter(frozen_, p::frozen, source_.settings, source_.tables); }

  Rates rates(const Fitted& fitted) const {
    Rates rates;
    if (fitted.mortality) rates.dying = cells("rates/mortality/dying");
    if (fitted.fertility) read_fertility(rates);
    if (fitted.domestic) {
      rates.moving = cells("rates/domestic/moving");
      rates.destinations = destinations();
    }
    if (fitted.emigration) rates.emigrating = cells("rates/emigration/emigrating");
    if (fitted.immigration) rates.immigrants = arrivals("rates/immigration/immigrants");
    if (fitted.net_migration) {
      rates.net_migrants = arrivals("rates/net_migration/gains");
      rates.net_migration_rate = cells("rates/net_migration/losses");
    }
    read_uncertainty(fitted.names(), rates.uncertainty);
    return rates;
  }

  /// Of the components that the scenario takes from the file.
  std::vector<Estimate> estimates(const std::vector<std::string>& components) const {
    std::vector<Estimate> estimates = frozen_.tables("fit");
    std::erase_if(estimates, [&](const Estimate& one) {
      return std::find_first_of(one.components.begin(), one.components.end(), components.begin(),
                                components.end()) == one.components.end();
    });
    return estimates;
  }

 private:
  /// Tables of the given extents, one for each interval or one for all.
  template <class T>
  std::vector<T> tables(const std::string& name, const typename T::Extents& extents) const {
    const std::vector<double> values = frozen_.table(name).values;
    T blank(extents);
    const std::size_t count = blank.size() == 0 ? 0 : values.size() / blank.size();
    if (count * blank.size() != values.size() || (count != 1 && count != source_.frame.intervals)) {
      throw Error(Fault::storage, Mistake{{file_, 0, 0},
                                          "the table " + name + " is of another shape",
                                          "freeze the estimates again with this program"});
    }
    std::vector<T> tables(count, blank);
    auto from = values.begin();
    for (T& table : tables) {
      const auto end = from + static_cast<std::ptrdiff_t>(table.size());
      std::copy(from, end, table.values().begin());
      from = end;
    }
    return tables;
  }

  Series<CellTable> cells(const std::string& name) const {
    return Series(tables<CellTable>(name, cell_extents(source_.frame)));
  }

  void read_fertility(Rates& rates) const {
    const std::string name = "rates/fertility/births_";
    const Frame& frame = source_.frame;
    for (const AgeDefinition ages : {AgeDefinition::end_of_year, AgeDefinition::at_event}) {
      rates.fertility_ages = ages;
      if (frozen_.has(name + std::string(to_string(ages)))) break;
    }
    rates.fertility =
        Series(tables<FertilityTable>(name + std::string(to_string(rates.fertility_ages)),
                                      {frame.ages(), frame.group_count(), frame.areas.size()}));
  }

  Series<Destinations> destinations() const {
    std::vector<AgeClass> class_of_row;
    for (const double number : frozen_.table("rates/domestic/class_of_row").values) {
      class_of_row.emplace_back(static_cast<std::size_t>(number));
    }
    const bool common = source_.settings[p::destination_form] == DestinationForm::common;
    const std::string name =
        common ? "rates/domestic/common_destinations" : "rates/domestic/destinations";
    if (!frozen_.has(name)) refuse_destinations(common);
    std::size_t classes = 0;
    for (const EstimateAxis& axis : frozen_.table(name).axes) {
      if (axis.name == "age_class") classes = axis.labels.size();
    }
    const std::size_t areas = source_.frame.areas.size();
    std::vector<Destinations> all;
    if (common) {
      for (DestinationWeights& weights :
           tables<DestinationWeights>(name, {source_.frame.sexes.size(), classes, areas})) {
        all.push_back(common_destinations(class_of_row, std::move(weights)));
      }
      return Series(std::move(all));
    }
    using Shares = decltype(Destinations::shares);
    for (Shares& shares :
         tables<Shares>(name, {source_.frame.sexes.size(), classes, areas, areas})) {
      all.push_back({class_of_row, std::move(shares)});
    }
    return Series(std::move(all));
  }

  [[noreturn]] void refuse_destinations(bool common) const {
    throw Error(Fault::scenario,
                source_.settings.mistake(p::destination_form,
                                         fmt::format("'{}' was frozen by a run that chose \"{}\"",
                                                     file_, common ? "by_origin" : "common"),
                                         "choose the same here, or freeze again"));
  }

  Series<ArrivalCounts> arrivals(const std::string& name) const {
    std::vector<ArrivalCounts> all;
    for (const AgeTable& counts : tables<AgeTable>(name, age_extents(source_.frame))) {
      all.push_back(place_arrivals(conventions_, AgeDefinition::end_of_year, counts));
    }
    return Series(std::move(all));
  }

  void read_uncertainty(const std::vector<std::string>& components,
                        ParameterUncertainty& uncertainty) const {
    for (const Process& process : processes) {
      if (std::find(components.begin(), components.end(), process.component) == components.end()) {
        continue;
      }
      uncertainty.*process.of =
          this->process(std::string("uncertainty/") + process.component + "/");
    }
    uncertainty.mortality_response = response("uncertainty/mortality/response");
    uncertainty.net_migration_response = response("uncertainty/net_migration/response");
    uncertainty.area_net_migration_response = response("uncertainty/net_migration/area_response");
    const std::string shares = "uncertainty/net_migration/area_share";
    if (frozen_.has(shares)) uncertainty.area_share = frozen_.table(shares).values;
  }

  /// Empty where the file has none.
  Table<double, Sex, Age> response(const std::string& name) const {
    if (!frozen_.has(name)) return {};
    const Frame& frame = source_.frame;
    return tables<Table<double, Sex, Age>>(name, {frame.sexes.size(), frame.ages()}).front();
  }

  DeviationProcess process(const std::string& prefix) const {
    DeviationProcess process;
    const auto number = [&](const char* name) {
      return frozen_.table(prefix + name).values.front();
    };
    if (frozen_.has(prefix + "phi")) {
      process.kind = DeviationKind::ar1;
      process.phi = number("phi");
      process.national_offset = offset(prefix + "national_offset");
    } else if (frozen_.has(prefix + "drift_sd")) {
      process.kind = DeviationKind::random_walk_with_drift;
      process.drift_sd = number("drift_sd");
    } else {
      return process;
    }
    process.last_year = Year(static_cast<int>(number("last_year")));
    process.national_sd = number("national_sd");
    process.area_phi = number("area_phi");
    process.area_sd = frozen_.table(prefix + "area_sd").values;
    process.area_offset = offset(prefix + "area_offset");
    return process;
  }

  LaunchOffset offset(const std::string& name) const {
    const std::vector<double> parts = frozen_.table(name).values;
    return {parts.at(0), parts.at(1), parts.at(2)};
  }

  const Source& source_;
  const Conventions& conventions_;
  std::string file_;
  FrozenTables frozen_;
};

}  // namespace

Rates thaw(const Source& source, const Conventions& conventions, const Fitted& fitted,
           std::vector<Estimate>& estimates) {
  const Thaw frozen(source, conventions);
  const std::vector<std::string> components = fitted.names();
  frozen.require(components);
  frozen.enter();
  for (Estimate& one : frozen.estimates(components)) estimates.push_back(std::move(one));
  return frozen.rates(fitted);
}

}  // namespace kohort::population::fit
