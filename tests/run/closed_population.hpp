// A population so small that what becomes of it can be reckoned on paper.
#pragma once

#include <string>

#include "tests/support/folder.hpp"

namespace kohort::test {

/// Writes a scenario of a closed population of women in two areas: of `a` 100, of `b` 40, aged 1
/// and 2 alike, of whom a share of 0.2 dies in each of two years, as chance has it or as expected:
/// 140, 112 and 89.6 persons. `more` is added to it. Returns its file.
inline std::string closed_population(const Folder& folder, const std::string& more) {
  std::string base = "area,age,value\n";
  for (const std::string area : {"a", "b"}) {
    for (int age = 0; age <= 5; ++age) {
      const int persons = age == 1 || age == 2 ? (area == "a" ? 50 : 20) : 0;
      base += area + "," + std::to_string(age) + "," + std::to_string(persons) + "\n";
    }
  }
  folder.write("base.csv", base);
  return folder.write(
      "s.toml",
      "format = 1\nprojection = { base_year = 2000, end_year = 2002, open_age = 5, sexes = "
      "[\"female\"] }\nareas = { codes = [\"a\", \"b\"], groups = { west = [\"b\"] } }\n"
      "population.base = { file = \"base.csv\", basis = \"assumed\", age_definition = "
      "\"end_of_year\" }\npopulation.fertility.rates = 0.0\npopulation.mortality.rates = 0.2\n"
      "population.mortality.measure = \"probability_of_dying\"\n" +
          more);
}

}  // namespace kohort::test
