#include "models/population/sweeps.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "engine/table/tabulate.hpp"
#include "models/population/accounts.hpp"
#include "models/population/births.hpp"
#include "models/population/cohort.hpp"
#include "models/population/expected_events.hpp"

namespace kohort::population {

namespace kernel = kernels::fast;

namespace {

void copy(ConstSlab from, Slab to) { std::copy(from.begin(), from.end(), to.begin()); }
void clear(Slab slab) { std::fill(slab.begin(), slab.end(), 0.0); }
void add(ConstSlab what, Slab to) {
  std::transform(to.begin(), to.end(), what.begin(), to.begin(), std::plus<>());
}

double greatest(std::span<const double> numbers) {
  return *std::max_element(numbers.begin(), numbers.end());
}

/// One interval, slab by slab. The oldest come first, so that persons can grow older in place.
class Year {
 public:
  Year(const Scene& scene, const Series<CellTable>& log_survival, Interval interval,
       PopulationState& state, PopulationLedger& ledger, const SlabDone& done)
      : scene_(scene),
        interval_(interval),
        state_(state),
        ledger_(ledger),
        done_(done),
        audit_(interval, scene.frame, state, ledger) {
    const Deviations& deviations = state.deviations;
    if (deviations.changes(Component::mortality)) {
      log_survival_ = &log_survival.at(interval);
      greatest_own_force_ = greatest(deviations.factors(Component::mortality));
    }
    leaving_differs_ =
        deviations.changes(Component::emigration) || deviations.changes(Component::domestic);
  }

  void live_through(Sex sex) {
    const CohortRow open(scene_.frame.rows() - 1);
    copy(persons(sex, scene_.frame.age_of(open)), ledger_.at_risk.slab(sex, open));
    for (std::size_t row = open.position(); row-- > 1;) {
      live_through({interval_, sex, CohortRow(row)}, persons(sex, Age(row - 1)));
      if (row + 1 == open.position()) join({interval_, sex, open});
      finish(sex, Age(row));
    }
  }

  void bear() {
    const Sex women = *scene_.frame.position_of("female");
    for (const Sex sex : positions<Sex>(scene_.frame.sexes.size())) {
      clear(ledger_.at_risk.slab(sex, CohortRow(0)));
    }
    const FertilityTable& fertility = scene_.rates.fertility.at(interval_);
    for (const Age age : positions<Age>(scene_.frame.ages())) {
      const auto rates = fertility.slab(age);
      if (std::any_of(rates.begin(), rates.end(), [](double rate) { return rate != 0.0; })) {
        bear(women, age, rates);
      } else if (ledger_.may_have_births[age.position()]) {
        for (const Sex sex : positions<Sex>(scene_.frame.sexes.size())) {
          clear(ledger_.flows[Flow::births].slab(sex, age));
        }
        ledger_.may_have_births[age.position()] = false;
      }
    }
  }

  void live_through_birth(Sex sex) {
    const CohortRow newborn(0);
    live_through({interval_, sex, newborn}, std::as_const(ledger_.at_risk).slab(sex, newborn));
    finish(sex, Age(0));
  }

 private:
  Slab persons(Sex sex, Age age) { return state_.persons.slab(sex, age); }
  Slab flow(Flow which, const SlabSite& site) {
    return ledger_.flows[which].slab(site.sex, scene_.frame.age_of(site.row));
  }

  /// Those of the first row of an age group: all that is known of it is theirs.
  void live_through(const SlabSite& site, ConstSlab people) {
    const kernel::Departures departures{people,
                                        ledger_.at_risk.slab(site.sex, site.row),
                                        ledger_.dying.slab(site.sex, site.row),
                                        persons(site.sex, scene_.frame.age_of(site.row)),
                                        flow(Flow::deaths, site),
                                        flow(Flow::emigration, site),
                                        flow(Flow::domestic_out, site)};
    live_through(site, departures, flow(Flow::domestic_in, site), flow(Flow::immigration, site));
  }

  /// Those who were in the open age group already join those who have entered it.
  void join(const SlabSite& site) {
    auto& work = ledger_.workspace;
    const Slab at_risk = ledger_.at_risk.slab(site.sex, site.row);
    const kernel::Departures departures{
        at_risk,           at_risk,   ledger_.dying.slab(site.sex, site.row),
        work.stayers,      work.part, ledger_.leavers(0),
        ledger_.leavers(1)};
    live_through(site, departures, work.arrivals, work.part_of_arrivals);
  }

  void live_through(const SlabSite& site, const kernel::Departures& departures, Slab arrivals,
                    Slab immigrants) {
    kernel::depart(risks(site), departures);
    const Slab stayers = persons(site.sex, scene_.frame.age_of(site.row));
    const Slab deaths = flow(Flow::deaths, site);
    const bool joins = departures.stayers.data() != stayers.data();
    if (joins) {
      add(departures.stayers, stayers);
      add(departures.deaths, deaths);
      add(departures.emigrants, flow(Flow::emigration, site));
      add(departures.movers, flow(Flow::domestic_out, site));
    }
    clear(arrivals);
    scene_.events.hand_out(site, Group(0), departures.movers, arrivals);
    kernel::arrive(immigrants_of(site),
                   {arrivals, departures.dying, scene_.conventions.exposure(site.row), stayers,
                    deaths, immigrants});
    if (!joins) return;
    add(arrivals, flow(Flow::domestic_in, site));
    if (!scene_.rates.immigrants.empty()) add(immigrants, flow(Flow::immigration, site));
  }

