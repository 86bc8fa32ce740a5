// The levels of the areas.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/model/source.hpp"
#include "models/care/inputs.hpp"

namespace kohort::care {

/// People by sex and age from the first on.
struct CarePeople {
  Persons nation;
  std::vector<Persons> areas;
};

/// The people of some areas together.
Persons together(const CarePeople& people, const std::vector<Area>& areas);

double total(const Persons& persons);

/// Where the level of an area comes from; the numbers stand in results (FORMAT.md).
enum class LevelFrom : std::uint8_t {
  nation = 0,             ///< it has the nation's rates
  ratio = 1,              ///< published shares as ratios to the nation's by the same definition
  share = 2,              ///< published shares as they are
  own_register = 3,       ///< users that its municipality has counted
  what_others_leave = 4,  ///< the closing rest: the nation's users less those of the others
};

/// How an area stands to the nation.
struct AreaLevels {
  std::vector<LevelFrom> from;          ///< by area
  Table<double, Series, Area> share{};  ///< of the users among those of the first age and older
  Table<double, Series, Area> shift{};  ///< log-odds against the nation's
  Table<double, Series, Area> sd{};     ///< of the shift; 0 where it is not known to be uncertain

  /// Whether an area has a level of its own.
  bool known(Area area) const { return from[area.position()] != LevelFrom::nation; }
};

/// `model` is that of the base year. The shares that areas with published ones are to have, their
/// shifts in the population of the base year, and how uncertain those are: by the scatter of the
/// years about each area's mean, which all areas of a series have in common, over the number of its
/// years, and at least by chance in a share of so many people; both as `shift_sd` carries them from
/// shares to shifts. Other areas have no level yet.
AreaLevels find_levels(const Source& source, const CareInputs& inputs, const PrevalenceModel& model,
                       const CarePeople& people);

/// Levels of areas that have none of their own, once all others are known. Planning areas of a
/// municipality with published shares share its users that its other planning areas leave; where
/// any area has a level of its own, the closing rest has the users that the others leave of the
/// nation's; the rates of the others are the nation's.
void complete_levels(const Source& source, const CareInputs& inputs, const PrevalenceModel& model,
                     const CarePeople& people, AreaLevels& levels);

}  // namespace kohort::care
