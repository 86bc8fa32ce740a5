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

Recorder::Recorder(const Model& model, const Frame& frame, std::span<const DrawBlock> blocks,
                   const Keep& keep)
    : model_(model),
      frame_(frame),
      blocks_(blocks),
      keep_(keep),
      finders_([shares = keep.quantiles] { return QuantileFinder<float>(shares); }),
      summary_(model, frame, blocks, {keep.quantiles, keep.apart, keep.sums}),
      thresholds_(model, frame, blocks, measures_of(keep.thresholds)),
      goals_(model, frame, blocks, keep.goals) {
  for (std::size_t at = 0; at < model.variables().size(); ++at) {
    if (keeps_cells(keep_, model.variables()[at])) add(at);
  }
}

void Recorder::add(std::size_t at) {
  const Variable& variable = model_.variables()[at];
  const VariableCells cells(frame_, variable);
  const auto& wanted = keep_.quantiles_of;
  const bool with_quantiles =
      draws() > 1 && std::find(wanted.begin(), wanted.end(), variable.name) != wanted.end();
  kept_.push_back({at, cells, places_of(cells), with_quantiles, {}, {}});
  Kept& kept = kept_.back();
  kept.sums.assign(blocks_.size(), std::vector<double>(cells.size()));
  if (with_quantiles) kept.draws.resize(cells.size() * draws());
  recorded_.push_back({variable, {}, {}, {}});
  Recorded& recorded = recorded_.back();
  const std::size_t size = years_of(recorded_.size() - 1) * cells.size_in_result();
  recorded.values.resize(size);
  if (!with_quantiles) return;
  recorded.quantiles.resize(keep_.quantiles.size() * size);
  if (keep_.draws) recorded.draws.resize(draws() * size);
}

std::size_t Recorder::draws() const {
  return blocks_.back().first + blocks_.back().count - blocks_.front().first;
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
  for (std::size_t cell = 0; cell < kept.places.size(); ++cell) {
    const auto of_cell = values.subspan(cell * count, count);
    kept.sums[block][cell] = sum_of(of_cell);
    if (!kept.with_quantiles) continue;
    float* draw = &kept.draws[cell * draws() + first];
    for (const double value : of_cell) *draw++ = static_cast<float>(value);
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
  const Kept& kept = kept_[variable];
  double* means = &recorded_[variable].values[year * kept.cells.size_in_result()];
  for (std::size_t cell = 0; cell < kept.places.size(); ++cell) {
    double sum = 0.0;
    for (const std::vector<double>& of_block : kept.sums) sum += of_block[cell];
    means[kept.places[cell]] = sum / static_cast<double>(draws());
  }
  if (kept.with_quantiles) finish_quantiles(variable, year);
}

void Recorder::finish_quantiles(std::size_t variable, std::size_t year) {
  Kept& kept = kept_[variable];
  Recorded& recorded = recorded_[variable];
  const std::size_t size = recorded.values.size();
  tbb::parallel_for(std::size_t{0}, kept.places.size(), [&](std::size_t cell) {
    const auto draws_of_cell = std::span(kept.draws).subspan(cell * draws(), draws());
    const std::size_t at = year * kept.cells.size_in_result() + kept.places[cell];
    if (!recorded.draws.empty()) {
      for (std::size_t draw = 0; draw < draws(); ++draw) {
        recorded.draws[draw * size + at] = draws_of_cell[draw];
      }
    }
    const auto quantiles = finders_.local().of(draws_of_cell);
    for (std::size_t quantile = 0; quantile < quantiles.size(); ++quantile) {
      recorded.quantiles[quantile * size + at] = quantiles[quantile];
    }
  });
}

std::vector<Recorded> Recorder::finish(const Communicator& communicator) {
  for (Recorded& recorded : recorded_) communicator.sum(recorded.values);
  return std::move(recorded_);
}

std::vector<ThresholdOutcome> Recorder::thresholds() const {
  std::vector<ThresholdOutcome> outcomes;
  for (std::size_t at = 0; at < keep_.thresholds.size(); ++at) {
    outcomes.push_back(outcome_of(keep_.thresholds[at], thresholds_.figures(at)));
  }
  return outcomes;
}

std::vector<double> Recorder::quantiles_of_draws() const {
  return draws() > 1 ? keep_.quantiles : std::vector<double>();
}

}  // namespace kohort
