#include "models/population/rates/check.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/base/error.hpp"

namespace kohort::population {
namespace {

namespace p = parameters;

constexpr double rounding = 1e-12;

class RateCheck {
 public:
  RateCheck(const Source& source, const Conventions& conventions, const Rates& rates)
      : source_(source), frame_(source.frame), conventions_(conventions), rates_(rates) {}

  void check_leaving() const {
    const std::size_t length = std::max({rates_.dying.size(), rates_.emigrating.size(),
                                         rates_.moving.size(), rates_.transferring.size()});
    for (const Interval interval : positions<Interval>(length)) {
      for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
        for (const CohortRow row : positions<CohortRow>(frame_.rows())) {
          check_row(interval, sex, row);
        }
      }
    }
  }

  void check_childbearing() const {
    for (const Interval interval : positions<Interval>(rates_.fertility.size())) {
      for (const Age age : {Age(0), Age(frame_.ages() - 1)}) {
        const auto rates = rates_.fertility.at(interval).slab(age);
        if (std::all_of(rates.begin(), rates.end(), [](double rate) { return rate == 0.0; })) {
          continue;
        }
        throw Error(Fault::input,
                    source_.settings.mistake(
                        fertility_parameter(),
                        fmt::format("births at age {}, in the first or the open age group",
                                    frame_.first_age(age)),
                        "rates there must be 0; give those of 15-49 by a table"));
      }
    }
  }

  /// Multiplied by 0, all destinations of an origin may be gone.
  void check_destinations() const {
    for (const Interval interval : positions<Interval>(rates_.attraction.size())) {
      const Attraction* attraction = attraction_in(rates_.attraction, interval);
      if (attraction == nullptr) continue;
      const auto sums = attraction->sum.values();
      const auto none =
          std::find_if(sums.begin(), sums.end(), [](double sum) { return !(sum > 0.0); });
      if (none == sums.end()) continue;
      const auto at = static_cast<std::size_t>(none - sums.begin());
      const AreaDescription& origin = frame_.areas[at % frame_.areas.size()];
      throw Error(Fault::input,
                  source_.settings.mistake(
                      p::destination_shares,
                      fmt::format("movers from area {} go nowhere in {}, since all destinations "
                                  "are multiplied by 0",
                                  origin.code, frame_.end_of(interval).value()),
                      "leave at least one of them a factor above 0"));
    }
  }

 private:
  const Parameter& fertility_parameter() const {
    if (source_.settings[p::fertility_source] == RateSource::history) return p::fertility_source;
    if (source_.settings[p::fertility_form] == FertilityForm::rates) return p::fertility_rates;
    return p::fertility_schedule;
  }

  void check_row(Interval interval, Sex sex, CohortRow row) const {
    for (const Group group : positions<Group>(frame_.group_count())) {
      for (const Area area : positions<Area>(frame_.areas.size())) {
        const double q = rates_.dying.at(interval)(sex, row, group, area);
        const double x = leaving(interval, sex, row, group, area);
        const bool crude = conventions_.leaving_rates == LeavingRates::crude;
        const double gone = crude ? x + q * (1.0 - conventions_.exposure(row) * x) : x;
        if (q >= 0.0 && q <= 1.0 + rounding && gone <= 1.0 + rounding) continue;
        throw Error(
            Fault::input,
            source_.settings.mistake(
                std::isnan(q) || q > 1.0 || q < 0.0
                    ? static_cast<const Parameter&>(p::mortality_rates)
                    : leaving_parameter(),
                fmt::format("area {}, {} aged {}, {}: a probability of dying of {:.4g} and of "
                            "leaving of {:.4g} in all{}",
                            frame_.areas[area.position()].code, frame_.sexes[sex.position()],
                            frame_.first_age(frame_.age_of(row)), frame_.end_of(interval).value(),
                            q, x, crude ? " together take more than all" : ""),
                "probabilities cannot sum to more than 1; check the rates, their unit and "
                "population.migration.leaving_rates"));
      }
    }
  }

  const Parameter& leaving_parameter() const {
    if (!rates_.moving.empty()) return p::domestic_leaving;
    if (!rates_.emigrating.empty()) return p::emigration_rates;
    return p::transfer_rates;
  }

  double leaving(Interval interval, Sex sex, CohortRow row, Group group, Area area) const {
    double sum = 0.0;
    for (const Series<CellTable>* part : {&rates_.emigrating, &rates_.moving}) {
      if (!part->empty()) sum += part->at(interval)(sex, row, group, area);
    }
    if (rates_.transferring.empty()) return sum;
    for (const ToGroup to : positions<ToGroup>(frame_.group_count())) {
      sum += rates_.transferring.at(interval)(sex, row, group, to, area);
    }
    return sum;
  }

  const Source& source_;
  const Frame& frame_;
  const Conventions& conventions_;
  const Rates& rates_;
};

}  // namespace

void check_rates(const Source& source, const Conventions& conventions, const Rates& rates) {
  const RateCheck check(source, conventions, rates);
  if (rates.multistate.empty()) check.check_leaving();
  check.check_childbearing();
  check.check_destinations();
}

}  // namespace kohort::population
