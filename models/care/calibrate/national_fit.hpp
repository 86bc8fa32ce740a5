// The model of prevalence that reproduces what is published of the nation.
#pragma once

#include "engine/table/table.hpp"
#include "models/care/calibrate/prevalence.hpp"

namespace kohort::care {

/// What is published of the nation.
struct NationalShares {
  Table<double, Series, Sex> all_ages;  ///< among all persons of a sex, from the first age on
  BroadShares oldest;                   ///< among the oldest of both sexes
};

/// The model that gives exactly these shares in this population: alpha by sex and beta by series,
/// as many as there are shares; each odds within a part in 10^12. Any number of series and sexes.
/// Throws `Error` (Fault::input) on shares that are not above 0 or whose sum is not below 1, on
/// ages with nobody in them, where the oldest would have all users of a series, or more, and
/// where no level and steepness give the shares; `std::invalid_argument` on tables that do not
/// belong together.
PrevalenceModel fit_national(const Persons& population, const Table<double, Sex, CareAge>& profile,
                             const NationalShares& shares);

}  // namespace kohort::care
