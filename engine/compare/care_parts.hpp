// People in care as people times structure times rates times what their definition adds.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace kohort::compare {

inline constexpr std::array<std::string_view, 4> care_part_names{"population_size", "age_structure",
                                                                 "rates", "definitions"};

/// The people of one area by sex and age, and those of them in care.
struct CarePeople {
  std::span<const double> persons;
  std::span<const double> users;
};

/// The parts of the difference of users between two areas with the same cells: users are N times
/// the sum of c r f, with N all people, c the share of a cell among them, r the share of users in
/// the cell by the definition of the first, and f, of the second, `definition_factors`: how many
/// times as many users it has by its own definition (1 in every cell where definitions are the
/// same). Swapped in all orders; the parts add up to the difference, and what is the same on both
/// sides has a part of exactly 0. Where a cell has nobody, its rate is 0.
std::array<double, 4> care_parts(const CarePeople& first, const CarePeople& second,
                                 std::span<const double> definition_factors);

inline constexpr std::array<std::string_view, 6> care_news_names{
    "new_base",   "new_rates", "new_assumptions", "new_care_rates", "new_care_assumptions",
    "definitions"};

/// One cell on both sides.
struct CareCell {
  /// People of the first, and what is new of those of the second: by their base, by rates, by
  /// assumptions. They add up to the difference.
  double persons = 0.0;
  std::array<double, 3> new_persons{};
  /// Shares of users by the definition of the first: its own, at the second's level, on the
  /// second's path, the second's own.
  double rate = 0.0;
  double rate_at_new_level = 0.0;
  double rate_on_new_path = 0.0;
  double new_rate = 0.0;
  double definition_factor = 1.0;
};

/// What is new of the users of a cell, in the order of `care_news_names`: the Owen value with the
/// population, the rates of care and the definition as unions. Users are the product of the three,
/// so that parts of the population are those of its people. The parts add up to the difference.
std::array<double, 6> care_news(const CareCell& cell);

}  // namespace kohort::compare
