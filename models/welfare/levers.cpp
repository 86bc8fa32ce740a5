#include "models/welfare/levers.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/nearest.hpp"

namespace kohort::welfare {

namespace p = parameters;

namespace {

void require_known(const LeverBlock& block, const std::vector<std::string>& needs,
                   Mistakes& mistakes) {
  for (const std::string& name : block.of) {
    if (std::find(needs.begin(), needs.end(), name) != needs.end()) continue;
    const auto meant = nearest(name, needs);
    mistakes.add(block.about_of(fmt::format("no need is called '{}'", name),
                                meant ? fmt::format("did you mean '{}'?", *meant)
                                      : fmt::format("there are {}", fmt::join(needs, ", "))));
  }
}

}  // namespace

std::vector<NeedLevers> read_levers(const Source& source, const std::vector<std::string>& needs) {
  std::vector<NeedLevers> levers(needs.size());
  Mistakes mistakes;
  const LeverList list{"welfare", p::levers, p::lever_on, p::lever_fields, &p::lever_needs};
  for (const LeverBlock& block : lever_blocks(source.settings, source.frame, list, mistakes)) {
    require_known(block, needs, mistakes);
    const std::vector<std::string>& meant = block.of;
    for (std::size_t need = 0; need < needs.size(); ++need) {
      const bool is_meant =
          meant.empty() || std::find(meant.begin(), meant.end(), needs[need]) != meant.end();
      if (is_meant) levers[need].push_back(block.factor);
    }
  }
  mistakes.throw_if_any(Fault::scenario);
  return levers;
}

}  // namespace kohort::welfare
