#include "models/population/rates/multipliers.hpp"

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "models/population/rates/check.hpp"

namespace kohort::population {

namespace p = parameters;

namespace {

/// One block: to whom and when it applies.
class Multiplier {
 public:
  Multiplier(LeverBlock block, Mistakes& mistakes)
      : block_(std::move(block)), what_(meaning(p::multiplied, block_.what)) {
    const Parameter& sexes = block_.fields->sexes;
    if (what_ == Adjusted::fertility && !block_.settings[block_.fields->sexes].empty()) {
      mistakes.add(block_.settings.mistake(sexes, "births are those of women", "leave it out"));
    }
    if (what_ == Adjusted::domestic_in && effect().is_random()) {
      mistakes.add(block_.about_on("where movers go cannot differ between draws",
                                   "leave out se, and spread it linearly"));
    }
  }

  const LeverBlock& block() const { return block_; }
  Adjusted what() const { return what_; }
  const Effect& effect() const { return block_.effect; }
  double size() const { return effect().full(); }

  /// Whether it can have made rates impossible.
  bool concerns(const Impossible& rates) const {
    const auto& by = rates.raised_by;
    if (std::find(by.begin(), by.end(), what()) == by.end() || !effect().covers(rates.interval)) {
      return false;
    }
    if (!rates.cell) return true;
    const auto& [sex, age, area] = *rates.cell;
    return effect().target().includes(sex, age, area);
  }

  void apply(const Frame& frame, Interval interval, Factors& factors) const {
    const bool adds = effect().is_shift();
    AgeTable& table = adds ? factors.shift_of(what(), frame) : factors.of(what(), frame);
    for (const Sex sex : positions<Sex>(frame.sexes.size())) {
      for (const Age age : positions<Age>(frame.ages())) {
        if (!effect().target().includes(sex, age)) continue;
        for (const Area area : positions<Area>(frame.areas.size())) {
          const RateChange change = effect().at(interval, sex, age, area);
          for (const Group group : positions<Group>(frame.group_count())) {
            double& cell = table(sex, age, group, area);
            cell = adds ? cell + change.shift : cell * change.factor;
          }
        }
      }
    }
  }

 private:
  LeverBlock block_;
  Adjusted what_;
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

/// Blames the greatest of the changes that have made rates too high, or destinations that are none
/// on the least.
[[noreturn]] void refuse(const std::vector<Multiplier>& multipliers, const Impossible& rates) {
  const Multiplier* blamed = nullptr;
  for (const Multiplier& one : multipliers) {
    if (!one.concerns(rates)) continue;
    const bool least = one.what() == Adjusted::domestic_in;
    if (blamed == nullptr || (least ? one.size() < blamed->size() : one.size() > blamed->size())) {
      blamed = &one;
    }
  }
  if (blamed == nullptr) blamed = &multipliers.front();
  throw Error(Fault::scenario,
              blamed->block().about_size(
                  fmt::format("{} leads to rates that cannot be: {}", blamed->size(), rates.what),
                  rates.remedy));
}

/// What is taken from rates must be there.
void require_not_negative(const Frame& frame, const Rates& rates,
                          const std::vector<Multiplier>& multipliers) {
  for (const Multiplier& one : multipliers) {
    if (!one.effect().is_shift() || one.size() >= 0.0) continue;
    const auto require = [&](Interval interval, std::span<const double> figures) {
      if (std::none_of(figures.begin(), figures.end(), [](double rate) { return rate < 0.0; })) {
        return;
      }
      throw Error(Fault::scenario,
                  one.block().about_size(fmt::format("{} leaves less than nothing of some rate "
                                                     "in {}",
                                                     one.size(), frame.end_of(interval).value()),
                                         "take less, at fewer ages, or give a factor"));
    };
    for (const Interval interval : positions<Interval>(frame.intervals)) {
      switch (one.what()) {
        case Adjusted::mortality:
          require(interval, rates.dying.at(interval).values());
          break;
        case Adjusted::fertility:
          require(interval, rates.fertility.at(interval).values());
          break;
        case Adjusted::emigration:
          require(interval, rates.emigrating.at(interval).values());
          break;
        default:
          require(interval, rates.moving.at(interval).values());
      }
    }
  }
}

/// Those in which draws differ, and all that add: factors of draws do not work on what is added.
void keep_for_draws(const std::vector<Multiplier>& multipliers, Rates& rates) {
  for (const Multiplier& one : multipliers) {
    if (one.effect().is_random() || one.effect().is_shift()) {
      rates.levers.push_back({one.what(), one.effect()});
    }
  }
}

LeverList levers_on_rates() {
  const std::string counts = "give a factor, or state the people in population.driver";
  return {"population",
          p::multipliers,
          p::multiplied,
          p::multiplier_fields,
          nullptr,
          {{"immigration", counts},
           {"net_migration", counts},
           {"domestic_in", "give a factor: areas are chosen beside each other"}}};
}

}  // namespace

void multiply_rates(const Source& source, const Conventions& conventions, Rates& rates) {
  Mistakes mistakes;
  std::vector<Multiplier> multipliers;
  for (LeverBlock& block : lever_blocks(source, levers_on_rates(), mistakes)) {
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
      if (one.effect().covers(interval)) one.apply(source.frame, interval, factors);
    }
    adjust(source.frame, interval, factors, rates);
  }
  require_not_negative(source.frame, rates, multipliers);
  keep_for_draws(multipliers, rates);
  if (const auto impossible = find_impossible(source, conventions, rates)) {
    refuse(multipliers, *impossible);
  }
}

}  // namespace kohort::population
