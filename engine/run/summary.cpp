#include "engine/run/summary.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <type_traits>

#include "engine/base/add_to.hpp"
#include "engine/base/wide.hpp"
#include "engine/run/draw_moments.hpp"
#include "engine/run/ensemble.hpp"
#include "engine/threads/parallel.hpp"

namespace kohort {
namespace {

/// What each age group and sex of the axes is the sum of: [age group][sex]. Those that are several
/// sexes together follow the single ones.
std::vector<SummaryTerms> terms_of(const SummaryAxes& axes, const Frame& frame) {
  const std::size_t sexes = frame.sexes.size();
  std::vector<SummaryTerms> terms;
  for (const AgeGroup& ages : axes.ages) {
    const std::size_t first = terms.size();
    for (std::size_t sex = 0; sex < sexes; ++sex) {
      SummaryTerms& part = terms.emplace_back();
      for (std::size_t band = 0; band < axes.bands.size(); ++band) {
        const bool within =
            axes.bands[band].first >= ages.first && axes.bands[band].last <= ages.last;
        if (within) part.bands.push_back(band * sexes + sex);
      }
    }
    for (std::size_t sum = sexes; sum < axes.sexes.size(); ++sum) {
      SummaryTerms& part = terms.emplace_back();
      for (const Sex sex : axes.sexes[sum].members) part.parts.push_back(first + sex.position());
    }
  }
  return terms;
}

/// Sets [part][draw] of an area to the sums of its bands, which are `apart` from each other, and of
/// parts before.
template <class Count>
[[gnu::always_inline]] inline void sum_terms_of(std::span<const SummaryTerms> terms,
                                                const double* bands, std::size_t apart, Count count,
                                                double* parts) {
  double* next = parts;
  for (const SummaryTerms& part : terms) {
    std::array<double, draws_in_block> sums{};
    const auto add = [&](const double* numbers) {
      for (std::size_t draw = 0; draw < count; ++draw) sums[draw] += numbers[draw];
    };
    for (const std::size_t band : part.bands) add(bands + band * apart);
    for (const std::size_t before : part.parts) add(parts + before * count);
    std::copy_n(sums.begin(), static_cast<std::size_t>(count), next);
    next += count;
  }
}

KOHORT_WIDE void sum_terms(std::span<const SummaryTerms> terms, const double* bands,
                           std::size_t apart, std::size_t count, std::span<double> parts) {
  if (count == draws_in_block) {
    const std::integral_constant<std::size_t, draws_in_block> usual;
    sum_terms_of(terms, bands, apart, usual, parts.data());
  } else {
    sum_terms_of(terms, bands, apart, count, parts.data());
  }
}

std::vector<Share> rows_of(const std::vector<YearlyTable>& tables) {
  std::vector<Share> rows;
  std::size_t first = 0;
  for (const YearlyTable& table : tables) {
    rows.push_back({first, table.cells});
    first += table.cells;
  }
  return rows;
}

std::size_t count_of(const std::vector<Share>& rows) {
  return rows.back().first + rows.back().count;
}

/// Enters what one rank has finished of the cells of a table; returns where the next begins.
const double* enter(const Share& cells, const double* next, YearFigures& year) {
  for (auto* figures : {&year.values, &year.quantiles, &year.deviations}) {
    for (std::size_t first = cells.first; first < figures->size(); first += year.values.size()) {
      std::copy_n(next, cells.count, figures->begin() + static_cast<std::ptrdiff_t>(first));
      next += cells.count;
    }
  }
  return next;
}

/// By area: the numbers of the sums of several areas that it is in.
std::vector<std::vector<std::size_t>> sets_of_areas(const SummaryAxes& axes, const Frame& frame) {
  const std::size_t single = frame.areas.size();
  std::vector<std::vector<std::size_t>> sets(single);
  for (std::size_t row = single; row < axes.areas.size(); ++row) {
    for (const Area area : axes.areas[row].members) sets[area.position()].push_back(row - single);
  }
  return sets;
}

std::vector<VariableCells> cells_of(const Model& model, const Frame& frame) {
  std::vector<VariableCells> cells;
  for (const Variable& variable : model.variables()) cells.emplace_back(frame, variable);
  return cells;
}

/// Draws in double precision: in the room, unless they are kept so.
template <class Real>
std::span<const double> widened(std::span<const Real> draws, std::vector<double>& room) {
  if constexpr (std::is_same_v<Real, double>) {
    return draws;
  } else {
    room.assign(draws.begin(), draws.end());
    return room;
  }
}

template <class Real>
void enter_deviations(Summarised& item, std::size_t place, std::span<const Real> expected,
                      std::span<const Real> draws) {
  const std::array<double, 3> layers{deviation(draws), deviation(expected),
                                     root_mean_square(draws, expected)};
  for (std::size_t layer = 0; layer < layers.size(); ++layer) {
    item.deviations[layer * item.values.size() + place] = layers[layer];
  }
}

std::vector<AreaSet> area_sets(const SummaryAxes& axes) {
  std::vector<AreaSet> sets;
  for (const SummaryArea& area : axes.areas) sets.emplace_back(area.members);
  return sets;
}

}  // namespace

bool taken(Summary::Take which, const Variable& variable) {
  return which == Summary::Take::all || variable.moment == Moment::stock;
}

template <class Real>
void enter_draws(Summarised& item, std::size_t place, std::span<Real> draws,
                 QuantileFinder<Real>& finder) {
  if (item.indicator) {
    const auto told = std::stable_partition(draws.begin(), draws.end(),
                                            [](Real draw) { return !std::isnan(draw); });
    draws = draws.first(static_cast<std::size_t>(told - draws.begin()));
  }
  constexpr double untold = std::numeric_limits<double>::quiet_NaN();
  item.values[place] = draws.empty() ? untold : mean<Real>(draws);
  if (item.quantiles.empty()) return;
  const std::size_t count = item.quantiles.size() / item.values.size();
  const auto quantiles = draws.empty() ? std::span<const double>() : finder.of(draws);
  for (std::size_t quantile = 0; quantile < count; ++quantile) {
    item.quantiles[quantile * item.values.size() + place] =
        draws.empty() ? untold : quantiles[quantile];
  }
}

template void enter_draws(Summarised&, std::size_t, std::span<float>, QuantileFinder<float>&);
template void enter_draws(Summarised&, std::size_t, std::span<double>, QuantileFinder<double>&);

std::vector<YearlyTable> tables_of_sums(const Model& model, const Frame& frame,
                                        const SummaryKeep& keep, std::size_t draws) {
  const SummaryAxes axes = summary_axes(frame);
  std::vector<YearlyTable> tables;
  const auto add = [&](const Variable& variable, bool indicator) {
    YearlyTable& table = tables.emplace_back();
    table = {variable, indicator, years_of(variable, frame)};
    table.cells = tells_people_apart(table) ? axes.cells() : axes.areas.size();
    if (draws > 1) table.quantiles = keep.quantiles.size();
    if (keep.apart && !indicator) table.layers = summary_layers.size();
  };
  for (const Variable& variable : model.variables()) add(variable, false);
  for (const Variable& variable : model.indicators()) add(variable, true);
  return tables;
}

Summary::Summary(const Model& model, const Frame& frame, const DividedDraws& draws,
                 const SummaryKeep& keep)
    : model_(model),
      frame_(frame),
      divided_(draws),
      blocks_(draws.own_blocks()),
      keep_(keep),
      axes_(summary_axes(frame)),
      area_sets_(area_sets(axes_)),
      sets_of_area_(sets_of_areas(axes_, frame)),
      terms_(terms_of(axes_, frame)),
      cells_(cells_of(model, frame)),
      tables_(tables_of_sums(model, frame, keep, draws.count())),
      rows_(rows_of(tables_)),
      at_hand_(draws, count_of(rows_), frame.precision),
      expected_(draws, keep.apart ? count_of(rows_) : 0, frame.precision),
      takers_([variables = model.variables().size()] {
        Taker taker;
        taker.seen.resize(variables);
        return taker;
      }),
      finishers_(finishers(frame.precision, keep.quantiles)) {
  if (keep_.follower != nullptr) keep_.follower->begin(tables_, draws.count());
}

Summary::Finishers Summary::finishers(Precision precision, const std::vector<double>& shares) {
  if (precision == Precision::in_single) {
    return OfThreads<float>([shares] { return Finisher<float>(shares); });
  }
  return OfThreads<double>([shares] { return Finisher<double>(shares); });
}

void Summary::begin_to_see() {
  for (Taker::Seen& seen : takers_.local().seen) seen.any = false;
}

void Summary::see(std::size_t variable, std::size_t block, std::size_t first, const Numbers& some) {
  const VariableCells& cells = cells_[variable];
  const std::size_t slab = frame_.areas.size() * blocks_[block].count;
  Taker::Seen& seen = takers_.local().seen[variable];
  if (!seen.any) seen.bands.assign(axes_.bands.size() * cells.sexes() * slab, 0.0);
  seen.any = true;
  const std::size_t row = first / slab / cells.groups();
  const Age age(cells.first_age().position() + row % cells.ages());
  const std::size_t place = band_of(age) * cells.sexes() + row / cells.ages();
  some.add_to(std::span(seen.bands).subspan(place * slab + first % slab));
}

std::size_t Summary::band_of(Age age) const {
  std::size_t band = 0;
  while (age > axes_.bands[band].last) ++band;
  return band;
}

void Summary::take(std::size_t variable, std::size_t block, const Numbers& values,
                   const Reader& reader) {
  sum(variable, {block, values, reader}, {at_hand_, rows_[variable].first});
}

void Summary::take_indicators(Take which, std::size_t block, const State& state,
                              const Ledger& ledger) {
  indicate(Moment::stock, block, state, ledger);
  if (which == Take::all) indicate(Moment::flow, block, state, ledger);
}

void Summary::take_expected(Take which, std::size_t block, const State& state,
                            const Ledger& ledger) {
  const Reader nobody;
  const std::size_t variables = model_.variables().size();
  for (std::size_t at = 0; at < variables; ++at) {
    if (taken(which, tables_[at].variable)) {
      sum(at, {block, model_.values(state, ledger, at), nobody}, {expected_, rows_[at].first});
    }
  }
}

/// Adds slabs of ages, with all groups of people, to bands: [band][sex][area][draw].
void Summary::sum_bands(const VariableCells& cells, const Taken& taken, std::size_t slab,
                        Taker& taker) const {
  const std::span<double> bands(taker.bands);
  std::size_t next = 0;
  for (std::size_t sex = 0; sex < cells.sexes(); ++sex) {
    for (std::size_t row = 0; row < cells.ages(); ++row) {
      const std::size_t band = band_of(Age(cells.first_age().position() + row));
      const std::span<double> sums = bands.subspan((band * cells.sexes() + sex) * slab, slab);
      for (std::size_t group = 0; group < cells.groups(); ++group, next += slab) {
        const Numbers values = taken.values.part(next, slab);
        if (taken.reader) taken.reader(next, values);
        values.add_to(sums);
      }
    }
  }
}

/// Enters a row for each [area of the axis][part]. `of_area(area, parts)` sets [part][draw] of one
/// area; those of several are summed in the order of the frame.
template <class OfArea>
void Summary::enter_areas(std::size_t parts, std::size_t block, const Place& place,
                          const OfArea& of_area) {
  Taker& taker = takers_.local();
  const std::size_t length = parts * blocks_[block].count;
  const std::size_t single = frame_.areas.size();
  taker.parts.resize(length);
  taker.sets.assign((axes_.areas.size() - single) * length, 0.0);
  for (const Area area : positions<Area>(single)) {
    of_area(area, std::span(taker.parts));
    place.rows.enter(block, place.first + area.position() * parts, taker.parts);
    for (const std::size_t set : sets_of_area_[area.position()]) {
      add_to(taker.parts, std::span(taker.sets).subspan(set * length));
    }
  }
  place.rows.enter(block, place.first + single * parts, taker.sets);
}

/// Enters the sums of a block: a row for each [area][age][sex], or each area.
void Summary::sum(std::size_t variable, const Taken& taken, const Place& place) {
  const std::size_t count = blocks_[taken.block].count;
  Taker& taker = takers_.local();
  if (tables_[variable].variable.detail == Detail::areas) {
    if (taken.reader) taken.reader(0, taken.values);
    const auto values = taken.values.some(0, taken.values.size(), taker.slab);
    enter_areas(1, taken.block, place, [&](Area area, std::span<double> of_area) {
      std::copy_n(&values[area.position() * count], count, of_area.begin());
    });
    return;
  }
  const std::size_t slab = frame_.areas.size() * count;
  Taker::Seen& seen = taker.seen[variable];
  if (!seen.any) {
    taker.bands.assign(axes_.bands.size() * frame_.sexes.size() * slab, 0.0);
    sum_bands(cells_[variable], taken, slab, taker);
  }
  const std::span<const double> bands(seen.any ? seen.bands : taker.bands);
  enter_areas(axes_.ages.size() * axes_.sexes.size(), taken.block, place,
              [&](Area area, std::span<double> of_area) {
                sum_terms(terms_, &bands[area.position() * count], slab, count, of_area);
              });
  seen.any = false;
}

void Summary::indicate(Moment moment, std::size_t block, const State& state, const Ledger& ledger) {
  const std::size_t count = blocks_[block].count;
  std::vector<std::size_t> rows;
  for (std::size_t at = 0; at < tables_.size(); ++at) {
    if (tables_[at].indicator && tables_[at].variable.moment == moment) rows.push_back(at);
  }
  const std::size_t sets = area_sets_.size();
  std::vector<double>& figures = takers_.local().figures;
  figures.resize(rows.size() * sets * count);
  model_.indicate(moment, state, ledger, area_sets_, figures);
  const double* next = figures.data();
  for (const std::size_t row : rows) {
    for (std::size_t set = 0; set < sets; ++set, next += count) {
      at_hand_.enter(block, rows_[row].first + set, std::span(next, count));
    }
  }
}

/// Of its rows each rank gets all draws, and finishes a share.
std::vector<YearFigures> Summary::finish(std::optional<Interval> interval) {
  at_hand_.exchange();
  if (keep_.apart) expected_.exchange();
  return bring(finish_rows(interval), interval);
}

/// Of each table the cells that this rank finishes, of the year at hand.
std::vector<Summarised> Summary::finish_rows(std::optional<Interval> interval) {
  const Share& own = at_hand_.rows();
  std::vector<Summarised> finished;
  for (std::size_t at = 0; at < tables_.size(); ++at) {
    const YearlyTable& table = tables_[at];
    finished.push_back({table.variable, table.indicator, {}, {}, {}});
    if (!year_of(table.variable, interval)) continue;
    const std::size_t cells = overlap(rows_[at], own).count;
    finished.back().values.resize(cells);
    finished.back().quantiles.resize(table.quantiles * cells);
    finished.back().deviations.resize(table.layers * cells);
  }
  constexpr std::size_t at_once = 16;
  const auto finish = [&](auto& finishers) {
    parallel_ranges(own.count, 1, [&](std::size_t begin, std::size_t end) {
      for (std::size_t first = begin; first < end; first += at_once) {
        const Share rows{first, std::min(at_once, end - first)};
        finish_some(rows, interval, finishers.local(), finished);
      }
    });
  };
  std::visit(finish, finishers_);
  return finished;
}

/// `rows` are counted among those that this rank finishes.
template <class Real>
void Summary::finish_some(const Share& rows, std::optional<Interval> interval,
                          Finisher<Real>& finisher, std::vector<Summarised>& finished) const {
  const Share& own = at_hand_.rows();
  const std::span<Real> draws = at_hand_.some(rows.first, rows.count, finisher.draws);
  if (keep_.apart) expected_.some(rows.first, rows.count, finisher.expected);
  for (std::size_t some = 0; some < rows.count; ++some) {
    const std::size_t row = own.first + rows.first + some;
    const auto after = std::upper_bound(
        rows_.begin(), rows_.end(), row,
        [](std::size_t wanted, const Share& of_item) { return wanted < of_item.first; });
    const auto at = static_cast<std::size_t>(after - rows_.begin()) - 1;
    const auto year = year_of(tables_[at].variable, interval);
    if (!year) continue;
    const std::size_t place = some * divided_.count();
    const std::span<Real> of_row = draws.subspan(place, divided_.count());
    const std::size_t cell = row - overlap(rows_[at], own).first;
    if (!finished[at].deviations.empty()) {
      enter_deviations<Real>(finished[at], cell,
                             std::span(finisher.expected).subspan(place, divided_.count()), of_row);
    }
    if (keep_.follower != nullptr) {
      keep_.follower->take(at, *year * rows_[at].count + row - rows_[at].first,
                           widened<Real>(of_row, finisher.widened));
    }
    enter_draws(finished[at], cell, of_row, finisher.finder);
  }
}

/// Brings the rows of a year that the ranks have finished to the writing one.
std::vector<YearFigures> Summary::bring(const std::vector<Summarised>& finished,
                                        std::optional<Interval> interval) {
  std::vector<double> own;
  for (const Summarised& item : finished) {
    for (const auto* figures : {&item.values, &item.quantiles, &item.deviations}) {
      own.insert(own.end(), figures->begin(), figures->end());
    }
  }
  const Communicator& communicator = divided_.communicator();
  const std::vector<Share> shares = shares_of(count_of(rows_), communicator.size());
  std::vector<std::size_t> lengths;
  for (const Share& share : shares) {
    std::size_t& length = lengths.emplace_back(0);
    for (std::size_t at = 0; at < tables_.size(); ++at) {
      const YearlyTable& table = tables_[at];
      if (!year_of(table.variable, interval)) continue;
      length += overlap(rows_[at], share).count * (1 + table.quantiles + table.layers);
    }
  }
  const double* next = finished_.bring(communicator, own, lengths).data();
  std::vector<YearFigures> year;
  if (!communicator.writes()) return year;
  for (const YearlyTable& table : tables_) {
    year.push_back(year_of(table.variable, interval) ? room_for(table) : YearFigures());
  }
  for (const Share& share : shares) {
    for (std::size_t at = 0; at < tables_.size(); ++at) {
      const Share rows = overlap(rows_[at], share);
      if (rows.count > 0) next = enter({rows.first - rows_[at].first, rows.count}, next, year[at]);
    }
  }
  return year;
}

}  // namespace kohort
