// Rates that could not be applied to people are refused before the projection starts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/population/rates/adjustment.hpp"
#include "models/population/rates/figures.hpp"
#include "models/population/rates/rates.hpp"

namespace kohort::population {

/// Whom rates are about.
struct RateCell {
  Sex sex;
  Age age;
  Area area;
};

/// Rates that could not be applied to people.
struct Impossible {
  const Parameter* parameter = nullptr;  ///< that gives them, or says where they come from
  std::vector<Adjusted> raised_by{};     ///< factors on these can make them so
  Interval interval{};
  std::optional<RateCell> cell{};  ///< one of those whom they are about; none where it is all
  std::string what{};
  std::string remedy{};
};

/// The first rates by which more than all would die or leave, that are no number, by which those of
/// the first or the open age group would bear children (which the accounts rely on nobody doing),
/// or by which movers go nowhere; none where all can be applied.
std::optional<Impossible> find_impossible(const Source& source, const Conventions& conventions,
                                          const Rates& rates);

/// Throws `Error` (Fault::input), with area, sex, age and year, where there are such rates.
void check_rates(const Source& source, const Conventions& conventions, const Rates& rates);

}  // namespace kohort::population
