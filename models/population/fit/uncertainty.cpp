#include "models/population/fit/uncertainty.hpp"

#include <cmath>

#include "engine/table/tabulate.hpp"
#include "models/population/fit/deviations.hpp"
#include "models/population/fit/fertility.hpp"
#include "models/population/fit/tables.hpp"

namespace kohort::population::fit {

namespace {

/// An estimate of a year, what is expected of it, and the variance that chance gives it.
struct Estimated {
  double observed = 0.0;
  double expected = 0.0;
  double chance = 0.0;
};

/// Deviations [area x year] and what counting alone makes of them.
struct Deviations {
  Eigen::MatrixXd logarithms;
  Eigen::MatrixXd counting;

  Deviations(std::size_t areas, Years years)
      : logarithms(static_cast<Eigen::Index>(areas), static_cast<Eigen::Index>(years.count())),
        counting(logarithms.rows(), logarithms.cols()),
        first(years.first()) {}

  /// A count beside what is expected of it; half an event more on both sides, so that none has a
  /// logarithm.
  void set(std::size_t area, Year year, double observed, double expected) {
    const auto row = static_cast<Eigen::Index>(area);
    logarithms(row, year - first) = std::log((observed + 0.5) / (expected + 0.5));
    counting(row, year - first) = 1.0 / (expected + 0.5);
  }

  /// The same for estimates that may be 0 or less: their share beyond what is expected, `chance`
  /// the variance that chance gives them. Areas of which nobody is expected have none.
  void set_share(std::size_t area, Year year, const Estimated& one) {
    const auto row = static_cast<Eigen::Index>(area);
    const bool any = one.expected > 0.0;
    logarithms(row, year - first) = any ? one.observed / one.expected - 1.0 : 0.0;
    counting(row, year - first) = any ? one.chance / (one.expected * one.expected) : 0.0;
  }

  Year first;
};

/// Gives areas the deviations of their regions.
void add_regions(const History& history, const Deviations& regions, DeviationProcess& process) {
  const OwnDeviations own = own_deviations(regions.logarithms, regions.counting);
  process.area_phi = own.phi;
  for (const Region region : history.region_of_area) {
    process.area_sd.push_back(own.sd[region.position()]);
  }
}

void add_areas(const Deviations& areas, DeviationProcess& process) {
  OwnDeviations own = pooled_deviations(areas.logarithms, areas.counting);
  process.area_phi = own.phi;
  process.area_sd = std::move(own.sd);
}

/// Deaths and those expected by the nation's rates of the year, or births.
struct Events {
  double observed = 0.0;
  double expected = 0.0;
};

Events deaths_of(const History& history, const VitalHistory& region, Year year) {
  Events events;
  for (const Sex sex : positions<Sex>(2)) {
    for (const Age age : positions<Age>(region.deaths.extent<Age>())) {
      events.observed += region.deaths(year, sex, age);
      events.expected +=
          region.exposure(year, sex, age) * history.nation.death_rate(year, sex, age);
    }
  }
  return events;
}

Events births_of(const VitalHistory& region, const std::vector<double>& rates, Sex women,
                 Year year) {
  Events events;
  for (const Age age : positions<Age>(rates.size())) {
    events.observed += region.births(year, age);
    events.expected += rates[age.position()] * region.exposure(year, women, age);
  }
  return events;
}

/// Moves out of an area and into it.
struct Moves {
  double out = 0.0;
  double in = 0.0;
};

Moves moves_of(const YearlyFlows& flows, Year year, Area area) {
  Moves moves{sum_of(flows.slab(year, area)), 0.0};
  for (const Area other : positions<Area>(flows.extent<Area>())) {
    moves.in += flows(year, other, Destination(area.position()));
  }
  return moves;
}

/// What an area loses to the others, year by year, beside the moves that its people would make at
/// the nation's rates.
class NetLosses {
 public:
  explicit NetLosses(Years years) : years_(years) {}

  /// In the order of the years. `usual` are the moves at the nation's rates.
  void set(const Moves& moves, double usual) {
    moves_.push_back(moves);
    usual_.push_back(usual);
    const bool any = usual > 0.0;
    level_ += any ? moves.out / usual / static_cast<double>(years_.count()) : 0.0;
  }

