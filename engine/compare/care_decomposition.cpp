#include "engine/compare/care_decomposition.hpp"

#include <array>
#include <map>
#include <optional>

#include "engine/compare/care_parts.hpp"
#include "engine/compare/definition_factors.hpp"

namespace kohort::compare {
namespace {

/// People and users of both sides, [area, age, sex, year] with all years that are compared. Those
/// in no care are all others than those in care, whose definitions differ.
struct CareSides {
  std::vector<double> persons;
  std::vector<double> users;
  std::vector<double> persons_too;
  std::vector<double> users_too;
  std::optional<DefinitionFactors> definitions;
  std::vector<double> factors;  ///< of them; 1 where nobody can tell
  bool complement = false;      ///< whether users are all others than those of the figure
};

/// Of all people together and all but some of them, what is left to these.
template <std::size_t Count>
std::array<double, Count> less(std::array<double, Count> all,
                               const std::array<double, Count>& others) {
  for (std::size_t at = 0; at < Count; ++at) all[at] -= others[at];
  return all;
}

/// Shares of users by the definition of the first, by year and cell.
struct CareRates {
  Course first;
  Course at_new_level;
  Course on_new_path;
  Course second;
};

double share(double users, double people, double factor) {
  return people > 0.0 ? users / people / factor : 0.0;
}

class CareDecomposer {
 public:
  CareDecomposer(const PopulationSides& of, const ScenarioChanges& changes,
                 const Decomposition& start)
      : first_(of.first),
        second_(of.second),
        shape_(of.shape),
        years_(of.years),
        changes_(changes),
        start_(start),
        cells_{first_.areas(), first_.age_labels(), first_.sexes(), years_},
        sides_{first_.cells(persons_quantity, cells_),
               first_.cells(start.quantity, cells_),
               second_.cells(persons_quantity, cells_),
               second_.cells(start.quantity, cells_),
               definition_factors(first_, second_, start.quantity, cells_),
               std::vector<double>(cells_.size(), 1.0),
               false} {
    if (!sides_.definitions) return;
    sides_.factors = sides_.definitions->of_cells;
    sides_.complement = sides_.definitions->of_all_others;
    if (!sides_.complement) return;
    for (std::size_t at = 0; at < cells_.size(); ++at) {
      sides_.users[at] = sides_.persons[at] - sides_.users[at];
      sides_.users_too[at] = sides_.persons_too[at] - sides_.users_too[at];
    }
  }

  Decomposition components() const {
    Decomposition found = start_;
    begin_parts(care_part_names, found);
    finish_definitions(found);
    for (std::size_t at = 0; at < found.axes.size(); ++at) add_components(at, found);
    return found;
  }

  Decomposition news(const PopulationParts& population) const {
    Decomposition found = start_;
    found.by = PartedBy::news;
    begin_parts(care_news_names, found);
    finish_definitions(found);
    const std::vector<std::array<double, 6>> of_cells = news_of_cells(population);
    for (std::size_t at = 0; at < found.axes.size(); ++at) {
      add_cells(at, found, [&](std::size_t cell) {
        found.difference[at] += difference(cell);
        for (std::size_t part = 0; part < found.parts.size(); ++part) {
          found.parts[part].values[at] += of_cells[cell].at(part);
        }
      });
    }
    return found;
  }

 private:
  void finish_definitions(Decomposition& found) const {
    if (!sides_.definitions) {
      found.parts.pop_back();
      Part& rates = found.by == PartedBy::news ? found.parts[3] : found.parts.back();
      rates.name += "_and_definitions";
      return;
    }
    for (const DefinitionFactor& one : sides_.definitions->between) {
      if (one.first != one.second) found.definitions.push_back(one);
    }
  }

  /// Goes through the cells that make up a figure, area by area; nothing where none do.
  template <class Take>
  void add_cells(std::size_t at, Decomposition& found, Take&& take) const {
    const CellPosition cell = found.axes.cell(at);
    const auto areas = first_.areas_of(found.axes.areas[cell.area]);
    const auto ages = first_.ages_of(found.axes.ages[cell.ages]);
    const auto sexes = first_.sexes_of(found.axes.sexes[cell.sex]);
    if (!areas || !ages || !sexes) return;
    const std::size_t year = *position_of(years_, found.axes.years[cell.year]);
    found.difference[at] = 0.0;
    for (Part& part : found.parts) part.values[at] = 0.0;
    for (const std::size_t area : *areas) {
      for (const std::size_t age : *ages) {
        for (const std::size_t sex : *sexes) {
          take(((area * shape_.ages + age) * shape_.sexes + sex) * years_.size() + year);
        }
      }
    }
  }

  /// The parts of a group of areas are the sums of those of its areas.
  void add_components(std::size_t at, Decomposition& found) const {
    const std::size_t of_an_area = shape_.ages * shape_.sexes * years_.size();
    std::map<std::size_t, std::vector<std::size_t>> by_area;
    add_cells(at, found, [&](std::size_t cell) {
      by_area[cell / of_an_area].push_back(cell);
      found.difference[at] += difference(cell);
    });
    for (const auto& [area, cells] : by_area) {
      const auto parts = parts_of(cells);
      for (std::size_t part = 0; part < found.parts.size(); ++part) {
        found.parts[part].values[at] += parts.at(part);
      }
    }
  }

