#include "models/care/calibration.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/table/tabulate.hpp"
#include "engine/threads/parallel.hpp"
#include "models/care/calibrate/mortality_by_state.hpp"
#include "models/care/calibration_report.hpp"
#include "models/care/course.hpp"
#include "models/care/levels.hpp"
#include "models/care/located.hpp"
#include "models/care/own_users.hpp"
#include "models/care/parameters.hpp"
#include "models/care/transition_tables.hpp"

namespace kohort::care {

namespace p = parameters;

namespace {

using NationalDying = Table<double, Interval, Sex, CareAge>;

/// From the profile by age to that of people who are healthier by so many years of age.
double profile_at(const Table<double, Sex, CareAge>& profile, Sex sex, double age) {
  const auto ages = profile.slab(sex);
  const double last = static_cast<double>(ages.size() - 1);
  // Beyond the ends the profile goes on as steeply as between the nearest two ages.
  const double below = std::clamp(std::floor(age), 0.0, last - 1.0);
  const auto at = static_cast<std::size_t>(below);
  return ages[at] + (age - below) * (ages[at + 1] - ages[at]);
}

class Calibration {
 public:
  Calibration(const Source& source, const CareInputs& inputs, const CalibrationPeople& people,
              const std::vector<Lever>& levers)
      : source_(source),
        frame_(source.frame),
        inputs_(inputs),
        given_(people),
        levers_(levers),
        states_(inputs.care.states.size()),
        ages_(inputs.care.ages(source.frame)) {}

  Calibrated run() {
    Calibrated result;
    CareRates& rates = result.rates;
    rates.care = inputs_.care;
    rates.method = source_.settings[p::method];
    people_ = gather_people();
    model_ = located(source_, p::national_shares, named_series(),
                     [&] { return fit_national(people_.nation, profile(), inputs_.nation); });
    course_ = find_course(source_, inputs_, model_, people_.nation);
    set_out_from_the_base_year();
    levels_ = find_levels(source_, inputs_, model_, people_);
    own_ = meet_own_users(source_, inputs_, model_, people_, levels_);
    complete_levels(source_, inputs_, model_, people_, levels_);
    dying_ = national_dying();
    rates.base = prevalence(std::vector<double>(inputs_.care.series.size()), model_.profile);
    const std::vector<double> gains = years_gained();
    rates.prevalence.resize(frame_.intervals);
    parallel_for(frame_.intervals, [&](std::size_t at) {
      const Interval interval(at);
      rates.prevalence[at] = prevalence(shift_at(interval), profile_after(gains, interval));
    });
    rates.odds_of_dying = odds_of_dying(rates.base);
    rates.uncertainty = {levels_.sd, course_.sd};
    if (rates.method == Method::multistate) {
      find_transitions({source_, inputs_, given_, people_, levers_}, rates);
    }
    result.estimates = report(rates);
    return result;
  }

 private:
  /// The calibration calls series by their numbers.
  std::string named_series() const {
    std::string names = fmt::format("{}, series", inputs_.national_year.value());
    for (std::size_t at = 0; at < inputs_.care.series.size(); ++at) {
      names += fmt::format(" {} = {}", at, inputs_.care.series[at]);
    }
    return names;
  }

  /// The nation's shares may be of an earlier year; areas are calibrated to those of the base year.
  void set_out_from_the_base_year() {
    for (const Series one : positions<Series>(inputs_.care.series.size())) {
      for (double& level : model_.alpha.slab(one)) level += course_.to_base[one.position()];
    }
  }

  Persons persons_of(const std::vector<Area>& areas) const {
    return tabulate<Persons>({frame_.sexes.size(), ages_}, [&](Sex sex, CareAge age) {
      double sum = 0.0;
      for (const Area area : areas) {
        sum += given_.base(sex, inputs_.care.age_of(age), Group(0), area);
      }
      return sum;
    });
  }

