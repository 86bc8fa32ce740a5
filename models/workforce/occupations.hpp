// The occupations that staff are told apart by, and what the workforce is counted along.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/base/axes.hpp"
#include "engine/base/parts.hpp"
#include "engine/model/frame.hpp"
#include "engine/table/table.hpp"

namespace kohort::workforce {

/// An occupation, in the order of the scenario.
using Occupation = Index<struct OccupationAxis>;
/// The occupation that somebody changes to.
using ToOccupation = Index<struct ToOccupationAxis>;
/// Where somebody works, who lives in an `Area`; the same areas.
using Workplace = Index<struct WorkplaceAxis>;
/// A 31 December, counted from the base year's.
using StockYear = Index<struct StaffYearAxis>;

/// The part of a cell's people who have none of the occupations.
inline constexpr Part outside{0};
/// The part of those who have an occupation.
inline constexpr Part part_of(Occupation occupation) { return Part(occupation.position() + 1); }

/// What the workforce is told apart by. Ages are single years of age at the year's end.
struct WorkforceFrame {
  Age first_age{};  ///< nobody younger is staff
  Age last_age{};   ///< nobody older is; who grows older retires
  std::vector<std::string> occupations{};

  std::size_t ages() const { return last_age.position() - first_age.position() + 1; }
  Age age_of(PartAge age) const { return Age(first_age.position() + age.position()); }
  /// The parts of a cell: those outside, and one for each occupation.
  std::size_t parts() const { return occupations.size() + 1; }
};

/// Of staff, by place of residence.
using StaffTable = Table<double, Occupation, Sex, PartAge, Area>;

}  // namespace kohort::workforce
