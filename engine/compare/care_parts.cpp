#include "engine/compare/care_parts.hpp"

#include <numeric>
#include <vector>

#include "engine/evaluate/attribution.hpp"

namespace kohort::compare {
namespace {

/// Size, structure and rates of one side.
struct Factors {
  explicit Factors(const CarePeople& people)
      : size(std::accumulate(people.persons.begin(), people.persons.end(), 0.0)) {
    for (std::size_t at = 0; at < people.persons.size(); ++at) {
      const double persons = people.persons[at];
      structure.push_back(size > 0.0 ? persons / size : 0.0);
      rates.push_back(persons > 0.0 ? people.users[at] / persons : 0.0);
    }
  }

  double size;
  std::vector<double> structure;
  std::vector<double> rates;
};

}  // namespace

std::array<double, 3> care_parts(const CarePeople& first, const CarePeople& second) {
  const Factors one(first);
  const Factors other(second);
  std::array<double, 3> parts{};
  constexpr evaluate::Swapped sets = 8;
  for (evaluate::Swapped swapped = 0; swapped < sets; ++swapped) {
    const auto& structure = ((swapped >> 1U) & 1U) != 0 ? other.structure : one.structure;
    const auto& rates = ((swapped >> 2U) & 1U) != 0 ? other.rates : one.rates;
    const double users = ((swapped & 1U) != 0 ? other.size : one.size) *
                         std::inner_product(structure.begin(), structure.end(), rates.begin(), 0.0);
    for (std::size_t part = 0; part < parts.size(); ++part) {
      parts[part] += evaluate::shapley_weights(parts.size(), part)[swapped] * users;
    }
  }
  return parts;
}

}  // namespace kohort::compare