  CarePeople gather_people() const {
    CarePeople people;
    std::vector<Area> all;
    for (const Area area : positions<Area>(frame_.areas.size())) {
      people.areas.push_back(persons_of({area}));
      all.push_back(area);
    }
    const Quantity given = source_.settings.quantity(p::national_population);
    if (!given.given()) {
      if (!frame_.closed_by_rest() && !source_.frame.other_areas.empty()) {
        throw Error(
            Fault::scenario,
            source_.settings.mistake(
                p::national_population,
                "the shares are the nation's, but the areas are not all of it",
                "give the nation's people by sex and age, or close the areas (areas.rest)"));
      }
      people.nation = persons_of(all);
      return people;
    }
    const auto table = source_.tables.read<Sex, Age>(p::national_population, *given.table(),
                                                     {frame_.sex_axis(), frame_.age_axis()});
    people.nation = tabulate<Persons>({frame_.sexes.size(), ages_}, [&](Sex sex, CareAge age) {
      return table(sex, inputs_.care.age_of(age));
    });
    return people;
  }

  Table<double, Sex, CareAge> profile() const {
    Table<double, Sex, CareAge> profile({frame_.sexes.size(), ages_});
    for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
      const std::vector<double> logits =
          logit_profile(inputs_.profile[sex.position()], frame_.first_age(inputs_.care.first_age),
                        frame_.open_age);
      std::copy(logits.begin(), logits.end(), profile.slab(sex).begin());
    }
    return profile;
  }

  /// The nation's expected probabilities of dying, by age at the end of the interval.
  NationalDying national_dying() const {
    return tabulate<NationalDying>(
        {frame_.intervals, frame_.sexes.size(), ages_},
        [&](Interval interval, Sex sex, CareAge age) {
          const auto& dying = given_.dying.at(interval);
          const Age reached = inputs_.care.age_of(age);
          double deaths = 0.0;
          double people = 0.0;
          for (const Area area : positions<Area>(frame_.areas.size())) {
            const double persons = 1e-9 + given_.base(sex, reached, Group(0), area);
            deaths += persons * dying(sex, CohortRow(reached.position()), Group(0), area);
            people += persons;
          }
          return deaths / people;
        });
  }

  /// Years of life expectancy at the first age, from year to year's probabilities of dying.
  double expectancy(Interval interval) const {
    double years = 0.0;
    for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
      double alive = 1.0;
      for (const CareAge age : positions<CareAge>(ages_)) {
        const double q = dying_(interval, sex, age);
        const bool open = age.position() + 1 == ages_;
        years += open ? alive / std::max(q, 1e-3) : alive * (1.0 - q / 2.0);
        alive *= 1.0 - q;
      }
    }
    return years / static_cast<double>(frame_.sexes.size());
  }

  /// Years by which need has moved up the ages at the end of each interval. The base year's
  /// expectancy is that of the first interval.
  std::vector<double> years_gained() const {
    const double part = source_.settings[p::healthy_ageing];
    std::vector<double> gains;
    for (const Interval interval : positions<Interval>(frame_.intervals)) {
      gains.push_back(part == 0.0 ? 0.0 : part * (expectancy(interval) - expectancy(Interval(0))));
    }
    return gains;
  }

  Table<double, Sex, CareAge> profile_after(const std::vector<double>& gains,
                                            Interval interval) const {
    return tabulate<Table<double, Sex, CareAge>>(
        {frame_.sexes.size(), ages_}, [&](Sex sex, CareAge age) {
          return profile_at(model_.profile, sex,
                            static_cast<double>(age.position()) - gains[interval.position()]);
        });
  }

  std::vector<double> shift_at(Interval interval) const {
    const auto shifts = course_.shift.slab(interval);
    return {shifts.begin(), shifts.end()};
  }

