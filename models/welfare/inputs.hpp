// The needs of a scenario, as its blocks and tables have them.
#pragma once

#include <optional>
#include <vector>

#include "engine/model/source.hpp"
#include "models/population/rates/rates.hpp"
#include "models/welfare/rates.hpp"

namespace kohort::welfare {

/// A need before the areas' own figures.
struct NeedInput {
  Settings block;
  NeedRates rates{};      ///< without levers; 1 at all ages of the need where no rate is given
  bool has_rate = false;  ///< false: there are only the own figures of some areas
  std::vector<std::optional<double>> own_users{};  ///< by area; none where an area has none
};

/// Reads the blocks `welfare.need`. Throws `Error` where one is wrong; one that gives neither a
/// rate nor own figures is.
std::vector<NeedInput> read_needs(const Source& source);

/// What the rates of each need and area are multiplied by so that they give its own users among the
/// people of the base year; 1 where an area has none. Where no rate is given, the share itself.
using OwnFactors = Table<double, Need, Area>;

/// Multiplies the rates so, and takes their uncertainty away where they give own users. Throws
/// `Error` (Fault::scenario) where more than all people of a cell would have the need.
OwnFactors take_own_users(const Frame& frame, const population::AgeTable& base,
                          std::vector<NeedInput>& needs);

/// Throws `Error` (Fault::scenario) where trend and levers would lift the rate of a cell above 1 in
/// some interval.
void require_shares(const Frame& frame, const std::vector<NeedInput>& needs);

}  // namespace kohort::welfare
