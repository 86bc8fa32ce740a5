// The smallest change of one number that makes a goal probable enough.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "engine/scenario/parameter.hpp"

namespace kohort {

/// What a goal came to with the lever at one value.
struct Tried {
  double lever = 0.0;
  double probability = 0.0;  ///< that the goal is met
  double figure = 0.0;       ///< mean of what is held against the bound in the goal's year
  double shortfall = 0.0;    ///< mean
};

/// Where a search starts and what it is for.
struct LeverTask {
  double start = 0.0;        ///< the lever's value in the scenario
  Range bounds;              ///< finite, the start within
  double step = 1.0;         ///< the answer is the start and a whole number of these, or a bound
  double probability = 0.8;  ///< with which the goal is to be met
};

/// How a search for the smallest change ended.
enum class SearchEnd {
  met_already,   ///< without any change
  found,         ///< by the change in `answer`
  out_of_reach,  ///< at neither bound
};

/// The answer of a search, with every value that was tried on the way.
struct SearchResult {
  SearchEnd end = SearchEnd::out_of_reach;
  std::optional<Tried> answer;  ///< none where it is out of reach
  std::vector<Tried> tried;     ///< by rising value of the lever
  /// Whether the probability rises or falls throughout, or where it is only 0 and 1, the figure.
  /// Where not, a smaller change than the answer may meet the goal too, or another than none.
  bool monotone = true;
};

/// Tries the start and both bounds, and between the start and each bound that meets the goal
/// halves the distance until it is one step. Every number of steps away from the start is tried at
/// most once. The answer is the nearer of two, the lower of equally near ones.
///
/// `try_lever` tells what the goal comes to; values are rounded to 12 digits, so that they can be
/// written and read back.
SearchResult search_lever(const LeverTask& task, const std::function<Tried(double)>& try_lever);

}  // namespace kohort
