#include "engine/compare/care_parts.hpp"

#include <numeric>
#include <vector>

#include "engine/evaluate/attribution.hpp"

namespace kohort::compare {
namespace {

using evaluate::Swapped;

/// Size, structure and rates of one side.
struct Factors {
  Factors(const CarePeople& people, std::span<const double> definition_factors)
      : size(std::accumulate(people.persons.begin(), people.persons.end(), 0.0)),
        definitions(definition_factors.begin(), definition_factors.end()) {
    for (std::size_t at = 0; at < people.persons.size(); ++at) {
      const double persons = people.persons[at];
      structure.push_back(size > 0.0 ? persons / size : 0.0);
      rates.push_back(persons > 0.0 ? people.users[at] / persons / definitions[at] : 0.0);
    }
  }

  double size;
  std::vector<double> structure;
  std::vector<double> rates;
  std::vector<double> definitions;
};

template <std::size_t Count>
std::array<std::vector<double>, Count> all_weights() {
  std::array<std::vector<double>, Count> weights;
  for (std::size_t part = 0; part < Count; ++part) {
    weights[part] = evaluate::shapley_weights(Count, part);
  }
  return weights;
}

/// The parts of what is worth `worth(swapped)`. What changes nothing has exactly 0, as nothing is
/// added but what it changes.
template <std::size_t Count, class Worth>
std::array<double, Count> shapley_parts(Worth&& worth) {
  std::array<double, std::size_t{1} << Count> worths{};
  for (Swapped swapped = 0; swapped < worths.size(); ++swapped) worths[swapped] = worth(swapped);
  std::array<double, Count> parts{};
  static const std::array<std::vector<double>, Count> weights = all_weights<Count>();
  for (std::size_t part = 0; part < Count; ++part) {
    const Swapped own = Swapped{1} << part;
    for (Swapped others = 0; others < worths.size(); ++others) {
      if ((others & own) != 0) continue;
      parts[part] += weights[part][others | own] * (worths[others | own] - worths[others]);
    }
  }
  return parts;
}

bool has(Swapped swapped, unsigned part) { return ((swapped >> part) & 1U) != 0; }

}  // namespace

std::array<double, 4> care_parts(const CarePeople& first, const CarePeople& second,
                                 std::span<const double> definition_factors) {
  const Factors one(first, std::vector<double>(first.persons.size(), 1.0));
  const Factors other(second, definition_factors);
  return shapley_parts<4>([&](Swapped swapped) {
    const auto& structure = has(swapped, 1) ? other.structure : one.structure;
    const auto& rates = has(swapped, 2) ? other.rates : one.rates;
    const auto& definitions = has(swapped, 3) ? other.definitions : one.definitions;
    double users = 0.0;
    for (std::size_t at = 0; at < rates.size(); ++at) {
      users += structure[at] * rates[at] * definitions[at];
    }
    return (has(swapped, 0) ? other.size : one.size) * users;
  });
}

std::array<double, 6> care_news(const CareCell& cell) {
  const double new_persons =
      cell.persons + cell.new_persons[0] + cell.new_persons[1] + cell.new_persons[2];
  const auto users = [&](Swapped swapped, double rate) {
    return (has(swapped, 0) ? new_persons : cell.persons) * rate *
           (has(swapped, 2) ? cell.definition_factor : 1.0);
  };
  const auto all = [&](Swapped swapped) {
    return users(swapped, has(swapped, 1) ? cell.new_rate : cell.rate);
  };
  const std::array<double, 3> unions = shapley_parts<3>(all);
  // Of one person more, in the mean over the orders of the other two.
  const double of_a_person = shapley_parts<3>([&](Swapped swapped) {
    return has(swapped, 0) ? (has(swapped, 1) ? cell.new_rate : cell.rate) *
                                 (has(swapped, 2) ? cell.definition_factor : 1.0)
                           : 0.0;
  })[0];
  // What the level alone changes more than the path alone, likewise.
  const double apart = shapley_parts<3>([&](Swapped swapped) {
    return has(swapped, 1)
               ? users(swapped, cell.rate_at_new_level) - users(swapped, cell.rate_on_new_path)
               : 0.0;
  })[1];
  return {cell.new_persons[0] * of_a_person, cell.new_persons[1] * of_a_person,
          cell.new_persons[2] * of_a_person, (unions[1] + apart) / 2.0,
          (unions[1] - apart) / 2.0,         unions[2]};
}

}  // namespace kohort::compare
