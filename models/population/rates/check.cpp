#include "models/population/rates/check.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/base/error.hpp"

namespace kohort::population {
namespace {

namespace p = parameters;

constexpr double rounding = 1e-12;

/// What gives the rates of a component: its source where they are fitted from history.
const Parameter& giver(const Source& source, const Choice<RateSource>& component,
                       const Parameter& given) {
  if (source.settings[component] == RateSource::history) return component;
  return given;
}

class RateCheck {
 public:
  RateCheck(const Source& source, const Conventions& conventions, const Rates& rates)
      : source_(source), frame_(source.frame), conventions_(conventions), rates_(rates) {}

  std::optional<Impossible> leaving() const {
    const std::size_t length = std::max({rates_.dying.size(), rates_.emigrating.size(),
                                         rates_.moving.size(), rates_.transferring.size()});
    for (const Interval interval : positions<Interval>(length)) {
      for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
        for (const CohortRow row : positions<CohortRow>(frame_.rows())) {
          if (auto found = leaving(interval, sex, row)) return found;
        }
      }
    }
    return std::nullopt;
  }

  std::optional<Impossible> childbearing() const {
    for (const Interval interval : positions<Interval>(rates_.fertility.size())) {
      for (const Age age : {Age(0), Age(frame_.ages() - 1)}) {
        const auto rates = rates_.fertility.at(interval).slab(age);
        if (std::all_of(rates.begin(), rates.end(), [](double rate) { return rate == 0.0; })) {
          continue;
        }
        Impossible found{&fertility_parameter(), {Adjusted::fertility}, interval};
        found.what = fmt::format("births at age {}, in the first or the open age group",
                                 frame_.first_age(age));
        found.remedy = "rates there must be 0; give those of 15-49 by a table";
        return found;
      }
    }
    return std::nullopt;
  }

  /// Multiplied by 0, all destinations of an origin may be gone.
  std::optional<Impossible> destinations() const {
    for (const Interval interval : positions<Interval>(rates_.attraction.size())) {
      const Attraction* attraction = attraction_in(rates_.attraction, interval);
      if (attraction == nullptr) continue;
      const auto sums = attraction->sum.values();
      const auto none =
          std::find_if(sums.begin(), sums.end(), [](double sum) { return !(sum > 0.0); });
      if (none == sums.end()) continue;
      const auto at = static_cast<std::size_t>(none - sums.begin());
      Impossible found{&giver(source_, p::domestic_source, p::destination_shares),
                       {Adjusted::domestic_in},
                       interval};
      found.what = fmt::format(
          "movers from area {} go nowhere in {}, since all destinations are multiplied by 0",
          frame_.areas[at % frame_.areas.size()].code, frame_.end_of(interval).value());
      found.remedy = "leave at least one of them a factor above 0";
      return found;
    }
    return std::nullopt;
  }

 private:
  const Parameter& fertility_parameter() const {
    const bool rates = source_.settings[p::fertility_form] == FertilityForm::rates;
    return giver(source_, p::fertility_source,
                 rates ? static_cast<const Parameter&>(p::fertility_rates) : p::fertility_schedule);
  }

  std::optional<Impossible> leaving(Interval interval, Sex sex, CohortRow row) const {
    const bool crude = conventions_.leaving_rates == LeavingRates::crude;
    for (const Group group : positions<Group>(frame_.group_count())) {
      for (const Area area : positions<Area>(frame_.areas.size())) {
        const double q = rates_.dying.at(interval)(sex, row, group, area);
        const Ways ways = ways_of(interval, sex, row, group, area);
        const double x = ways.moving + ways.emigrating + ways.transferring;
        const double gone = crude ? x + q * (1.0 - conventions_.exposure(row) * x) : x;
        if (q >= 0.0 && q <= 1.0 + rounding && gone <= 1.0 + rounding) continue;
        const bool dying = std::isnan(q) || q > 1.0 || q < 0.0;
        Impossible found{dying ? &giver(source_, p::mortality_source, p::mortality_rates)
                               : &ways_parameter(ways),
                         dying ? std::vector{Adjusted::mortality} : raising(crude), interval,
                         RateCell{sex, frame_.age_of(row), area}};
        found.what = fmt::format(
            "area {}, {} aged {}, {}: a probability of dying of {:.4g} and of leaving of {:.4g} in "
            "all{}",
            frame_.areas[area.position()].code, frame_.sexes[sex.position()],
            frame_.first_age(frame_.age_of(row)), frame_.end_of(interval).value(), q, x,
            crude ? " together take more than all" : "");
        found.remedy =
            "probabilities cannot sum to more than 1; check the rates, their unit and "
            "population.migration.leaving_rates";
        return found;
      }
    }
    return std::nullopt;
  }

  static std::vector<Adjusted> raising(bool crude) {
    std::vector<Adjusted> factors{Adjusted::emigration, Adjusted::domestic_out};
    if (crude) factors.push_back(Adjusted::mortality);
    return factors;
  }

  /// The probabilities of leaving a cell.
  struct Ways {
    double moving = 0.0;
    double emigrating = 0.0;
    double transferring = 0.0;
  };

  Ways ways_of(Interval interval, Sex sex, CohortRow row, Group group, Area area) const {
    Ways ways;
    if (!rates_.moving.empty()) ways.moving = rates_.moving.at(interval)(sex, row, group, area);
    if (!rates_.emigrating.empty()) {
      ways.emigrating = rates_.emigrating.at(interval)(sex, row, group, area);
    }
    if (rates_.transferring.empty()) return ways;
    for (const ToGroup to : positions<ToGroup>(frame_.group_count())) {
      ways.transferring += rates_.transferring.at(interval)(sex, row, group, to, area);
    }
    return ways;
  }

  /// What gives the way by which most leave.
  const Parameter& ways_parameter(const Ways& ways) const {
    if (ways.transferring > std::max(ways.moving, ways.emigrating)) return p::transfer_rates;
    if (ways.emigrating > ways.moving) {
      return giver(source_, p::emigration_source, p::emigration_rates);
    }
    return giver(source_, p::domestic_source, p::domestic_leaving);
  }

  const Source& source_;
  const Frame& frame_;
  const Conventions& conventions_;
  const Rates& rates_;
};

}  // namespace

std::optional<Impossible> find_impossible(const Source& source, const Conventions& conventions,
                                          const Rates& rates) {
  const RateCheck check(source, conventions, rates);
  if (rates.multistate.empty()) {
    if (auto found = check.leaving()) return found;
  }
  if (auto found = check.childbearing()) return found;
  return check.destinations();
}

void check_rates(const Source& source, const Conventions& conventions, const Rates& rates) {
  const auto found = find_impossible(source, conventions, rates);
  if (!found) return;
  throw Error(Fault::input, source.settings.mistake(*found->parameter, found->what, found->remedy));
}

}  // namespace kohort::population
