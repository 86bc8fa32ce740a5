#include "engine/estimate/plus_minus.hpp"

#include <cmath>
#include <stdexcept>

namespace kohort {

double plus_minus_factor(double in, double out, double net) {
  if (!(in > 0.0) || !(out > 0.0)) {
    throw std::invalid_argument("the plus-minus factor needs two flows above 0");
  }
  // in f^2 - net f - out = 0; of the two roots the positive one.
  return (net + std::sqrt(net * net + 4.0 * in * out)) / (2.0 * in);
}

}  // namespace kohort
