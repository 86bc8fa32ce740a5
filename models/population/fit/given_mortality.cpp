#include "models/population/fit/given_mortality.hpp"

#include "engine/base/error.hpp"
#include "engine/demography/life_table.hpp"
#include "models/population/fit/national_forecast.hpp"
#include "models/population/fit/parameters.hpp"
#include "models/population/rates/parameters.hpp"

namespace kohort::population::fit {

namespace p = parameters;

namespace {

/// The rates of birth cohorts whose probabilities of dying are these: `cohort_probability` and
/// `newborn_probability` of one year, solved for the rate.
std::vector<double> cohort_rates(const std::vector<double>& dying, std::size_t ages) {
  std::vector<double> rates{2.0 * dying[0] / (1.0 - dying[0])};
  for (std::size_t age = 1; age < ages; ++age) {
    rates.push_back(dying[age] / (1.0 - dying[age] / 2.0));
  }
  return rates;
}

/// From rates by age at the event.
std::vector<double> through_life_table(const Source& source, Sex sex,
                                       const std::vector<double>& at_event) {
  if (!(at_event.back() > 0.0)) {
    throw Error(Fault::input, source.settings.mistake(p::mortality_forecast,
                                                      "a death rate of 0 in the open age group",
                                                      "a life table needs one above 0 there"));
  }
  std::vector<double> first_ages;
  for (std::size_t age = 0; age < at_event.size(); ++age) {
    first_ages.push_back(static_cast<double>(age));
  }
  const bool male = source.frame.sexes[sex.position()] == "male";
  const LifeTable table =
      life_table(first_ages, at_event, male ? LifeTableSex::male : LifeTableSex::female,
                 source.settings[p::infant_years_formula]);
  return cohort_rates(cohort_dying(table, 1, OpenGroup::pooled), at_event.size());
}

}  // namespace

Yearly<Sex, Age> given_mortality(const Source& source) {
  const Frame& frame = source.frame;
  const NationalForecast forecast(source, p::mortality_forecast,
                                  NationalForecast::Detail::required);
  Yearly<Sex, Age> rates({frame.base_year + 1, frame.end_year()}, {2, frame.ages()});
  for (const Interval interval : positions<Interval>(frame.intervals)) {
    for (const Sex sex : positions<Sex>(2)) {
      std::vector<double> of_sex;
      for (const Age age : positions<Age>(frame.ages())) {
        of_sex.push_back(forecast(interval, sex, age));
      }
      if (forecast.ages() == AgeDefinition::at_event) {
        of_sex = through_life_table(source, sex, of_sex);
      }
      std::copy(of_sex.begin(), of_sex.end(), rates.slab(frame.end_of(interval), sex).begin());
    }
  }
  return rates;
}

}  // namespace kohort::population::fit
