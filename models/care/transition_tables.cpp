#include "models/care/transition_tables.hpp"

#include <cmath>

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include "models/care/calibrate/mortality_by_state.hpp"
#include "models/care/calibrate/transitions.hpp"
#include "models/care/located.hpp"
#include "models/care/parameters.hpp"

namespace kohort::care {
namespace {

/// How far a draw is taken from what is expected to see how transitions answer: half a usual
/// standard deviation of a level, in log-odds.
constexpr double step = 0.05;

struct Cell {
  Interval interval;
  Sex sex;
  CareAge age;
  Area area;
};

/// Log-odds by which shares depart from those expected, by series.
using Departures = std::vector<double>;

class Transitions {
 public:
  Transitions(const TransitionSources& sources, CareRates& rates)
      : sources_(sources),
        frame_(sources.source.frame),
        inputs_(sources.inputs),
        rates_(rates),
        states_(inputs_.care.states.size()),
        series_(inputs_.care.series.size()),
        ages_(inputs_.care.ages(frame_)) {}

  void find() {
    for (const Interval interval : positions<Interval>(frame_.intervals)) {
      const std::size_t sexes = frame_.sexes.size();
      const std::size_t areas = frame_.areas.size();
      TransitionTable table({sexes, ages_, states_, states_, areas});
      ResponseTable responses({sexes, ages_, 2 * series_, states_, areas});
      tbb::parallel_for(std::size_t{0}, areas, [&](std::size_t area) {
        for (const Sex sex : positions<Sex>(sexes)) {
          for (const CareAge age : positions<CareAge>(ages_)) {
            find({interval, sex, age, Area(area)}, table, responses);
          }
        }
      });
      pull(sources_.levers, frame_, inputs_.care, interval, table);
      rates_.transitions.push_back(std::move(table));
      rates_.responses.push_back(std::move(responses));
    }
  }

 private:
  void find(const Cell& cell, TransitionTable& table, ResponseTable& responses) const {
    if (cell.age == CareAge(0)) {
      stay(cell, table);
      return;
    }
    const Departures none(series_, 0.0);
    enter(cell, transitions(cell, none, none), table);
    for (const Series one : positions<Series>(series_)) {
      Departures up = none;
      Departures down = none;
      up[one.position()] = step;
      down[one.position()] = -step;
      const Departure throughout(one.position());
      const Departure growing(series_ + one.position());
      respond(cell, throughout, {transitions(cell, up, up), transitions(cell, down, down)},
              responses);
      respond(cell, growing, {transitions(cell, none, up), transitions(cell, none, down)},
              responses);
    }
  }

  const PrevalenceTable& before(Interval interval) const {
    return interval == Interval(0) ? rates_.base : rates_.prevalence[interval.position() - 1];
  }

  StateVector departing(const PrevalenceTable& table, const Cell& cell,
                        const Departures& departures) const {
    StateVector shares = shares_of(table, cell.sex, cell.age, cell.area);
    for (const CareState state : positions<CareState>(states_)) {
      const auto& series = inputs_.care.states[state.position()].series;
      if (!series) continue;
      shares(static_cast<Eigen::Index>(state.position())) *=
          std::exp(departures[series->position()]);
    }
    return shares / shares.sum();
  }

  /// Those who will be in the open age come from it and from the age below, as many as there are in
  /// the base year.
  StateVector shares_before(const Cell& cell, const Departures& departures) const {
    const PrevalenceTable& table = before(cell.interval);
    Cell below = cell;
    below.age = CareAge(cell.age.position() - 1);
    StateVector younger = departing(table, below, departures);
    if (cell.age.position() + 1 != ages_) return younger;
    const Persons& persons = sources_.people.areas[cell.area.position()];
    const double from_below = persons(cell.sex, below.age);
    const double from_open = persons(cell.sex, cell.age);
    if (from_below + from_open <= 0.0) return younger;
    return (from_below * younger + from_open * departing(table, cell, departures)) /
           (from_below + from_open);
  }

  std::string named(const Cell& cell) const {
    return fmt::format("area {}, {} who become {} in {}", frame_.areas[cell.area.position()].code,
                       frame_.sexes[cell.sex.position()],
                       frame_.first_age(inputs_.care.age_of(cell.age)),
                       frame_.end_of(cell.interval).value());
  }

  /// From the shares that depart so before the year to those that depart so after it.
  StateMatrix transitions(const Cell& cell, const Departures& first, const Departures& last) const {
    StateVector ratios(static_cast<Eigen::Index>(states_));
    for (const CareState one : positions<CareState>(states_)) {
      ratios(static_cast<Eigen::Index>(one.position())) = rates_.odds_of_dying(cell.sex, one);
    }
    const Age reached = inputs_.care.age_of(cell.age);
    const double q = sources_.given.dying.at(cell.interval)(cell.sex, CohortRow(reached.position()),
                                                            Group(0), cell.area);
    const StateVector from = shares_before(cell, first);
    const StateVector dying = split_mortality({from, ratios, Probability::of(q)});
    const StateVector to = departing(rates_.prevalence[cell.interval.position()], cell, last);
    return located(sources_.source, parameters::prior, named(cell), [&] {
      return next_prevalence_transitions({from, dying, to}, inputs_.prior);
    });
  }

  void enter(const Cell& cell, const StateMatrix& matrix, TransitionTable& table) const {
    for (const CareState from : positions<CareState>(states_)) {
      for (const ToState to : positions<ToState>(states_)) {
        table(cell.sex, cell.age, from, to, cell.area) = matrix(
            static_cast<Eigen::Index>(from.position()), static_cast<Eigen::Index>(to.position()));
      }
    }
  }

  /// Tables nearest to one prior differ by a factor for each state that is reached, but for what
  /// makes rows sum to 1 (`nearest_transitions`): the slopes of their logarithms, against that of
  /// no care.
  void respond(const Cell& cell, Departure departure,
               const std::pair<StateMatrix, StateMatrix>& up_and_down,
               ResponseTable& responses) const {
    const auto slope = [&](Eigen::Index from, Eigen::Index to) {
      const auto& [up, down] = up_and_down;
      if (!(up(from, to) > 0.0) || !(down(from, to) > 0.0)) return 0.0;
      return std::log(up(from, to) / down(from, to)) / (2.0 * step);
    };
    for (const ToState to : positions<ToState>(states_)) {
      const auto at = static_cast<Eigen::Index>(to.position());
      responses(cell.sex, cell.age, departure, to, cell.area) = slope(0, at) - slope(0, 0);
    }
  }

  /// Nobody is told apart before the first age; its own transitions are not used.
  void stay(const Cell& cell, TransitionTable& table) const {
    for (const CareState state : positions<CareState>(states_)) {
      table(cell.sex, cell.age, state, ToState(state.position()), cell.area) = 1.0;
    }
  }

  const TransitionSources& sources_;
  const Frame& frame_;
  const CareInputs& inputs_;
  CareRates& rates_;
  std::size_t states_;
  std::size_t series_;
  std::size_t ages_;
};

}  // namespace

StateVector shares_of(const PrevalenceTable& table, Sex sex, CareAge age, Area area) {
  const std::size_t states = table.extent<CareState>();
  StateVector shares(static_cast<Eigen::Index>(states));
  for (const CareState state : positions<CareState>(states)) {
    shares(static_cast<Eigen::Index>(state.position())) = table(sex, age, state, area);
  }
  return shares;
}

void find_transitions(const TransitionSources& sources, CareRates& rates) {
  Transitions(sources, rates).find();
}

}  // namespace kohort::care
