#include "models/population/indicators.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include <fmt/format.h>

#include "engine/base/add_to.hpp"
#include "engine/base/wide.hpp"
#include "engine/model/frame_groups.hpp"
#include "models/population/area_sums.hpp"

namespace kohort::population {

namespace p = parameters;

namespace {

constexpr double nobody = std::numeric_limits<double>::quiet_NaN();

/// NaN of one sign, whatever the machine makes of 0 / 0: results have the same bytes everywhere.
double ratio(double part, double whole) { return whole > 0.0 ? part / whole : nobody; }

/// Counts people of an age, and adds up how old they are.
KOHORT_WIDE void count_people(std::span<const double> persons, double age,
                              std::span<double> counted, std::span<double> years) {
  for (std::size_t at = 0; at < persons.size(); ++at) {
    counted[at] += persons[at];
    years[at] += age * persons[at];
  }
}

KOHORT_WIDE void survive(std::span<const double> dying, std::span<double> lived) {
  for (std::size_t at = 0; at < dying.size(); ++at) lived[at] *= 1.0 - dying[at];
}

/// The same, and adds the years that they have lived.
KOHORT_WIDE void live(std::span<const double> dying, std::span<double> lived,
                      std::span<double> expectancy) {
  for (std::size_t at = 0; at < dying.size(); ++at) {
    lived[at] *= 1.0 - dying[at];
    expectancy[at] += lived[at];
  }
}

/// What fertility at an age follows from: slabs, or their sums by set of areas.
struct Childbearing {
  std::array<std::span<const double>, 2> births;  ///< by sex
  std::array<std::span<const double>, 2> women;   ///< at the start and at the end
};

KOHORT_WIDE void bear(const Childbearing& of, std::span<double> births_per_woman) {
  for (std::size_t at = 0; at < births_per_woman.size(); ++at) {
    const double births = of.births[0][at] + of.births[1][at];
    const double women = of.women[0][at] + of.women[1][at];
    const double rate = ratio(2.0 * births, women);
    births_per_woman[at] += births > 0.0 ? rate : 0.0;
  }
}

AreaSums sums_of(const PersonTable& persons, std::span<const AreaSet> sets) {
  return {sets, persons.extent<Group>(), persons.extent<Area>(), persons.extent<Draw>()};
}

/// Probability of dying of the people of each set of several areas together, [set][draw].
class PooledDying {
 public:
  PooledDying(const AreaSums& sums, const PopulationLedger& ledger)
      : sums_(sums),
        ledger_(ledger),
        dying_(sums.of_several()),
        persons_(sums.of_several()),
        deaths_(sums.of_several()) {}

  std::span<const double> of(Sex sex, CohortRow row) {
    const ConstSlab dying = ledger_.dying.slab(sex, row);
    const ConstSlab at_risk = ledger_.at_risk.slab(sex, row);
    std::fill(persons_.begin(), persons_.end(), 0.0);
    std::fill(deaths_.begin(), deaths_.end(), 0.0);
    sums_.add_of_several(at_risk, persons_);
    sums_.add_products_of_several(at_risk, dying, deaths_);
    bool everywhere_somebody = true;
    for (std::size_t at = 0; at < dying_.size(); ++at) {
      dying_[at] = deaths_[at] / persons_[at];
      everywhere_somebody = everywhere_somebody && persons_[at] > 0.0;
    }
    if (!everywhere_somebody) weigh_alike(dying);
    take_single_places(dying);
    return dying_;
  }

 private:
  /// One place alone has its own, to the last bit, in whatever set it stands.
  void take_single_places(ConstSlab dying) {
    double* of_set = dying_.data();
    for (const AreaSet& set : sums_.several()) {
      if (sums_.places(set) == 1) {
        std::copy_n(&dying[set.front().position() * sums_.draws()], sums_.draws(), of_set);
      }
      of_set += sums_.draws();
    }
  }

