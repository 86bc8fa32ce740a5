#include "models/care/transition_tables.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <map>

#include <fmt/format.h>

#include "engine/threads/parallel.hpp"
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

/// What the odds of the states of each series are multiplied by, against no care.
using Factors = std::vector<double>;

/// The shares of those who begin a year, and their chances to die in it.
struct Beginning {
  StateVector shares;
  StateVector dying;
};

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
    make_tables();
    for (const Interval interval : positions<Interval>(frame_.intervals)) {
      const Likeness like = likeness(interval);
      const std::vector<Cell> cells = unlike_cells(interval, like);
      parallel_for(cells.size(), [&](std::size_t at) { find(cells[at]); });
      for_each_row([&](Sex sex, CareAge age) {
        for (const Area area : positions<Area>(frame_.areas.size())) {
          copy({interval, sex, age, like(sex, age, area)}, area);
        }
      });
      pull(sources_.levers, frame_, inputs_.care, interval, table(interval));
    }
  }

 private:
  /// By sex and age, the first area of which an area has the transitions: maybe its own.
  using Likeness = Table<Area, Sex, CareAge, Area>;

  /// Empty ones, of all intervals: a thread alone would be long about the memory of them.
  void make_tables() {
    const std::size_t sexes = frame_.sexes.size();
    const std::size_t areas = frame_.areas.size();
    rates_.transitions.resize(frame_.intervals);
    rates_.responses.resize(frame_.intervals);
    parallel_for(frame_.intervals, [&](std::size_t at) {
      rates_.transitions[at] = TransitionTable({sexes, ages_, states_, states_, areas});
      rates_.responses[at] = ResponseTable({sexes, ages_, 2 * series_, states_, areas});
    });
  }

  TransitionTable& table(Interval interval) { return rates_.transitions[interval.position()]; }
  ResponseTable& responses(Interval interval) { return rates_.responses[interval.position()]; }

  /// Calls `action(sex, age)` for all, on many threads.
  template <class Action>
  void for_each_row(const Action& action) const {
    parallel_for(frame_.sexes.size() * ages_,
                 [&](std::size_t row) { action(Sex(row / ages_), CareAge(row % ages_)); });
  }

  /// Areas whose shares and mortality were never told apart, as those of a county, need to be
  /// looked at once.
  Likeness likeness(Interval interval) const {
    Likeness like({frame_.sexes.size(), ages_, frame_.areas.size()});
    for_each_row([&](Sex sex, CareAge age) {
      std::map<std::vector<std::uint64_t>, Area> known;
      for (const Area area : positions<Area>(frame_.areas.size())) {
        like(sex, age, area) =
            known.try_emplace(given({interval, sex, age, area}), area).first->second;
      }
    });
    return like;
  }

  /// All that the transitions of a cell follow from and that areas differ in, bit by bit.
  std::vector<std::uint64_t> given(const Cell& cell) const {
    std::vector<std::uint64_t> all;
    if (cell.age == CareAge(0)) return all;
    const auto add = [&](double figure) { all.push_back(std::bit_cast<std::uint64_t>(figure)); };
    const auto add_shares = [&](const PrevalenceTable& shares, CareAge age) {
      for (const CareState state : positions<CareState>(states_)) {
        add(shares(cell.sex, age, state, cell.area));
      }
    };
    all.reserve(3 * states_ + 3);
    add(dying(cell));
    add_shares(before(cell.interval), below(cell.age));
    add_shares(after(cell.interval), cell.age);
    if (!is_open(cell.age)) return all;
    const Persons& persons = sources_.people.areas[cell.area.position()];
    add_shares(before(cell.interval), cell.age);
    add(persons(cell.sex, below(cell.age)));
    add(persons(cell.sex, cell.age));
    return all;
  }

  std::vector<Cell> unlike_cells(Interval interval, const Likeness& like) const {
    std::vector<Cell> cells;
    for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
      for (const CareAge age : positions<CareAge>(ages_)) {
        for (const Area area : positions<Area>(frame_.areas.size())) {
          if (like(sex, age, area) == area) cells.push_back({interval, sex, age, area});
        }
      }
    }
    return cells;
  }

  /// What was found for a cell, to another area.
  void copy(const Cell& cell, Area to) {
    if (to == cell.area) return;
    const auto copy_slab = [&](std::span<double> slab) {
      for (std::size_t at = 0; at < slab.size(); at += frame_.areas.size()) {
        slab[at + to.position()] = slab[at + cell.area.position()];
      }
    };
    copy_slab(table(cell.interval).slab(cell.sex, cell.age));
    copy_slab(responses(cell.interval).slab(cell.sex, cell.age));
  }

  void find(const Cell& cell) {
    if (cell.age == CareAge(0)) {
      stay(cell);
      return;
    }
    const Factors none(series_, 1.0);
    const Beginning expected = beginning(cell, none);
    enter(cell, transitions(cell, expected, shares_after(cell, none)));
    for (const Series one : positions<Series>(series_)) {
      Factors up = none;
      Factors down = none;
      up[one.position()] = std::exp(step);
      down[one.position()] = std::exp(-step);
      const StateVector above = shares_after(cell, up);
      const StateVector below = shares_after(cell, down);
      const Departure throughout(one.position());
      const Departure growing(series_ + one.position());
      respond(cell, throughout,
              {transitions(cell, beginning(cell, up), above),
               transitions(cell, beginning(cell, down), below)});
      respond(cell, growing,
              {transitions(cell, expected, above), transitions(cell, expected, below)});
    }
  }

  bool is_open(CareAge age) const { return age.position() + 1 == ages_; }
  static CareAge below(CareAge age) { return CareAge(age.position() - 1); }

  const PrevalenceTable& before(Interval interval) const {
    return interval == Interval(0) ? rates_.base : rates_.prevalence[interval.position() - 1];
  }

  const PrevalenceTable& after(Interval interval) const {
    return rates_.prevalence[interval.position()];
  }

  double dying(const Cell& cell) const {
    const Age reached = inputs_.care.age_of(cell.age);
    return sources_.given.dying.at(cell.interval)(cell.sex, CohortRow(reached.position()), Group(0),
                                                  cell.area);
  }

  StateVector departing(const PrevalenceTable& table, const Cell& cell,
                        const Factors& factors) const {
    StateVector shares = shares_of(table, cell.sex, cell.age, cell.area);
    for (const CareState state : positions<CareState>(states_)) {
      const auto& series = inputs_.care.states[state.position()].series;
      if (!series) continue;
      shares(static_cast<Eigen::Index>(state.position())) *= factors[series->position()];
    }
    return shares / shares.sum();
  }

  /// Those who will be in the open age come from it and from the age below, as many as there are in
  /// the base year.
  StateVector shares_before(const Cell& cell, const Factors& factors) const {
    const PrevalenceTable& table = before(cell.interval);
    Cell younger_cell = cell;
    younger_cell.age = below(cell.age);
    StateVector younger = departing(table, younger_cell, factors);
    if (!is_open(cell.age)) return younger;
    const Persons& persons = sources_.people.areas[cell.area.position()];
    const double from_below = persons(cell.sex, younger_cell.age);
    const double from_open = persons(cell.sex, cell.age);
    if (from_below + from_open <= 0.0) return younger;
    return (from_below * younger + from_open * departing(table, cell, factors)) /
           (from_below + from_open);
  }

  StateVector shares_after(const Cell& cell, const Factors& factors) const {
    return departing(after(cell.interval), cell, factors);
  }

  Beginning beginning(const Cell& cell, const Factors& factors) const {
    StateVector ratios(static_cast<Eigen::Index>(states_));
    for (const CareState one : positions<CareState>(states_)) {
      ratios(static_cast<Eigen::Index>(one.position())) = rates_.odds_of_dying(cell.sex, one);
    }
    const StateVector shares = shares_before(cell, factors);
    return {shares, split_mortality({shares, ratios, Probability::of(dying(cell))})};
  }

  std::string named(const Cell& cell) const {
    return fmt::format("area {}, {} who become {} in {}", frame_.areas[cell.area.position()].code,
                       frame_.sexes[cell.sex.position()],
                       frame_.first_age(inputs_.care.age_of(cell.age)),
                       frame_.end_of(cell.interval).value());
  }

  /// From the shares at the start of the year to those at its end.
  StateMatrix transitions(const Cell& cell, const Beginning& from, const StateVector& to) const {
    return located(
        sources_.source, parameters::prior, [&] { return named(cell); },
        [&] {
          return next_prevalence_transitions({from.shares, from.dying, to}, inputs_.prior);
        });
  }

  void enter(const Cell& cell, const StateMatrix& matrix) {
    for (const CareState from : positions<CareState>(states_)) {
      for (const ToState to : positions<ToState>(states_)) {
        table(cell.interval)(cell.sex, cell.age, from, to, cell.area) = matrix(
            static_cast<Eigen::Index>(from.position()), static_cast<Eigen::Index>(to.position()));
      }
    }
  }

  /// Tables nearest to one prior differ by a factor for each state that is reached, but for what
  /// makes rows sum to 1 (`nearest_transitions`): the slopes of their logarithms, against that of
  /// no care.
  void respond(const Cell& cell, Departure departure,
               const std::pair<StateMatrix, StateMatrix>& up_and_down) {
    const auto slope = [&](Eigen::Index from, Eigen::Index to) {
      const auto& [up, down] = up_and_down;
      if (!(up(from, to) > 0.0) || !(down(from, to) > 0.0)) return 0.0;
      return std::log(up(from, to) / down(from, to)) / (2.0 * step);
    };
    for (const ToState to : positions<ToState>(states_)) {
      const auto at = static_cast<Eigen::Index>(to.position());
      responses(cell.interval)(cell.sex, cell.age, departure, to, cell.area) =
          slope(0, at) - slope(0, 0);
    }
  }

  /// Nobody is told apart before the first age; its own transitions are not used.
  void stay(const Cell& cell) {
    for (const CareState state : positions<CareState>(states_)) {
      table(cell.interval)(cell.sex, cell.age, state, ToState(state.position()), cell.area) = 1.0;
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
