#include "models/welfare/levers.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/nearest.hpp"

namespace kohort::welfare {

namespace p = parameters;

namespace {

void require_known(const Settings& block, const std::vector<std::string>& needs,
                   Mistakes& mistakes) {
  for (const std::string& name : block[p::lever_needs]) {
    if (std::find(needs.begin(), needs.end(), name) != needs.end()) continue;
    const auto meant = nearest(name, needs);
    mistakes.add(block.mistake(p::lever_needs, fmt::format("no need is called '{}'", name),
                               meant ? fmt::format("did you mean '{}'?", *meant)
                                     : fmt::format("there are {}", fmt::join(needs, ", "))));
  }
}

}  // namespace

std::vector<NeedLevers> read_levers(const Source& source, const std::vector<std::string>& needs) {
  std::vector<NeedLevers> levers(needs.size());
  Mistakes mistakes;
  for (const Settings& block : source.settings[p::levers]) {
    block.mark(p::lever_on);  // there is but one thing to be on
    require_known(block, needs, mistakes);
    const GradualFactor factor(block, source.frame, p::lever_fields, mistakes);
    const std::vector<std::string> meant = block[p::lever_needs];
    for (std::size_t need = 0; need < needs.size(); ++need) {
      const bool is_meant =
          meant.empty() || std::find(meant.begin(), meant.end(), needs[need]) != meant.end();
      if (is_meant) levers[need].push_back(factor);
    }
  }
  mistakes.throw_if_any(Fault::scenario);
  return levers;
}

}  // namespace kohort::welfare