  kernel::SlabRisks risks(const SlabSite& site) const {
    const auto of_row = [&](const Series<CellTable>& rates) {
      return rates.empty() ? std::span<const double>()
                           : rates.at(interval_).slab(site.sex, site.row);
    };
    const Deviations& deviations = state_.deviations;
    kernel::SlabRisks risks;
    risks.dying = of_row(scene_.rates.dying);
    risks.emigrating = of_row(scene_.rates.emigrating);
    risks.moving = of_row(scene_.rates.moving);
    risks.exposure = scene_.conventions.exposure(site.row);
    risks.measure = scene_.conventions.leaving_rates;
    if (log_survival_ != nullptr) {
      risks.log_survival = log_survival_->slab(site.sex, site.row);
      risks.national = deviations.national_mortality(site.sex, scene_.frame.age_of(site.row));
      risks.own = deviations.factors(Component::mortality);
      risks.greatest_force = greatest(risks.national) * greatest_own_force_;
    }
    if (leaving_differs_) {
      risks.abroad = deviations.factors(Component::emigration);
      risks.domestic = deviations.factors(Component::domestic);
    }
    return risks;
  }

  kernel::Immigrants immigrants_of(const SlabSite& site) const {
    if (scene_.rates.immigrants.empty()) return {};
    const ArrivalCounts& counts = scene_.rates.immigrants.at(interval_);
    return {counts.persons.slab(site.sex, site.row), counts.at_start.slab(site.sex, site.row),
            factor(Component::immigration)};
  }

  std::span<const double> factor(Component component) const {
    if (!state_.deviations.changes(component)) return {};
    return state_.deviations.factors(component);
  }

  void bear(Sex women, Age age, std::span<const double> rates) {
    const Sex male = *scene_.frame.position_of("male");
    const bool at_event = scene_.rates.fertility_ages == AgeDefinition::at_event;
    const CohortRow row(age.position() + (at_event ? 1 : 0));
    PersonTable& births = ledger_.flows[Flow::births];
    ledger_.may_have_births[age.position()] = true;
    const kernel::Maternity maternity{std::as_const(ledger_.at_risk).slab(women, row),
                                      persons(women, age),
                                      static_cast<double>(scene_.frame.step),
                                      rates,
                                      factor(Component::fertility),
                                      scene_.rates.share_of_boys.at(interval_).values(),
                                      births.slab(male, age),
                                      births.slab(women, age),
                                      ledger_.at_risk.slab(male, CohortRow(0)),
                                      ledger_.at_risk.slab(women, CohortRow(0))};
    if (!kernel::bear(maternity)) {
      const SlabSite mothers{interval_, women, CohortRow(age.position())};
      require_births(mothers, scene_, maternity.boys, ledger_.draws);
    }
  }

  /// Everything has happened to those of one sex and age.
  void finish(Sex sex, Age age) {
    check(sex, age);
    if (done_) done_(sex, age);
  }

  void check(Sex sex, Age age) {
    const Flows& flows = ledger_.flows;
    const CohortTable& at_risk = ledger_.at_risk;
    const auto of = [&](Flow which) { return flows[which].slab(sex, age); };
    const bool open = age.position() + 1 == scene_.frame.ages();
    const CohortRow row(age.position());
    const kernel::Account account{
        at_risk.slab(sex, row),
        open ? at_risk.slab(sex, CohortRow(row.position() + 1)) : ConstSlab(),
        persons(sex, age),
        of(Flow::deaths),
        of(Flow::domestic_in),
        of(Flow::domestic_out),
        of(Flow::immigration),
        of(Flow::emigration),
        ledger_.draws};
    if (!kernel::balances(account, account_tolerance)) audit_.check(sex, age, true);
  }

  const Scene& scene_;
  Interval interval_;
  PopulationState& state_;
  PopulationLedger& ledger_;
  const SlabDone& done_;
  Audit audit_;
  const CellTable* log_survival_ = nullptr;  ///< none where mortality is the same in all draws
  double greatest_own_force_ = 1.0;
  bool leaving_differs_ = false;
};

}  // namespace

Series<CellTable> log_survival(const Rates& rates) {
  return series_of(rates.dying.size(), [&](Interval interval) {
    CellTable table = rates.dying.at(interval);
    for (double& q : table.values()) q = q < 1.0 ? std::log1p(-q) : 0.0;
    return table;
  });
}

bool Sweeps::know(const Frame& frame, const Rates& rates, const Conventions& conventions) {
  const bool both_sexes = frame.position_of("female") && frame.position_of("male");
  const bool pooled = !rates.dying.empty() && !rates.moving.empty() &&
                      !rates.destinations.empty() && rates.in_migrants.empty() &&
                      rates.multistate.empty() && rates.transferring.empty();
  const bool net = !rates.net_migrants.empty() || !rates.net_migration_rate.empty() ||
                   !rates.net_migration_target.empty();
  return both_sexes && frame.group_count() == 1 && frame.ages() > 1 && pooled && !net &&
         rates.levers.empty() && conventions.fertility_exposure == FertilityExposure::stocks &&
         conventions.immigrant_mortality == ImmigrantMortality::same_age;
}

void Sweeps::step(Interval interval, PopulationState& state, PopulationLedger& ledger,
                  const SlabDone& done) const {
  ledger.may_have_net_migrants = false;
  const ExpectedEvents events(frame_, rates_);
  const Scene scene{frame_, rates_, conventions_, events};
  Year year(scene, log_survival_, interval, state, ledger, done);
  for (const Sex sex : positions<Sex>(frame_.sexes.size())) year.live_through(sex);
  year.bear();
  for (const Sex sex : positions<Sex>(frame_.sexes.size())) year.live_through_birth(sex);
}

}  // namespace kohort::population
