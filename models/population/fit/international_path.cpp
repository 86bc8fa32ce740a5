#include "models/population/fit/international_path.hpp"

#include <cmath>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/table/tabulate.hpp"
#include "models/population/fit/national_forecast.hpp"
#include "models/population/fit/parameters.hpp"
#include "models/population/fit/returning_levels.hpp"
#include "models/population/fit/tables.hpp"
#include "models/population/rates/arrivals.hpp"

namespace kohort::population::fit {

namespace p = parameters;

namespace {

constexpr std::size_t fewest_years = 4;

SexAge times(const SexAge& table, double factor) {
  return tabulate<SexAge>(table.extents(),
                          [&](Sex sex, Age age) { return factor * table(sex, age); });
}

/// The expected path of an AR(1) of logarithms, as levels of every interval.
std::vector<double> returning_path(const Source& source, const Choice<Path>& choice,
                                   std::span<const double> logarithms) {
  if (logarithms.size() < fewest_years) {
    throw Error(Fault::scenario,
                source.settings.mistake(
                    choice,
                    fmt::format("an autoregression of {} years, and it needs {}", logarithms.size(),
                                fewest_years),
                    "take more years in history.international_years, or choose \"constant\""));
  }
  return returning_levels(source.frame, logarithms, last_year(source));
}

std::vector<double> immigration_levels(const Source& source, const InternationalFit& fit) {
  std::vector<double> logarithms;
  for (const Year year : fit.national_immigrants.years()) {
    const double immigrants = fit.national_immigrants(year);
    if (!(immigrants > 0.0)) {
      throw Error(Fault::input, source.settings.mistake(
                                    p::immigration_path,
                                    fmt::format("{:.6g} immigrants of the nation in {}, which have "
                                                "no logarithm",
                                                immigrants, year.value()),
                                    "choose \"constant\" or \"given\", or fewer years in "
                                    "history.international_path_years"));
    }
    logarithms.push_back(std::log(immigrants));
  }
  return returning_path(source, p::immigration_path, logarithms);
}

/// Those about to reach each age at the end of the year after `last`; the newborn as many as in
/// `last`.
SexAge about_to_reach(const VitalHistory& nation, Year last) {
  const std::size_t open = nation.stocks.extent<Age>() - 1;
  return tabulate<SexAge>({2, open + 1}, [&](Sex sex, Age age) {
    if (age == Age(0)) return nation.newborn(last, sex);
    const double older = age.position() == open ? nation.stocks(last, sex, age) : 0.0;
    return nation.stocks(last, sex, Age(age.position() - 1)) + older;
  });
}

/// The table of rates or of persons that the scenario gives.
const TableParameter& given_emigration(const Source& source) {
  const bool rates = source.settings.given(p::emigration_forecast);
  const bool persons = source.settings.given(p::emigrants_forecast);
  if (rates != persons) return rates ? p::emigration_forecast : p::emigrants_forecast;
  throw Error(Fault::scenario,
              source.settings.mistake(p::emigration_path,
                                      rates ? "emigration is given both as rates and as persons"
                                            : "the scenario does not give emigration",
                                      "give history.emigration_forecast or "
                                      "history.emigrants_forecast"));
}

/// National rates of an interval from a table of either kind.
class GivenEmigration {
 public:
  GivenEmigration(const Source& source, const VitalHistory& nation, const SexAge& rates)
      : persons_(&given_emigration(source) == &p::emigrants_forecast),
        forecast_(source, given_emigration(source), NationalForecast::Detail::free),
        rates_(rates),
        at_risk_(about_to_reach(nation, last_year(source))),
        emigrants_(tabulate<SexAge>(rates.extents(), [&](Sex sex, Age age) {
          return at_risk_(sex, age) * rates(sex, age);
        })) {
    forecast_.require_year_end_ages();
  }

  std::size_t length() const { return forecast_.length(); }

