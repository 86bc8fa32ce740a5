#include "models/workforce/demand_calibration.hpp"

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "models/workforce/demand_inputs.hpp"
#include "models/workforce/staff_reader.hpp"

namespace kohort::workforce {

namespace p = parameters;

namespace {

double sum_of(const StaffAmounts& amounts, Occupation occupation) {
  double sum = 0.0;
  for (const double amount : amounts.slab(occupation)) sum += amount;
  return sum;
}

std::vector<double> factors_of(const Source& source, const std::vector<std::string>& occupations,
                               const BasePosts& base) {
  const StaffReader reader(source, source.settings);
  const auto vacancy = reader.read<Occupation>(
      p::vacancy, FewerAt::high, {WantedAxis{.name = "occupation", .labels = occupations}});
  std::vector<double> factors;
  for (const Occupation occupation : positions<Occupation>(occupations.size())) {
    const double posts = sum_of(base.supply, occupation) / (1.0 - vacancy(occupation));
    const double demand = sum_of(base.demand, occupation);
    factors.push_back(demand > 0.0 ? posts / demand : 1.0);
    if (demand > 0.0 || posts == 0.0) continue;
    reader.fail(p::calibrate_demand,
                fmt::format("there are {:.6g} posts of '{}', and no task of municipalities takes "
                            "any in the base year",
                            posts, occupations[occupation.position()]),
                "name it in the mix of a task, or do not calibrate demand");
  }
  return factors;
}

}  // namespace

std::vector<Estimate> calibrate_demand(const Source& source,
                                       const std::vector<std::string>& occupations,
                                       const BasePosts& base, Demand& demand) {
  std::vector<double> factors(occupations.size(), 1.0);
  if (source.settings[p::calibrate_demand]) {
    factors = factors_of(source, occupations, base);
    demand.multiply(factors);
  }
  std::vector<double> hours;
  for (const WorkingYear& year : read_working_years(source, occupations)) {
    hours.push_back(year.available_hours());
  }
  const Basis basis = std::max(Basis::estimated, source.tables.weakest());
  const EstimateAxis axis{"occupation", occupations};
  return {{"workforce/calibration/demand_factor",
           "factor on the demand of municipalities by which that of all areas in the base year is "
           "their full-time staff and vacant posts",
           "1",
           {axis},
           factors,
           basis},
          {"workforce/calibration/available_hours",
           "working hours that a full-time post has in a year",
           "hours per year",
           {axis},
           hours,
           basis}};
}

}  // namespace kohort::workforce
