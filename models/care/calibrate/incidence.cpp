#include "models/care/calibrate/incidence.hpp"

#include <stdexcept>

namespace kohort::care {

Onset incidence_from_prevalence(const PrevalenceStep& step) {
  const auto is_share = [](double share) { return share >= 0.0 && share < 1.0; };
  if (!is_share(step.now) || !is_share(step.later) || !(step.width.years() > 0.0)) {
    throw std::invalid_argument("incidence needs shares in [0, 1) and a width above 0");
  }
  const double middle = (step.now + step.later) / 2.0;
  const double slope = (step.later - step.now) / step.width.years();
  const double excess =
      step.mortality_with.per_person_year() - step.mortality_without.per_person_year();
  const double recovered = step.recovery.per_person_year() * middle;
  const double rate = (slope + recovered) / (1.0 - middle) + middle * excess;
  return {CentralRate::per_person_year(rate < 0.0 ? 0.0 : rate), rate < 0.0};
}

}  // namespace kohort::care
