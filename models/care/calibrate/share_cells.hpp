// What the fits of prevalence have in common: who is counted, and which shares there can be.
#pragma once

#include <cmath>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/refuse.hpp"
#include "models/care/calibrate/multinomial_fit.hpp"
#include "models/care/calibrate/prevalence.hpp"

namespace kohort::care {

/// Throws `std::invalid_argument` with this text where it does not hold.
void require(bool holds, const char* otherwise);

/// How messages name the ages from one on.
std::string described(CareAge from);

/// Shares of which each is above 0, or 0 where that is `allowed`, and which leave somebody without
/// care. Throws `Error` (Fault::input) where they are not; `whose` they are is part of its text.
void check_shares(std::span<const double> shares, bool zero_allowed, const std::string& whose);

/// Who is counted.
struct Scope {
  CareAge from;
  std::optional<Sex> sex;  ///< of both where there is none
};

/// The same, with the sex.
std::string described(const Scope& scope);

/// The cells of a scope with somebody in them: `design(sex, age)` with the persons as weight.
/// Throws `Error` (Fault::input) where nobody is, `std::invalid_argument` on what are no persons.
template <class Design>
std::vector<DesignCell> cells_of(const Persons& population, const Scope& scope, Design&& design) {
  std::vector<DesignCell> result;
  for (const Sex sex : positions<Sex>(population.extent<Sex>())) {
    if (scope.sex && *scope.sex != sex) continue;
    for (std::size_t age = scope.from.position(); age < population.extent<CareAge>(); ++age) {
      const double persons = population(sex, CareAge(age));
      require(persons >= 0.0 && std::isfinite(persons), "persons are not negative");
      if (persons == 0.0) continue;
      result.push_back(design(sex, CareAge(age)));
      result.back().weight = persons;
    }
  }
  if (result.empty()) {
    refuse_input("nobody is among " + described(scope),
                 "shares are fitted where there are people; leave the area out");
  }
  return result;
}

}  // namespace kohort::care
