#include "engine/demography/graduation.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>

#include <fmt/format.h>

#include "engine/base/error.hpp"

namespace kohort {
namespace {

using Panel = Eigen::Matrix<double, 5, 5>;
constexpr std::size_t group_width = 5;  // years of a group
constexpr std::size_t window = 5;       // groups that a panel looks at

// Rows are the fifth parts of a group, columns the five groups around it. The panels of the last
// two groups are those of the first two, turned round.

/// For the first group, from the first five.
Panel first_panel() {
  return Panel{{0.3333, -0.1636, -0.0210, 0.0796, -0.0283},
               {0.2595, -0.0780, 0.0130, 0.0100, -0.0045},
               {0.1924, 0.0064, 0.0184, -0.0256, 0.0084},
               {0.1329, 0.0844, 0.0054, -0.0356, 0.0129},
               {0.0819, 0.1508, -0.0158, -0.0284, 0.0115}};
}

/// For the second group, from the first five.
Panel second_panel() {
  return Panel{{0.0404, 0.2000, -0.0344, -0.0128, 0.0068},
               {0.0093, 0.2268, -0.0402, 0.0028, 0.0013},
               {-0.0108, 0.2272, -0.0248, 0.0112, -0.0028},
               {-0.0198, 0.1992, 0.0172, 0.0072, -0.0038},
               {-0.0191, 0.1468, 0.0822, -0.0084, -0.0015}};
}

/// For a group with two more on each side.
Panel middle_panel() {
  return Panel{{-0.0117, 0.0804, 0.1570, -0.0284, 0.0027},
               {-0.0020, 0.0160, 0.2200, -0.0400, 0.0060},
               {0.0050, -0.0280, 0.2460, -0.0280, 0.0050},
               {0.0060, -0.0400, 0.2200, 0.0160, -0.0020},
               {0.0027, -0.0284, 0.1570, 0.0804, -0.0117}};
}

/// Johnson's coefficients: ages 2 to 8 (rows) from those aged 1, 2-4, 5-8, 9 and 10 (columns).
Eigen::Matrix<double, 7, 5> johnson() {
  return Eigen::Matrix<double, 7, 5>{
      {0.2333, 0.3445, -0.1222, 0.3778, -0.1556}, {-0.0875, 0.3847, -0.0236, 0.0389, -0.0111},
      {-0.1458, 0.2708, 0.1458, -0.4167, 0.1667}, {-0.0833, 0.1151, 0.2817, -0.6111, 0.2222},
      {0.0000, -0.0080, 0.3254, -0.3889, 0.1111}, {0.0458, -0.0613, 0.2637, 0.1833, -0.1000},
      {0.0375, -0.0458, 0.1292, 0.8167, -0.2333}};
}

/// The panel of a group among `count` closed ones.
Panel panel(std::size_t group, std::size_t count) {
  if (group == 0) return first_panel();
  if (group == 1) return second_panel();
  if (group + 1 == count) return first_panel().reverse();
  if (group + 2 == count) return second_panel().reverse();
  return middle_panel();
}

void check_counts(std::span<const double> counts) {
  for (std::size_t at = 0; at < counts.size(); ++at) {
    if (counts[at] >= 0.0 && std::isfinite(counts[at])) continue;
    throw Error(Fault::input, Mistake{{},
                                      fmt::format("age group number {} is {}", at, counts[at]),
                                      "give numbers of persons of 0 or more"});
  }
}

std::vector<double> graduate(std::span<const double> closed) {
  if (closed.size() < window) {
    throw std::invalid_argument("Beers's formula needs five closed groups of five years or more");
  }
  std::vector<double> ages;
  for (std::size_t group = 0; group < closed.size(); ++group) {
    const std::size_t first = std::clamp(group, std::size_t{2}, closed.size() - 3) - 2;
    const Eigen::Map<const Eigen::Matrix<double, 5, 1>> around(closed.data() + first);
    const Eigen::Matrix<double, 5, 1> parts = panel(group, closed.size()) * around;
    ages.insert(ages.end(), parts.begin(), parts.end());
  }
  return ages;
}

/// Puts ages 2 to 8 in line with the infants; all else stays.
void follow_infants(std::vector<double>& ages, std::span<const double> abridged) {
  const double five_to_eight = std::accumulate(ages.begin() + 5, ages.begin() + 9, 0.0);
  const Eigen::Matrix<double, 5, 1> known{ages[1], abridged[1] - ages[1], five_to_eight, ages[9],
                                          ages[10]};
  const Eigen::Matrix<double, 7, 1> two_to_eight = johnson() * known;
  ages[0] = abridged[0];
  std::copy(two_to_eight.begin(), two_to_eight.end(), ages.begin() + 2);
}

/// A group's ages without negative ones; whether there were any.
bool mend(std::span<double> ages, double total) {
  if (std::none_of(ages.begin(), ages.end(), [](double age) { return age < 0.0; })) return false;
  double positive = 0.0;
  for (double& age : ages) {
    age = std::max(0.0, age);
    positive += age;
  }
  for (double& age : ages) age *= positive > 0.0 ? total / positive : 0.0;
  return true;
}

/// Mends each group in turn. `first_widths` are those of the groups below age 5.
Graduated mended(std::vector<double> ages, std::span<const double> groups,
                 std::span<const std::size_t> first_widths) {
  Graduated result{std::move(ages), {}};
  std::size_t age = 0;
  for (std::size_t group = 0; age < result.persons.size(); ++group) {
    const std::size_t years = group < first_widths.size() ? first_widths[group] : group_width;
    if (mend(std::span(result.persons).subspan(age, years), groups[group])) {
      result.mended.push_back(group);
    }
    age += years;
  }
  return result;
}

std::size_t closed_groups(std::span<const double> groups, LastGroup last) {
  return groups.size() - (last == LastGroup::open && !groups.empty() ? 1 : 0);
}

}  // namespace

Graduated beers_ordinary(std::span<const double> groups, LastGroup last) {
  check_counts(groups);
  Graduated result = mended(graduate(groups.first(closed_groups(groups, last))), groups, {});
  if (last == LastGroup::open) result.persons.push_back(groups.back());
  return result;
}

Graduated beers_with_infants(std::span<const double> abridged, LastGroup last) {
  check_counts(abridged);
  const std::size_t closed = closed_groups(abridged, last);
  if (closed < window + 1) {
    throw std::invalid_argument("Beers's formula needs infants, 1-4 and four more closed groups");
  }
  std::vector<double> groups{abridged[0] + abridged[1]};
  groups.insert(groups.end(), abridged.begin() + 2,
                abridged.begin() + static_cast<std::ptrdiff_t>(closed));
  std::vector<double> ages = graduate(groups);
  follow_infants(ages, abridged);
  constexpr std::size_t young[] = {1, 4};
  Graduated result = mended(std::move(ages), abridged, young);
  if (last == LastGroup::open) result.persons.push_back(abridged.back());
  return result;
}

std::vector<double> split_groups(std::span<const double> groups, std::span<const std::size_t> first,
                                 std::span<const double> pattern) {
  const bool rising =
      std::adjacent_find(first.begin(), first.end(), std::greater_equal<>()) == first.end();
  if (groups.empty() || first.size() != groups.size() || first[0] != 0 || !rising ||
      first.back() >= pattern.size()) {
    throw std::invalid_argument("groups begin at rising places of the pattern, the first at 0");
  }
  check_counts(groups);
  check_counts(pattern);
  std::vector<double> result(pattern.begin(), pattern.end());
  for (std::size_t group = 0; group < groups.size(); ++group) {
    const std::size_t end = group + 1 < groups.size() ? first[group + 1] : pattern.size();
    const std::span<double> ages = std::span(result).subspan(first[group], end - first[group]);
    const double sum = std::accumulate(ages.begin(), ages.end(), 0.0);
    if (groups[group] > 0.0 && sum == 0.0) {
      throw Error(Fault::input,
                  Mistake{{},
                          fmt::format("group number {} holds {} but its pattern is all 0", group,
                                      groups[group]),
                          "give the pattern a number above 0 in each group"});
    }
    for (double& age : ages) age = sum > 0.0 ? groups[group] * (age / sum) : 0.0;
  }
  return result;
}

}  // namespace kohort
