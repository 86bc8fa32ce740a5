#include "engine/run/expectation.hpp"

#include <cmath>
#include <ctime>
#include <vector>

#include "engine/comm/communicator.hpp"
#include "engine/run/divided_draws.hpp"
#include "engine/run/quantiles.hpp"
#include "engine/run/summary.hpp"

namespace kohort {
namespace {

double seconds_on(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Seconds that the thread works on it.
template <class Action>
double time_of(Action&& action) {
  const double started = thread_seconds();
  action();
  return thread_seconds() - started;
}

double middle(std::vector<double> times) {
  const auto at = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::nth_element(times.begin(), at, times.end());
  return *at;
}

/// A block of draws, with what records it.
class Trial {
 public:
  Trial(const Model& model, const Frame& frame, const EnsembleShape& shape, const Keep& keep)
      : model_(model),
        draws_(shape, alone_),
        block_(draws_.own_blocks().front()),
        recorder_(model, frame, draws_, keep),
        apart_(keep.apart),
        ledger_(model.ledger(block_.count)) {}

  void start() {
    state_ = model_.start(block_, *ledger_);
    recorder_.take_base(0, *state_, *ledger_);
    if (apart_) {
      DrawBlock expected = block_;
      expected.events = false;
      expected_ = model_.start(expected, *ledger_);
      recorder_.take_expected_base(0, *expected_, *ledger_);
    }
    recorder_.finish_base();
  }

  void step(Interval interval) {
    step_and_take(model_, interval, {0, *state_, *ledger_}, recorder_);
    if (apart_) {
      model_.step(interval, *expected_, *ledger_);
      recorder_.take_expected(0, *expected_, *ledger_);
    }
    recorder_.finish(interval);
  }

 private:
  const Model& model_;
  LocalCommunicator alone_;
  DividedDraws draws_;
  DrawBlock block_;
  Recorder recorder_;
  bool apart_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<State> state_;
  std::unique_ptr<State> expected_;
};

constexpr std::size_t tried = 200;

/// How long `act(place, draws)` takes, the mean of some places: of draws that `figure` makes of
/// numbers from 0 to 2.
template <class Figure, class Act>
double time_of_draws(std::size_t count, const Figure& figure, const Act& act) {
  std::vector<decltype(figure(0.0))> draws(count);
  double time = 0.0;
  for (std::size_t place = 0; place < tried; ++place) {
    for (std::size_t at = 0; at < count; ++at) {
      draws[at] = figure(1.0 + std::sin(static_cast<double>(at * (place + 1))));
    }
    time += time_of([&] { act(place, std::span(draws)); });
  }
  return time / tried;
}

/// Of sums in some precision.
template <class Real>
double time_of_sum(std::size_t count, const std::vector<double>& shares) {
  Summarised item{
      {}, false, std::vector<double>(tried), std::vector<double>(tried * shares.size()), {}};
  QuantileFinder<Real> finder(shares);
  return time_of_draws(
      count, [](double wave) { return static_cast<Real>(wave); },
      [&](std::size_t place, std::span<Real> draws) { enter_draws(item, place, draws, finder); });
}

}  // namespace

double thread_seconds() { return seconds_on(CLOCK_THREAD_CPUTIME_ID); }

double process_seconds() { return seconds_on(CLOCK_PROCESS_CPUTIME_ID); }

Expectation expectation_of(const PartTimes& times, const PartCounts& counts) {
  const auto number = [](std::size_t count) { return static_cast<double>(count); };
  const double of_block = times.block + number(counts.intervals) * times.interval;
  Expectation expectation;
  expectation.computing = of_block * number(counts.draws) / number(counts.draws_measured) +
                          times.estimates + number(counts.quantiles) * times.quantiles +
                          number(counts.sums) * times.sum;
  expectation.writing = number(counts.datasets) * times.dataset + number(counts.bytes) * times.byte;
  expectation.blocks = (counts.draws + draws_in_block - 1) / draws_in_block;
  return expectation;
}

PartTimes time_block(const Model& model, const Frame& frame, const EnsembleShape& shape,
                     const Keep& keep) {
  constexpr double enough = 0.3;
  Keep means;  // what quantiles take depends on all the draws, and is measured apart
  means.cells_of = keep.cells_of;
  means.apart = keep.apart;
  Trial trial(model, frame, shape, means);
  trial.start();
  trial.step(Interval(0));
  PartTimes times;
  times.block = time_of([&] { trial.start(); });
  std::vector<double> of_intervals;
  double spent = 0.0;
  for (const Interval interval : positions<Interval>(frame.intervals)) {
    of_intervals.push_back(time_of([&] { trial.step(interval); }));
    spent += of_intervals.back();
    if (spent > enough) break;
  }
  times.interval = middle(std::move(of_intervals));
  times.estimates = time_of([&] { model.estimates(); });
  return times;
}

void time_quantiles(std::size_t draws, const std::vector<double>& shares, Precision of_sums,
                    PartTimes& times) {
  if (draws < 2) return;
  QuantileFinder<float> of_cells(shares);
  const auto whole = [](double wave) { return static_cast<float>(std::floor(100.0 * wave)); };
  times.quantiles = time_of_draws(
      draws, whole, [&](std::size_t /*place*/, std::span<float> persons) { of_cells.of(persons); });
  times.sum = of_sums == Precision::in_single ? time_of_sum<float>(draws, shares)
                                              : time_of_sum<double>(draws, shares);
}

}  // namespace kohort
