// What a reader asks a table for: the axes, and their positions in order.
#pragma once

#include <string>
#include <vector>

#include "engine/base/calendar.hpp"

namespace kohort {

/// An axis along which a table is wanted.
struct WantedAxis {
  /// How its labels are written in a table.
  enum class Kind {
    text,  ///< as they are; another label is an error, unless it is one of `known`
    /// 2015, or a period by both of its ends, 2010-2015, which is known by the last; rows of years
    /// that are not wanted are not read
    year,
    /// first ages, the last of them open: 15, 15-19, 85+; others are errors
    age,
  };

  std::string name{};                 ///< also the column, unless the reference says otherwise
  std::vector<std::string> labels{};  ///< the positions wanted, in order
  std::vector<std::string> known{};   ///< labels that exist but are not wanted: rows are skipped
  /// labels that exist, but of which nobody may ask anything here: a row about one is an error
  std::vector<std::string> left_out{};
  Kind kind = Kind::text;
  bool required = false;  ///< without it, a table that lacks the column holds for every position
  bool every = false;     ///< each label must occur, even where missing cells count as 0
  bool partial = false;   ///< a label without any row is unknown: its figures are not a number
  std::string remedy{};   ///< what to do about an unknown label, where there is more to say
};

/// The years `first` to `last`, `step` apart, as an axis.
WantedAxis wanted_years(Years years, int step = 1);

}  // namespace kohort
