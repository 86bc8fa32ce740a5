#include "models/care/calibrate/profile.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "engine/base/error.hpp"

namespace kohort::care {
namespace {

void check(const GroupedShares& groups, int first_age, int open_age) {
  if (groups.first_ages.size() != groups.shares.size() || groups.open_width <= 0) {
    throw std::invalid_argument("each group of ages needs its share and a width above 0");
  }
  if (open_age < first_age) throw std::invalid_argument("the open age lies below the first");
  Mistakes mistakes;
  if (groups.shares.size() < 2) {
    mistakes.add({{}, "a profile by age needs two groups of ages or more", "give more groups"});
  }
  for (std::size_t at = 0; at < groups.shares.size(); ++at) {
    const int first = groups.first_ages[at];
    if (!(groups.shares[at] > 0.0 && groups.shares[at] < 1.0)) {
      mistakes.add({{},
                    fmt::format("the share {} of the group from age {} is not between 0 and 1",
                                groups.shares[at], first),
                    "give it as a part of 1; a group without users belongs to a wider one"});
    }
    if (at > 0 && first <= groups.first_ages[at - 1]) {
      mistakes.add({{},
                    fmt::format("the group from age {} follows the one from age {}", first,
                                groups.first_ages[at - 1]),
                    "give the groups in rising order of age, each once"});
    }
  }
  mistakes.throw_if_any(Fault::input);
}

}  // namespace

std::vector<double> logit_profile(const GroupedShares& groups, int first_age, int open_age) {
  check(groups, first_age, open_age);
  const std::size_t count = groups.shares.size();
  std::vector<double> middles;
  std::vector<double> logits;
  for (std::size_t at = 0; at < count; ++at) {
    const int first = groups.first_ages[at];
    const int end = at + 1 < count ? groups.first_ages[at + 1] : first + groups.open_width;
    middles.push_back((first + end) / 2.0);
    logits.push_back(std::log(groups.shares[at] / (1.0 - groups.shares[at])));
  }
  std::vector<double> result;
  for (int age = first_age; age <= open_age; ++age) {
    const double middle = age + 0.5;
    const auto above = std::upper_bound(middles.begin() + 1, middles.end() - 1, middle);
    const auto at = static_cast<std::size_t>(above - middles.begin());
    const double slope = (logits[at] - logits[at - 1]) / (middles[at] - middles[at - 1]);
    result.push_back(logits[at - 1] + slope * (middle - middles[at - 1]));
  }
  return result;
}

}  // namespace kohort::care
