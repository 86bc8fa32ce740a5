// Who looks on while a model steps.
#pragma once

#include <cstddef>

#include "engine/table/numbers.hpp"

namespace kohort {

/// Sees numbers as soon as a step has them, while they are near the core. Of a variable a step
/// shows all numbers once, or none.
class Onlooker {
 public:
  virtual ~Onlooker() = default;

  /// Numbers of a variable from the one at `first` on: whole cells, of one group, sex and age. They
  /// are what the model has after the step, too.
  virtual void see(std::size_t variable, std::size_t first, const Numbers& some) = 0;
};

}  // namespace kohort
