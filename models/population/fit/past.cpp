#include "models/population/fit/past.hpp"

#include "models/population/fit/parameters.hpp"
#include "models/population/fit/window.hpp"

namespace kohort::population::fit {

namespace p = parameters;

namespace {

/// The years and the one before the first of them, whose stocks are at their start.
Years with_start(Years years) { return {years.first() - 1, years.last()}; }

void add(std::optional<Years>& to, Years years) { to = to ? together(*to, years) : years; }

}  // namespace

Fitted Fitted::read(const Settings& settings) {
  const auto from_history = [&](const Choice<RateSource>& source) {
    return settings[source] == RateSource::history;
  };
  return {from_history(p::mortality_source),
          from_history(p::fertility_source),
          from_history(p::domestic_source),
          from_history(p::emigration_source),
          from_history(p::immigration_source),
          settings[p::net_migration_form] == NetMigrationForm::history};
}

std::vector<std::string> Fitted::names() const {
  std::vector<std::string> names;
  const auto add_if = [&](bool fitted, const char* name) {
    if (fitted) names.emplace_back(name);
  };
  add_if(mortality, "mortality");
  add_if(fertility, "fertility");
  add_if(domestic, "domestic");
  add_if(emigration, "emigration");
  add_if(immigration, "immigration");
  add_if(net_migration, "net_migration");
  return names;
}

/// Whether births, deaths or their difference tell how areas depart from their counties.
bool Past::by_local_events() const {
  return (fitted_.mortality || fitted_.fertility) &&
         (source_.settings.given(p::natural_change) || source_.settings.given(p::area_births) ||
          source_.settings.given(p::area_deaths));
}

/// Whether net migration must be found from births and deaths that nobody counted.
bool Past::by_expected_vitals() const {
  return fitted_.international() && !source_.settings.given(p::history_net_migration) &&
         !source_.settings.given(p::natural_change);
}

Years Past::county_years() const {
  std::optional<Years> years;
  if (fitted_.mortality) {
    add(years, last_years(source_, p::mortality_window.years));
    add(years, last_years(source_, p::mortality_trend_years));
  }
  if (fitted_.fertility) {
    add(years, last_years(source_, p::fertility_window.years));
    add(years, last_years(source_, p::fertility_path_years));
  }
  if (fitted_.international()) {
    add(years, last_years(source_, p::international_window.years));
    add(years, last_years(source_, p::international_path_years));
  }
  if (fitted_.net_migration) {
    add(years, last_years(source_, p::net_migration_window.years));
    add(years, last_years(source_, p::net_migration_path_years));
    add(years, last_years(source_, p::international_window.years));
  }
  if (fitted_.mortality || by_local_events() || by_expected_vitals()) {
    add(years, last_years(source_, p::local_level_window.years));
  }
  return years.value();
}

MunicipalYears Past::municipal_years() const {
  MunicipalYears years;
  if (by_local_events()) {
    add(years.stocks, with_start(last_years(source_, p::local_level_window.years)));
  }
  if (fitted_.international()) {
    const Years window = with_start(last_years(source_, p::international_window.years));
    add(years.stocks, window);
    if (!source_.settings.given(p::history_net_migration)) add(years.totals, window);
  }
  if (fitted_.domestic) {
    add(years.totals, with_start(last_years(source_, p::domestic_window.years)));
  }
  return years;
}

const History& Past::counties() {
  if (!counties_) counties_ = read_history(source_, county_years());
  return *counties_;
}

const MunicipalHistory& Past::municipalities() {
  if (!municipalities_) municipalities_.emplace(source_, base_, municipal_years());
  return *municipalities_;
}

const YearlyFlows& Past::moves(Years years) {
  for (const YearlyFlows& known : moves_) {
    if (known.years() == years) return known;
  }
  return moves_.emplace_back(fit_flows(source_, years));
}

const LocalLevels& Past::local_levels() {
  if (levels_) return *levels_;
  levels_.emplace(source_.frame.areas.size(), source_.frame.ages());
  if (by_local_events()) {
    levels_ = fit::local_levels(source_, ExpectedVitals(source_, counties(), municipalities()));
  }
  return *levels_;
}

}  // namespace kohort::population::fit
