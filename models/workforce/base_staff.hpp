// The staff of the base year as whole people.
#pragma once

#include "models/workforce/occupations.hpp"

namespace kohort::workforce {

/// Heads rounded so that those of each occupation and area sum to the nearest whole number of what
/// they summed to, by largest remainders over sexes and ages (`integerise`).
StaffTable whole_staff(const StaffTable& staff);

}  // namespace kohort::workforce
