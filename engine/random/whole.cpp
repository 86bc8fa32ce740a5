#include "engine/random/whole.hpp"

#include <fmt/format.h>

#include "engine/base/error.hpp"

namespace kohort {

void refuse_to_draw(const char* what, double found) {
  throw Error(Fault::model, Mistake{{},
                                    fmt::format("random numbers: {}, found {}", what, found),
                                    "this is a defect of the model that asked for them"});
}

}  // namespace kohort
