#include "models/population/rates/multipliers.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/model/intervention.hpp"
#include "models/population/rates/check.hpp"

namespace kohort::population {

namespace p = parameters;

namespace {

/// One block: to whom and when its factor applies.
class Multiplier {
 public:
  Multiplier(LeverBlock block, Mistakes& mistakes) : block_(std::move(block)) {
    const auto word = std::find_if(p::multiplied.words.begin(), p::multiplied.words.end(),
                                   [&](const auto& one) { return one.first == block_.what; });
    what_ = word->second;
    if (what_ == Adjusted::fertility && !block_.settings[block_.fields->sexes].empty()) {
      mistakes.add(block_.settings.mistake(block_.fields->sexes, "births are those of women",
                                           "leave it out"));
    }
    if (what_ == Adjusted::domestic_in && is_random()) {
      mistakes.add(block_.about_on("where movers go cannot differ between draws",
                                   "leave out factor_se, and spread it linearly"));
    }
  }

  Adjusted what() const { return what_; }
  bool covers(Interval interval) const { return block_.factor.covers(interval); }
  bool is_random() const { return block_.factor.is_random(); }
  double factor() const { return block_.factor.full(); }
  const GradualFactor& gradual() const { return block_.factor; }

  /// Whether it can have made rates impossible.
  bool concerns(const Impossible& rates) const {
    const auto& by = rates.raised_by;
    if (std::find(by.begin(), by.end(), what()) == by.end() || !covers(rates.interval)) {
      return false;
    }
    if (!rates.cell) return true;
    const auto& [sex, age, area] = *rates.cell;
    return block_.factor.includes(sex, age, area);
  }

  const LeverBlock& block() const { return block_; }

  void apply(const Frame& frame, Interval interval, Factors& factors) const {
    AgeTable& table = factors.of(what(), frame);
    for (const Sex sex : positions<Sex>(frame.sexes.size())) {
      for (const Age age : positions<Age>(frame.ages())) {
        for (const Area area : positions<Area>(frame.areas.size())) {
          const double factor = block_.factor.at(interval, sex, age, area);
          for (const Group group : positions<Group>(frame.group_count())) {
            table(sex, age, group, area) *= factor;
          }
        }
      }
    }
  }

 private:
  LeverBlock block_;
  Adjusted what_{};
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
  throw Error(Fault::scenario,
              blamed->block().about_factor(
                  fmt::format("{} leads to rates that cannot be: {}", blamed->factor(), rates.what),
                  rates.remedy));
}

}  // namespace

void multiply_rates(const Source& source, const Conventions& conventions, Rates& rates) {
  Mistakes mistakes;
  std::vector<Multiplier> multipliers;
  const LeverList list{"population", p::multipliers, p::multiplied, p::multiplier_fields};
  for (LeverBlock& block : lever_blocks(source.settings, source.frame, list, mistakes)) {
    const Multiplier& made = multipliers.emplace_back(std::move(block), mistakes);
    if (has_rates(rates, made.what())) continue;
    mistakes.add(made.block().about_on("this scenario has no such rates to multiply",
                                       "give them in the pool form, or leave the block out"));
  }
  mistakes.throw_if_any(Fault::scenario);
  if (multipliers.empty()) return;
  for (const Interval interval : positions<Interval>(source.frame.intervals)) {
    Factors factors;
    for (const Multiplier& one : multipliers) {
      if (one.covers(interval)) one.apply(source.frame, interval, factors);
    }
    adjust(source.frame, interval, factors, rates);
  }
  for (const Multiplier& one : multipliers) {
    if (one.is_random()) rates.random_adjustments.push_back({one.what(), one.gradual()});
  }
  if (const auto impossible = find_impossible(source, conventions, rates)) {
    refuse(multipliers, *impossible);
  }
}

}  // namespace kohort::population
