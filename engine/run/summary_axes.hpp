// What a summary adds up: areas, ages and sexes by groups.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/model/frame.hpp"

namespace kohort {

/// An area, or several whose people are added.
struct SummaryArea {
  std::string label;  ///< code of the area, or name of the group
  std::string name;
  std::string kind;  ///< "area", "rest", "group" or "all"
  std::vector<Area> members;
};

/// One sex, or both.
struct SummarySex {
  std::string label;
  std::vector<Sex> members;
};

/// Ages within which no age group begins or ends, so that every group is made of whole bands.
struct AgeBand {
  Age first;
  Age last;
};

/// The axes of a summary. Each is a list of sums, some of which overlap.
struct SummaryAxes {
  std::vector<SummaryArea> areas;  ///< areas in the order of the frame, groups, sums over all
  std::vector<AgeGroup> ages;      ///< age groups of the frame, then all ages
  std::vector<SummarySex> sexes;   ///< sexes of the frame, then both where there are two
  std::vector<AgeBand> bands;      ///< all ages

  /// How many sums there are of one variable in one year.
  std::size_t cells() const { return areas.size() * ages.size() * sexes.size(); }
};

SummaryAxes summary_axes(const Frame& frame);

/// The areas that a label of `SummaryAxes::areas` stands for; none where there is no such label.
const SummaryArea* find_area(const SummaryAxes& axes, const std::string& label);

}  // namespace kohort
