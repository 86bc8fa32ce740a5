#include "models/welfare/levers.hpp"

namespace kohort::welfare {

namespace p = parameters;

std::vector<NeedLevers> read_levers(const Source& source, const std::vector<std::string>& needs) {
  std::vector<NeedLevers> levers(needs.size());
  Mistakes mistakes;
  const LeverList list{"welfare", p::levers, p::lever_on, p::lever_fields, &p::lever_needs};
  for (const LeverBlock& block : lever_blocks(source, list, mistakes)) {
    require_known(block, "need", needs, mistakes);
    for (std::size_t need = 0; need < needs.size(); ++need) {
      if (block.is_about(needs[need])) levers[need].push_back(block.effect);
    }
  }
  mistakes.throw_if_any(Fault::scenario);
  return levers;
}

}  // namespace kohort::welfare
