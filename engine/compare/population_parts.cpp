#include "engine/compare/population_parts.hpp"

#include <string>

#include "engine/compare/result_accounts.hpp"

namespace kohort::compare {
namespace {

bool has_net(const Result& result) { return result.reader().has("population/net_migration"); }

class Parting {
 public:
  explicit Parting(const PopulationSides& sides)
      : sides_(sides),
        one_(accounts_of(sides.first, sides.shape, sides.first.areas(), sides.years)),
        other_(accounts_of(sides.second, sides.shape, sides.first.areas(), sides.years)),
        mixture_(sides.shape, one_, other_),
        components_(component_names.size() -
                    (has_net(sides.first) || has_net(sides.second) ? 0 : 1)) {
    for (std::size_t part = 0; part < components_; ++part) {
      weights_.push_back(evaluate::shapley_weights(components_, part));
    }
  }

  PopulationParts components() const {
    PopulationParts found{empty(), std::vector<Cube>(components_, empty()), {}};
    const evaluate::Swapped all = (evaluate::Swapped{1} << components_) - 1;
    for (evaluate::Swapped swapped = 0; swapped <= all; ++swapped) {
      const auto course = mixture_.project(swapped);
      for (std::size_t part = 0; part < components_; ++part) {
        add(found.components[part], course, weights_[part][swapped]);
      }
      if (swapped == 0) add(found.difference, course, -1.0);
      if (swapped == all) add(found.difference, course, 1.0);
    }
    return found;
  }

  void add_news(const ScenarioChanges& changes, PopulationParts& found) const {
    for (std::size_t part = 0; part < components_; ++part) {
      found.news.push_back({empty(), empty()});
      if (part == static_cast<std::size_t>(Component::base)) continue;
      NewParts& news = found.news.back();
      switch (changes.news_of(component_names.at(part))) {
        case News::rates:
          news.rates = found.components[part];
          break;
        case News::assumptions:
          news.assumptions = found.components[part];
          break;
        case News::both:
          add_both(part, found.components[part], news);
          break;
      }
    }
  }

 private:
  Cube empty() const {
    const std::size_t years = sides_.first.years(false).size();
    const AccountShape& shape = sides_.shape;
    return {{"year", "area", "sex", "age"},
            {years, shape.areas, shape.sexes, shape.ages},
            std::vector<double>(years * shape.size(), 0.0)};
  }

  /// Adds a course of the population, from the base on, to a cube over the years of the first.
  void add(Cube& cube, const std::vector<std::vector<double>>& course, double weight) const {
    if (weight == 0.0) return;
    const std::size_t size = sides_.shape.size();
    const std::size_t start = *position_of(sides_.first.years(false), sides_.years.front()) * size;
    for (std::size_t year = 0; year < course.size(); ++year) {
      double* to = &cube.values[start + year * size];
      for (std::size_t at = 0; at < size; ++at) to[at] += weight * course[year][at];
    }
  }

  /// Each half of the component, and half of what the level alone changes more than the rest of the
  /// path, in the mean over the orders of the other components.
  void add_both(std::size_t part, const Cube& component, NewParts& news) const {
    const Accounts new_level = at_level_of(sides_.shape, one_, other_);
    const Accounts new_path = at_level_of(sides_.shape, other_, one_);
    const evaluate::Swapped own = evaluate::Swapped{1} << part;
    Cube apart = empty();
    for (evaluate::Swapped others = 0; others < weights_[part].size(); ++others) {
      if ((others & own) != 0) continue;
      const double weight = weights_[part][others | own] / 2.0;
      AccountSources sources = mixture_.sources(others);
      sources.at(part) = &new_level;
      add(apart, project(sides_.shape, sources), weight);
      sources.at(part) = &new_path;
      add(apart, project(sides_.shape, sources), -weight);
    }
    for (std::size_t at = 0; at < apart.values.size(); ++at) {
      news.rates.values[at] = component.values[at] / 2.0 + apart.values[at];
      news.assumptions.values[at] = component.values[at] / 2.0 - apart.values[at];
    }
  }

  const PopulationSides& sides_;
  Accounts one_;
  Accounts other_;
  Mixture mixture_;
  std::size_t components_;
  std::vector<std::vector<double>> weights_;
};

}  // namespace

PopulationParts population_parts(const PopulationSides& sides, const ScenarioChanges* changes) {
  const Parting parting(sides);
  PopulationParts found = parting.components();
  if (changes != nullptr) parting.add_news(*changes, found);
  return found;
}

}  // namespace kohort::compare
