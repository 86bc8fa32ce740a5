#include "engine/run/goals.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include <fmt/format.h>

#include "engine/evaluate/quantile.hpp"

namespace kohort {

namespace p = parameters;

namespace {

constexpr double untold = std::numeric_limits<double>::quiet_NaN();

/// Reads blocks [[goal]], and what is wrong with them.
class GoalReader {
 public:
  GoalReader(const Frame& frame, const Model& model)
      : figures_(p::goal_fields, frame, model, mistakes_) {}

  Goal read(const Settings& block) {
    Goal goal{figures_.read(block)};
    goal.name = block[p::goal_name];
    if (goal.name.empty() || !names_.insert(goal.name).second) {
      wrong(block, p::goal_name, fmt::format("a second '{}', or no name", goal.name),
            "give each goal a name of its own");
    }
    read_bound(block, goal);
    goal.holds = block[p::goal_holds];
    return goal;
  }

  void finish() const { mistakes_.throw_if_any(Fault::scenario); }

 private:
  void read_bound(const Settings& block, Goal& goal) {
    const auto least = block.maybe(p::goal_at_least);
    const auto most = block.maybe(p::goal_at_most);
    if (least.has_value() == most.has_value()) {
      wrong(block, p::goal_at_least,
            least ? "at_most is given too" : "neither it nor at_most is given",
            "give one of the two");
      return;
    }
    goal.at_least = least.has_value();
    goal.bound = least ? *least : *most;
  }

  void wrong(const Settings& block, const Parameter& field, std::string what, std::string remedy) {
    mistakes_.add(block.mistake(field, std::move(what), std::move(remedy)));
  }

  Mistakes mistakes_;
  FigureReader figures_;
  std::set<std::string> names_;
};

/// Mean of what can be told.
double mean_told(std::span<const double> draws) {
  double sum = 0.0;
  std::size_t count = 0;
  for (const double draw : draws) {
    if (std::isnan(draw)) continue;
    sum += draw;
    ++count;
  }
  return count == 0 ? untold : sum / static_cast<double>(count);
}

/// The first position at which a share has been reached; NaN where it never is.
double first_reaching(std::span<const double> reached, double share) {
  const auto found = std::find_if(reached.begin(), reached.end(), [&](double by_then) {
    return by_then > 0.0 && by_then >= share;
  });
  return found == reached.end() ? untold : static_cast<double>(found - reached.begin());
}

/// Judges one goal, draw by draw.
class Judge {
 public:
  Judge(const Goal& goal, const DrawFigures& held) : goal_(goal), held_(held) {
    const bool flow = goal.measure.variable.moment == Moment::flow;
    first_ = goal.reference ? *goal.reference + 1 : flow ? 1 : 0;
  }

  GoalOutcome outcome(std::span<const double> quantiles) const {
    const std::vector<double> years(held_.years(), untold);
    GoalOutcome outcome{goal_, years, years, years, 0.0, 0.0, 0.0, {}, 0.0, {}};
    const std::vector<std::size_t> firsts = first_years();
    for (std::size_t year = first_; year < held_.years(); ++year) {
      outcome.figure[year] = mean_told(held_.of(year));
      outcome.holds[year] = share([&](std::size_t draw) { return holds(year, draw); });
      outcome.reached[year] = share([&](std::size_t draw) { return firsts[draw] <= year; });
    }
    outcome.probability =
        (goal_.holds == Holds::in_year ? outcome.holds : outcome.reached)[goal_.year];
    outcome.never = share([&](std::size_t draw) { return firsts[draw] == held_.years(); });
    outcome.first_year = first_reaching(outcome.reached, 0.5);
    for (const double quantile : quantiles) {
      outcome.first_year_quantiles.push_back(first_reaching(outcome.reached, quantile));
    }
    add_shortfall(outcome, quantiles);
    return outcome;
  }

 private:
  /// A figure that cannot be told holds no bound.
  bool holds(std::size_t year, std::size_t draw) const {
    const double figure = held_.of(year)[draw];
    return goal_.at_least ? figure >= goal_.bound : figure <= goal_.bound;
  }

  template <class Condition>
  double share(Condition&& condition) const {
    std::size_t count = 0;
    for (std::size_t draw = 0; draw < held_.draws; ++draw) count += condition(draw) ? 1 : 0;
    return static_cast<double>(count) / static_cast<double>(held_.draws);
  }

  /// The year in which each draw reaches the goal; one behind the last where it never does.
  std::vector<std::size_t> first_years() const {
    std::vector<std::size_t> firsts(held_.draws, held_.years());
    for (std::size_t draw = 0; draw < held_.draws; ++draw) {
      std::size_t& first = firsts[draw];
      for (std::size_t year = held_.years(); year-- > first_;) {
        if (holds(year, draw)) {
          first = year;
        } else if (goal_.holds == Holds::from_year) {
          break;
        }
      }
    }
    return firsts;
  }

  /// By how much a draw misses the goal; NaN where nothing can be told.
  double shortfall(std::size_t draw) const {
    const std::size_t last = goal_.holds == Holds::in_year ? goal_.year : held_.years() - 1;
    double largest = untold;
    for (std::size_t year = goal_.year; year <= last; ++year) {
      const double figure = held_.of(year)[draw];
      if (std::isnan(figure)) continue;
      const double missing = goal_.at_least ? goal_.bound - figure : figure - goal_.bound;
      largest = std::fmax(largest, std::max(missing, 0.0));
    }
    return largest;
  }

  void add_shortfall(GoalOutcome& outcome, std::span<const double> quantiles) const {
    std::vector<double> told;
    for (std::size_t draw = 0; draw < held_.draws; ++draw) {
      const double missing = shortfall(draw);
      if (!std::isnan(missing)) told.push_back(missing);
    }
    outcome.shortfall = mean_told(told);
    std::sort(told.begin(), told.end());
    for (const double quantile : quantiles) {
      outcome.shortfall_quantiles.push_back(
          told.empty() ? untold : quantile_of_sorted(std::span<const double>(told), quantile));
    }
  }

  const Goal& goal_;
  const DrawFigures& held_;
  std::size_t first_ = 0;  ///< of the years that count
};

}  // namespace

std::vector<Goal> read_goals(const Settings& settings, const Frame& frame, const Model& model) {
  GoalReader reader(frame, model);
  std::vector<Goal> goals;
  for (const Settings& block : settings[p::goals]) goals.push_back(reader.read(block));
  reader.finish();
  return goals;
}

GoalOutcome judge(const Goal& goal, const DrawFigures& held, std::span<const double> quantiles) {
  return Judge(goal, held).outcome(quantiles);
}

GoalWatch::GoalWatch(const Model& model, const Frame& frame, std::span<const DrawBlock> blocks,
                     std::vector<Goal> goals)
    : FigureWatch(model, frame, blocks, {goals.begin(), goals.end()}), goals_(std::move(goals)) {}

std::vector<GoalOutcome> GoalWatch::outcomes(std::span<const double> quantiles) const {
  std::vector<GoalOutcome> outcomes;
  for (std::size_t at = 0; at < goals_.size(); ++at) {
    outcomes.push_back(judge(goals_[at], figure(at), quantiles));
  }
  return outcomes;
}

}  // namespace kohort