  double difference(std::size_t cell) const {
    const double users = sides_.users_too[cell] - sides_.users[cell];
    return sides_.complement ? sides_.persons_too[cell] - sides_.persons[cell] - users : users;
  }

  std::array<double, 4> parts_of(const std::vector<std::size_t>& cells) const {
    const auto chosen = [&](const std::vector<double>& figures) {
      std::vector<double> own;
      own.reserve(cells.size());
      for (const std::size_t cell : cells) own.push_back(figures[cell]);
      return own;
    };
    const std::vector<double> persons_of_first = chosen(sides_.persons);
    const std::vector<double> users = chosen(sides_.users);
    const std::vector<double> persons_of_second = chosen(sides_.persons_too);
    const std::vector<double> users_of_second = chosen(sides_.users_too);
    const auto parts = care_parts({persons_of_first, users}, {persons_of_second, users_of_second},
                                  chosen(sides_.factors));
    if (!sides_.complement) return parts;
    return less(
        care_parts({persons_of_first, persons_of_first}, {persons_of_second, persons_of_second},
                   std::vector<double>(cells.size(), 1.0)),
        parts);
  }

  /// What is new of the people of each cell: by base, rates and assumptions.
  std::array<std::vector<double>, 3> new_persons(const PopulationParts& parts) const {
    std::array<Cube, 3> cubes{parts.components.front(), parts.news.front().rates,
                              parts.news.front().assumptions};
    for (std::size_t part = 1; part < parts.news.size(); ++part) {
      for (std::size_t at = 0; at < cubes[0].values.size(); ++at) {
        cubes[1].values[at] += parts.news[part].rates.values[at];
        cubes[2].values[at] += parts.news[part].assumptions.values[at];
      }
    }
    return {first_.added(cubes[0], persons_quantity, cells_),
            first_.added(cubes[1], persons_quantity, cells_),
            first_.added(cubes[2], persons_quantity, cells_)};
  }

  std::vector<std::array<double, 6>> news_of_cells(const PopulationParts& population) const {
    const auto people = new_persons(population);
    const CareRates rates = care_rates();
    const std::size_t years = years_.size();
    std::vector<std::array<double, 6>> found(sides_.users.size());
    for (std::size_t at = 0; at < found.size(); ++at) {
      const auto of = [&](const Course& course) { return course[at % years][at / years]; };
      const std::array<double, 3> fresh{people[0][at], people[1][at], people[2][at]};
      found[at] = care_news({sides_.persons[at], fresh, of(rates.first), of(rates.at_new_level),
                             of(rates.on_new_path), of(rates.second), sides_.factors[at]});
      if (!sides_.complement) continue;
      found[at] = less(care_news({sides_.persons[at], fresh, 1.0, 1.0, 1.0, 1.0, 1.0}), found[at]);
    }
    return found;
  }

  /// Of the cells of one year, [area, age, sex].
  Pools pools() const {
    const std::size_t decades = (shape_.ages + shape_.ages_in_decade - 1) / shape_.ages_in_decade;
    Pools found{{}, shape_.sexes * decades};
    for (std::size_t cell = 0; cell < shape_.size(); ++cell) {
      const std::size_t age = cell / shape_.sexes % shape_.ages;
      found.of_cell.push_back(cell % shape_.sexes * decades + age / shape_.ages_in_decade);
    }
    return found;
  }

  Course rates_of(const std::vector<double>& users, const std::vector<double>& people,
                  const std::vector<double>& factors) const {
    Course rates(years_.size(), std::vector<double>(shape_.size()));
    for (std::size_t at = 0; at < users.size(); ++at) {
      rates[at % years_.size()][at / years_.size()] = share(users[at], people[at], factors[at]);
    }
    return rates;
  }

  CareRates care_rates() const {
    const Course first =
        rates_of(sides_.users, sides_.persons, std::vector<double>(cells_.size(), 1.0));
    const Course second = rates_of(sides_.users_too, sides_.persons_too, sides_.factors);
    switch (changes_.news_of("care")) {
      case News::rates:
        return {first, second, first, second};
      case News::assumptions:
        return {first, first, second, second};
      case News::both:
        break;
    }
    std::vector<double> people;
    for (std::size_t at = 0; at < cells_.size(); at += years_.size()) {
      people.push_back(sides_.persons[at] + sides_.persons_too[at]);
    }
    return {first, at_level_of(pools(), people, first, second.front()),
            at_level_of(pools(), people, second, first.front()), second};
  }

  const Result& first_;
  const Result& second_;
  const AccountShape& shape_;
  const std::vector<int>& years_;
  const ScenarioChanges& changes_;
  const Decomposition& start_;
  CellAxes cells_;
  CareSides sides_;
};

}  // namespace

void begin_parts(std::span<const std::string_view> names, Decomposition& found) {
  for (const std::string_view name : names) {
    found.parts.push_back({std::string(name), std::vector<double>(found.axes.size(), not_known)});
  }
  found.difference.assign(found.axes.size(), not_known);
}

std::vector<Decomposition> decompose_care(const PopulationSides& sides,
                                          const ScenarioChanges& changes,
                                          const PopulationParts* population,
                                          const Decomposition& start) {
  const CareDecomposer decomposer(sides, changes, start);
  std::vector<Decomposition> found{decomposer.components()};
  if (population != nullptr) found.push_back(decomposer.news(*population));
  return found;
}

}  // namespace kohort::compare
