// Of which sex, age and area those are who enter an occupation.
#pragma once

#include <vector>

#include "models/workforce/base_stock.hpp"
#include "models/workforce/staff_inputs.hpp"

namespace kohort::workforce {

/// Shares of those who enter, by sex and by group of ages; each sums to 1.
struct EntryGroups {
  const AgeGroups& groups;
  std::vector<double> ages;
  std::vector<double> sexes;
};

/// Of all who enter in the nation the share in each cell: within a sex and group of ages in
/// proportion to the labour force. Groups in which nobody is in the labour force are left out, so
/// that the sum may be below 1.
LabourTable entry_weights(const EntryGroups& groups, const LabourTable& labour);

/// The sum of each area over sexes and ages.
std::vector<double> sums_of_areas(const LabourTable& table);

}  // namespace kohort::workforce
