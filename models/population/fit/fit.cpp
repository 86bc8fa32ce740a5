#include "models/population/fit/fit.hpp"

#include <algorithm>
#include <iterator>

#include "engine/base/error.hpp"
#include "models/population/fit/deviations.hpp"
#include "models/population/fit/domestic.hpp"
#include "models/population/fit/estimates.hpp"
#include "models/population/fit/fertility.hpp"
#include "models/population/fit/freeze.hpp"
#include "models/population/fit/international.hpp"
#include "models/population/fit/international_path.hpp"
#include "models/population/fit/mortality.hpp"
#include "models/population/fit/net_migration.hpp"
#include "models/population/fit/net_migration_uncertainty.hpp"
#include "models/population/fit/parameters.hpp"
#include "models/population/fit/past.hpp"
#include "models/population/fit/tables.hpp"
#include "models/population/fit/uncertainty.hpp"
#include "models/population/fit/window.hpp"
#include "models/population/rates/arrivals.hpp"

namespace kohort::population::fit {

namespace p = parameters;

namespace {

/// One fit: every component from the same past.
class Fit {
 public:
  Fit(const Source& source, const AgeTable& base, const Fitted& fitted, Rates& rates,
      std::vector<Estimate>& estimates)
      : source_(source),
        base_(base),
        past_(source, base, fitted),
        rates_(rates),
        estimates_(estimates),
        fitted_(fitted.names()) {
    if (!fitted.mortality && !fitted.fertility) return;
    components_ = {"mortality", "fertility"};
    for (Estimate& one : level_estimates(past_.local_levels())) add(std::move(one));
  }

  void fit_mortality() {
    components_ = {"mortality"};
    const History& history = past_.counties();
    const NationalMortality national = fit_national_mortality(source_, history);
    add_mortality(history, national, uncertainty_);
    set_out_from_mean(uncertainty_.mortality, window(source_, p::local_level_window).weights);
    const RegionalMortality regional = fit_regional_mortality(source_, history);
    rates_.dying = project_mortality(source_.frame, history, national, regional,
                                     past_.local_levels().mortality);
    for (Estimate& one : mortality_estimates(national)) add(std::move(one));
    for (Estimate& one : departure_estimates(history, national, regional)) add(std::move(one));
  }

  void fit_births() {
    components_ = {"fertility"};
    FertilityFit fit = fit_fertility(source_, past_.counties(), past_.local_levels().fertility);
    const FertilityTable& first = fit.rates.at(Interval(0));
    std::vector<double> totals(source_.frame.areas.size());
    for (const Age age : positions<Age>(first.extent<Age>())) {
      const auto of_age = first.slab(age);
      std::transform(totals.begin(), totals.end(), of_age.begin(), totals.begin(), std::plus<>());
    }
    report("total_fertility_rate", "total fertility rate of the first interval", "births per woman",
           {{"area", {}}}, totals);
    report("fertility_level", "fertility beside the nation's", "1", {{"area", {}}}, fit.levels);
    uncertainty_.fertility =
        fertility_process(source_, past_.counties(), last_years(source_, p::fertility_path_years));
    set_out(uncertainty_.fertility, window(source_, p::fertility_window).weights,
            p::fertility_path);
    rates_.fertility = std::move(fit.rates);
    rates_.fertility_ages = fit.ages;
  }

  void fit_domestic_moves() {
    components_ = {"domestic"};
    const Window years = window(source_, p::domestic_window);
    const YearlyFlows& yearly = past_.moves(years.years);
    const FlowTable flows = mean_flows(yearly, years);
    uncertainty_.domestic = domestic_process(yearly, past_.municipalities());
    set_out_from_mean(uncertainty_.domestic, years.weights);
    DomesticFit fit = fit_domestic(source_, flows, past_.municipalities(), base_);
    rates_.moving = Series(std::move(fit.moving));
    rates_.destinations = Series(std::move(fit.destinations));
    report("student_attraction", "how much of a student city the area is", "1", {{"area", {}}},
           fit.attraction);
    std::vector<std::string> codes;
    for (const AreaDescription& area : source_.frame.areas) codes.push_back(area.code);
    report("domestic_moves", "moves a year in the window, small cells restored", "moves per year",
           {{"origin", codes}, {"destination", codes}}, flat(flows.values()));
  }

