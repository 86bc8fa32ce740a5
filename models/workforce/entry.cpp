#include "models/workforce/entry.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/table/tabulate.hpp"
#include "models/workforce/entry_weights.hpp"
#include "models/workforce/parameters.hpp"

namespace kohort::workforce {

namespace p = parameters;

namespace {

/// Shifts may take more than there is.
void require_not_negative(const EntryInputs& inputs, const StaffTable& table, LeverOn on,
                          Interval interval) {
  const auto negative = [](double rate) { return rate < 0.0; };
  if (std::none_of(table.values().begin(), table.values().end(), negative)) return;
  for (const Lever& lever : inputs.levers) {
    if (!lever.is_on(on) || lever.effect().full() >= 0.0) continue;
    throw Error(Fault::scenario, lever.block().about_size(
                                     fmt::format("it leaves less than nothing of some rate in {}",
                                                 inputs.source.frame.end_of(interval).value()),
                                     "take less, at fewer ages, or give a factor"));
  }
}

}  // namespace

StaffTable pull(const EntryInputs& inputs, StaffTable table, LeverOn on, Interval interval) {
  if (!any_on(inputs.levers, on)) return table;
  const StaffTable before = table;
  fill(table, [&](Occupation one, Sex sex, PartAge age, Area area) {
    const StaffCell cell{one, sex, inputs.staff.frame.age_of(age), area};
    return change_of(inputs.levers, on, interval, cell).of(before(one, sex, age, area));
  });
  require_not_negative(inputs, table, on, interval);
  return table;
}

StaffSeries pulled(const EntryInputs& inputs, const StaffTable& table, LeverOn on) {
  if (!any_on(inputs.levers, on)) return StaffSeries(table);
  return population::series_of(inputs.source.frame.intervals, [&](Interval interval) {
    return pull(inputs, table, on, interval);
  });
}

StaffTable abroad_shares(const EntryInputs& inputs) {
  const Frame& frame = inputs.source.frame;
  const StaffInputs& staff = inputs.staff;
  StaffTable table(inputs.base.heads.extents());
  for (const Occupation one : positions<Occupation>(staff.frame.occupations.size())) {
    const double share = staff.abroad_share[one.position()];
    if (share == 0.0) continue;
    EntryGroups groups{staff.entry_ages.groups, {}, {}};
    const auto ages = staff.entry_ages.share.slab(one);
    groups.ages.assign(ages.begin(), ages.end());
    double heads = 0.0;
    for (const Sex sex : positions<Sex>(frame.sexes.size())) {
      const auto those = inputs.base.heads.slab(one, sex);
      groups.sexes.push_back(std::accumulate(those.begin(), those.end(), 0.0));
      heads += groups.sexes.back();
    }
    for (double& sex : groups.sexes) {
      sex = heads > 0.0 ? sex / heads : 1.0 / static_cast<double>(groups.sexes.size());
    }
    const LabourTable weights = entry_weights(groups, inputs.base.labour);
    const std::vector<double> sums = sums_of_areas(weights);
    for (const Sex sex : positions<Sex>(frame.sexes.size())) {
      for (const PartAge age : positions<PartAge>(staff.frame.ages())) {
        for (const Area area : positions<Area>(frame.areas.size())) {
          const double sum = sums[area.position()];
          if (sum > 0.0) table(one, sex, age, area) = share * weights(sex, age, area) / sum;
        }
      }
    }
  }
  return table;
}

namespace {

/// Entry from other work into one occupation after the other.
class OtherEntryEstimate {
 public:
  OtherEntryEstimate(const EntryInputs& inputs, const FirstYear& first_year)
      : inputs_(inputs),
        frame_(inputs.source.frame),
        staff_(inputs.staff),
        outside_(first_year.outside),
        first_year_(first_year) {
    const std::size_t groups = staff_.entry_ages.groups.count();
    seeking_ =
        Table<double, Sex, StaffAgeGroup, Area>({frame_.sexes.size(), groups, frame_.areas.size()});
    for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
      for (const PartAge age : positions<PartAge>(staff_.frame.ages())) {
        for (const Area area : positions<Area>(frame_.areas.size())) {
          seeking_(sex, staff_.entry_ages.groups.of(age), area) += outside_(sex, age, area);
        }
      }
    }
    result_.rate = StaffTable(inputs.base.heads.extents());
  }

