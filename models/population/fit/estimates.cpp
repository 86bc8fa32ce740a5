#include "models/population/fit/estimates.hpp"

#include <cmath>

#include "models/population/fit/tables.hpp"

namespace kohort::population::fit {

namespace {

EstimateAxis years_axis(Years years) {
  EstimateAxis axis{"mortality_year", {}};
  for (const Year year : years) axis.labels.push_back(std::to_string(year.value()));
  return axis;
}

/// Columns of figures, one for each sex or one alone, put together sex by sex.
class Joined {
 public:
  explicit Joined(bool by_sex) : by_sex_(by_sex) {}

  void add(const std::string& name, const Eigen::VectorXd& values) {
    std::vector<double>& all = columns_[column(name)].second;
    all.insert(all.end(), values.begin(), values.end());
  }
  void add(const std::string& name, double value) {
    add(name, Eigen::VectorXd::Constant(1, value));
  }

  void report(const std::string& name, const std::string& long_name, const std::string& unit,
              std::vector<EstimateAxis> axes, std::vector<Estimate>& estimates) {
    if (by_sex_) axes.insert(axes.begin(), {"sex", {}});
    estimates.push_back(
        estimate(name, long_name, unit, std::move(axes), columns_[column(name)].second));
  }

 private:
  std::size_t column(const std::string& name) {
    for (std::size_t at = 0; at < columns_.size(); ++at) {
      if (columns_[at].first == name) return at;
    }
    columns_.emplace_back(name, std::vector<double>());
    return columns_.size() - 1;
  }