  /// As shares of those who leave in the mean of the years. In-moves and out-moves are as many
  /// single events.
  void add_to(Deviations& deviations, std::size_t area) const {
    for (std::size_t at = 0; at < moves_.size(); ++at) {
      const double expected = usual_[at] * level_;
      const Moves& moves = moves_[at];
      deviations.set_share(area, years_.first() + static_cast<int>(at),
                           {moves.out - moves.in + expected, expected, moves.out + moves.in});
    }
  }

 private:
  Years years_;
  std::vector<Moves> moves_;
  std::vector<double> usual_;
  double level_ = 0.0;
};

}  // namespace

void add_mortality(const History& history, const NationalMortality& national,
                   ParameterUncertainty& uncertainty) {
  DeviationProcess& process = uncertainty.mortality;
  const MortalityIndex& index = national.common;
  process.kind = DeviationKind::random_walk_with_drift;
  process.national_sd = std::sqrt(index.walk.variance);
  process.drift_sd = std::sqrt(index.walk.drift_variance);
  uncertainty.mortality_response = tabulate<SexAge>(national.level.extents(), [&](Sex, Age age) {
    return index.model.response[static_cast<Eigen::Index>(age.position())];
  });
  Deviations regions(history.regions.size(), index.years);
  for (const Year year : index.years) {
    for (std::size_t region = 0; region < history.regions.size(); ++region) {
      const Events events = deaths_of(history, history.regions[region], year);
      regions.set(region, year, events.observed, events.expected);
    }
  }
  add_regions(history, regions, process);
}

DeviationProcess fertility_process(const Source& source, const History& history, Years years) {
  std::vector<double> totals;
  Deviations regions(history.regions.size(), years);
  for (const Year year : years) {
    const std::vector<double> rates =
        national_fertility(source, history, Window{{year, year}, {1.0}});
    const double total = sum_of(rates);
    if (!(total > 0.0)) return {};
    totals.push_back(std::log(total));
    for (std::size_t region = 0; region < history.regions.size(); ++region) {
      const Events events = births_of(history.regions[region], rates, women_of(source.frame), year);
      regions.set(region, year, events.observed, events.expected);
    }
  }
  DeviationProcess process = autoregressive(totals);
  if (process.kind != DeviationKind::none) add_regions(history, regions, process);
  return process;
}

DeviationProcess domestic_process(const YearlyFlows& flows, const MunicipalHistory& municipal) {
  const std::size_t areas = flows.extent<Area>();
  const Years years = flows.years();
  std::vector<double> rates;
  std::vector<NetLosses> losses(areas, NetLosses(years));
  for (const Year year : years) {
    double persons = 0.0;
    for (const Area area : positions<Area>(areas)) persons += municipal.total(area, year - 1);
    const double moves = sum_of(flows.slab(year));
    if (!(moves > 0.0)) return {};
    rates.push_back(std::log(moves / persons));
    for (const Area area : positions<Area>(areas)) {
      losses[area.position()].set(moves_of(flows, year, area),
                                  municipal.total(area, year - 1) * moves / persons);
    }
  }
  Deviations own(areas, years);
  for (std::size_t area = 0; area < areas; ++area) losses[area].add_to(own, area);
  DeviationProcess process = autoregressive(rates);
  if (process.kind != DeviationKind::none) add_areas(own, process);
  return process;
}

DeviationProcess immigration_process(const InternationalFit& fit) {
  std::vector<double> totals;
  for (const Year year : fit.national_immigrants.years()) {
    if (!(fit.national_immigrants(year) > 0.0)) return {};
    totals.push_back(std::log(fit.national_immigrants(year)));
  }
  const Years years = fit.yearly_immigrants.years();
  const std::size_t areas = fit.area_immigrants.size();
  const double mean = sum_of(fit.area_immigrants);
  Deviations own(areas, years);
  for (const Year year : years) {
    const double total = sum_of(fit.yearly_immigrants.slab(year));
    for (const Area area : positions<Area>(areas)) {
      const double expected =
          mean > 0.0 ? fit.area_immigrants[area.position()] * total / mean : 0.0;
      own.set_share(
          area.position(), year,
          {fit.yearly_immigrants(year, area), expected, expected + fit.yearly_chance(year, area)});
    }
  }
  DeviationProcess process = autoregressive(totals);
  if (process.kind != DeviationKind::none) add_areas(own, process);
  return process;
}

DeviationProcess emigration_process(const InternationalFit& fit, std::size_t areas) {
  DeviationProcess process = autoregressive(fit.emigration_levels);
  if (process.kind != DeviationKind::none) process.area_sd.assign(areas, 0.0);
  return process;
}

}  // namespace kohort::population::fit
