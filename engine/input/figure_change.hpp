// What is made of the figures of a table between the reader and whoever asked for them.
#pragma once

#include <span>

#include "engine/input/dense_reader.hpp"
#include "engine/input/wanted_axis.hpp"
#include "engine/scenario/parameter.hpp"

namespace kohort {

/// Changes figures, such as those of one year and area alone.
class FigureChange {
 public:
  virtual ~FigureChange() = default;
  /// `axes`: those that the figures were asked for along, in their order. May give the figures an
  /// axis that they lack. Throws `Error` (Fault::scenario) where it cannot be made.
  virtual void apply(const Parameter& parameter, std::span<const WantedAxis> axes,
                     DenseFigures& figures) const = 0;
};

}  // namespace kohort