  bool by_sex_;
  std::vector<std::pair<std::string, std::vector<double>>> columns_;
};

/// The parts of one or more Lee-Carter models.
void add_indices(const std::vector<MortalityIndex>& indices, const std::string& prefix,
                 std::vector<Estimate>& estimates) {
  Joined joined(indices.size() > 1);
  for (const MortalityIndex& index : indices) {
    joined.add(prefix + "_a", index.model.level);
    joined.add(prefix + "_b", index.model.response);
    joined.add(prefix + "_k", index.model.index);
    joined.add(prefix + "_drift", index.walk.drift);
    joined.add(prefix + "_drift_sd", std::sqrt(index.walk.drift_variance));
    joined.add(prefix + "_sigma", std::sqrt(index.walk.variance));
  }
  const EstimateAxis years = years_axis(indices.front().years);
  joined.report(prefix + "_a", "mean of the logarithm of the death rate", "1", {{"age", {}}},
                estimates);
  joined.report(prefix + "_b", "response of that logarithm to the index", "1", {{"age", {}}},
                estimates);
  joined.report(prefix + "_k", "index of mortality", "1", {years}, estimates);
  joined.report(prefix + "_drift", "yearly drift of the index", "per year", {}, estimates);
  joined.report(prefix + "_drift_sd", "standard error of the drift", "per year", {}, estimates);
  joined.report(prefix + "_sigma", "standard deviation of the index's yearly steps", "1", {},
                estimates);
}

void add_departures(const std::vector<MortalityDeparture>& departures, Years years,
                    std::vector<Estimate>& estimates) {
  const std::string prefix = "mortality_sex";
  Joined joined(true);
  for (const MortalityDeparture& departure : departures) {
    joined.add(prefix + "_a", departure.member.level);
    joined.add(prefix + "_b", departure.member.response);
    joined.add(prefix + "_k", departure.member.index);
    joined.add(prefix + "_phi", departure.index.coefficient);
    joined.add(prefix + "_sigma", std::sqrt(departure.index.variance));
  }
  joined.report(prefix + "_a", "mean of the logarithm of the sex's death rate", "1", {{"age", {}}},
                estimates);
  joined.report(prefix + "_b", "response of that logarithm to the sex's own index", "1",
                {{"age", {}}}, estimates);
  joined.report(prefix + "_k", "the sex's own index", "1", {years_axis(years)}, estimates);
  joined.report(prefix + "_phi", "what is left of it after a year", "1", {}, estimates);
  joined.report(prefix + "_sigma", "standard deviation of its noise", "1", {}, estimates);
}

void add_process(const std::string& component, const DeviationProcess& process,
                 std::vector<Estimate>& estimates) {
  if (process.kind == DeviationKind::none) return;
  const std::string prefix = "uncertainty_" + component;
  const auto number = [&](const std::string& name, const std::string& text, double value) {
    estimates.push_back(estimate(prefix + name, component + ": " + text, "1", {}, {value}));
  };
  const auto offset = [&](const std::string& whose, const LaunchOffset& of) {
    const std::string name = "_" + whose + "_offset";
    const std::string text =
        whose + " deviations at the launch, in stationary standard deviations: ";
    number(name + "_level", text + "of the mean that they return to", of.level);
    number(name + "_carried", text + "of their own for one of the mean's", of.carried);
    number(name + "_own", text + "what is independent of the mean's", of.own);
  };
  if (process.kind == DeviationKind::ar1) {
    number("_phi", "what is left of a national deviation after a year", process.phi);
    offset("national", process.national_offset);
  } else {
    number("_drift_sd", "standard error of the drift", process.drift_sd);
  }
  number("_national_sd", "standard deviation of the national deviation's yearly steps",
         process.national_sd);
  number("_area_phi", "what is left of an area's own deviation after a year", process.area_phi);
  offset("area", process.area_offset);
  estimates.push_back(estimate(prefix + "_area_sd",
                               component + ": standard deviation of the yearly steps of each "
                                           "area's own deviation",
                               "1", {{"area", {}}}, process.area_sd));
}

}  // namespace

Estimate estimate(const std::string& name, std::string long_name, std::string unit,
                  std::vector<EstimateAxis> axes, std::vector<double> values) {
  return {"fit/" + name, std::move(long_name), std::move(unit), std::move(axes), std::move(values)};
}

std::vector<Estimate> level_estimates(const LocalLevels& levels) {
  std::vector<double> bases;
  for (const auto* basis : {&levels.fertility_basis, &levels.mortality_basis}) {
    for (const LevelBasis one : *basis) bases.push_back(static_cast<double>(one));
  }
  return {estimate("natural_change_factor",
                   "births multiplied and deaths divided by, beside the county", "1",
                   {{"area", {}}}, levels.natural_change_factor),
          estimate("local_fertility", "fertility beside the county's", "1", {{"area", {}}},
                   levels.fertility),
          estimate("local_mortality", "mortality beside the county's", "1",
                   {{"area", {}}, {"sex", {}}, {"age", {}}}, flat(levels.mortality.values())),
          estimate("level_basis",
                   "what these are found from: 0 nothing, they are the county's; 1 natural change; "
                   "2 the area's own births or deaths",
                   "1", {{"event", {"births", "deaths"}}, {"area", {}}}, bases)};
}

std::vector<Estimate> mortality_estimates(const NationalMortality& national) {
  const std::vector<EstimateAxis> by_age{{"sex", {}}, {"age", {}}};
  std::vector<Estimate> estimates;
  estimates.push_back(estimate("death_rate_level",
                               "national period-cohort death rate in the window", "per person-year",
                               by_age, flat(national.level.values())));
  if (!national.given) {
    estimates.push_back(estimate("death_rate_improvement", "yearly fall of the national death rate",
                                 "per year", by_age, flat(national.improvement.values())));
  }
  add_indices({national.common}, "mortality_common", estimates);
  if (!national.by_sex.empty()) add_indices(national.by_sex, "mortality", estimates);
  if (!national.departures.empty()) {
    add_departures(national.departures, national.common.years, estimates);
  }
  return estimates;
}

std::vector<Estimate> departure_estimates(const History& history, const NationalMortality& national,
                                          const RegionalMortality& regional) {
  if (regional.departures.empty()) return {};
  std::vector<double> response;
  std::vector<double> index;
  std::vector<double> phi;
  std::vector<double> sigma;
  for (const Region region : history.region_of_area) {
    for (const Sex sex : positions<Sex>(2)) {
      const MortalityDeparture& one = regional.departures[2 * region.position() + sex.position()];
      const CoherentMember& member = one.member;
      response.insert(response.end(), member.response.begin(), member.response.end());
      index.insert(index.end(), member.index.begin(), member.index.end());
      phi.push_back(one.index.coefficient);
      sigma.push_back(std::sqrt(one.index.variance));
    }
  }
  const EstimateAxis area{"area", {}};
  const EstimateAxis sex{"sex", {}};
  return {
      estimate("mortality_county_b",
               "response of the logarithm of the county's death rate to the county's own index",
               "1", {area, sex, {"age", {}}}, response),
      estimate("mortality_county_k", "index of the county and sex beside the nation's sex", "1",
               {area, sex, years_axis(national.common.years)}, index),
      estimate("mortality_county_phi", "what is left of it after a year", "1", {area, sex}, phi),
      estimate("mortality_county_sigma", "standard deviation of its noise", "1", {area, sex},
               sigma)};
}

std::vector<Estimate> uncertainty_estimates(const std::string& component,
                                            const DeviationProcess& process) {
  std::vector<Estimate> estimates;
  add_process(component, process, estimates);
  return estimates;
}

std::vector<Estimate> response_estimates(const ParameterUncertainty& uncertainty) {
  if (uncertainty.net_migration.kind == DeviationKind::none) return {};
  const std::vector<EstimateAxis> by_age{{"sex", {}}, {"age", {}}};
  return {estimate("uncertainty_net_migration_response",
                   "response of the net migration rate to the nation's of all ages", "1", by_age,
                   flat(uncertainty.net_migration_response.values())),
          estimate("uncertainty_net_migration_area_response",
                   "response of the net migration rate to the area's of all ages", "1", by_age,
                   flat(uncertainty.area_net_migration_response.values()))};
}

}  // namespace kohort::population::fit
