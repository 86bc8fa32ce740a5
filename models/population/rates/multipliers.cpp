#include "models/population/rates/multipliers.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "engine/base/nearest.hpp"
#include "engine/model/frame_groups.hpp"
#include "models/population/rates/check.hpp"

namespace kohort::population {

namespace p = parameters;

namespace {

/// One block: to whom and when its factor applies.
class Multiplier {
 public:
  Multiplier(const Settings& block, const Frame& frame, Mistakes& mistakes)
      : block_(block), frame_(frame), mistakes_(mistakes) {
    read_areas();
    read_sexes();
    read_ages();
    read_years();
  }

  Adjusted what() const { return block_[p::multiplied]; }
  bool covers(Interval interval) const {
    const int year = frame_.end_of(interval).value();
    return year >= from_ && year <= to_;
  }

  double factor() const { return block_[p::multiplier_factor]; }

  /// Whether it can have made rates impossible.
  bool concerns(const Impossible& rates) const {
    const auto& by = rates.raised_by;
    if (std::find(by.begin(), by.end(), what()) == by.end() || !covers(rates.interval)) {
      return false;
    }
    if (!rates.cell) return true;
    const auto& [sex, age, area] = *rates.cell;
    return sexes_.contains(sex) && areas_.contains(area) && ages_.first <= age && age <= ages_.last;
  }

  /// A mistake about the factor.
  Mistake mistake(const std::string& what, std::string remedy) const {
    return block_.mistake(p::multiplier_factor, what, std::move(remedy));
  }

  void apply(Factors& factors) const {
    AgeTable& table = factors.of(what(), frame_);
    for (const Sex sex : sexes_) {
      for (const Age age : positions<Age>(frame_.ages())) {
        if (age < ages_.first || ages_.last < age) continue;
        for (const Group group : positions<Group>(frame_.group_count())) {
          for (const Area area : areas_) table(sex, age, group, area) *= factor();
        }
      }
    }
  }

 private:
  void wrong(const Parameter& field, std::string what, std::string remedy) {
    mistakes_.add(block_.mistake(field, std::move(what), std::move(remedy)));
  }

  void read_areas() {
    const std::vector<std::string> names = block_[p::multiplied_areas];
    for (const std::string& name : names) {
      const std::vector<Area> called = areas_called(name, frame_);
      areas_.insert(called.begin(), called.end());
      if (!called.empty()) continue;
      const auto meant = nearest(name, names_of_areas(frame_));
      wrong(p::multiplied_areas, fmt::format("no area and no group is called '{}'", name),
            meant ? fmt::format("did you mean '{}'?", *meant) : "write codes, or names of groups");
    }
    if (!names.empty()) return;
    for (const Area area : positions<Area>(frame_.areas.size())) areas_.insert(area);
  }

  void read_sexes() {
    const std::vector<std::string> names = block_[p::multiplied_sexes];
    if (!names.empty() && what() == Adjusted::fertility) {
      wrong(p::multiplied_sexes, "births are those of women", "leave it out");
    }
    for (const std::string& name : names) {
      if (const auto sex = frame_.position_of(name)) {
        sexes_.insert(*sex);
      } else {
        wrong(p::multiplied_sexes, fmt::format("found '{}'", name), "write female or male");
      }
    }
    if (!names.empty()) return;
    for (const Sex sex : positions<Sex>(frame_.sexes.size())) sexes_.insert(sex);
  }

  void read_ages() {
    ages_ = {"", Age(0), Age(frame_.ages() - 1)};
    const auto text = block_.maybe(p::multiplied_ages);
    if (!text) return;
    AgesRead read = ages_of(*text, frame_);
    if (read.group) {
      ages_ = *read.group;
    } else {
      wrong(p::multiplied_ages, std::move(read.what), std::move(read.remedy));
    }
  }

  void read_years() {
    const int first = frame_.end_of(Interval(0)).value();
    const int last = frame_.end_year().value();
    from_ = static_cast<int>(block_.maybe(p::multiplied_from).value_or(first));
    to_ = static_cast<int>(block_.maybe(p::multiplied_to).value_or(last));
    if (from_ <= to_ && to_ >= first && from_ <= last) return;
    wrong(block_.given(p::multiplied_from) ? static_cast<const Parameter&>(p::multiplied_from)
                                           : p::multiplied_to,
          fmt::format("no interval of the projection ends in {}-{}", from_, to_),
          fmt::format("its intervals end in {} to {}", first, last));
  }

  Settings block_;
  const Frame& frame_;
  Mistakes& mistakes_;
  std::set<Area> areas_;
  std::set<Sex> sexes_;
  AgeGroup ages_;
  int from_ = 0;
  int to_ = 0;
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
