#include "models/workforce/levers.hpp"

#include <algorithm>

#include "models/workforce/occupation_names.hpp"

namespace kohort::workforce {

namespace p = parameters;

Lever::Lever(const Settings& block, const Frame& frame, const std::vector<std::string>& occupations,
             Mistakes& mistakes)
    : block_(block),
      on_(block[p::lever_on]),
      factor_(block, frame, p::lever_fields, mistakes),
      meant_(occupations.size(), block[p::lever_occupations].empty()) {
  for (const std::string& name : block[p::lever_occupations]) {
    const auto found = find_occupation(block, p::lever_occupations, name, occupations, mistakes);
    if (found) meant_[found->position()] = true;
  }
}

std::vector<Lever> read_levers(const Source& source, const std::vector<std::string>& occupations) {
  Mistakes mistakes;
  std::vector<Lever> levers;
  for (const Settings& block : source.settings[p::levers]) {
    levers.emplace_back(block, source.frame, occupations, mistakes);
  }
  mistakes.throw_if_any(Fault::scenario);
  return levers;
}

double product(const std::vector<Lever>& levers, LeverOn on, Interval interval,
               const StaffCell& cell) {
  double factor = 1.0;
  for (const Lever& lever : levers) {
    if (!lever.is_on(on) || !lever.is_about(cell.occupation)) continue;
    factor *= lever.factor(interval, cell.sex, cell.age, cell.area);
  }
  return factor;
}

bool any_on(const std::vector<Lever>& levers, LeverOn on) {
  return std::any_of(levers.begin(), levers.end(),
                     [on](const Lever& lever) { return lever.is_on(on); });
}

}  // namespace kohort::workforce
