// A municipality's own register of users by age and sex, which goes before any estimate.
#pragma once

#include "engine/model/source.hpp"
#include "models/care/inputs.hpp"
#include "models/care/levels.hpp"

namespace kohort::care {

/// Log-odds that are added to those of a cell, so that its users are those of the register.
using OwnShifts = Table<double, Series, Sex, CareAge, Area>;

/// Reads `care.own_users` and finds, for each area that has them, the shifts of each sex and group
/// of ages at which the users of every series are the register's, in the area's population of the
/// base year. The levels of such areas become the register's shares, and are certain. 0 elsewhere.
/// Of a municipality's register planning areas without one of their own have what the others leave.
/// Throws `Error` where an area has users of some groups only, or more users than people, and where
/// planning areas have more users than their municipality or do not sum to it.
OwnShifts meet_own_users(const Source& source, const CareInputs& inputs,
                         const PrevalenceModel& model, const CarePeople& people,
                         AreaLevels& levels);

}  // namespace kohort::care
