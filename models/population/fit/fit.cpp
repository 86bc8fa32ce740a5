#include "models/population/fit/fit.hpp"

#include <algorithm>
#include <map>

#include "models/population/fit/domestic.hpp"
#include "models/population/fit/fertility.hpp"
#include "models/population/fit/international.hpp"
#include "models/population/fit/local_level.hpp"
#include "models/population/fit/mortality.hpp"
#include "models/population/fit/parameters.hpp"
#include "models/population/rates/arrivals.hpp"

namespace kohort::population::fit {

namespace p = parameters;

namespace {

bool from_history(const Settings& settings, const Choice<RateSource>& source) {
  return settings[source] == RateSource::history;
}

std::vector<double> flat(std::span<const double> values) { return {values.begin(), values.end()}; }

/// One fit: reads the history once, and every component from it.
class Fit {
 public:
  Fit(const Source& source, const Conventions& conventions, const AgeTable& base, Rates& rates,
      std::vector<Estimate>& estimates)
      : source_(source),
        conventions_(conventions),
        base_(base),
        history_(read_history(source)),
        municipal_(source, base, first_municipal_year(source) + -1, history_.last),
        factors_(natural_change_factors(source, history_, municipal_)),
        rates_(rates),
        estimates_(estimates) {
    report("natural_change_factor", "births multiplied and deaths divided by, beside the county",
           "1", {{"area", {}}}, factors_);
  }

  void fit_mortality() {
    const NationalMortality national = fit_national_mortality(source_, history_);
    rates_.dying = project_mortality(source_, history_, national, factors_);
    report("death_rate_level", "national period-cohort death rate in the window", "per person-year",
           {{"sex", {}}, {"age", {}}}, flat(national.level.values()));
    report("death_rate_improvement", "yearly fall of the national death rate", "per year",
           {{"sex", {}}, {"age", {}}}, flat(national.improvement.values()));
  }

  void fit_fertility() {
    FertilityTable fertility = project_fertility(source_, history_, factors_);
    std::vector<double> totals(source_.frame.areas.size());
    for (const Age age : positions<Age>(fertility.extent<Age>())) {
      const auto of_age = fertility.slab(age);
      std::transform(totals.begin(), totals.end(), of_age.begin(), totals.begin(), std::plus<>());
    }
    report("total_fertility_rate", "total fertility rate", "births per woman", {{"area", {}}},
           totals);
    rates_.fertility = Series(std::move(fertility));
    rates_.fertility_ages = AgeDefinition::end_of_year;
  }

  void fit_domestic_moves() {
    const FlowTable& flows = flows_in(window(source_, p::domestic_years));
    DomesticFit fit = fit_domestic(source_, flows, municipal_, schedules(), base_);
    rates_.moving = Series(std::move(fit.moving));
    rates_.destinations = Series(std::move(fit.destinations));
    report("student_attraction", "how much of a student city the area is", "1", {{"area", {}}},
           fit.attraction);
    std::vector<std::string> codes;
    for (const AreaDescription& area : source_.frame.areas) codes.push_back(area.code);
    report("domestic_moves", "moves a year in the window, small cells restored", "moves per year",
           {{"origin", codes}, {"destination", codes}}, flat(flows.values()));
  }

  void fit_international_migration(bool emigration, bool immigration) {
    const FlowTable& flows = flows_in(window(source_, p::international_years));
    InternationalFit fit = fit_international(source_, history_, municipal_, flows, schedules());
    if (emigration) rates_.emigrating = Series(std::move(fit.emigrating));
    if (!immigration) return;
    rates_.immigrants =
        Series(place_arrivals(conventions_, AgeDefinition::end_of_year, fit.immigrants));
    report("immigrants", "immigrants a year", "persons per year", {{"area", {}}},
           fit.area_immigrants);
  }

 private:
  static Year first_municipal_year(const Source& source) {
    Year first = window(source, p::local_level_years).first();
    for (const Integer* years : {&p::domestic_years, &p::international_years}) {
      first = std::min(first, window(source, *years).first());
    }
    return first;
  }

  const FlowTable& flows_in(Years years) {
    const auto found = flows_.find(years.first());
    if (found != flows_.end()) return found->second;
    return flows_.emplace(years.first(), fit_flows(source_, years)).first->second;
  }

  Schedules schedules() const { return read_schedules(source_); }

  void report(const char* name, const char* long_name, const char* unit,
              std::vector<EstimateAxis> axes, std::vector<double> values) {
    estimates_.push_back(
        {std::string("fit/") + name, long_name, unit, std::move(axes), std::move(values)});
  }

  const Source& source_;
  const Conventions& conventions_;
  const AgeTable& base_;
  History history_;
  MunicipalHistory municipal_;
  std::vector<double> factors_;
  std::map<Year, FlowTable> flows_;  ///< by the first year of the window
  Rates& rates_;
  std::vector<Estimate>& estimates_;
};

}  // namespace

bool anything_to_fit(const Settings& settings) {
  for (const Choice<RateSource>* source :
       {&p::mortality_source, &p::fertility_source, &p::domestic_source, &p::emigration_source,
        &p::immigration_source}) {
    if (from_history(settings, *source)) return true;
  }
  return false;
}

void fit_rates(const Source& source, const Conventions& conventions, const AgeTable& base,
               Rates& rates, std::vector<Estimate>& estimates) {
  const Settings& settings = source.settings;
  if (!anything_to_fit(settings)) return;
  Fit fit(source, conventions, base, rates, estimates);
  if (from_history(settings, p::mortality_source)) fit.fit_mortality();
  if (from_history(settings, p::fertility_source)) fit.fit_fertility();
  if (from_history(settings, p::domestic_source)) fit.fit_domestic_moves();
  const bool emigration = from_history(settings, p::emigration_source);
  const bool immigration = from_history(settings, p::immigration_source);
  if (emigration || immigration) fit.fit_international_migration(emigration, immigration);
}

}  // namespace kohort::population::fit
