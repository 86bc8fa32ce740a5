#include "models/workforce/supply.hpp"

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>

#include "engine/table/tabulate.hpp"
#include "models/workforce/demand_parameters.hpp"
#include "models/workforce/staff_reader.hpp"

namespace kohort::workforce {

namespace p = parameters;

namespace {

/// Reads them.
class Reader {
 public:
  Reader(const Source& source, const WorkforceFrame& workforce, const std::vector<Lever>& levers)
      : source_(source), frame_(source.frame), workforce_(workforce), levers_(levers) {
    full_time_ = by_occupation(p::full_time);
    extent_ = by_occupation(p::part_time_extent);
  }

  SupplyRates read() const {
    SupplyRates rates;
    rates.posts_per_head.push_back(table([](const StaffCell&) { return RateChange{}; }));
    if (any_on(levers_, LeverOn::full_time)) {
      for (const Interval interval : positions<Interval>(frame_.intervals)) {
        rates.posts_per_head.push_back(table([&](const StaffCell& cell) {
          return change_of(levers_, LeverOn::full_time, interval, cell);
        }));
      }
    }
    rates.commuting = read_commuting(source_);
    return rates;
  }

 private:
  std::vector<double> by_occupation(const QuantityParameter& parameter) const {
    const auto table =
        StaffReader(source_, source_.settings)
            .read<Occupation>(parameter, FewerAt::low,
                              {WantedAxis{.name = "occupation", .labels = workforce_.occupations}});
    std::vector<double> figures;
    for (const Occupation occupation : positions<Occupation>(workforce_.occupations.size())) {
      figures.push_back(table(occupation));
    }
    return figures;
  }

  template <class Changes>
  StaffTable table(const Changes& change) const {
    return tabulate<StaffTable>(
        {full_time_.size(), frame_.sexes.size(), workforce_.ages(), frame_.areas.size()},
        [&](Occupation occupation, Sex sex, PartAge age, Area area) {
          const StaffCell cell{occupation, sex, workforce_.age_of(age), area};
          const double full = change(cell).of(full_time_[occupation.position()]);
          if (full < 0.0 || full > 1.0 + 1e-12) refuse(occupation, full);
          return full + (1.0 - full) * extent_[occupation.position()];
        });
  }

  void refuse(Occupation occupation, double full) const {
    for (const Lever& lever : levers_) {
      if (!lever.is_on(LeverOn::full_time) || !lever.is_about(occupation)) continue;
      throw Error(
          Fault::scenario,
          lever.block().about_size(
              fmt::format("{:.6g} times all of {} would work full time", full,
                          workforce_.occupations[occupation.position()]),
              lever.effect().is_shift() ? "choose a smaller shift" : "choose a smaller factor"));
    }
  }

  const Source& source_;
  const Frame& frame_;
  const WorkforceFrame& workforce_;
  const std::vector<Lever>& levers_;
  std::vector<double> full_time_;  ///< by occupation
  std::vector<double> extent_;
};

}  // namespace

SupplyRates read_supply(const Source& source, const WorkforceFrame& workforce,
                        const std::vector<Lever>& levers) {
  return Reader(source, workforce, levers).read();
}

Supply::Supply(SupplyRates rates, const StaffTable& base) : rates_(std::move(rates)) {
  for (const StaffTable& year : rates_.posts_per_head) {
    mean_.push_back(means_of(year, base));
    alike_.push_back(are_alike(year));
  }
}

bool Supply::are_alike(const StaffTable& posts_per_head) {
  for (const Occupation occupation : positions<Occupation>(posts_per_head.extent<Occupation>())) {
    const auto all = posts_per_head.slab(occupation);
    const std::size_t areas = posts_per_head.extent<Area>();
    if (!std::equal(all.begin() + static_cast<std::ptrdiff_t>(areas), all.end(), all.begin())) {
      return false;
    }
  }
  return true;
}

/// By the staff of all areas together; all sexes and ages alike where there are none.
Supply::Means Supply::means_of(const StaffTable& posts_per_head, const StaffTable& base) {
  const auto [occupations, sexes, ages, areas] = base.extents();
  Means means({occupations, areas});
  for (const Occupation occupation : positions<Occupation>(occupations)) {
    const auto all = base.slab(occupation);
    const bool any = std::any_of(all.begin(), all.end(), [](double heads) { return heads > 0.0; });
    double people = 0.0;
    for (const Sex sex : positions<Sex>(sexes)) {
      for (const PartAge age : positions<PartAge>(ages)) {
        double weight = any ? 0.0 : 1.0;
        for (const double heads : base.slab(occupation, sex, age)) weight += any ? heads : 0.0;
        people += weight;
        for (const Area area : positions<Area>(areas)) {
          means(occupation, area) += weight * posts_per_head(occupation, sex, age, area);
        }
      }
    }
    for (double& mean : means.slab(occupation)) mean /= people;
  }
  return means;
}

void Supply::reckon(StockYear year, const Staff& staff, StaffAmounts& at_home,
                    StaffAmounts& posts) const {
  const StaffTable& each = rates_.at(year);
  if (alike_[rates_.table_of(year)]) {
    for (const Occupation occupation : positions<Occupation>(each.extent<Occupation>())) {
      for (const Area area : positions<Area>(each.extent<Area>())) {
        const double worth = each(occupation, Sex(0), PartAge(0), area);
        const auto heads = staff.heads.slab(occupation, area);
        std::transform(heads.begin(), heads.end(), at_home.slab(occupation, area).begin(),
                       [&](double those) { return worth * those; });
      }
    }
  } else {
    add_by_age(each, staff.people, at_home);
  }
  rates_.commuting.move(at_home, posts);
}

void Supply::add_by_age(const StaffTable& posts_per_head, const partition::PartStock& people,
                        StaffAmounts& at_home) const {
  const auto [occupations, sexes, ages, areas] = posts_per_head.extents();
  const std::size_t draws = at_home.extent<Draw>();
  std::vector<double> room;
  std::fill(at_home.values().begin(), at_home.values().end(), 0.0);
  for (const Occupation occupation : positions<Occupation>(occupations)) {
    for (const Sex sex : positions<Sex>(sexes)) {
      for (const PartAge age : positions<PartAge>(ages)) {
        const auto heads = people.slab(part_of(occupation), sex, age, room);
        for (const Area area : positions<Area>(areas)) {
          const double worth = posts_per_head(occupation, sex, age, area);
          const auto those = heads.subspan(area.position() * draws, draws);
          const auto sums = at_home.slab(occupation, area);
          for (std::size_t draw = 0; draw < draws; ++draw) sums[draw] += worth * those[draw];
        }
      }
    }
  }
}

}  // namespace kohort::workforce
