#include "engine/run/recorder.hpp"

#include <algorithm>
#include <utility>

#include "engine/threads/parallel.hpp"

namespace kohort {
namespace {

/// Where the cells of a variable stand in the result.
std::vector<std::size_t> places_of(const VariableCells& cells) {
  std::vector<std::size_t> places;
  places.reserve(cells.size());
  for (std::size_t cell = 0; cell < cells.size(); ++cell) {
    places.push_back(cells.place_in_result(cell));
  }
  return places;
}

/// Enters draws of cells, [cell][draw], into rows of all draws that begin at `draws`.
template <class Real>
void keep_draws(std::span<const Real> values, std::size_t count, std::size_t all_draws,
                float* draws) {
  for (std::size_t at = 0; at < values.size(); at += count, draws += all_draws) {
    for (std::size_t draw = 0; draw < count; ++draw) {
      draws[draw] = static_cast<float>(values[at + draw]);
    }
  }
}

std::vector<Measure> measures_of(const std::vector<Threshold>& thresholds) {
  std::vector<Measure> measures;
  for (const Threshold& threshold : thresholds) measures.push_back(threshold.measure);
  return measures;
}

}  // namespace

bool keeps_cells(const Keep& keep, const Variable& variable) {
  if (!keep.cells_of || variable.detail == Detail::areas) return true;
  const auto& wanted = *keep.cells_of;
  return variable.name == "population/persons" ||
         std::find(wanted.begin(), wanted.end(), variable.name) != wanted.end();
}

std::vector<YearlyTable> tables_of_cells(const Model& model, const Frame& frame, const Keep& keep,
                                         std::size_t draws) {
  const auto& wanted = keep.quantiles_of;
  std::vector<YearlyTable> tables;
  for (const Variable& variable : model.variables()) {
    if (!keeps_cells(keep, variable)) continue;
    tables.push_back({variable, false, years_of(variable, frame),
                      VariableCells(frame, variable).size_in_result()});
    if (draws == 1) continue;
    if (std::find(wanted.begin(), wanted.end(), variable.name) == wanted.end()) continue;
    tables.back().quantiles = keep.quantiles.size();
    if (keep.draws) tables.back().draws = draws;
  }
  return tables;
}

Recorder::Recorder(const Model& model, const Frame& frame, const DividedDraws& draws,
                   const Keep& keep, YearSink* years)
    : model_(model),
      frame_(frame),
      divided_(draws),
      blocks_(draws.own_blocks()),
      draws_(draws_in(blocks_)),
      keep_(keep),
      workers_([shares = keep.quantiles] { return Worker{QuantileFinder<float>(shares)}; }),
      turned_(draws.communicator(), draws.draws_of_ranks()),
      tables_(tables_of_cells(model, frame, keep, draws.count())),
      sums_(draws, lay_out()),
      years_(years),
      summary_(model, frame, draws, {keep.quantiles, keep.apart, keep.sums}),
      thresholds_(model, frame, blocks_, measures_of(keep.thresholds)),
      goals_(model, frame, blocks_, keep.goals) {
  if (years_ != nullptr) years_->begin(tables_, summary_.tables());
}

std::vector<std::size_t> Recorder::lay_out() {
  auto table = tables_.begin();
  for (const Variable& variable : model_.variables()) {
    kept_of_.emplace_back();
    if (!keeps_cells(keep_, variable)) continue;
    kept_of_.back() = kept_.size();
    add(*table++);
  }
  std::vector<std::size_t> cells_of_ranks;
  std::size_t first = 0;
  for (std::size_t rank = 0; rank < divided_.communicator().size(); ++rank) {
    const std::size_t before = first;
    for (Kept& kept : kept_) {
      kept.first_sums.push_back(first);
      first += kept.shares[rank].count;
    }
    cells_of_ranks.push_back(first - before);
  }
  return cells_of_ranks;
}

void Recorder::add(const YearlyTable& table) {
  const VariableCells cells(frame_, table.variable);
  const bool with_quantiles = table.quantiles > 0 || table.draws > 0;  // of all draws either way
  kept_.push_back({cells,
                   places_of(cells),
                   with_quantiles,
                   shares_of(cells.size(), divided_.communicator().size()),
                   {},
                   {}});
  if (with_quantiles) kept_.back().draws.resize(cells.size() * draws_);
}

void Recorder::take_base(std::size_t block, const State& state, const Ledger& ledger) {
  take_all(Summary::Take::stocks, block, state, ledger);
  sums_.close(block);
  goals_.take_base(block, state, ledger);
}

void Recorder::take(std::size_t block, const State& state, const Ledger& ledger) {
  take_all(Summary::Take::all, block, state, ledger);
  sums_.close(block);
  goals_.take(block, state, ledger);
}

Onlooker* Recorder::onlooker(std::size_t block) {
  Watch& watch = workers_.local().watch;
  watch.recorder = this;
  watch.block = block;
  summary_.begin_to_see();
  return &watch;
}

void Recorder::see(std::size_t variable, std::size_t block, std::size_t first,
                   const Numbers& some) {
  summary_.see(variable, block, first, some);
  if (!kept_of_[variable]) return;
  take_cells(kept_[*kept_of_[variable]], block, first, some);
}

/// Slab by slab: what has been read for one purpose is at hand for the other.
void Recorder::take_all(Summary::Take which, std::size_t block, const State& state,
                        const Ledger& ledger) {
  for (std::size_t variable = 0; variable < model_.variables().size(); ++variable) {
    if (!taken(which, model_.variables()[variable])) continue;
    Summary::Reader keep;
    if (kept_of_[variable]) {
      Kept& kept = kept_[*kept_of_[variable]];
      keep = [&](std::size_t first, const Numbers& values) {
        take_cells(kept, block, first, values);
      };
    }
    summary_.take(variable, block, model_.values(state, ledger, variable), keep);
  }
  summary_.take_indicators(which, block, state, ledger);
  thresholds_.take(block, state, ledger);
}

void Recorder::take_expected_base(std::size_t block, const State& state, const Ledger& ledger) {
  summary_.take_expected(Summary::Take::stocks, block, state, ledger);
}

void Recorder::take_expected(std::size_t block, const State& state, const Ledger& ledger) {
  summary_.take_expected(Summary::Take::all, block, state, ledger);
}

void Recorder::take_cells(Kept& kept, std::size_t block, std::size_t first, const Numbers& values) {
  const std::size_t count = blocks_[block].count;
  const Share cells{first / count, values.size() / count};
  for (std::size_t rank = 0; rank < kept.shares.size(); ++rank) {
    const Share& share = kept.shares[rank];
    const Share some = overlap(cells, share);
    if (some.count == 0) continue;
    const std::size_t place = kept.first_sums[rank] + some.first - share.first;
    values.part((some.first - cells.first) * count, some.count * count)
        .sum_rows(count, sums_.of(block).subspan(place, some.count));
  }
  if (!kept.with_quantiles) return;
  const std::size_t draw = blocks_[block].first - blocks_.front().first;
  values.visit([&](const auto& of_cells) {
    keep_draws(of_cells, count, draws_, kept.draws.data() + cells.first * draws_ + draw);
  });
}

void Recorder::finish_base() {
  finish_year(std::nullopt);
  thresholds_.finish();
  goals_.finish_base();
}

void Recorder::finish(Interval interval) {
  finish_year(interval);
  thresholds_.finish();
  goals_.finish(interval);
}

void Recorder::finish_year(std::optional<Interval> interval) {
  FinishedYear year{interval, finish_cells(interval), summary_.finish(interval)};
  if (years_ != nullptr) years_->take(std::move(year));
}

std::vector<YearFigures> Recorder::finish_cells(std::optional<Interval> interval) {
  sums_.exchange();
  figures_.clear();
  for (std::size_t at = 0; at < kept_.size(); ++at) {
    if (!year_of(tables_[at].variable, interval)) continue;
    add_means(at);
    if (tables_[at].quantiles > 0) add_quantiles(kept_[at]);
  }
  sums_.clear();
  std::vector<YearFigures> year = bring(interval);
  for (std::size_t at = 0; at < kept_.size(); ++at) {
    if (tables_[at].draws > 0 && year_of(tables_[at].variable, interval)) bring_draws(at, year);
  }
  return year;
}

void Recorder::add_means(std::size_t variable) {
  const std::size_t rank = divided_.communicator().rank();
  const std::size_t cells = kept_[variable].shares[rank].count;
  std::size_t before = 0;  // cells of the variables before this one
  for (std::size_t at = 0; at < variable; ++at) before += kept_[at].shares[rank].count;
  const std::size_t first = figures_.size();
  figures_.resize(first + cells);
  const auto draws = static_cast<double>(divided_.count());
  parallel_ranges(cells, 1, [&](std::size_t begin, std::size_t end) {
    const auto sums = sums_.total({before + begin, end - begin});
    std::transform(sums.begin(), sums.end(), &figures_[first + begin],
                   [&](double sum) { return sum / draws; });
  });
}

void Recorder::add_quantiles(Kept& kept) {
  turned_.exchange(kept.draws, kept.cells.size());
  const std::size_t cells = turned_.rows().count;
  const std::size_t first = figures_.size();
  figures_.resize(first + keep_.quantiles.size() * cells);
  parallel_for(cells, [&](std::size_t cell) {
    Worker& worker = workers_.local();
    const auto quantiles = worker.finder.of(turned_.row(cell, worker.draws));
    for (std::size_t quantile = 0; quantile < quantiles.size(); ++quantile) {
      figures_[first + quantile * cells + cell] = quantiles[quantile];
    }
  });
}

/// Brings what the ranks have finished of a year to the writing one, each figure to its place.
std::vector<YearFigures> Recorder::bring(std::optional<Interval> interval) {
  const Communicator& communicator = divided_.communicator();
  std::vector<std::size_t> lengths(communicator.size(), 0);
  for (std::size_t at = 0; at < kept_.size(); ++at) {
    if (!year_of(tables_[at].variable, interval)) continue;
    for (std::size_t rank = 0; rank < lengths.size(); ++rank) {
      lengths[rank] += kept_[at].shares[rank].count * (1 + tables_[at].quantiles);
    }
  }
  const double* next = finished_.bring(communicator, figures_, lengths).data();
  std::vector<YearFigures> year;
  if (!communicator.writes()) return year;
  for (const YearlyTable& table : tables_) {
    year.push_back(year_of(table.variable, interval) ? room_for(table) : YearFigures());
  }
  for (std::size_t rank = 0; rank < lengths.size(); ++rank) {
    for (std::size_t at = 0; at < kept_.size(); ++at) {
      YearFigures& figures = year[at];
      if (figures.values.empty()) continue;
      const Share& share = kept_[at].shares[rank];
      const auto places = std::span(kept_[at].places).subspan(share.first, share.count);
      for (const std::size_t place : places) figures.values[place] = *next++;
      for (std::size_t row = 0; row < tables_[at].quantiles; ++row) {
        double* quantiles = &figures.quantiles[row * figures.values.size()];
        for (const std::size_t place : places) quantiles[place] = *next++;
      }
    }
  }
  return year;
}

/// Brings every draw of a year to the writing rank: from each come [cell][its draw].
void Recorder::bring_draws(std::size_t variable, std::span<YearFigures> year) {
  Kept& kept = kept_[variable];
  const Communicator& communicator = divided_.communicator();
  const auto received = brought_.bring(communicator, kept.draws,
                                       lengths_of(divided_.draws_of_ranks(), kept.cells.size()));
  if (!communicator.writes()) return;
  const std::size_t size = tables_[variable].cells;
  for (const Share& share : divided_.draws_of_ranks()) {
    const float* of_rank = received.data() + share.first * kept.cells.size();
    float* place = &year[variable].draws[share.first * size];
    parallel_for(kept.places.size(), [&](std::size_t cell) {
      for (std::size_t draw = 0; draw < share.count; ++draw) {
        place[draw * size + kept.places[cell]] = of_rank[cell * share.count + draw];
      }
    });
  }
}

void Recorder::bring_together() {
  thresholds_.bring_together(divided_);
  goals_.bring_together(divided_);
}

std::vector<ThresholdOutcome> Recorder::thresholds() const {
  std::vector<ThresholdOutcome> outcomes;
  for (std::size_t at = 0; at < keep_.thresholds.size(); ++at) {
    outcomes.push_back(outcome_of(keep_.thresholds[at], thresholds_.figures(at)));
  }
  return outcomes;
}

std::vector<double> Recorder::quantiles_of_draws() const {
  return divided_.count() > 1 ? keep_.quantiles : std::vector<double>();
}

}  // namespace kohort
