#include "models/population/rates/multipliers.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/model/lever.hpp"
#include "models/population/rates/check.hpp"

namespace kohort::population {

namespace p = parameters;

namespace {

/// One block: to whom and when its factor applies.
class Multiplier {
 public:
  Multiplier(const Settings& block, const Frame& frame, Mistakes& mistakes)
      : block_(block),
        frame_(frame),
        target_(block, frame,
                {p::multiplied_areas, &p::multiplied_sexes, &p::multiplied_ages, p::multiplied_from,
                 p::multiplied_to},
                mistakes) {
    if (what() != Adjusted::fertility || block[p::multiplied_sexes].empty()) return;
    mistakes.add(block.mistake(p::multiplied_sexes, "births are those of women", "leave it out"));
  }

  Adjusted what() const { return block_[p::multiplied]; }
  bool covers(Interval interval) const { return target_.covers(interval); }

  double factor() const { return block_[p::multiplier_factor]; }

  /// Whether it can have made rates impossible.
  bool concerns(const Impossible& rates) const {
    const auto& by = rates.raised_by;
    if (std::find(by.begin(), by.end(), what()) == by.end() || !covers(rates.interval)) {
      return false;
    }
    if (!rates.cell) return true;
    const auto& [sex, age, area] = *rates.cell;
    return target_.includes(sex, age, area);
  }

  /// A mistake about the factor.
  Mistake mistake(const std::string& what, std::string remedy) const {
    return block_.mistake(p::multiplier_factor, what, std::move(remedy));
  }

  void apply(Factors& factors) const {
    AgeTable& table = factors.of(what(), frame_);
    for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
      for (const Age age : positions<Age>(frame_.ages())) {
        for (const Area area : positions<Area>(frame_.areas.size())) {
          if (!target_.includes(sex, age, area)) continue;
          for (const Group group : positions<Group>(frame_.group_count())) {
            table(sex, age, group, area) *= factor();
          }
        }
      }
    }
  }

 private:
  Settings block_;
  const Frame& frame_;
  Target target_;
};

bool has_rates(const Rates& rates, Adjusted what) {
  switch (what) {
    case Adjusted::mortality:
      return !rates.dying.empty();
    case Adjusted::fertility:
      return !rates.fertility.empty();
    case Adjusted::immigration:
      return !rates.immigrants.empty();
    case Adjusted::emigration:
      return !rates.emigrating.empty();
    case Adjusted::domestic_out:
      return !rates.moving.empty();
    case Adjusted::domestic_in:
      return !rates.destinations.empty() || !rates.in_migrants.empty();
    case Adjusted::net_migration:
      return !rates.net_migrants.empty() || !rates.net_migration_rate.empty();
  }
  return false;
}

/// Blames the greatest of the factors that have made rates too high, or destinations that are none
/// on the least.
[[noreturn]] void refuse(const std::vector<Multiplier>& multipliers, const Impossible& rates) {
  const Multiplier* blamed = nullptr;
  for (const Multiplier& one : multipliers) {
    if (!one.concerns(rates)) continue;
    const bool least = one.what() == Adjusted::domestic_in;
    if (blamed == nullptr ||
        (least ? one.factor() < blamed->factor() : one.factor() > blamed->factor())) {
      blamed = &one;
    }
  }
  if (blamed == nullptr) blamed = &multipliers.front();
  throw Error(Fault::scenario, blamed->mistake(fmt::format("{} leads to rates that cannot be: {}",
                                                           blamed->factor(), rates.what),
                                               rates.remedy));
}

}  // namespace

void multiply_rates(const Source& source, const Conventions& conventions, Rates& rates) {
  Mistakes mistakes;
  std::vector<Multiplier> multipliers;
  for (const Settings& block : source.settings[p::multipliers]) {
    const Multiplier& made = multipliers.emplace_back(block, source.frame, mistakes);
    if (has_rates(rates, made.what())) continue;
    mistakes.add(block.mistake(p::multiplied, "this scenario has no such rates to multiply",
                               "give them in the pool form, or leave the block out"));
  }
  mistakes.throw_if_any(Fault::scenario);
  if (multipliers.empty()) return;
  for (const Interval interval : positions<Interval>(source.frame.intervals)) {
    Factors factors;
    for (const Multiplier& one : multipliers) {
      if (one.covers(interval)) one.apply(factors);
    }
    adjust(source.frame, interval, factors, rates);
  }
  if (const auto impossible = find_impossible(source, conventions, rates)) {
    refuse(multipliers, *impossible);
  }
}

}  // namespace kohort::population
