// A result small enough to be checked on paper.
#pragma once

#include <string>

namespace kohort::test {

/// Writes one of two years (2020, 2021), two areas (0180 Ett, 1880 Två), both sexes and single ages
/// 0 to 10, the last open. Persons are 10 times the age, plus 1 for men, 100 for area Två and 1000
/// in 2021; deaths, in 2021 alone, are 0.4 times the age. Beside them an indicator, costs by
/// service, quantiles and their sums, as a run writes them.
void write_small_result(const std::string& file);

/// Persons of a cell of it.
constexpr double small_persons(int year, int area, int sex, int age) {
  return 10.0 * age + sex + 100.0 * area + 1000.0 * year;
}

}  // namespace kohort::test