  PrevalenceTable prevalence(const std::vector<double>& national,
                             const Table<double, Sex, CareAge>& profile) const {
    PrevalenceModel model = model_;
    model.profile = profile;
    PrevalenceTable table({frame_.sexes.size(), ages_, states_, frame_.areas.size()});
    std::vector<double> shift(national.size());
    std::vector<double> shares(national.size());
    for (const Area area : positions<Area>(frame_.areas.size())) {
      for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
        for (const CareAge age : positions<CareAge>(ages_)) {
          for (const Series one : positions<Series>(national.size())) {
            shift[one.position()] =
                national[one.position()] + levels_.shift(one, area) + own_(one, sex, age, area);
          }
          model.shares(sex, age, shift, shares);
          enter(sex, age, area, shares, table);
        }
      }
    }
    return table;
  }

  /// From the shares of the series to those of the states.
  void enter(Sex sex, CareAge age, Area area, const std::vector<double>& shares,
             PrevalenceTable& table) const {
    double none = 1.0;
    for (std::size_t at = 1; at < states_; ++at) {
      const CareState state(at);
      const double share =
          shares[inputs_.care.states[at].series->position()] * inputs_.part(state, sex, area);
      table(sex, age, state, area) = share;
      none -= share;
    }
    table(sex, age, CareState(0), area) = std::max(none, 0.0);
  }

  /// Of the nation, all areas together.
  StateVector national_shares(const PrevalenceTable& table, Sex sex, CareAge age) const {
    StateVector sum = StateVector::Zero(static_cast<Eigen::Index>(states_));
    double people = 0.0;
    for (const Area area : positions<Area>(frame_.areas.size())) {
      const double persons = people_.areas[area.position()](sex, age) + 1e-9;
      sum += persons * shares_of(table, sex, age, area);
      people += persons;
    }
    return sum / people;
  }

  Table<double, Sex, CareState> odds_of_dying(const PrevalenceTable& base) const {
    Table<double, Sex, CareState> odds({frame_.sexes.size(), states_}, 1.0);
    std::optional<CareState> reckoned;
    for (const CareState state : positions<CareState>(states_)) {
      const auto& given = inputs_.odds_of_dying[state.position()];
      if (!given && (reckoned || !inputs_.survival)) {
        throw Error(Fault::scenario,
                    source_.settings.mistake(p::states,
                                             "odds_of_dying of '" +
                                                 inputs_.care.states[state.position()].name +
                                                 "' are neither given nor reckoned",
                                             "give them, or care.survival for one state"));
      }
      if (!given) reckoned = state;
      for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
        odds(sex, state) = given.value_or(1.0);
      }
    }
    if (reckoned) {
      for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
        odds(sex, *reckoned) = located(source_, p::survival, frame_.sexes[sex.position()],
                                       [&] { return reckon(sex, *reckoned, base, odds); });
      }
    }
    return odds;
  }

  double reckon(Sex sex, CareState state, const PrevalenceTable& base,
                const Table<double, Sex, CareState>& odds) const {
    const EntrySurvival& survival = *inputs_.survival;
    const CentralRate hazard = hazard_between(
        {Duration::years(survival.first_years), survival.alive_at_first[sex.position()]},
        {Duration::years(survival.last_years), survival.alive_at_last[sex.position()]});
    const auto wanted = static_cast<int>(source_.settings[p::survival_age]);
    const int first = frame_.first_age(inputs_.care.first_age);
    const CareAge age(static_cast<std::size_t>(wanted - first));
    StateVector ratios(static_cast<Eigen::Index>(states_));
    for (const CareState one : positions<CareState>(states_)) {
      ratios(static_cast<Eigen::Index>(one.position())) = odds(sex, one);
    }
    return odds_ratio_from_hazard(
        {national_shares(base, sex, age), ratios, Probability::of(dying_(Interval(0), sex, age))},
        state, hazard);
  }

  std::vector<Estimate> report(const CareRates& rates) const {
    return calibration_report({source_, inputs_, levels_, course_, rates});
  }

  const Source& source_;
  const Frame& frame_;
  const CareInputs& inputs_;
  const CalibrationPeople& given_;
  const std::vector<Lever>& levers_;
  std::size_t states_;
  std::size_t ages_;
  CarePeople people_;
  PrevalenceModel model_;
  AreaLevels levels_;
  OwnShifts own_;
  NationalCourse course_;
  NationalDying dying_;
};

}  // namespace

Calibrated calibrate(const Source& source, const CareInputs& inputs,
                     const CalibrationPeople& people, const std::vector<Lever>& levers) {
  return Calibration(source, inputs, people, levers).run();
}

}  // namespace kohort::care
