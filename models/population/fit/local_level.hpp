// How far an area departs from its county, as natural change tells.
#pragma once

#include <vector>

#include "models/population/fit/expected.hpp"

namespace kohort::population::fit {

/// One factor for each projected area: births are multiplied by it and deaths divided. Births and
/// deaths of a municipality are unknown, but their difference is published. The plus-minus factor
/// f with f B - D / f = natural change, where B and D are those that the county's rates give the
/// area's women and old people, is therefore all that can be learnt; its logarithm, of variance
/// 1 / (B + D), is shrunk between the areas. An area that is expected to have no births or no
/// deaths tells nothing of its own and gets the mean of the others; the closing rest has 1.
std::vector<double> natural_change_factors(const Source& source, const ExpectedVitals& expected);

}  // namespace kohort::population::fit
