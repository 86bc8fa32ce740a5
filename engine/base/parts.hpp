// The axes of models that tell the people of a cell apart: by state of care, by occupation.
#pragma once

#include "engine/base/axes.hpp"

namespace kohort {

/// What people of a cell are told apart by; each is in one part, and the parts sum to the cell.
using Part = Index<struct PartAxis>;
/// Age in completed years, counted from the first age at which a model tells the parts apart. Not
/// an `Age`, which counts from birth.
using PartAge = Index<struct PartAgeAxis>;

}  // namespace kohort