  OtherEntry estimate(const std::vector<double>& entering) {
    const auto all = outside_.values();
    const double outside = std::accumulate(all.begin(), all.end(), 0.0);
    for (const Occupation one : positions<Occupation>(staff_.frame.occupations.size())) {
      const auto those = inputs_.base.heads.slab(one);
      const double heads = std::accumulate(those.begin(), those.end(), 0.0);
      const double others = first_year_.flows[one.position()].staying + entering[one.position()];
      const double wanted = heads * (1.0 + staff_.growth[one.position()]);
      const double persons = staff_.other_entry.empty()
                                 ? std::max(0.0, wanted - others)
                                 : staff_.other_entry[one.position()] * outside;
      result_.persons.push_back(persons);
      result_.growth.push_back(heads > 0.0 ? (others + persons) / heads - 1.0 : 0.0);
      spread(one, persons);
    }
    require_shares();
    return std::move(result_);
  }

 private:
  /// To sexes and areas as staff are, to ages by the shares of those who enter, as far as somebody
  /// of them is outside.
  void spread(Occupation one, double persons) {
    Table<double, Sex, StaffAgeGroup, Area> entrants(seeking_.extents());
    double sum = 0.0;
    for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
      for (const Area area : positions<Area>(frame_.areas.size())) {
        double heads = 0.0;
        for (const PartAge age : positions<PartAge>(staff_.frame.ages())) {
          heads += inputs_.base.heads(one, sex, age, area);
        }
        for (const StaffAgeGroup group :
             positions<StaffAgeGroup>(entrants.extent<StaffAgeGroup>())) {
          if (seeking_(sex, group, area) <= 0.0) continue;
          entrants(sex, group, area) = heads * staff_.entry_ages.share(one, group);
          sum += entrants(sex, group, area);
        }
      }
    }
    if (persons <= 0.0) return;
    if (sum <= 0.0) {
      fail(fmt::format("{} entrants into '{}', of whom the base year has no staff", persons,
                       staff_.frame.occupations[one.position()]),
           "give its staff, or no entry");
    }
    for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
      for (const PartAge age : positions<PartAge>(staff_.frame.ages())) {
        const StaffAgeGroup group = staff_.entry_ages.groups.of(age);
        for (const Area area : positions<Area>(frame_.areas.size())) {
          const double seeking = seeking_(sex, group, area);
          if (seeking <= 0.0) continue;
          result_.rate(one, sex, age, area) = persons * entrants(sex, group, area) / sum / seeking;
        }
      }
    }
  }

  void require_shares() const {
    for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
      for (const PartAge age : positions<PartAge>(staff_.frame.ages())) {
        for (const Area area : positions<Area>(frame_.areas.size())) {
          double rate = 0.0;
          for (const Occupation one : positions<Occupation>(staff_.frame.occupations.size())) {
            rate += result_.rate(one, sex, age, area);
          }
          if (rate <= 1.0) continue;
          fail(fmt::format("area {}, {}, age {}: {:.3g} entrants from other work a year for each "
                           "person of the labour force outside",
                           frame_.areas[area.position()].code, frame_.sexes[sex.position()],
                           frame_.first_age(staff_.frame.age_of(age)), rate),
               "check the staff of the area, workforce.entry_ages and the growth of staff");
        }
      }
    }
  }

  [[noreturn]] void fail(const std::string& what, std::string remedy) const {
    const Parameter& parameter = staff_.other_entry.empty()
                                     ? static_cast<const Parameter&>(p::staff_growth)
                                     : static_cast<const Parameter&>(p::other_entry);
    throw Error(Fault::scenario,
                inputs_.source.settings.mistake(parameter, what, std::move(remedy)));
  }

  const EntryInputs& inputs_;
  const Frame& frame_;
  const StaffInputs& staff_;
  const LabourTable& outside_;
  const FirstYear& first_year_;
  Table<double, Sex, StaffAgeGroup, Area> seeking_;
  OtherEntry result_;
};

}  // namespace

OtherEntry estimate_other_entry(const EntryInputs& inputs, const FirstYear& first_year,
                                const std::vector<double>& entering) {
  return OtherEntryEstimate(inputs, first_year).estimate(entering);
}

}  // namespace kohort::workforce
