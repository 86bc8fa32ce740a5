#include "models/population/indicators.hpp"

#include <algorithm>
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

KOHORT_WIDE void add_times(double weight, std::span<const double> figures, std::span<double> sums) {
  for (std::size_t at = 0; at < sums.size(); ++at) sums[at] += weight * figures[at];
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

AreaSums sums_of(const PersonTable& persons, std::span<const AreaSet> sets) {
  return {sets, persons.extent<Group>(), persons.extent<Area>(), persons.extent<Draw>()};
}

/// Probability of dying of the people of each set of areas together, [set][draw].
class PooledDying {
 public:
  PooledDying(const AreaSums& sums, const PopulationLedger& ledger)
      : sums_(sums),
        ledger_(ledger),
        dying_(sums.size()),
        persons_(sums.size()),
        deaths_(sums.size()) {}

  std::span<const double> of(Sex sex, CohortRow row) {
    const ConstSlab dying = ledger_.dying.slab(sex, row);
    const std::size_t single = sums_.single() * sums_.draws();
    if (sums_.single() == sums_.sets()) return dying.first(single);
    std::copy_n(dying.begin(), single, dying_.begin());
    std::fill(persons_.begin(), persons_.end(), 0.0);
    std::fill(deaths_.begin(), deaths_.end(), 0.0);
    const ConstSlab at_risk = ledger_.at_risk.slab(sex, row);
    sums_.add_of_several(at_risk, persons_);
    sums_.add_products_of_several(at_risk, dying, deaths_);
    bool everywhere_somebody = true;
    for (std::size_t at = single; at < dying_.size(); ++at) {
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
    const std::size_t draws = sums_.draws();
    for (std::size_t set = sums_.single(); set < sums_.sets(); ++set) {
      if (sums_.places(set) != 1) continue;
      std::copy_n(&dying[sums_.first_place(set)], draws, &dying_[set * draws]);
    }
  }

  /// Of sets in which nobody is at risk.
  void weigh_alike(ConstSlab dying) {
    std::vector<double> sums(sums_.size());
    sums_.add_of_several(dying, sums);
    for (std::size_t at = sums_.single() * sums_.draws(); at < dying_.size(); ++at) {
      if (persons_[at] > 0.0) continue;
      dying_[at] = sums[at] / static_cast<double>(sums_.places(at / sums_.draws()));
    }
  }

  const AreaSums& sums_;
  const PopulationLedger& ledger_;
  std::vector<double> dying_;
  std::vector<double> persons_;
  std::vector<double> deaths_;
};

/// Life expectancy at birth, [set][draw], of age groups `step` years wide.
void life_expectancy(Sex sex, std::size_t ages, double step, PooledDying& dying,
                     std::span<double> expectancy) {
  std::vector<double> lived(expectancy.size(), step);  // L of the row at hand, of one born
  std::fill(expectancy.begin(), expectancy.end(), 0.0);
  for (std::size_t row = 0; row + 1 < ages; ++row) {
    live(dying.of(sex, CohortRow(row)), lived, expectancy);
  }
  survive(dying.of(sex, CohortRow(ages - 1)), lived);
  const std::span<const double> in_open_age = dying.of(sex, CohortRow(ages));
  for (std::size_t at = 0; at < lived.size(); ++at) {
    expectancy[at] += ratio(lived[at], in_open_age[at]);
  }
}

/// People counted by what stock indicators ask of them, each [set][draw].
struct AgeStructure {
  explicit AgeStructure(std::size_t sums)
      : all(sums), years(sums), young(sums), working(sums), old(sums) {}

  std::vector<double> all;
  std::vector<double> years;  ///< their ages added up
  std::vector<double> young;
  std::vector<double> working;
  std::vector<double> old;
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

void Indicators::of_stocks(const PopulationState& state, std::span<const AreaSet> sets,
                           std::span<double> figures) const {
  const AreaSums sums = sums_of(state.persons, sets);
  AgeStructure people(sums.size());
  std::vector<double> persons(sums.size());
  for (const Age age : positions<Age>(ages_)) {
    std::fill(persons.begin(), persons.end(), 0.0);
    for (const Sex sex : sexes_) sums.add(state.persons.slab(sex, age), persons);
    const double middle = (static_cast<double>(age.position()) + 0.5) * step_;
    add_to(persons, people.all);
    add_times(middle, persons, people.years);
    if (!working_ages_) continue;
    add_to(persons, age < working_ages_->first   ? people.young
                    : age <= working_ages_->last ? people.working
                                                 : people.old);
  }
  double* figure = figures.data();
  const auto set = [&](const std::vector<double>& part, const std::vector<double>& whole) {
    for (std::size_t at = 0; at < sums.size(); ++at) *figure++ = ratio(part[at], whole[at]);
  };
  if (working_ages_) {
    std::vector<double> others = people.young;
    add_to(people.old, others);
    set(others, people.working);
    set(people.old, people.working);
    set(people.young, people.all);
    set(people.old, people.all);
  }
  set(people.years, people.all);
}

void Indicators::of_flows(const PopulationState& state, const PopulationLedger& ledger,
                          std::span<const AreaSet> sets, std::span<double> figures) const {
  const AreaSums sums = sums_of(state.persons, sets);
  PooledDying dying(sums, ledger);
  std::size_t row = 0;
  for (const Sex sex : sexes_) {
    life_expectancy(sex, ages_, step_, dying, figures.subspan(row++ * sums.size(), sums.size()));
  }
  if (!mothers_) return;
  total_fertility(state, ledger, sums, figures.subspan(row * sums.size(), sums.size()));
}

void Indicators::total_fertility(const PopulationState& state, const PopulationLedger& ledger,
                                 const AreaSums& sums, std::span<double> births_per_woman) const {
  std::vector<double> births(sums.size());
  std::vector<double> women(sums.size());  // at the start and at the end
  const std::size_t ahead = fertility_ages_ == AgeDefinition::at_event ? 1 : 0;
  std::fill(births_per_woman.begin(), births_per_woman.end(), 0.0);
  for (const Age age : positions<Age>(ages_)) {
    if (!ledger.may_have_births[age.position()]) continue;
    std::fill(births.begin(), births.end(), 0.0);
    std::fill(women.begin(), women.end(), 0.0);
    for (const Sex sex : sexes_) sums.add(ledger.flows[Flow::births].slab(sex, age), births);
    sums.add(ledger.at_risk.slab(*mothers_, CohortRow(age.position() + ahead)), women);
    sums.add(state.persons.slab(*mothers_, age), women);
    for (std::size_t at = 0; at < births.size(); ++at) {
      if (births[at] > 0.0) births_per_woman[at] += ratio(2.0 * births[at], women[at]);
    }
  }
}

}  // namespace kohort::population
