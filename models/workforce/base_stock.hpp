// Staff of the base year by occupation, sex, age and area, from counts that tell less apart.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/model/source.hpp"
#include "models/population/rates/rates.hpp"
#include "models/workforce/staff_inputs.hpp"

namespace kohort::workforce {

/// What the nation's staff are parted between areas by, such as the work that services take in the
/// base year; whole table empty, or nothing for any area, where that is not known of an occupation.
using AllocationWeights = Table<double, Occupation, Area>;

/// People in the labour force.
using LabourTable = Table<double, Sex, PartAge, Area>;

/// People times participation, all groups together.
LabourTable labour_force(const population::AgeTable& people, const WorkforceFrame& workforce,
                         const Table<double, Sex, PartAge, Area>& participation);

/// Staff of the base year, and how their ages were tilted to meet a published mean.
struct BaseStock {
  LabourTable labour{};  ///< at the end of the base year
  StaffTable heads{};
  Table<double, Occupation, Sex> theta{};     ///< tilt, per year of age
  Table<double, Occupation, Sex> mean_age{};  ///< of the nation's heads; not a number without any
};

/// Heads by single age: those of an area as its labour force is, from 55 on as retiring leaves it,
/// tilted by exp(theta age) so that the nation's have their mean age; the areas' own groups of ages
/// are met. Throws `Error`
/// (Fault::input) where a cell would have more staff than labour force, saying where, and where
/// counts contradict each other.
/// Source: minimum discrimination information, Kullback (1959), Information Theory and Statistics,
/// ch. 3: of all distributions with a given mean the exponential tilt is nearest to the one before.
BaseStock estimate_base(const Source& source, const StaffInputs& inputs,
                        const population::AgeTable& people, const AllocationWeights& weights);

/// Ages of people who are to be tilted: `counts` by area and then age, of which each area's are
/// brought to its `heads`.
struct Tilted {
  std::span<const double> counts;
  std::span<const double> heads;
  double first_age;
  std::size_t counted;  ///< how many ages, from the first on, the mean age is of
};

/// The tilt by which all heads together have the mean age; none where no tilt has. 0 where nobody
/// is.
std::optional<double> tilt_to(const Tilted& people, double mean_age);

/// The mean age of all heads together under a tilt; not a number where nobody is.
double mean_age_of(const Tilted& people, double theta);

}  // namespace kohort::workforce
