#include "engine/run/recorder.hpp"

#include <algorithm>
#include <array>

#include <tbb/parallel_for.h>

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

/// Every fourth to one sum, so that the processor need not wait for each addition.
double sum_of(std::span<const double> values) {
  std::array<double, 4> sums{};
  std::size_t at = 0;
  for (; at + sums.size() <= values.size(); at += sums.size()) {
    for (std::size_t lane = 0; lane < sums.size(); ++lane) sums[lane] += values[at + lane];
  }
  for (; at < values.size(); ++at) sums[0] += values[at];
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
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

Recorder::Recorder(const Model& model, const Frame& frame, const DividedDraws& draws,
                   const Keep& keep)
    : model_(model),
      frame_(frame),
      divided_(draws),
      blocks_(draws.own_blocks()),
      draws_(draws_in(blocks_)),
      keep_(keep),
      workers_([shares = keep.quantiles] { return Worker{QuantileFinder<float>(shares)}; }),
      turned_(draws.communicator(), draws.draws_of_ranks()),
      summary_(model, frame, draws, {keep.quantiles, keep.apart, keep.sums}),
      thresholds_(model, frame, blocks_, measures_of(keep.thresholds)),
      goals_(model, frame, blocks_, keep.goals) {
  for (std::size_t at = 0; at < model.variables().size(); ++at) {
    if (keeps_cells(keep_, model.variables()[at])) add(at);
  }
}

void Recorder::add(std::size_t at) {
  const Variable& variable = model_.variables()[at];
  const VariableCells cells(frame_, variable);
  const auto& wanted = keep_.quantiles_of;
  const bool with_quantiles = divided_.count() > 1 && std::find(wanted.begin(), wanted.end(),
                                                                variable.name) != wanted.end();
  const Communicator& communicator = divided_.communicator();
  kept_.push_back({at,
                   cells,
                   places_of(cells),
                   with_quantiles,
                   shares_of(cells.size(), communicator.size()),
                   std::vector<double>(blocks_.size() * cells.size()),
                   {}});
  if (with_quantiles) kept_.back().draws.resize(cells.size() * draws_);
  recorded_.push_back({variable, {}, {}, {}});
  if (!communicator.writes()) return;
  Recorded& recorded = recorded_.back();
  const std::size_t size = years_of(recorded_.size() - 1) * cells.size_in_result();
  recorded.values.resize(size);
  if (!with_quantiles) return;
  recorded.quantiles.resize(keep_.quantiles.size() * size);
  if (keep_.draws) recorded.draws.resize(divided_.count() * size);
}

std::size_t Recorder::years_of(std::size_t variable) const {
  return frame_.intervals + (recorded_[variable].variable.moment == Moment::stock ? 1 : 0);
}

void Recorder::take_base(std::size_t block, const State& state, const Ledger& ledger) {
  for (std::size_t at = 0; at < recorded_.size(); ++at) {
    if (recorded_[at].variable.moment != Moment::stock) continue;
    take_variable(at, block, state, ledger);
  }
  summary_.take(Summary::Take::stocks, block, state, ledger);
  thresholds_.take(block, state, ledger);
  goals_.take_base(block, state, ledger);
}

void Recorder::take(std::size_t block, const State& state, const Ledger& ledger) {
  for (std::size_t at = 0; at < recorded_.size(); ++at) take_variable(at, block, state, ledger);
  summary_.take(Summary::Take::all, block, state, ledger);
  thresholds_.take(block, state, ledger);
  goals_.take(block, state, ledger);
}

void Recorder::take_expected_base(std::size_t block, const State& state, const Ledger& ledger) {
  summary_.take_expected(Summary::Take::stocks, block, state, ledger);
}

void Recorder::take_expected(std::size_t block, const State& state, const Ledger& ledger) {
  summary_.take_expected(Summary::Take::all, block, state, ledger);
}

void Recorder::take_variable(std::size_t at, std::size_t block, const State& state,
                             const Ledger& ledger) {
  Kept& kept = kept_[at];
  const std::span<const double> values = model_.values(state, ledger, kept.variable);
  const std::size_t count = blocks_[block].count;
  const std::size_t first = blocks_[block].first - blocks_.front().first;
  for (const Share& share : kept.shares) {
    double* sum = kept.sums.data() + share.first * blocks_.size() + block * share.count;
    for (std::size_t cell = share.first; cell < share.first + share.count; ++cell) {
      const auto of_cell = values.subspan(cell * count, count);
      *sum++ = sum_of(of_cell);
      if (!kept.with_quantiles) continue;
      float* draw = &kept.draws[cell * draws_ + first];
      for (const double value : of_cell) *draw++ = static_cast<float>(value);
    }
  }
}

void Recorder::finish_base() {
  for (std::size_t at = 0; at < recorded_.size(); ++at) {
    if (recorded_[at].variable.moment == Moment::stock) finish_year(at, 0);
  }
  summary_.finish(Summary::Take::stocks, 0);
  thresholds_.finish();
  goals_.finish_base();
}

void Recorder::finish(Interval interval) {
  for (std::size_t at = 0; at < recorded_.size(); ++at) {
    const bool stock = recorded_[at].variable.moment == Moment::stock;
    finish_year(at, interval.position() + (stock ? 1 : 0));
  }
  summary_.finish(Summary::Take::all, interval.position() + 1);
  thresholds_.finish();
  goals_.finish(interval);
}

void Recorder::finish_year(std::size_t variable, std::size_t year) {
  Kept& kept = kept_[variable];
  const Share& own = kept.shares[divided_.communicator().rank()];
  figures_.assign((1 + (kept.with_quantiles ? keep_.quantiles.size() : 0)) * own.count, 0.0);
  finish_means(kept);
  if (kept.with_quantiles) finish_quantiles(kept);
  enter(variable, year);
  if (kept.with_quantiles && keep_.draws) enter_draws(variable, year);
}

/// Adds the sums of all blocks in their order: from each rank come [its block][cell].
void Recorder::finish_means(Kept& kept) {
  const Communicator& communicator = divided_.communicator();
  const std::size_t cells = kept.shares[communicator.rank()].count;
  const auto received =
      sums_.exchange(communicator, kept.sums, lengths_of(kept.shares, blocks_.size()),
                     lengths_of(divided_.blocks_of_ranks(), cells));
  const std::span<double> means = std::span(figures_).first(cells);
  for (std::size_t block = 0; block < divided_.blocks(); ++block) {
    const auto sums = received.subspan(block * cells, cells);
    for (std::size_t cell = 0; cell < cells; ++cell) means[cell] += sums[cell];
  }
  for (double& mean : means) mean /= static_cast<double>(divided_.count());
}

void Recorder::finish_quantiles(Kept& kept) {
  turned_.exchange(kept.draws, kept.cells.size());
  const std::size_t cells = turned_.rows().count;
  tbb::parallel_for(std::size_t{0}, cells, [&](std::size_t cell) {
    Worker& worker = workers_.local();
    const auto quantiles = worker.finder.of(turned_.row(cell, worker.draws));
    for (std::size_t quantile = 0; quantile < quantiles.size(); ++quantile) {
      figures_[(1 + quantile) * cells + cell] = quantiles[quantile];
    }
  });
}

/// Brings what the ranks have finished of a year to its place in the result.
void Recorder::enter(std::size_t variable, std::size_t year) {
  const Kept& kept = kept_[variable];
  const Communicator& communicator = divided_.communicator();
  const std::size_t quantiles = kept.with_quantiles ? keep_.quantiles.size() : 0;
  const auto received =
      finished_.bring(communicator, figures_, lengths_of(kept.shares, 1 + quantiles));
  if (!communicator.writes()) return;
  Recorded& recorded = recorded_[variable];
  const std::size_t size = recorded.values.size();
  const std::size_t first = year * kept.cells.size_in_result();
  const double* next = received.data();
  for (const Share& share : kept.shares) {
    const auto places = std::span(kept.places).subspan(share.first, share.count);
    for (const std::size_t place : places) recorded.values[first + place] = *next++;
    for (std::size_t quantile = 0; quantile < quantiles; ++quantile) {
      double* row = &recorded.quantiles[quantile * size + first];
      for (const std::size_t place : places) row[place] = *next++;
    }
  }
}

/// Brings every draw to its place in the result: from each rank come [cell][its draw].
void Recorder::enter_draws(std::size_t variable, std::size_t year) {
  Kept& kept = kept_[variable];
  const Communicator& communicator = divided_.communicator();
  const auto received = brought_.bring(communicator, kept.draws,
                                       lengths_of(divided_.draws_of_ranks(), kept.cells.size()));
  if (!communicator.writes()) return;
  Recorded& recorded = recorded_[variable];
  const std::size_t size = recorded.values.size();
  for (const Share& share : divided_.draws_of_ranks()) {
    const float* of_rank = received.data() + share.first * kept.cells.size();
    float* place = &recorded.draws[share.first * size + year * kept.cells.size_in_result()];
    tbb::parallel_for(std::size_t{0}, kept.places.size(), [&](std::size_t cell) {
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
