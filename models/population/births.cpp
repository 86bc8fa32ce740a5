#include "models/population/births.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/kernels/reference/cohort.hpp"

namespace kohort::population {

namespace kernel = kernels::reference;

namespace {

void copy(ConstSlab from, Slab to) { std::copy(from.begin(), from.end(), to.begin()); }

/// The births to mothers of one age, and the children whom they add to the newborn.
class Births {
 public:
  Births(const SlabSite& mothers, const Scene& scene, PopulationState& state,
         PopulationLedger& ledger)
      : site_(mothers),
        age_(mothers.row.position()),
        scene_(scene),
        state_(state),
        ledger_(ledger) {}

  void bear() {
    auto& work = ledger_.workspace;
    stand_women_at_start();
    stand_women_at_end();
    DrawnRates(scene_.frame, scene_.rates, state_.deviations)
        .fertility(site_.interval, age_, work.part);
    kernel::bear({work.women_at_start, work.women_at_end}, work.part, scene_.frame.step,
                 work.arrivals);
    require_births(site_, scene_, work.arrivals, state_.block.count);
    scene_.events.count(site_, Drawn::birth, work.arrivals, work.born);
    part_by_sex();
  }

 private:
  /// By age at the event, the women who were of that age then; they are about to enter the row
  /// above. By age at the year's end, the cohort that is about to reach that age.
  void stand_women_at_start() {
    auto& start = ledger_.workspace.women_at_start;
    const bool at_event = scene_.rates.fertility_ages == AgeDefinition::at_event;
    const CohortRow row(age_.position() + (at_event ? 1 : 0));
    copy(std::as_const(ledger_.at_risk).slab(site_.sex, row), start);
    if (scene_.conventions.fertility_exposure != FertilityExposure::adjusted_stocks) return;
    const auto joined = std::as_const(ledger_.joined_at_start).slab(site_.sex, row);
    std::transform(start.begin(), start.end(), joined.begin(), start.begin(), std::plus<>());
  }

  void stand_women_at_end() {
    auto& work = ledger_.workspace;
    if (scene_.conventions.fertility_exposure != FertilityExposure::before_migrants) {
      copy(std::as_const(state_.persons).slab(site_.sex, age_), work.women_at_end);
      return;
    }
    const auto at_risk = std::as_const(ledger_.at_risk).slab(site_.sex, site_.row);
    DrawnRates(scene_.frame, scene_.rates, state_.deviations).dying(site_, work.dying);
    std::transform(at_risk.begin(), at_risk.end(), work.dying.begin(), work.women_at_end.begin(),
                   [](double persons, double dying) { return persons * (1.0 - dying); });
  }

  /// Boys are drawn, girls are the rest.
  void part_by_sex() {
    auto& work = ledger_.workspace;
    kernel::spread(scene_.rates.share_of_boys.at(site_.interval).values(), work.part);
    const Way boys{work.part, work.arrivals};
    scene_.events.part(site_, Drawn::boy, work.born, std::span(&boys, 1), work.stayers);
    if (const auto male = scene_.frame.position_of("male")) enter(*male, work.arrivals);
    if (const auto female = scene_.frame.position_of("female")) enter(*female, work.stayers);
  }

  /// Children of one sex, [mother's group][area][draw], by their own group.
  void enter(Sex sex, ConstSlab children) {
    auto& work = ledger_.workspace;
    const std::size_t groups = scene_.frame.group_count();
    const NewbornTable& shares = scene_.rates.newborn_groups.at(site_.interval);
    std::vector<Way>& ways = ledger_.ways;
    ways.clear();
    for (const ToGroup child : positions<ToGroup>(groups)) {
      const Slab chance = ledger_.chances(child.position());
      for (const Group mother : positions<Group>(groups)) {
        const auto share = shares.slab(mother, child);
        const std::size_t length = chance.size() / groups;
        kernel::spread(share, chance.subspan(mother.position() * length, length));
      }
      ways.push_back({chance, ledger_.leavers(child.position())});
    }
    if (groups == 1) {
      add(sex, Group(0), children);
      return;
    }
    // The last group takes the rest, so that each child is in one.
    const auto last = ways.size() - 1;
    scene_.events.part({site_.interval, sex, site_.row}, Drawn::newborn_group, children,
                       std::span(ways).first(last), work.part_of_arrivals);
    for (std::size_t child = 0; child < groups; ++child) {
      const ConstSlab born =
          child == last ? ConstSlab(work.part_of_arrivals) : ConstSlab(ways[child].leavers);
      const std::size_t length = born.size() / groups;
      for (std::size_t mother = 0; mother < groups; ++mother) {
        add(sex, Group(child), born.subspan(mother * length, length));
      }
    }
  }

  void add(Sex sex, Group group, ConstSlab born) {
    const Slab births = ledger_.flows[Flow::births].slab(sex, age_, group);
    const Slab newborn = ledger_.at_risk.slab(sex, CohortRow(0), group);
    for (std::size_t at = 0; at < born.size(); ++at) {
      births[at] += born[at];
      newborn[at] += born[at];
    }
  }

  SlabSite site_;
  Age age_;
  const Scene& scene_;
  PopulationState& state_;
  PopulationLedger& ledger_;
};

}  // namespace

void require_births(const SlabSite& mothers, const Scene& scene, ConstSlab births,
                    std::size_t draws) {
  const auto negative =
      std::find_if(births.begin(), births.end(), [](double born) { return born < 0.0; });
  if (negative == births.end()) return;
  const auto at = static_cast<std::size_t>(negative - births.begin());
  const Frame& frame = scene.frame;
  const auto& area = frame.areas[at / draws % frame.areas.size()];
  throw Error(
      Fault::scenario,
      Mistake{{},
              fmt::format("area {}: {:.4g} births to women aged {} in {}, for on balance "
                          "more of them leave at the start than are there",
                          area.code, *negative, frame.first_age(Age(mothers.row.position())),
                          frame.end_of(mothers.interval).value()),
              "choose population.fertility.exposure = \"stocks\""});
}

void bear(Interval interval, const Scene& scene, PopulationState& state, PopulationLedger& ledger) {
  const auto women = scene.frame.position_of("female");
  if (!women) return;
  const FertilityTable& fertility = scene.rates.fertility.at(interval);
  for (const Age age : positions<Age>(scene.frame.ages())) {
    const auto rates = fertility.slab(age);
    if (std::all_of(rates.begin(), rates.end(), [](double f) { return f == 0.0; })) continue;
    Births({interval, *women, CohortRow(age.position())}, scene, state, ledger).bear();
  }
}

}  // namespace kohort::population