  /// Of sets in which nobody is at risk.
  void weigh_alike(ConstSlab dying) {
    std::vector<double> sums(sums_.of_several());
    sums_.add_of_several(dying, sums);
    for (std::size_t at = 0; at < dying_.size(); ++at) {
      if (persons_[at] > 0.0) continue;
      const AreaSet& set = sums_.several()[at / sums_.draws()];
      dying_[at] = sums[at] / static_cast<double>(sums_.places(set));
    }
  }

  const AreaSums& sums_;
  const PopulationLedger& ledger_;
  std::vector<double> dying_;
  std::vector<double> persons_;
  std::vector<double> deaths_;
};

/// Life expectancies at birth, of age groups `step` years wide.
class LifeExpectancy {
 public:
  LifeExpectancy(std::size_t ages, double step, std::span<double> expectancy)
      : ages_(ages), lived_(expectancy.size(), step), expectancy_(expectancy) {
    std::fill(expectancy.begin(), expectancy.end(), 0.0);
  }

  /// The probabilities of dying of the rows, one after the other.
  void take(CohortRow row, std::span<const double> dying) {
    if (row.position() + 1 < ages_) {
      live(dying, lived_, expectancy_);
    } else if (row.position() < ages_) {
      survive(dying, lived_);
    } else {
      for (std::size_t at = 0; at < lived_.size(); ++at) {
        expectancy_[at] += ratio(lived_[at], dying[at]);
      }
    }
  }

