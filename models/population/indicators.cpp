#include "models/population/indicators.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "engine/model/frame_groups.hpp"

namespace kohort::population {

namespace p = parameters;

namespace {

constexpr double nobody = std::numeric_limits<double>::quiet_NaN();

/// NaN of one sign, whatever the machine makes of 0 / 0: results have the same bytes everywhere.
double ratio(double part, double whole) { return whole > 0.0 ? part / whole : nobody; }

/// Calls `act(slab)` with the draws of each of the areas, in each group, of one sex and age or row.
template <class People, class Position, class Act>
void for_each_place(const People& people, Sex sex, Position age, std::span<const Area> areas,
                    Act&& act) {
  for (const Group group : positions<Group>(people.template extent<Group>())) {
    for (const Area area : areas) act(group, area, people.slab(sex, age, group, area));
  }
}

/// Adds the people of the areas to `sums`, [draw].
template <class People, class Position>
void add(const People& people, Sex sex, Position age, std::span<const Area> areas,
         std::span<double> sums) {
  for_each_place(people, sex, age, areas, [&](Group, Area, ConstSlab persons) {
    for (std::size_t draw = 0; draw < sums.size(); ++draw) sums[draw] += persons[draw];
  });
}

/// Probability of dying of the people of several areas together, [draw].
void pooled_dying(const PopulationLedger& ledger, Sex sex, CohortRow row,
                  std::span<const Area> areas, std::span<double> dying) {
  const std::size_t draws = dying.size();
  std::vector<double> persons(draws);
  std::vector<double> deaths(draws);
  std::vector<double> unweighted(draws);
  for_each_place(ledger.at_risk, sex, row, areas, [&](Group group, Area area, ConstSlab at_risk) {
    const ConstSlab q = ledger.dying.slab(sex, row, group, area);
    for (std::size_t draw = 0; draw < draws; ++draw) {
      persons[draw] += at_risk[draw];
      deaths[draw] += at_risk[draw] * q[draw];
      unweighted[draw] += q[draw];
    }
  });
  const auto places = static_cast<double>(areas.size() * ledger.at_risk.extent<Group>());
  for (std::size_t draw = 0; draw < draws; ++draw) {
    dying[draw] = persons[draw] > 0.0 ? deaths[draw] / persons[draw] : unweighted[draw] / places;
  }
}

/// People counted by what stock indicators ask of them, each [draw].
struct AgeStructure {
  explicit AgeStructure(std::size_t draws)
      : all(draws), years(draws), young(draws), working(draws), old(draws) {}

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

void Indicators::of_stocks(const PopulationState& state, std::span<const Area> areas,
                           std::span<double> figures) const {
  const std::size_t draws = state.block.count;
  AgeStructure people(draws);
  std::vector<double> persons(draws);
  for (const Age age : positions<Age>(ages_)) {
    std::fill(persons.begin(), persons.end(), 0.0);
    for (const Sex sex : sexes_) add(state.persons, sex, age, areas, persons);
    const double middle = (static_cast<double>(age.position()) + 0.5) * step_;
    std::vector<double>* part = nullptr;
    if (working_ages_) {
      part = age < working_ages_->first   ? &people.young
             : age <= working_ages_->last ? &people.working
                                          : &people.old;
    }
    for (std::size_t draw = 0; draw < draws; ++draw) {
      people.all[draw] += persons[draw];
      people.years[draw] += middle * persons[draw];
      if (part != nullptr) (*part)[draw] += persons[draw];
    }
  }
  double* figure = figures.data();
  const auto set = [&](const std::vector<double>& part, const std::vector<double>& whole) {
    for (std::size_t draw = 0; draw < draws; ++draw) *figure++ = ratio(part[draw], whole[draw]);
  };
  if (working_ages_) {
    std::vector<double> others = people.young;
    for (std::size_t draw = 0; draw < draws; ++draw) others[draw] += people.old[draw];
    set(others, people.working);
    set(people.old, people.working);
    set(people.young, people.all);
    set(people.old, people.all);
  }
  set(people.years, people.all);
}

void Indicators::of_flows(const PopulationState& state, const PopulationLedger& ledger,
                          std::span<const Area> areas, std::span<double> figures) const {
  const std::size_t draws = state.block.count;
  std::size_t row = 0;
  for (const Sex sex : sexes_) {
    life_expectancy(sex, ledger, areas, figures.subspan(row++ * draws, draws));
  }
  if (mothers_) total_fertility(state, ledger, areas, figures.subspan(row * draws, draws));
}

void Indicators::life_expectancy(Sex sex, const PopulationLedger& ledger,
                                 std::span<const Area> areas, std::span<double> expectancy) const {
  const std::size_t draws = expectancy.size();
  std::vector<double> dying(draws);
  std::vector<double> lived(draws, step_);  // L of the row at hand, of one born
  std::fill(expectancy.begin(), expectancy.end(), 0.0);
  for (const CohortRow row : positions<CohortRow>(ages_)) {
    pooled_dying(ledger, sex, row, areas, dying);
    const bool open = row.position() + 1 == ages_;
    for (std::size_t draw = 0; draw < draws; ++draw) {
      lived[draw] *= 1.0 - dying[draw];
      if (!open) expectancy[draw] += lived[draw];
    }
  }
  pooled_dying(ledger, sex, CohortRow(ages_), areas, dying);
  for (std::size_t draw = 0; draw < draws; ++draw) {
    expectancy[draw] += ratio(lived[draw], dying[draw]);
  }
}

void Indicators::total_fertility(const PopulationState& state, const PopulationLedger& ledger,
                                 std::span<const Area> areas,
                                 std::span<double> births_per_woman) const {
  const std::size_t draws = births_per_woman.size();
  std::vector<double> births(draws);
  std::vector<double> women(draws);  // at the start and at the end
  const std::size_t ahead = fertility_ages_ == AgeDefinition::at_event ? 1 : 0;
  std::fill(births_per_woman.begin(), births_per_woman.end(), 0.0);
  for (const Age age : positions<Age>(ages_)) {
    std::fill(births.begin(), births.end(), 0.0);
    std::fill(women.begin(), women.end(), 0.0);
    for (const Sex sex : sexes_) add(ledger.flows[Flow::births], sex, age, areas, births);
    add(ledger.at_risk, *mothers_, CohortRow(age.position() + ahead), areas, women);
    add(state.persons, *mothers_, age, areas, women);
    for (std::size_t draw = 0; draw < draws; ++draw) {
      if (births[draw] > 0.0) births_per_woman[draw] += ratio(2.0 * births[draw], women[draw]);
    }
  }
}

}  // namespace kohort::population
