// Goals that a scenario states: when a figure reaches a bound, how probable it is that the bound
// holds in its year, and by how much it is missed.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"
#include "engine/run/figure.hpp"
#include "engine/run/figure_log.hpp"
#include "engine/scenario/parameter.hpp"
#include "engine/scenario/settings.hpp"

namespace kohort {

/// When the bound of a goal must hold.
enum class Holds { in_year, from_year };

namespace parameters {

inline const Text goal_name{
    {.name = "goal.name", .required = true, .text = "what the goal is called in the result"}};
inline const FigureFields goal_fields("goal", "the year by which it is to be met");
inline const Real goal_at_least{
    {.name = "goal.at_least",
     .text = "the bound holds where the figure is this or more; in the unit of the figure"}};
inline const Real goal_at_most{
    {.name = "goal.at_most",
     .text = "the bound holds where the figure is this or less; in the unit of the figure"}};
inline const Choice<Holds> goal_holds{
    {.name = "goal.holds",
     .fallback = std::string("in_year"),
     .text = "in_year = the bound is to hold in the goal's year; from_year = in that year and "
             "every later one of the projection"},
    {{"in_year", Holds::in_year}, {"from_year", Holds::from_year}}};
inline const BlockList goals{
    {.name = "goal",
     .text = "a goal, of which the result says when it is reached, how probable it is that it is "
             "met, and by how much it is missed; `kohort solve` finds what would meet it"},
    {&goal_name, &goal_fields.measure.of, &goal_fields.measure.kind, &goal_fields.measure.area,
     &goal_fields.measure.ages, &goal_fields.measure.sex, &goal_fields.per_head_of,
     &goal_fields.relative_to, &goal_at_least, &goal_at_most, &goal_fields.year, &goal_holds}};

}  // namespace parameters

/// A goal: a figure, and the bound that it is held against.
struct Goal : Figure {
  std::string name{};
  bool at_least = true;  ///< else at most
  double bound = 0.0;
  Holds holds = Holds::in_year;
};

/// The goals of a scenario. Throws `Error` with everything that is wrong about them.
std::vector<Goal> read_goals(const Settings& settings, const Frame& frame, const Model& model);

/// What became of a goal. In years that do not count, up to the one that it is relative to, and at
/// the base year for flows, there is nothing to tell: NaN.
struct GoalOutcome {
  Goal goal;
  std::vector<double> figure;   ///< [year] mean of what is held against the bound
  std::vector<double> holds;    ///< [year] share of the draws in which the bound holds
  std::vector<double> reached;  ///< [year] share of the draws that have reached the goal by then
  double probability = 0.0;     ///< share of the draws in which it is met
  double never = 0.0;           ///< share of the draws in which it is never reached
  double first_year = 0.0;      ///< position of the first year by which half of the draws have
  std::vector<double> first_year_quantiles;  ///< the same of other shares; NaN where so many never
  double shortfall = 0.0;                    ///< mean over the draws, 0 where it is met
  std::vector<double> shortfall_quantiles;   ///< of the draws
};

/// Judges a goal by figures that are already divided.
///
/// A draw reaches an `in_year` goal in the first year in which the bound holds, a `from_year` goal
/// in the first year from which it holds to the end. A goal is missed by the distance to its bound
/// in its year, with `from_year` by the largest from then on. In a year in which the figure cannot
/// be told the bound does not hold; draws of which nothing can be told are left out of means and
/// shortfalls.
GoalOutcome judge(const Goal& goal, const DrawFigures& held, std::span<const double> quantiles);

/// Follows the figures that goals are about.
class GoalWatch final : public FigureWatch {
 public:
  GoalWatch(const Model& model, const Frame& frame, std::span<const DrawBlock> blocks,
            std::vector<Goal> goals);

  std::vector<GoalOutcome> outcomes(std::span<const double> quantiles) const;

 private:
  std::vector<Goal> goals_;
};

}  // namespace kohort
