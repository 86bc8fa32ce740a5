// The measures of a comparison: which figures each is made from, and how sure it is.
#pragma once

#include <vector>

#include "engine/compare/comparison.hpp"
#include "engine/compare/result.hpp"

namespace kohort::compare {

/// Ages that make up all ages without overlap, for age structures: figures over the axes of the
/// comparison, but with these ages.
struct Structure {
  std::size_t ages = 0;  ///< 0: there is none
  std::vector<double> standard{};
  std::vector<double> result{};
};

/// What the figures of a comparison are judged with.
struct Evidence {
  int launch = 0;
  std::vector<double> at_launch{};  ///< [area, ages, sex]; NaN where it is not known
  Spread spread{};                  ///< of the result's figures; empty where it is not to be judged
  Structure structure{};
};

/// All measures: over the areas of each year, and over the years after the launch of each area and
/// group.
std::vector<Measured> measures_of(const Compared& compared, const Evidence& evidence);

}  // namespace kohort::compare
