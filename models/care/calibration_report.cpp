#include "models/care/calibration_report.hpp"

#include <algorithm>
#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "models/care/parameters.hpp"

namespace kohort::care {

namespace p = parameters;

namespace {

class Report {
 public:
  explicit Report(const CalibrationFacts& facts) : facts_(facts), frame_(facts.source.frame) {
    for (const StateDescription& state : facts.inputs.care.states) states_.push_back(state.name);
  }

  std::vector<Estimate> write() {
    const EstimateAxis series{"care_series", facts_.inputs.care.series};
    const EstimateAxis states{"care_state", states_};
    add_published();
    add_definitions(series);
    add_levels(series);
    add({"care/calibration/odds_of_dying",
         "odds of dying against those in the first state",
         "1",
         {{"sex", {}}, states},
         values(facts_.rates.odds_of_dying),
         basis_of_dying()});
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

  void add(Estimate estimate) { estimates_.push_back(std::move(estimate)); }

  /// Of what is reckoned from the tables of these parameters.
  Basis basis_of(const std::vector<const Parameter*>& parameters) const {
    Basis basis = Basis::estimated;
    for (const Parameter* parameter : parameters) {
      basis = std::max(basis, facts_.source.tables.basis_of(*parameter));
    }
    return basis;
  }

  Basis basis_of_levels() const {
    return basis_of({&p::national_shares, &p::profile, &p::national_population, &p::area_shares,
                     &p::own_users});
  }

  Basis basis_of_dying() const {
    const auto& odds = facts_.inputs.odds_of_dying;
    // Those of the first state are 1 by what odds are.
    const bool assumed = std::any_of(odds.begin() + 1, odds.end(),
                                     [](const auto& given) { return given.has_value(); });
    return assumed ? Basis::assumed : std::max(basis_of_levels(), basis_of({&p::survival}));
  }

  Basis basis_of_states() const {
    const Basis parts = facts_.inputs.assumed_parts ? Basis::assumed : basis_of({&p::state_part});
    return std::max(parts, basis_of_levels());
  }

  void add_published() {
    EstimateAxis people{"care_published", {}};
    std::vector<double> shares;
    for (const PublishedShare& one : facts_.inputs.published) {
      people.labels.push_back(fmt::format("{} {}: {} of {}",
                                          facts_.inputs.care.series[one.series.position()],
                                          one.people, one.definition, one.origin));
      shares.push_back(one.share);
    }
    add({"care/calibration/national_share",
         "share of users that the nation is calibrated to",
         "1",
         {people},
         std::move(shares),
         basis_of({&p::national_shares})});
  }

  void add_definitions(const EstimateAxis& series) {
    const DefinitionShares& known = facts_.inputs.by_definition;
    const EstimateAxis people{"care_people", known.people};
    const EstimateAxis definitions{"care_definition", known.definitions};
    const Basis basis = basis_of({&p::national_shares});
    add({"care/calibration/definition_share",
         "the nation's published share of users by definition and year; 0 where there is none",
         "1",
         {series, people, definitions, {"care_share_year", known.years}},
         known.shares,
         basis});
    add({"care/calibration/definition_counts",
         "1 of the definition by which users are counted, else 0",
         "1",
         {series, people, definitions},
         known.counts,
         basis});
  }

  /// The definitions that areas are counted by, as they stand to the nation's.
  std::string definitions_of_areas() const {
    const auto lists = facts_.source.settings.maybe(p::area_definitions);
    if (!lists || !facts_.source.settings.given(p::area_shares)) return "";
    std::string text;
    for (const auto& [name, definitions] : *lists) {
      text += fmt::format("; {} by {}", name, fmt::join(definitions, ", "));
    }
    return text;
  }

  void add_levels(const EstimateAxis& series) {
    const auto add_level = [&](const std::string& name, const std::string& meaning,
                               const Table<double, Series, Area>& table) {
      add({"care/calibration/" + name,
           meaning,
           "1",
           {series, {"area", {}}},
           values(table),
           basis_of_levels()});
    };
    add_level(
        "share",
        "share of users that an area is calibrated to in the base year" + definitions_of_areas(),
        facts_.levels.share);
    add_level("shift", "log-odds of an area's level against the nation's", facts_.levels.shift);
    add_level("shift_sd", "standard deviation of that", facts_.levels.sd);
    std::vector<double> from;
    for (const LevelFrom one : facts_.levels.from) from.push_back(static_cast<double>(one));
    add({"care/calibration/level_basis",
         "where an area's level comes from: 0 the nation's rates, 1 published ratios to the "
         "nation, 2 published shares, 3 its own register, 4 what the others leave of the nation",
         "1",
         {{"area", {}}},
         std::move(from),
         basis_of_levels()});
  }

  void add_trends(const EstimateAxis& series) {
    std::vector<double> slopes;
    std::vector<double> errors;
    for (const LogTrend& trend : facts_.course.trends) {
      slopes.push_back(trend.slope);
      errors.push_back(trend.slope_sd.value_or(0.0));
    }
    const Basis basis = basis_of({&p::national_shares});
    add({"care/calibration/trend",
         "yearly change of the logarithm of the share of 80 and older",
         "1",
         {series},
         std::move(slopes),
         basis});
    add({"care/calibration/trend_sd",
         "standard error of that; 0 where it is not known",
         "1",
         {series},
         std::move(errors),
         basis});
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
    add({"care/calibration/prevalence",
         "shares by state of care in the base year",
         "1",
         {{"area", {}}, {"sex", {}}, {"age", {}}, states},
         std::move(figures),
         basis_of_states()});
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
    const Basis basis = std::max({basis_of_states(), basis_of_dying(), basis_of({&p::prior})});
    add({"care/calibration/transitions",
         "of those who live through the first year, by the age that they reach and the state that "
         "they were in: shares by the state that they are in then",
         "1",
         {{"area", {}}, {"sex", {}}, {"age", {}}, states, later},
         std::move(figures),
         basis});
  }

  const CalibrationFacts& facts_;
  const Frame& frame_;
  std::vector<std::string> states_;
  std::vector<Estimate> estimates_;
};

}  // namespace

std::string definition_of(const CareInputs& inputs) {
  std::string text;
  const PublishedShare* before = nullptr;
  for (const PublishedShare& one : inputs.published) {
    const bool same = before != nullptr && before->series == one.series &&
                      before->definition == one.definition && before->origin == one.origin;
    if (!same) {
      text += fmt::format("{}{}: {} of {}, ", text.empty() ? "" : "; ",
                          inputs.care.series[one.series.position()], one.definition, one.origin);
    } else {
      text += ", ";
    }
    text += one.people;
    before = &one;
  }
  return text;
}

std::vector<Estimate> calibration_report(const CalibrationFacts& facts) {
  return Report(facts).write();
}

}  // namespace kohort::care
