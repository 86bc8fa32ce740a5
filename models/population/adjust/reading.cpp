#include "models/population/adjust/reading.hpp"

namespace kohort::population {

std::vector<Lever> moves_in(Moves moves) {
  std::vector<Lever> levers;
  if (moves != Moves::international) {
    levers.push_back({Adjusted::domestic_in, Flow::domestic_in, 1.0});
  }
  if (moves != Moves::domestic) {
    levers.push_back({Adjusted::immigration, Flow::immigration, 1.0});
  }
  return levers;
}

WantedAxis optional(WantedAxis axis) {
  axis.every = false;
  axis.required = false;
  return axis;
}

}  // namespace kohort::population
