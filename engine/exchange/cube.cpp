#include "engine/exchange/cube.hpp"

#include <fmt/format.h>

namespace kohort::exchange {

std::size_t Cube::cells() const {
  constexpr std::size_t most = 1'000'000'000'000;  // no publisher has a table as large
  std::size_t count = 1;
  for (const Dimension& dimension : dimensions) {
    if (dimension.size() > 0 && count > most / dimension.size()) {
      throw Error(
          Fault::input,
          Mistake{dimension.where, fmt::format("the table would have more than {} cells", most),
                  "check the lists of values; one may stand there many times"});
    }
    count *= dimension.size();
  }
  return count;
}

void to_position(std::size_t place, const std::vector<Dimension>& dimensions,
                 std::vector<std::size_t>& position) {
  position.resize(dimensions.size());
  for (std::size_t at = dimensions.size(); at-- > 0;) {
    position[at] = place % dimensions[at].size();
    place /= dimensions[at].size();
  }
}

}  // namespace kohort::exchange
