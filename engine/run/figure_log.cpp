#include "engine/run/figure_log.hpp"

#include <algorithm>
#include <functional>
#include <limits>

#include "engine/comm/mailbox.hpp"
#include "engine/model/variable.hpp"
#include "engine/run/divided_draws.hpp"

namespace kohort {

FigureLog::FigureLog(const Model& model, const Frame& frame, std::span<const DrawBlock> blocks,
                     std::vector<Measure> measures)
    : model_(model), frame_(frame), blocks_(blocks), measures_(std::move(measures)) {
  const std::size_t draws = draws_in(blocks);
  constexpr double untold = std::numeric_limits<double>::quiet_NaN();
  const std::vector<double> values((frame.intervals + 1) * draws, untold);
  figures_.assign(measures_.size(), {draws, values});
}

void FigureLog::take(std::size_t block, const State& state, const Ledger& ledger) {
  const std::size_t count = blocks_[block].count;
  const std::size_t first = blocks_[block].first - blocks_.front().first;
  for (std::size_t at = 0; at < measures_.size(); ++at) {
    if (year_ == 0 && measures_[at].variable.moment == Moment::flow) continue;
    const std::vector<double> figures = figures_of(measures_[at], count, state, ledger);
    std::copy(figures.begin(), figures.end(),
              figures_[at].values.begin() +
                  static_cast<std::ptrdiff_t>(year_ * figures_[at].draws + first));
  }
}

/// What comes from a rank is [measure][year][its draws].
void FigureLog::bring_together(const DividedDraws& draws) {
  if (draws.communicator().size() == 1 || measures_.empty()) return;
  std::vector<double> own;
  for (const DrawFigures& figures : figures_) {
    own.insert(own.end(), figures.values.begin(), figures.values.end());
  }
  const std::size_t years = frame_.intervals + 1;
  const std::vector<Share>& of_ranks = draws.draws_of_ranks();
  Mailbox<double> mailbox;
  const auto received =
      mailbox.bring(draws.communicator(), own, lengths_of(of_ranks, measures_.size() * years));
  figures_.assign(figures_.size(), {draws.count(), {}});
  if (!draws.communicator().writes()) return;
  for (DrawFigures& figures : figures_) figures.values.resize(years * draws.count());
  auto next = received.begin();
  for (const Share& share : of_ranks) {
    for (DrawFigures& figures : figures_) {
      for (std::size_t year = 0; year < years; ++year) {
        const auto from = next;
        next += static_cast<std::ptrdiff_t>(share.count);
        std::copy(from, next,
                  figures.values.begin() +
                      static_cast<std::ptrdiff_t>(year * draws.count() + share.first));
      }
    }
  }
}

std::vector<double> FigureLog::figures_of(const Measure& measure, std::size_t count,
                                          const State& state, const Ledger& ledger) const {
  if (measure.indicator) return indicator(measure, count, state, ledger);
  std::vector<double> sums(count);
  for (const std::size_t number : measure.numbers) {
    add_sums(measure, model_.values(state, ledger, number), sums);
  }
  return sums;
}

std::vector<double> FigureLog::indicator(const Measure& measure, std::size_t count,
                                         const State& state, const Ledger& ledger) const {
  const Moment moment = measure.variable.moment;
  const std::vector<Variable> indicators = model_.indicators();
  const auto rows = static_cast<std::size_t>(
      std::count_if(indicators.begin(), indicators.end(),
                    [&](const Variable& indicator) { return indicator.moment == moment; }));
  std::vector<double> all(rows * count);
  const AreaSet areas = measure.area.members;
  model_.indicate(moment, state, ledger, std::span(&areas, 1), all);
  const auto row = all.begin() + static_cast<std::ptrdiff_t>(measure.numbers.front() * count);
  return {row, row + static_cast<std::ptrdiff_t>(count)};
}

/// Adds the cells that a measure is about: `values` is [sex][age][group][area][draw].
void FigureLog::add_sums(const Measure& measure, const Numbers& values,
                         std::span<double> sums) const {
  const VariableCells cells(frame_, measure.variable);
  std::vector<double> room;
  const auto add_row = [&](std::size_t row) {
    for (const Area area : measure.area.members) {
      const auto draws =
          values.some((row * cells.areas() + area.position()) * sums.size(), sums.size(), room);
      std::transform(sums.begin(), sums.end(), draws.begin(), sums.begin(), std::plus<>());
    }
  };
  if (!measure.of_people()) {
    add_row(0);
    return;
  }
  const std::size_t known = cells.first_age().position();
  const std::size_t last = std::min(measure.ages.last.position(), known + cells.ages() - 1);
  for (const Sex sex : measure.sex.members) {
    for (std::size_t age = std::max(measure.ages.first.position(), known); age <= last; ++age) {
      for (std::size_t group = 0; group < cells.groups(); ++group) {
        add_row((sex.position() * cells.ages() + age - known) * cells.groups() + group);
      }
    }
  }
}

}  // namespace kohort
