// The course of the nation.
#pragma once

#include <vector>

#include "engine/model/source.hpp"
#include "models/care/inputs.hpp"

namespace kohort::care {

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
