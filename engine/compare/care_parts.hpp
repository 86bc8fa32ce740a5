// People in care as people times structure times rates.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace kohort::compare {

inline constexpr std::array<std::string_view, 3> care_part_names{"population_size", "age_structure",
                                                                 "rates"};

/// The people of one area by sex and age, and those of them in care.
struct CarePeople {
  std::span<const double> persons;
  std::span<const double> users;
};

/// The parts of the difference of users between two areas with the same cells: users are N times
/// the sum of c r, with N all people, c the share of a cell among them and r the share of users in
/// the cell. Swapped in all orders; the parts add up to the difference. Where a cell has nobody,
/// its rate is 0.
std::array<double, 3> care_parts(const CarePeople& first, const CarePeople& second);

}  // namespace kohort::compare