 private:
  std::size_t ages_;
  std::vector<double> lived_;  ///< L of the row at hand, of one born
  std::span<double> expectancy_;
};

}  // namespace

std::optional<AgeGroup> working_ages(const Settings& settings, const Frame& frame) {
  const auto text = settings.maybe(p::working_ages);
  AgesRead read = ages_of(text.value_or("20-64"), frame);
  const bool between = read.group && read.group->first.position() > 0 &&
                       read.group->last.position() + 1 < frame.ages();
  if (between) return read.group;
  if (!text) return std::nullopt;
  if (read.group) {
    read.what = fmt::format("'{}' leaves nobody younger, or nobody older", *text);
    read.remedy = "write a range in the middle of life, like \"20-64\"";
  }
  throw Error(Fault::scenario, settings.mistake(p::working_ages, read.what, read.remedy));
}

Indicators::Indicators(const Frame& frame, AgeDefinition fertility_ages,
                       const std::optional<AgeGroup>& working_ages, Basis basis)
    : ages_(frame.ages()),
      step_(frame.step),
      fertility_ages_(fertility_ages),
      working_ages_(working_ages) {
  const auto female = frame.position_of("female");
  const auto male = frame.position_of("male");
  for (const auto& sex : {female, male}) {
    if (sex) sexes_.push_back(*sex);
  }
  if (female && male) mothers_ = female;
  declare(frame, basis);
}

void Indicators::declare(const Frame& frame, Basis basis) {
  const auto add = [&](const std::string& name, std::string long_name, const char* unit,
                       Moment moment) {
    variables_.push_back({"indicators/" + name, std::move(long_name), unit, moment, basis});
  };
  for (const Sex sex : sexes_) {
    const std::string& word = frame.sexes[sex.position()];
    add("life_expectancy_" + word, "life expectancy at birth, " + word, "years", Moment::flow);
  }
  if (mothers_) add("total_fertility_rate", "births per woman", "1", Moment::flow);
  if (working_ages_) {
    const std::string& working = working_ages_->name;
    add("dependency_ratio", "persons not aged " + working + " to one who is", "1", Moment::stock);
    add("old_age_dependency_ratio", "persons older than " + working + " to one of these ages", "1",
        Moment::stock);
    add("share_of_children", "persons younger than " + working + " among all", "1", Moment::stock);
    add("share_of_old", "persons older than " + working + " among all", "1", Moment::stock);
  }
  add("mean_age", "mean age", "years", Moment::stock);
}

/// By place: what a set of areas comes to is added up once, when all ages have been counted.
void Indicators::of_stocks(const PopulationState& state, std::span<const AreaSet> sets,
                           std::span<double> figures) const {
  const AreaSums sums = sums_of(state.persons, sets);
  std::array<std::vector<double>, 4> by_place;  // young, working, old; the ages of all added up
  for (auto& of_place : by_place) of_place.resize(sums.slab());
  for (const Age age : positions<Age>(ages_)) {
    const double middle = (static_cast<double>(age.position()) + 0.5) * step_;
    const std::size_t part = !working_ages_ || age < working_ages_->first ? 0
                             : age <= working_ages_->last                 ? 1
                                                                          : 2;
    for (const Sex sex : sexes_) {
      count_people(sums.used(state.persons.slab(sex, age)), middle,
                   sums.used(std::span(by_place[part])), sums.used(std::span(by_place[3])));
    }
  }
  std::array<std::vector<double>, 4> by_set;
  for (std::size_t part = 0; part < by_set.size(); ++part) {
    by_set[part].resize(sums.size());
    sums.add(by_place[part], by_set[part]);
  }
  const auto& [young, working, old, years] = by_set;
  std::vector<double> others = young;
  add_to(old, others);
  std::vector<double> all = others;
  add_to(working, all);
  double* figure = figures.data();
  const auto set = [&](const std::vector<double>& part, const std::vector<double>& whole) {
    for (std::size_t at = 0; at < sums.size(); ++at) *figure++ = ratio(part[at], whole[at]);
  };
  if (working_ages_) {
    set(others, working);
    set(old, working);
    set(young, all);
    set(old, all);
  }
  set(years, all);
}

void Indicators::of_flows(const PopulationState& state, const PopulationLedger& ledger,
                          std::span<const AreaSet> sets, std::span<double> figures) const {
  const AreaSums sums = sums_of(state.persons, sets);
  PooledDying pooled(sums, ledger);
  std::span<double> next = figures;
  for (const Sex sex : sexes_) {
    LifeExpectancy of_single(ages_, step_, next.first(sums.of_single()));
    LifeExpectancy of_several(ages_, step_, next.subspan(sums.of_single(), sums.of_several()));
    for (const CohortRow row : positions<CohortRow>(ages_ + 1)) {
      of_single.take(row, ledger.dying.slab(sex, row).first(sums.of_single()));
      of_several.take(row, pooled.of(sex, row));
    }
    next = next.subspan(sums.size());
  }
  if (mothers_) total_fertility(state, ledger, sums, next.first(sums.size()));
}

void Indicators::total_fertility(const PopulationState& state, const PopulationLedger& ledger,
                                 const AreaSums& sums, std::span<double> births_per_woman) const {
  const std::size_t ahead = fertility_ages_ == AgeDefinition::at_event ? 1 : 0;
  std::array<std::vector<double>, 4> of_several;
  const auto add_up = [&](std::size_t which, ConstSlab slab) -> std::span<const double> {
    of_several[which].assign(sums.of_several(), 0.0);
    sums.add_of_several(slab, of_several[which]);
    return of_several[which];
  };
  std::fill(births_per_woman.begin(), births_per_woman.end(), 0.0);
  for (const Age age : positions<Age>(ages_)) {
    if (!ledger.may_have_births[age.position()]) continue;
    const auto births = [&](Sex sex) { return ledger.flows[Flow::births].slab(sex, age); };
    const ConstSlab at_start = ledger.at_risk.slab(*mothers_, CohortRow(age.position() + ahead));
    const Childbearing slabs{{births(sexes_[0]), births(sexes_[1])},
                             {at_start, state.persons.slab(*mothers_, age)}};
    bear(slabs, births_per_woman.first(sums.of_single()));
    bear({{add_up(0, slabs.births[0]), add_up(1, slabs.births[1])},
          {add_up(2, slabs.women[0]), add_up(3, slabs.women[1])}},
         births_per_woman.subspan(sums.of_single()));
  }
}

}  // namespace kohort::population