  SexAge rates(Interval interval) const {
    if (!persons_) {
      return tabulate<SexAge>(rates_.extents(),
                              [&](Sex sex, Age age) { return rate(interval, sex, age); });
    }
    const SexAge emigrants = forecast_.shared_out(interval, emigrants_);
    return tabulate<SexAge>(rates_.extents(), [&](Sex sex, Age age) {
      const double at_risk = at_risk_(sex, age);
      return at_risk > 0.0 ? emigrants(sex, age) / at_risk : 0.0;
    });
  }

 private:
  /// The rate of several cells together, spread over them by the profile of the history.
  double rate(Interval interval, Sex sex, Age age) const {
    const double given = forecast_(interval, sex, age);
    if (forecast_.single_cells()) return given;
    const double emigrants = forecast_.sum_beside(emigrants_, sex, age);
    const double at_risk = forecast_.sum_beside(at_risk_, sex, age);
    return emigrants > 0.0 ? rates_(sex, age) * given * at_risk / emigrants : given;
  }

  bool persons_;
  NationalForecast forecast_;
  const SexAge& rates_;
  SexAge at_risk_;
  SexAge emigrants_;  ///< at the rates of the window
};

CellTable of_areas(const Frame& frame, const SexAge& rates, const InternationalFit& fit) {
  return tabulate<CellTable>(
      cell_extents(frame), [&](Sex sex, CohortRow row, Group /*group*/, Area area) {
        return rates(sex, frame.age_of(row)) * fit.emigration_factor[area.position()];
      });
}

ArrivalCounts divide(const Frame& frame, const Conventions& conventions, AgeDefinition ages,
                     const SexAge& national, const InternationalFit& fit) {
  const double all = sum_of(fit.area_immigrants);
  const auto counts =
      tabulate<AgeTable>(age_extents(frame), [&](Sex sex, Age age, Group /*group*/, Area area) {
        if (!(all > 0.0)) return 0.0;
        return fit.area_immigrants[area.position()] * national(sex, age) / all;
      });
  return place_arrivals(conventions, ages, counts);
}

void require_shares(const Source& source, const InternationalFit& fit) {
  if (sum_of(fit.area_immigrants) > 0.0) return;
  throw Error(Fault::input,
              source.settings.mistake(p::immigration_forecast,
                                      "nobody immigrated in the history, so nothing says where "
                                      "immigrants go",
                                      "choose other years in history.international_years"));
}

}  // namespace

Series<CellTable> emigration_path(const Source& source, const VitalHistory& nation,
                                  const InternationalFit& fit) {
  const Frame& frame = source.frame;
  switch (source.settings[p::emigration_path]) {
    case Path::constant:
      break;
    case Path::given: {
      const GivenEmigration given(source, nation, fit.emigration_rates);
      return series_of(given.length(), [&](Interval interval) {
        return of_areas(frame, given.rates(interval), fit);
      });
    }
    case Path::ar1: {
      const auto levels = returning_path(source, p::emigration_path, fit.emigration_levels);
      return series_of(frame.intervals, [&](Interval interval) {
        return of_areas(frame, times(fit.emigration_rates, levels[interval.position()]), fit);
      });
    }
  }
  return Series(of_areas(frame, fit.emigration_rates, fit));
}

Series<ArrivalCounts> immigration_path(const Source& source, const Conventions& conventions,
                                       const InternationalFit& fit) {
  const Frame& frame = source.frame;
  const auto by_year_end = [&](const SexAge& national) {
    return divide(frame, conventions, AgeDefinition::end_of_year, national, fit);
  };
  switch (source.settings[p::immigration_path]) {
    case Path::constant:
      break;
    case Path::given: {
      require_shares(source, fit);
      const NationalForecast forecast(source, p::immigration_forecast,
                                      NationalForecast::Detail::free);
      return series_of(forecast.length(), [&](Interval interval) {
        return divide(frame, conventions, forecast.ages(),
                      forecast.shared_out(interval, fit.immigrants), fit);
      });
    }
    case Path::ar1: {
      const auto totals = immigration_levels(source, fit);
      const double mean = sum_of(fit.immigrants.values());
      return series_of(frame.intervals, [&](Interval interval) {
        return by_year_end(times(fit.immigrants, totals[interval.position()] / mean));
      });
    }
  }
  return Series(by_year_end(fit.immigrants));
}

}  // namespace kohort::population::fit
