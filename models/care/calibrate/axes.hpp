// The axes of elder care, and the small vectors and matrices over its states.
#pragma once

#include <Eigen/Core>

#include "engine/base/parts.hpp"

namespace kohort::care {

/// A count of users that is published, such as home care by one definition, or special housing.
using Series = Index<struct CareSeriesAxis>;
/// Age counted from the first age at which care is told apart; the last position is open.
using CareAge = PartAge;
/// What care somebody has; position 0 is none.
using CareState = Part;

/// More states than any published set of need levels, few enough to stay off the heap: transitions
/// are found for every area, sex, age and year.
inline constexpr int most_states = 8;

/// A number for each state.
using StateVector = Eigen::Matrix<double, Eigen::Dynamic, 1, Eigen::ColMajor, most_states, 1>;
/// A number for each pair of states; row: from, column: to.
using StateMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor,
                                  most_states, most_states>;

}  // namespace kohort::care
