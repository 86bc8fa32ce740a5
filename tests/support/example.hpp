// A small population with any rates, made in memory: for tests of properties.
#pragma once

#include <memory>
#include <random>
#include <vector>

#include "models/population/flow.hpp"
#include "models/population/model.hpp"

namespace kohort::test {

/// Everything that a population model is made of.
struct Example {
  Frame frame;
  population::Rates rates;
  population::Conventions conventions;
  population::AgeTable base;

  population::PopulationModel model() const { return {frame, rates, conventions, base}; }
};

/// What an example may hold.
struct ExampleShape {
  std::size_t areas = 3;
  std::size_t groups = 2;
  int step = 1;
  int open_age = 6;
  std::size_t intervals = 4;
};

/// An example without any events: nobody dies, moves or gives birth.
Example still_example(const ExampleShape& shape, std::mt19937_64& random);

/// An example in which everything happens, with random rates and conventions.
Example busy_example(const ExampleShape& shape, std::mt19937_64& random);

/// People at a time, and the flows of the interval that ends with it.
struct Seen {
  population::PersonTable persons;
  population::Flows flows;

  const population::PersonTable& flow(population::Flow which) const { return flows[which]; }
};

/// A run: at the base year and after each interval.
std::vector<std::unique_ptr<Seen>> run(const Example& example, std::size_t draws = 1);

}  // namespace kohort::test
