#include "models/population/rates/mortality.hpp"

#include <string>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/demography/life_table.hpp"
#include "engine/demography/rates.hpp"
#include "models/population/rates/life_table_estimates.hpp"

namespace kohort::population {
namespace {

namespace p = parameters;

/// The ages that the table must have: those of the frame, unless it is abridged or knows those
/// within the open age group apart.
std::vector<std::string> ages_wanted(const Source& source, OpenAge open_age) {
  std::vector<std::string> ages = source.frame.age_axis().labels;
  if (source.settings[p::abridged]) ages.insert(ages.begin() + 1, "1");
  if (open_age == OpenAge::separate) {
    ages.push_back(std::to_string(source.frame.open_age + source.frame.step));
  }
  return ages;
}

class MortalityReader {
 public:
  MortalityReader(const Source& source, const Conventions& conventions)
      : source_(source),
        conventions_(conventions),
        measure_(source.settings[p::mortality_measure]),
        figures_(Figures::read(source, p::mortality_rates, Completeness::rates,
                               ages_wanted(source, conventions.open_age))) {}

  Mortality read() {
    check();
    const Frame& frame = source_.frame;
    const std::size_t length = figures_.series_length(frame);
    if (through_life_table()) life_tables_.emplace(frame, first_ages(), length);
    Mortality mortality;
    mortality.dying = series_of(length, [&](Interval interval) { return of_interval(interval); });
    if (!life_tables_) return mortality;
    mortality.life_tables = life_tables_->estimates();
    for (Estimate& column : mortality.life_tables) {
      column.basis = std::max(column.basis, source_.tables.basis_of(p::mortality_rates));
    }
    return mortality;
  }

 private:
  bool through_life_table() const {
    return measure_ == MortalityMeasure::central_death_rate &&
           figures_.ages() == AgeDefinition::at_event;
  }

  void check() const {
    const Settings& settings = source_.settings;
    if (measure_ != MortalityMeasure::central_death_rate) {
      require_year_end_ages(source_, p::mortality_rates, figures_);
    }
    if (settings[p::abridged] && (source_.frame.step != 5 || !through_life_table())) {
      throw Error(Fault::scenario,
                  settings.mistake(p::abridged,
                                   "abridged ages need steps of five years and central "
                                   "death rates by age at the event",
                                   "leave it out"));
    }
    if (through_life_table() && conventions_.open_age == OpenAge::separate) {
      throw Error(
          Fault::scenario,
          settings.mistake(p::open_age_survivors,
                           "a life table does not tell those within the open age group apart",
                           "give probabilities or survival ratios, or choose pooled"));
    }
  }

  std::vector<double> first_ages() const {
    std::vector<double> ages;
    for (const std::string& age : ages_wanted(source_, conventions_.open_age)) {
      ages.push_back(std::stod(age));
    }
    return ages;
  }

  CellTable of_interval(Interval interval) {
    const Frame& frame = source_.frame;
    CellTable dying(cell_extents(frame));
    for (const Area area : positions<Area>(frame.areas.size())) {
      for (const Group group : positions<Group>(frame.group_count())) {
        for (const Sex sex : positions<Sex>(frame.sexes.size())) {
          const std::vector<double> q = through_life_table()
                                            ? from_life_table({interval, area, group, sex})
                                            : as_given({interval, area, group, sex});
          for (std::size_t row = 0; row < q.size(); ++row) {
            dying(sex, CohortRow(row), group, area) = q[row];
          }
        }
      }
    }
    close_open_age(dying, conventions_.open_age);
    return dying;
  }

  std::vector<double> as_given(const LifeTableKey& at) const {
    std::vector<double> q;
    const bool separate = conventions_.open_age == OpenAge::separate;
    for (const CohortRow row : positions<CohortRow>(source_.frame.ages() + (separate ? 1 : 0))) {
      q.push_back(
          probability(figures_(at.interval, at.area, at.group, at.sex, Age(row.position())), row));
      const int age = source_.frame.first_age(source_.frame.age_of(row));
      const bool young = age >= 5 && age < 40 && age < source_.frame.open_age;
      if (q.back() < 0.0 || q.back() > (young ? 0.5 : 1.0)) impossible(q.back(), row);
    }
    return q;
  }

  double probability(double figure, CohortRow row) const {
    const Duration n = Duration::years(source_.frame.step);
    const CentralRate m = CentralRate::per_person_year(figure);
    switch (measure_) {
      case MortalityMeasure::central_death_rate:
        return (row.position() == 0 ? newborn_probability(m, n) : cohort_probability(m, n)).share();
      case MortalityMeasure::probability_of_dying:
        return figure;
      case MortalityMeasure::survival_ratio:
        return 1.0 - figure;
    }
    return 0.0;
  }

  void impossible(double q, CohortRow row) const {
    throw Error(Fault::input, source_.settings.mistake(
                                  p::mortality_rates,
                                  fmt::format("a probability of dying of {} at age {}", q,
                                              source_.frame.first_age(source_.frame.age_of(row))),
                                  "check population.mortality.measure and the unit of the table "
                                  "(survival ratios are near 1 where probabilities are near 0)"));
  }

  std::vector<double> from_life_table(const LifeTableKey& at) {
    const std::vector<double> ages = first_ages();
    std::vector<double> rates;
    for (const Age age : positions<Age>(ages.size())) {
      rates.push_back(figures_(at.interval, at.area, at.group, at.sex, age));
    }
    if (!(rates.back() > 0.0)) {
      throw Error(Fault::input, source_.settings.mistake(p::mortality_rates,
                                                         "a death rate of 0 in the open age group",
                                                         "a life table needs one above 0 there"));
    }
    const bool male = source_.frame.sexes[at.sex.position()] == "male";
    const LifeTable table =
        life_table(ages, rates, male ? LifeTableSex::male : LifeTableSex::female,
                   source_.settings[p::infant_years_formula]);
    life_tables_->add(at, table);
    std::vector<double> q =
        cohort_dying(table, source_.frame.step, open_group(conventions_.open_age));
    if (q[q.size() - 2] < 0.0) {
      throw Error(
          Fault::scenario,
          source_.settings.mistake(
              p::open_age_survivors,
              fmt::format("made up anew from the one below, the open age group {}+ would hold "
                          "{:.3g} times as many: people live longer in it than a step",
                          source_.frame.open_age, 1.0 - q[q.size() - 2]),
              "choose pooled, or a higher open age"));
    }
    return q;
  }

  const Source& source_;
  const Conventions& conventions_;
  MortalityMeasure measure_;
  Figures figures_;
  std::optional<LifeTableEstimates> life_tables_;
};

}  // namespace

void close_open_age(CellTable& dying, OpenAge rule) {
  if (rule == OpenAge::separate) return;
  const CohortRow last(dying.extent<CohortRow>() - 1);
  const CohortRow entering(last.position() - 1);
  for (const Sex sex : positions<Sex>(dying.extent<Sex>())) {
    const auto from = dying.slab(sex, entering);
    const auto to = dying.slab(sex, last);
    for (std::size_t at = 0; at < to.size(); ++at) {
      to[at] = rule == OpenAge::dropped ? 1.0 : from[at];
    }
  }
}

Mortality read_mortality(const Source& source, const Conventions& conventions) {
  return MortalityReader(source, conventions).read();
}

}  // namespace kohort::population
