#include "models/workforce/levers.hpp"

#include <algorithm>

#include "models/workforce/occupation_names.hpp"

namespace kohort::workforce {

namespace p = parameters;

Lever::Lever(LeverBlock block, const std::vector<std::string>& occupations, Mistakes& mistakes)
    : block_(std::move(block)), on_(meaning(p::lever_on, block_.what)) {
  require_known(block_, "occupation", occupations, mistakes);
  for (const std::string& name : occupations) meant_.push_back(block_.is_about(name));
  const bool certain = is_on(LeverOn::education) || is_on(LeverOn::full_time);
  if (certain && effect().is_random()) {
    mistakes.add(
        block_.about_on("draws cannot differ in it", "leave out se, and spread it linearly"));
  }
}

std::vector<Lever> read_levers(const Source& source, const std::vector<std::string>& occupations) {
  Mistakes mistakes;
  std::vector<Lever> levers;
  const LeverList list{"workforce",
                       p::levers,
                       p::lever_on,
                       p::lever_fields,
                       &p::lever_occupations,
                       {{"education", "give a factor: places are divided between areas"},
                        {"abroad", "give a factor: those who come are divided between areas"}}};
  for (LeverBlock& block : lever_blocks(source, list, mistakes)) {
    levers.emplace_back(std::move(block), occupations, mistakes);
  }
  mistakes.throw_if_any(Fault::scenario);
  return levers;
}

RateChange change_of(const std::vector<Lever>& levers, LeverOn on, Interval interval,
                     const StaffCell& cell) {
  RateChange change;
  for (const Lever& lever : levers) {
    if (!lever.is_on(on) || !lever.is_about(cell.occupation)) continue;
    change *= lever.effect().at(interval, cell.sex, cell.age, cell.area);
  }
  return change;
}

bool any_on(const std::vector<Lever>& levers, LeverOn on) {
  return std::any_of(levers.begin(), levers.end(),
                     [on](const Lever& lever) { return lever.is_on(on); });
}

std::vector<std::vector<Effect>> effects_on(const std::vector<Lever>& levers, LeverOn on,
                                            std::size_t occupations) {
  const auto differs = [on](const Lever& lever) {
    return lever.is_on(on) && lever.effect().is_random();
  };
  if (std::none_of(levers.begin(), levers.end(), differs)) return {};
  std::vector<std::vector<Effect>> effects(occupations);
  for (const Lever& lever : levers) {
    for (const Occupation one : positions<Occupation>(occupations)) {
      if (lever.is_on(on) && lever.is_about(one)) effects[one.position()].push_back(lever.effect());
    }
  }
  return effects;
}

std::vector<DrawnLevers> drawn_by_occupation(const std::vector<std::vector<Effect>>& effects,
                                             const Frame& frame, const DrawBlock& block) {
  std::vector<DrawnLevers> drawn;
  for (const std::vector<Effect>& one : effects) drawn.emplace_back(one, frame, block);
  return drawn;
}

}  // namespace kohort::workforce
