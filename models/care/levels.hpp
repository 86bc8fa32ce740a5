// The levels of the areas and the course of the nation.
#pragma once

#include <vector>

#include "engine/model/source.hpp"
#include "models/care/inputs.hpp"

namespace kohort::care {

/// People by sex and age from the first on.
struct CarePeople {
  Persons nation;
  std::vector<Persons> areas;
};

/// How an area stands to the nation.
struct AreaLevels {
  Table<double, Series, Area> share{};  ///< of the users among those of the first age and older
  Table<double, Series, Area> shift{};  ///< log-odds against the nation's
  Table<double, Series, Area> sd{};     ///< of the shift; 0 where the area has the nation's level
};

/// `model` is that of the base year. The shares that areas are to have, their shifts in the
/// population of the base year, and how uncertain those are: by the scatter of the years about each
/// area's mean, which all areas of a series have in common, over the number of its years. Where all
/// areas but the closing rest have shares of their own, the rest has what the nation's users leave
/// it.
AreaLevels find_levels(const Source& source, const CareInputs& inputs, const PrevalenceModel& model,
                       const CarePeople& people);

/// How the nation goes on.
struct NationalCourse {
  std::vector<LogTrend> trends;             ///< by series; of slope 0 where it stays
  std::vector<double> to_base{};            ///< shifts from the year of its shares to the base year
  Table<double, Interval, Series> shift{};  ///< from the base year to the end of each interval
  Table<double, Interval, Series> sd{};     ///< of log-odds, from the error of the trend
};

/// The shifts at which the nation's share of the oldest follows its trends, from the model as it is
/// fitted to the last year of the nation's shares.
NationalCourse find_course(const Source& source, const CareInputs& inputs,
                           const PrevalenceModel& model, const Persons& nation);

}  // namespace kohort::care
