#include "engine/run/goal_file.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace kohort {
namespace {

class GoalWriter {
 public:
  GoalWriter(store::Writer& writer, const Frame& frame, std::span<const GoalOutcome> outcomes)
      : writer_(writer), frame_(frame), outcomes_(outcomes) {
    for (const GoalOutcome& outcome : outcomes) {
      basis_ = std::max(basis_, outcome.goal.measure.variable.basis);
      if (outcome.goal.heads) basis_ = std::max(basis_, outcome.goal.heads->variable.basis);
    }
  }

  /// What the goals say, along their axis.
  void add_labels() {
    writer_.add_scale({"goal", "name of the goal", "",
                       of_goals<std::string>([](const Goal& goal) { return goal.name; })});
    add_texts("goal_of", "what the goal is about",
              [](const Goal& goal) { return goal.measure.variable.name; });
    add_texts("goal_kind", "which kind of it; empty where there is one",
              [](const Goal& goal) { return goal.measure.variable.category.label; });
    add_texts("goal_area", "of which areas",
              [](const Goal& goal) { return goal.measure.area.label; });
    add_texts("goal_ages", "of which ages; empty where it is not told apart by age",
              [](const Goal& goal) { return goal.measure.ages.name; });
    add_texts("goal_sex", "of which sex; empty where it is not told apart by sex",
              [](const Goal& goal) { return goal.measure.sex.label; });
    add_texts("goal_per_head_of", "by people of which ages it is divided; empty where it is not",
              [](const Goal& goal) { return goal.heads ? goal.heads->ages.name : ""; });
    add_texts("goal_relative_to",
              "by its figure of which year it is divided; empty where it is not",
              [&](const Goal& goal) {
                return goal.reference ? std::to_string(label_of(*goal.reference)) : "";
              });
    add_texts("goal_side", "at_least or at_most: where the bound holds",
              [](const Goal& goal) { return std::string(goal.at_least ? "at_least" : "at_most"); });
    writer_.add_labels({"goal_bound", "the bound, in the unit of what is held against it", "1",
                        of_goals<double>([](const Goal& goal) { return goal.bound; })},
                       "goal");
    writer_.add_labels(
        {"goal_year", "the year by which the goal is to be met", "year",
         of_goals<std::int32_t>([&](const Goal& goal) { return label_of(goal.year); })},
        "goal");
    add_texts("goal_holds", "in_year or from_year: when the bound is to hold",
              [](const Goal& goal) {
                return std::string(goal.holds == Holds::in_year ? "in_year" : "from_year");
              });
  }

  void add_figures() {
    add_by_year("figure", "mean of what is held against the bound", &GoalOutcome::figure);
    add_by_year("holds", "share of the draws in which the bound holds in the year",
                &GoalOutcome::holds);
    add_by_year("reached", "share of the draws that have reached the goal by the year",
                &GoalOutcome::reached);
    add("probability", "share of the draws that meet the goal", &GoalOutcome::probability);
    add("never_reached", "share of the draws that never reach the goal", &GoalOutcome::never);
    add("first_year", "first year by which half of the draws have reached the goal",
        &GoalOutcome::first_year);
    add("shortfall", "by how much the goal is missed, mean over the draws",
        &GoalOutcome::shortfall);
    if (outcomes_.front().shortfall_quantiles.empty()) return;
    add_quantiles("first_year", "first year by which the share of the draws has reached the goal",
                  &GoalOutcome::first_year_quantiles);
    add_quantiles("shortfall", "by how much the goal is missed, quantiles of the draws",
                  &GoalOutcome::shortfall_quantiles);
  }

 private:
  std::int32_t label_of(std::size_t year) const {
    return (frame_.base_year + static_cast<int>(year) * frame_.step).value();
  }

  /// A position among the years as the year; NaN stays.
  double year_of(double position) const {
    return std::isnan(position) ? position : label_of(static_cast<std::size_t>(position));
  }

  template <class Value, class ValueOf>
  std::vector<Value> of_goals(ValueOf&& value_of) const {
    std::vector<Value> values;
    for (const GoalOutcome& outcome : outcomes_) values.push_back(value_of(outcome.goal));
    return values;
  }

  template <class TextOf>
  void add_texts(const char* name, const char* long_name, TextOf&& text_of) {
    writer_.add_labels({name, long_name, "", of_goals<std::string>(text_of)}, "goal");
  }

  store::Dataset dataset(const std::string& name, std::vector<std::string> axes,
                         const std::string& long_name) const {
    const bool years = name.starts_with("first_year");
    return {"goals/" + name,
            std::move(axes),
            {{"units", years ? "year" : "1"},
             {"long_name", long_name},
             {"basis", std::string(to_string(basis_))}}};
  }

  void add(const std::string& name, const std::string& long_name, double GoalOutcome::*figure) {
    std::vector<double> values;
    for (const GoalOutcome& outcome : outcomes_) values.push_back(outcome.*figure);
    if (figure == &GoalOutcome::first_year) make_years(values);
    writer_.add_dataset(dataset(name, {"goal"}, long_name), values);
  }

  void add_by_year(const std::string& name, const std::string& long_name,
                   std::vector<double> GoalOutcome::*figures) {
    std::vector<double> values;
    for (const GoalOutcome& outcome : outcomes_) {
      values.insert(values.end(), (outcome.*figures).begin(), (outcome.*figures).end());
    }
    writer_.add_dataset(dataset(name, {"goal", "year"}, long_name), values);
  }

  void add_quantiles(const std::string& name, const std::string& long_name,
                     std::vector<double> GoalOutcome::*quantiles) {
    std::vector<double> values;
    for (std::size_t at = 0; at < (outcomes_.front().*quantiles).size(); ++at) {
      for (const GoalOutcome& outcome : outcomes_) values.push_back((outcome.*quantiles)[at]);
    }
    if (quantiles == &GoalOutcome::first_year_quantiles) make_years(values);
    writer_.add_dataset(dataset(name + "_quantiles", {"quantile", "goal"}, long_name), values);
  }

  void make_years(std::vector<double>& positions) const {
    for (double& position : positions) position = year_of(position);
  }

  store::Writer& writer_;
  const Frame& frame_;
  std::span<const GoalOutcome> outcomes_;
  Basis basis_ = Basis::observed;
};

}  // namespace

void write_goals(store::Writer& writer, const Frame& frame, std::span<const GoalOutcome> outcomes) {
  if (outcomes.empty()) return;
  GoalWriter goal_writer(writer, frame, outcomes);
  goal_writer.add_labels();
  goal_writer.add_figures();
}

}  // namespace kohort
