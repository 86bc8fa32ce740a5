#include "models/population/fit/national_mortality.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/demography/kannisto.hpp"
#include "engine/table/tabulate.hpp"
#include "models/population/fit/bands.hpp"
#include "models/population/fit/given_mortality.hpp"
#include "models/population/fit/mortality_index.hpp"
#include "models/population/fit/parameters.hpp"
#include "models/population/fit/window.hpp"

namespace kohort::population::fit {

namespace p = parameters;

namespace {

/// First ages of the bands in which the trend is measured: wide where deaths are few.
constexpr std::array<std::size_t, 12> trend_bands = {0, 1, 15, 30, 40, 50, 60, 65, 70, 75, 80, 90};

/// Ages to which Kannisto's law is fitted, and from which it is used.
constexpr std::size_t first_fitted = 80;
constexpr std::size_t last_fitted = 98;
constexpr std::size_t first_old = 95;

struct Sums {
  double deaths = 0.0;
  double exposure = 0.0;
};

/// Over the ages of a band, in a year.
Sums sum_of(const VitalHistory& history, Sex sex, Band band, Year year) {
  Sums sums;
  for (std::size_t age = band.first; age < band.end; ++age) {
    sums.deaths += history.deaths(year, sex, Age(age));
    sums.exposure += history.exposure(year, sex, Age(age));
  }
  return sums;
}

void require_exposure(const Source& source, double exposure, Sex sex, std::size_t age,
                      Years years) {
  if (exposure > 0.0) return;
  throw Error(Fault::input,
              source.settings.mistake(
                  p::history_population,
                  fmt::format("nobody {} lived at age {} in {}-{}, so there is no death rate",
                              source.frame.sexes[sex.position()], age, years.first().value(),
                              years.last().value()),
                  "choose a lower projection.open_age or more years of history"));
}

/// Minus the slope of the logarithm of a band's death rate on the year, by weighted least squares.
/// Half a death is added to each year's, so that a year without any has a logarithm.
double improvement_of(const Source& source, const VitalHistory& history, Sex sex, Band band,
                      const Window& years) {
  const double middle = years.middle();
  const double covariance = years.mean([&](Year year) {
    const Sums sums = sum_of(history, sex, band, year);
    require_exposure(source, sums.exposure, sex, band.first, {year, year});
    return (year.value() - middle) * std::log((sums.deaths + 0.5) / sums.exposure);
  });
  const double variance = years.mean([&](Year year) {
    const double offset = year.value() - middle;
    return offset * offset;
  });
  return -covariance / variance;
}

/// Straight lines between the middles of the bands, level outside them.
double interpolate(std::span<const double> middles, std::span<const double> values, double age) {
  if (age <= middles.front()) return values.front();
  if (age >= middles.back()) return values.back();
  const auto above = std::upper_bound(middles.begin(), middles.end(), age);
  const auto at = static_cast<std::size_t>(above - middles.begin());
  const double share = (age - middles[at - 1]) / (middles[at] - middles[at - 1]);
  return values[at - 1] + share * (values[at] - values[at - 1]);
}

/// The fall of the rates by band, interpolated between their middles.
SexAge fit_improvement(const Source& source, const VitalHistory& nation) {
  const Window years = window(
      source, {p::mortality_trend_years, p::mortality_trend_weights, p::mortality_trend_alpha});
  if (years.effective_years() < 2.0) {
    throw Error(Fault::scenario,
                source.settings.mistake(p::mortality_trend_alpha,
                                        "nearly all weight on one year, which has no slope",
                                        "choose a smaller alpha"));
  }
  const std::vector<Band> bands = bands_of(trend_bands, source.frame.ages());
  SexAge improvement({2, source.frame.ages()});
  for (const Sex sex : positions<Sex>(2)) {
    std::vector<double> middles;
    std::vector<double> slopes;
    for (const Band band : bands) {
      middles.push_back(static_cast<double>(band.first + band.end - 1) / 2.0);
      slopes.push_back(improvement_of(source, nation, sex, band, years));
    }
    for (const Age age : positions<Age>(source.frame.ages())) {
      improvement(sex, age) = interpolate(middles, slopes, static_cast<double>(age.position()));
    }
  }
  return improvement;
}

SexAge fit_level(const Source& source, const VitalHistory& nation, const Window& window) {
  return tabulate<SexAge>({2, source.frame.ages()}, [&](Sex sex, Age age) {
    const double exposure = window.mean([&](Year year) { return nation.exposure(year, sex, age); });
    require_exposure(source, exposure, sex, age.position(), window.years);
    return window.mean([&](Year year) { return nation.deaths(year, sex, age); }) / exposure;
  });
}

/// Rates from age 95 by Kannisto's law, where single ages reach that far.
void extend_by_kannisto(const VitalHistory& nation, const Window& window, SexAge& level) {
  const std::size_t open = level.extent<Age>() - 1;
  if (open < first_old) return;
  for (const Sex sex : positions<Sex>(level.extent<Sex>())) {
    std::vector<double> deaths;
    std::vector<double> exposure;
    for (std::size_t age = first_fitted; age <= std::min(last_fitted, open - 1); ++age) {
      deaths.push_back(window.mean([&](Year year) { return nation.deaths(year, sex, Age(age)); }));
      exposure.push_back(
          window.mean([&](Year year) { return nation.exposure(year, sex, Age(age)); }));
    }
    const Kannisto law = fit_kannisto({static_cast<double>(first_fitted), deaths, exposure});
    const std::vector<double> rates =
        old_age_rates(law, {.first = static_cast<int>(first_old),
                            .open = static_cast<int>(open),
                            .last = std::max(120, static_cast<int>(open))});
    for (std::size_t at = 0; at < rates.size(); ++at) level(sex, Age(first_old + at)) = rates[at];
  }
}

MortalityIndex index_of(const Source& source, const VitalHistory& nation, Years years,
                        std::optional<Sex> sex) {
  const bool male = sex && source.frame.sexes[sex->position()] == "male";
  MortalityIndex index{years,
                       fit_index(source, national_counts(source, nation, years, sex),
                                 male ? LifeTableSex::male : LifeTableSex::female),
                       {}};
  index.walk = fit_random_walk({index.model.index.data(), years.count()});
  return index;
}

double response_of(const LeeCarter& model, Age age) {
  return model.response[static_cast<Eigen::Index>(age.position())];
}

/// What each sex does beside the common index.
std::vector<MortalityDeparture> departures_of(const Source& source, const VitalHistory& nation,
                                              const MortalityIndex& common, const Window& level) {
  std::vector<Eigen::MatrixXd> rates;
  for (const Sex sex : positions<Sex>(2)) {
    rates.push_back(rates_of(national_counts(source, nation, common.years, sex)));
  }
  std::vector<MortalityDeparture> departures;
  for (CoherentMember& member : fit_coherent(common.model, rates)) {
    MortalityDeparture departure{common.years.last(), std::move(member), {}, 0.0};
    const Eigen::VectorXd& index = departure.member.index;
    departure.index = fit_autoregression({index.data(), common.years.count()}, SeriesMean::zero);
    departure.at_level = level.mean([&](Year year) {
      return year < common.years.first() ? 0.0 : index[year - common.years.first()];
    });
    departures.push_back(std::move(departure));
  }
  return departures;
}

/// An index drifts from its first year to its last, whatever is between.
void require_weights_of_use(const Source& source) {
  const MortalityMethod method = source.settings[p::mortality_method];
  const bool index = method == MortalityMethod::lee_carter || method == MortalityMethod::li_lee;
  if (!index || source.settings[p::mortality_trend_weights] == Weighting::uniform) return;
  throw Error(
      Fault::scenario,
      source.settings.mistake(p::mortality_trend_weights, "an index of mortality knows no weights",
                              "choose \"uniform\", or history.mortality_method = "
                              "\"improvement\""));
}

void multiply(SexAge& table, double factor) {
  for (double& value : table.values()) value *= factor;
}

void fit_course(const Source& source, const VitalHistory& nation, const Window& level,
                NationalMortality& fit) {
  const Years years = last_years(source, p::mortality_trend_years);
  require_weights_of_use(source);
  fit.common = index_of(source, nation, years, std::nullopt);
  fit.improvement = SexAge(fit.level.extents());
  switch (source.settings[p::mortality_method]) {
    case MortalityMethod::frozen:
      return;
    case MortalityMethod::given:
      fit.given = given_mortality(source);
      return;
    case MortalityMethod::improvement:
      fit.improvement = fit_improvement(source, nation);
      break;
    case MortalityMethod::lee_carter:
      for (const Sex sex : positions<Sex>(2)) {
        fit.by_sex.push_back(index_of(source, nation, years, sex));
      }
      fill(fit.improvement, [&](Sex sex, Age age) {
        const MortalityIndex& index = fit.by_sex[sex.position()];
        return -response_of(index.model, age) * index.walk.drift;
      });
      break;
    case MortalityMethod::li_lee:
      fit.departures = departures_of(source, nation, fit.common, level);
      fill(fit.improvement, [&](Sex, Age age) {
        return -response_of(fit.common.model, age) * fit.common.walk.drift;
      });
      break;
  }
  multiply(fit.improvement, source.settings[p::mortality_improvement]);
}

}  // namespace

double MortalityDeparture::effect(Age age, Year year) const {
  const double expected = index.ahead(std::max(0, year - last)).mean;
  return member.response[static_cast<Eigen::Index>(age.position())] * (expected - at_level);
}

double NationalMortality::rate(Sex sex, Age age, Year year) const {
  if (given) return (*given)(year, sex, age);
  double change = -improvement(sex, age) * (year.value() - level_year);
  if (!departures.empty()) change += departures[sex.position()].effect(age, year);
  return level(sex, age) * std::exp(change);
}

NationalMortality fit_national_mortality(const Source& source, const History& history) {
  const Window level = window(source, p::mortality_window);
  NationalMortality fit;
  fit.level_year = level.middle();
  fit.level = fit_level(source, history.nation, level);
  if (source.settings[p::old_ages] == OldAgeRates::kannisto) {
    extend_by_kannisto(history.nation, level, fit.level);
  }
  fit_course(source, history.nation, level, fit);
  return fit;
}

}  // namespace kohort::population::fit