  void fit_international_migration(const Conventions& conventions, const Fitted& fitted) {
    const auto [years, weights] = window(source_, p::international_window);
    InternationalFit fit =
        fit_international(source_, {past_.counties(), past_.municipalities(), past_.moves(years)});
    components_ = {"emigration", "immigration"};
    report("national_emigrants", "emigrants a year of the nation", "persons per year",
           {{"sex", {}}, {"age", {}}}, flat(fit.national_emigrants.values()));
    report("national_emigrants_moved",
           "of these, those moved between ages so that no age has fewer than no immigrants",
           "persons per year", {}, {fit.moved});
    if (fitted.emigration) {
      components_ = {"emigration"};
      rates_.emigrating = emigration_path(source_, past_.counties().nation, fit);
      report("emigration_factor", "emigration beside that at the nation's rates", "1",
             {{"area", {}}}, fit.emigration_factor);
    }
    if (fitted.emigration) {
      uncertainty_.emigration = emigration_process(fit, source_.frame.areas.size());
      set_out(uncertainty_.emigration, weights, p::emigration_path);
    }
    if (!fitted.immigration) return;
    components_ = {"immigration"};
    uncertainty_.immigration = immigration_process(fit);
    set_out(uncertainty_.immigration, weights, p::immigration_path);
    rates_.immigrants = immigration_path(source_, conventions, fit);
    report("immigrants", "immigrants a year", "persons per year", {{"area", {}}},
           fit.area_immigrants);
  }

  void fit_net_flows(const Conventions& conventions) {
    components_ = {"net_migration"};
    NetMigrationFit fit = fit_net_migration(source_, past_.counties());
    add_net_migration(source_, past_.counties(), fit, uncertainty_);
    rates_.net_migrants =
        Series(place_arrivals(conventions, AgeDefinition::end_of_year, fit.gains));
    rates_.net_migration_rate = Series(std::move(fit.losses));
    report("net_migration_rate", "net migrants of the first year beside those at risk", "1",
           {{"area", {}}, {"sex", {}}, {"age", {}}}, flat(fit.rates.values()));
    report("national_net_migration", "net migrants of the nation in the first year",
           "persons per year", {{"sex", {}}, {"age", {}}}, flat(fit.national.values()));
  }

  ParameterUncertainty uncertainty() {
    for (const Process& process : processes) {
      (uncertainty_.*process.of).last_year = last_year(source_);
      components_ = {process.component};
      for (Estimate& one : uncertainty_estimates(process.component, uncertainty_.*process.of)) {
        add(std::move(one));
      }
    }
    components_ = {"net_migration"};
    for (Estimate& one : response_estimates(uncertainty_)) add(std::move(one));
    return std::move(uncertainty_);
  }

 private:
  /// What is expected to stay as in the mean of a window sets out from that mean; other paths set
  /// out from the last year, or are given.
  void set_out(DeviationProcess& process, std::span<const double> weights,
               const Choice<Path>& path) const {
    set_out_from_mean(process, weights);
    if (source_.settings[path] != Path::constant) process.national_offset = {};
  }

  void report(const char* name, const char* long_name, const char* unit,
              std::vector<EstimateAxis> axes, std::vector<double> values) {
    add(estimate(name, long_name, unit, std::move(axes), std::move(values)));
  }

  void add(Estimate one) {
    std::copy_if(components_.begin(), components_.end(), std::back_inserter(one.components),
                 [&](const std::string& component) {
                   return std::find(fitted_.begin(), fitted_.end(), component) != fitted_.end();
                 });
    estimates_.push_back(std::move(one));
  }

  const Source& source_;
  const AgeTable& base_;
  Past past_;
  Rates& rates_;
  std::vector<Estimate>& estimates_;
  ParameterUncertainty uncertainty_;
  std::vector<std::string> fitted_;      ///< the components that are fitted at all
  std::vector<std::string> components_;  ///< of which the fit is at work now
};

}  // namespace

ParameterUncertainty fit_rates(const Source& source, const Conventions& conventions,
                               const AgeTable& base, Rates& rates,
                               std::vector<Estimate>& estimates) {
  const Fitted fitted = Fitted::read(source.settings);
  Fit fit(source, base, fitted, rates, estimates);
  Attempts attempts;
  const auto attempt = [&](bool asked_for, auto&& action) {
    if (asked_for) attempts.attempt(action);
  };
  attempt(fitted.mortality, [&] { fit.fit_mortality(); });
  attempt(fitted.fertility, [&] { fit.fit_births(); });
  attempt(fitted.domestic, [&] { fit.fit_domestic_moves(); });
  attempt(fitted.international(), [&] { fit.fit_international_migration(conventions, fitted); });
  attempt(fitted.net_migration, [&] { fit.fit_net_flows(conventions); });
  attempts.throw_if_any();
  return fit.uncertainty();
}

RatesFromHistory rates_from_history(const Source& source, const Conventions& conventions,
                                    const AgeTable& base) {
  const Fitted fitted = Fitted::read(source.settings);
  RatesFromHistory found;
  found.components = fitted.names();
  if (found.components.empty()) return found;
  if (source.settings.given(p::frozen)) {
    found.rates = thaw(source, conventions, fitted, found.estimates);
  } else {
    found.rates.uncertainty = fit_rates(source, conventions, base, found.rates, found.estimates);
  }
  return found;
}

}  // namespace kohort::population::fit
