#include "engine/demography/sullivan.hpp"

#include <cmath>
#include <cstddef>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/base/error.hpp"

namespace kohort {
namespace {

void require_shape(const SullivanInput& input) {
  const std::size_t groups = input.person_years.size();
  const bool sampled = !input.sample_size.empty();
  if (groups == 0 || input.survivors.size() != groups || input.with_need.size() != groups ||
      (sampled && input.sample_size.size() != groups)) {
    throw std::invalid_argument("each age group needs its person-years, survivors and share");
  }
}

/// The text has a place for the number of the group and one for what was found.
void refuse_if(bool wrong, const char* text, std::size_t group, double found) {
  if (!wrong) return;
  throw Error(Fault::input, Mistake{{},
                                    fmt::format(fmt::runtime(text), group + 1, found),
                                    "check the life table and the shares that go with it"});
}

void require_values(const SullivanInput& input) {
  for (std::size_t at = 0; at < input.person_years.size(); ++at) {
    const double share = input.with_need[at];
    const double years = input.person_years[at];
    refuse_if(!(share >= 0.0 && share <= 1.0), "age group {}: a share with need of {}", at, share);
    refuse_if(!(years >= 0.0 && std::isfinite(years)), "age group {}: {} person-years", at, years);
    refuse_if(!(input.survivors[at] > 0.0), "age group {}: {} survivors", at, input.survivors[at]);
    if (input.sample_size.empty()) continue;
    const double size = input.sample_size[at];
    refuse_if(!(size > 0.0), "age group {}: a sample of {} persons", at, size);
  }
}

/// The sums from each entry to the last.
std::vector<double> sums_from(std::vector<double> values) {
  for (std::size_t at = values.size() - 1; at > 0; --at) values[at - 1] += values[at];
  return values;
}

std::vector<double> standard_errors(const SullivanInput& input) {
  std::vector<double> variance;
  for (std::size_t at = 0; at < input.sample_size.size(); ++at) {
    const double years = input.person_years[at];
    const double share = input.with_need[at];
    variance.push_back(years * years * share * (1.0 - share) / input.sample_size[at]);
  }
  if (variance.empty()) return {};
  std::vector<double> errors = sums_from(std::move(variance));
  for (std::size_t at = 0; at < errors.size(); ++at) {
    errors[at] = std::sqrt(errors[at]) / input.survivors[at];
  }
  return errors;
}

}  // namespace

HealthExpectancy sullivan(const SullivanInput& input) {
  require_shape(input);
  require_values(input);
  HealthExpectancy result;
  for (std::size_t at = 0; at < input.person_years.size(); ++at) {
    result.healthy_person_years.push_back(input.person_years[at] * (1.0 - input.with_need[at]));
  }
  result.healthy_years_above = sums_from(result.healthy_person_years);
  for (std::size_t at = 0; at < input.survivors.size(); ++at) {
    result.expectancy.push_back(result.healthy_years_above[at] / input.survivors[at]);
  }
  result.standard_error = standard_errors(input);
  return result;
}

}  // namespace kohort
