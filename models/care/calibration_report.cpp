#include "models/care/calibration_report.hpp"

#include <string>

namespace kohort::care {
namespace {

class Report {
 public:
  explicit Report(const CalibrationFacts& facts) : facts_(facts), frame_(facts.source.frame) {
    for (const StateDescription& state : facts.inputs.care.states) states_.push_back(state.name);
  }

  std::vector<Estimate> write() {
    const EstimateAxis series{"care_series", facts_.inputs.care.series};
    const EstimateAxis states{"care_state", states_};
    const EstimateAxis sexes{"sex", {}};
    const EstimateAxis areas{"area", {}};
    add("care/calibration/share", "share of users that an area is calibrated to in the base year",
        {series, areas}, values(facts_.levels.share));
    add("care/calibration/shift", "log-odds of an area's level against the nation's",
        {series, areas}, values(facts_.levels.shift));
    add("care/calibration/shift_sd", "standard deviation of that", {series, areas},
        values(facts_.levels.sd));
    add("care/calibration/odds_of_dying", "odds of dying against those in the first state",
        {sexes, states}, values(facts_.rates.odds_of_dying));
    add_trends(series);
    add_prevalence(states);
    if (!facts_.rates.transitions.empty()) add_transitions(states);
    return std::move(estimates_);
  }

 private:
  template <class T>
  static std::vector<double> values(const T& table) {
    const auto figures = table.values();
    return {figures.begin(), figures.end()};
  }

  void add(const std::string& name, const std::string& meaning, std::vector<EstimateAxis> axes,
           std::vector<double> figures) {
    estimates_.push_back({name, meaning, "1", std::move(axes), std::move(figures),
                          facts_.source.tables.weakest() == Basis::observed
                              ? Basis::estimated
                              : facts_.source.tables.weakest()});
  }

  void add_trends(const EstimateAxis& series) {
    std::vector<double> slopes;
    std::vector<double> errors;
    for (const LogTrend& trend : facts_.course.trends) {
      slopes.push_back(trend.slope);
      errors.push_back(trend.slope_sd.value_or(0.0));
    }
    add("care/calibration/trend", "yearly change of the logarithm of the share of 80 and older",
        {series}, std::move(slopes));
    add("care/calibration/trend_sd", "standard error of that; 0 where it is not known", {series},
        std::move(errors));
  }

  /// By all ages; those who are too young are in no state.
  void add_prevalence(const EstimateAxis& states) {
    const PrevalenceTable& base = facts_.rates.base;
    std::vector<double> figures;
    for (const Area area : positions<Area>(frame_.areas.size())) {
      for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
        for (const Age age : positions<Age>(frame_.ages())) {
          for (const CareState state : positions<CareState>(states_.size())) {
            const std::size_t first = facts_.inputs.care.first_age.position();
            figures.push_back(age.position() < first
                                  ? 0.0
                                  : base(sex, CareAge(age.position() - first), state, area));
          }
        }
      }
    }
    add("care/calibration/prevalence", "shares by state of care in the base year",
        {{"area", {}}, {"sex", {}}, {"age", {}}, states}, std::move(figures));
  }

  void add_transitions(const EstimateAxis& states) {
    const TransitionTable& table = facts_.rates.transitions.front();
    std::vector<double> figures;
    for (const Area area : positions<Area>(frame_.areas.size())) {
      for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
        for (const Age age : positions<Age>(frame_.ages())) {
          for (const CareState from : positions<CareState>(states_.size())) {
            for (const ToState to : positions<ToState>(states_.size())) {
              const std::size_t first = facts_.inputs.care.first_age.position();
              figures.push_back(age.position() <= first
                                    ? 0.0
                                    : table(sex, CareAge(age.position() - first), from, to, area));
            }
          }
        }
      }
    }
    EstimateAxis later = states;
    later.name = "to_care_state";
    add("care/calibration/transitions",
        "of those who live through the first year, by the age that they reach and the state that "
        "they were in: shares by the state that they are in then",
        {{"area", {}}, {"sex", {}}, {"age", {}}, states, later}, std::move(figures));
  }

  const CalibrationFacts& facts_;
  const Frame& frame_;
  std::vector<std::string> states_;
  std::vector<Estimate> estimates_;
};

}  // namespace

std::vector<Estimate> calibration_report(const CalibrationFacts& facts) {
  return Report(facts).write();
}

}  // namespace kohort::care
