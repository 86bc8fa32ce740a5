// The rate of onset behind two prevalences, with one state of care.
#pragma once

#include "engine/base/quantity.hpp"

namespace kohort::care {

/// A birth cohort over a short span, told apart by with and without care. Rates are constant in it.
struct PrevalenceStep {
  double now = 0.0;    ///< share with care at the start
  double later = 0.0;  ///< share with care at the end, of the same cohort's survivors
  Duration width = Duration::years(1.0);
  CentralRate mortality_without{};
  CentralRate mortality_with{};
  CentralRate recovery{};
};

/// A rate of onset among those without care.
struct Onset {
  CentralRate rate;
  bool clipped = false;  ///< it came out negative and is 0: cohort change, noise, or recovery
};

/// The rate of onset i = (dpi/dt + r pi) / (1 - pi) + pi (m1 - m0), with the slope of the
/// prevalence along the cohort (later - now) / width and pi in the middle of both. The error of a
/// finite step falls with the square of its width. Several states: `nearest_transitions`.
/// The model has several states and takes `nearest_transitions`; this closed form stands here as
/// what those must come to where there are two states and a step is short, and tests hold them to
/// it. Throws `std::invalid_argument` on shares outside [0, 1) or a width that is not above 0.
/// Source: Keiding (1991), Journal of the Royal Statistical Society A 154(3); Brinks & Landwehr
/// (2014), Theoretical Population Biology 92.
Onset incidence_from_prevalence(const PrevalenceStep& step);

}  // namespace kohort::care
