#include "models/workforce/base_stock.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/demography/root.hpp"
#include "engine/table/tabulate.hpp"
#include "models/workforce/allocation.hpp"
#include "models/workforce/parameters.hpp"
#include "models/workforce/retirement.hpp"

namespace kohort::workforce {

namespace p = parameters;

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// exp(theta age) for ages counted from the first, scaled so that the largest is 1.
std::vector<double> tilts(std::size_t ages, double theta) {
  std::vector<double> factors(ages);
  const double top = theta > 0.0 ? static_cast<double>(ages - 1) : 0.0;
  for (std::size_t age = 0; age < ages; ++age) {
    factors[age] = std::exp(theta * (static_cast<double>(age) - top));
  }
  return factors;
}

class Base {
 public:
  Base(const Source& source, const StaffInputs& inputs, const population::AgeTable& people,
       const AllocationWeights& weights)
      : source_(source), frame_(source.frame), inputs_(inputs), weights_(weights) {
    stock_.labour = labour_force(people, inputs.frame, inputs.participation);
    stock_.heads = StaffTable({occupations(), sexes(), ages(), areas()});
    stock_.theta = Table<double, Occupation, Sex>({occupations(), sexes()});
    stock_.mean_age = stock_.theta;
    for (const Sex sex : positions<Sex>(sexes())) {
      for (const PartAge age : positions<PartAge>(ages())) {
        for (const Area area : positions<Area>(areas())) {
          of_age_.push_back(population_of(people, sex, age, area));
        }
      }
    }
  }

  BaseStock estimate() {
    Attempts attempts;
    for (const Occupation occupation : positions<Occupation>(occupations())) {
      for (const Sex sex : positions<Sex>(sexes())) {
        attempts.attempt([&] { estimate(occupation, sex); });
      }
    }
    attempts.throw_if_any();
    require_room();
    return std::move(stock_);
  }

 private:
  std::size_t occupations() const { return inputs_.frame.occupations.size(); }
  std::size_t sexes() const { return frame_.sexes.size(); }
  std::size_t ages() const { return inputs_.frame.ages(); }
  std::size_t areas() const { return frame_.areas.size(); }
  std::string words(Occupation occupation, Sex sex) const {
    return fmt::format("{}, {}", inputs_.frame.occupations[occupation.position()],
                       frame_.sexes[sex.position()]);
  }
  [[noreturn]] void fail(const Parameter& parameter, const std::string& what,
                         std::string remedy) const {
    throw Error(Fault::input, source_.settings.mistake(parameter, what, std::move(remedy)));
  }

  double population_of(const population::AgeTable& people, Sex sex, PartAge age, Area area) const {
    double sum = 0.0;
    for (const Group group : positions<Group>(frame_.group_count())) {
      sum += people(sex, inputs_.frame.age_of(age), group, area);
    }
    return sum;
  }

  bool has_own(Area area) const {
    const auto& own = inputs_.heads.own;
    return !own.empty() && !std::isnan(own(Occupation(0), Sex(0), StaffAgeGroup(0), area));
  }

  /// By area; people of the ages of staff where the caller knows nothing better.
  std::vector<double> weights_of(Occupation occupation) const {
    std::vector<double> weights(areas(), 0.0);
    double sum = 0.0;
    for (const Area area : positions<Area>(areas())) {
      if (!weights_.empty()) weights[area.position()] = weights_(occupation, area);
      sum += weights[area.position()];
    }
    if (sum > 0.0) return weights;
    std::fill(weights.begin(), weights.end(), 0.0);
    for (std::size_t cell = 0; cell < of_age_.size(); ++cell) {
      weights[cell % areas()] += of_age_[cell];
    }
    return weights;
  }

  std::vector<double> heads_of(Occupation occupation, Sex sex) const {
    const HeadCounts& given = inputs_.heads;
    std::vector<double> own;
    for (const Area area : positions<Area>(areas())) {
      own.push_back(given.staff(occupation, sex, area));
      if (!has_own(area)) continue;
      own.back() = 0.0;
      for (const StaffAgeGroup group : positions<StaffAgeGroup>(given.own_groups.count())) {
        own.back() += given.own(occupation, sex, group, area);
      }
    }
    return allocate({frame_, source_.settings, p::staff, words(occupation, sex),
                     given.staff(occupation, sex, Area(areas())), own},
                    weights_of(occupation));
  }

  void estimate(Occupation occupation, Sex sex) {
    const std::vector<double> heads = heads_of(occupation, sex);
    const std::vector<double> remaining =
        not_retired(inputs_.retirement.slab(occupation, sex), first_age());
    std::vector<double> labour;  // area by area
    for (const Area area : positions<Area>(areas())) {
      double sum = 0.0;
      for (const PartAge age : positions<PartAge>(ages())) {
        labour.push_back(at_work(sex, age, area) * remaining[age.position()]);
        sum += labour.back();
      }
      if (sum > 0.0 || heads[area.position()] == 0.0) continue;
      fail(p::staff,
           fmt::format("{}: {:.6g} of them live in area {}, where nobody is in the labour force",
                       words(occupation, sex), heads[area.position()],
                       frame_.areas[area.position()].code),
           "check workforce.participation, the people of the area and the staff");
    }
    const Tilted people{labour, heads, static_cast<double>(first_age()), counted()};
    tilt(occupation, sex, people);
    const std::vector<double> factors = tilts(ages(), stock_.theta(occupation, sex));
    for (const Area area : positions<Area>(areas())) {
      std::vector<double> shape(factors);
      for (std::size_t age = 0; age < ages(); ++age) {
        shape[age] *= labour[area.position() * ages() + age];
      }
      spread(occupation, sex, area, shape, heads[area.position()]);
    }
    stock_.mean_age(occupation, sex) = mean_of(occupation, sex);
  }

  int first_age() const { return frame_.first_age(inputs_.frame.first_age); }

  /// Ages that the mean age is of.
  std::size_t counted() const {
    const auto until = source_.settings.maybe(p::mean_age_until);
    if (!until) return ages();
    return static_cast<std::size_t>(
        std::clamp<std::int64_t>(*until - first_age() + 1, 1, static_cast<std::int64_t>(ages())));
  }

  /// The labour force; from the age on at which people retire those who would be in it if nobody
  /// did. Groups of ages of participation are broad just where staff become few from year to year.
  double at_work(Sex sex, PartAge age, Area area) const {
    const int before = moves_from - 1 - first_age();
    if (before < 0 || age.position() <= static_cast<std::size_t>(before)) {
      return stock_.labour(sex, age, area);
    }
    const std::size_t cell = (sex.position() * ages() + age.position()) * areas();
    return of_age_[cell + area.position()] *
           inputs_.participation(sex, PartAge(static_cast<std::size_t>(before)), area);
  }

  void tilt(Occupation occupation, Sex sex, const Tilted& people) {
    const double mean = inputs_.heads.mean_age(occupation, sex);
    if (std::isnan(mean)) return;
    const auto theta = tilt_to(people, mean);
    if (!theta) {
      fail(p::mean_age,
           fmt::format("{}: no staff of the labour force have the mean age {}",
                       words(occupation, sex), mean),
           "it must lie between workforce.first_age and workforce.mean_age_until");
    }
    stock_.theta(occupation, sex) = *theta;
  }

  void spread(Occupation occupation, Sex sex, Area area, const std::vector<double>& shape,
              double heads) {
    if (!has_own(area)) {
      double sum = 0.0;
      for (const double part : shape) sum += part;
      for (const PartAge age : positions<PartAge>(ages())) {
        stock_.heads(occupation, sex, age, area) =
            sum > 0.0 ? heads * shape[age.position()] / sum : 0.0;
      }
      return;
    }
    const AgeGroups& groups = inputs_.heads.own_groups;
    std::vector<double> sums(groups.count(), 0.0);
    for (const PartAge age : positions<PartAge>(ages())) {
      sums[groups.of(age).position()] += shape[age.position()];
    }
    for (const StaffAgeGroup group : positions<StaffAgeGroup>(groups.count())) {
      if (sums[group.position()] > 0.0) continue;
      if (inputs_.heads.own(occupation, sex, group, area) == 0.0) continue;
      fail(p::own_staff,
           fmt::format("area {}, {}, ages from {}: nobody of them is in the labour force",
                       frame_.areas[area.position()].code, words(occupation, sex),
                       groups.axis.labels[group.position()]),
           "check the ages, workforce.participation and the people of the area");
    }
    for (const PartAge age : positions<PartAge>(ages())) {
      const StaffAgeGroup group = groups.of(age);
      const double sum = sums[group.position()];
      if (sum <= 0.0) continue;
      stock_.heads(occupation, sex, age, area) =
          inputs_.heads.own(occupation, sex, group, area) * shape[age.position()] / sum;
    }
  }

  double mean_of(Occupation occupation, Sex sex) const {
    double heads = 0.0;
    double years = 0.0;
    for (const PartAge age : positions<PartAge>(counted())) {
      for (const double cell : stock_.heads.slab(occupation, sex, age)) {
        heads += cell;
        years += cell * frame_.first_age(inputs_.frame.age_of(age));
      }
    }
    return heads > 0.0 ? years / heads : unknown;
  }

  void require_room() const {
    constexpr double rounding = 1e-9;
    Mistakes mistakes;
    for (const Sex sex : positions<Sex>(sexes())) {
      for (const PartAge age : positions<PartAge>(ages())) {
        for (const Area area : positions<Area>(areas())) {
          double staff = 0.0;
          for (const Occupation occupation : positions<Occupation>(occupations())) {
            staff += stock_.heads(occupation, sex, age, area);
          }
          const double labour = stock_.labour(sex, age, area);
          if (staff <= labour * (1.0 + rounding)) continue;
          const bool own = has_own(area);
          mistakes.add(source_.settings.mistake(
              own ? p::own_staff : p::staff,
              fmt::format(
                  "area {}, {}, age {}: {:.6g} staff, but {:.6g} people in the labour force",
                  frame_.areas[area.position()].code, frame_.sexes[sex.position()],
                  frame_.first_age(inputs_.frame.age_of(age)), staff, labour),
              own ? "count each person once and where they live, or raise workforce.participation"
                  : "check the heads, their mean age and workforce.participation"));
        }
      }
    }
    mistakes.throw_if_any(Fault::input);
  }

  const Source& source_;
  const Frame& frame_;
  const StaffInputs& inputs_;
  const AllocationWeights& weights_;
  std::vector<double> of_age_;  ///< people, [sex][age][area]
  BaseStock stock_;
};

}  // namespace

LabourTable labour_force(const population::AgeTable& people, const WorkforceFrame& workforce,
                         const Table<double, Sex, PartAge, Area>& participation) {
  return tabulate<LabourTable>(participation.extents(), [&](Sex sex, PartAge age, Area area) {
    double sum = 0.0;
    for (const Group group : positions<Group>(people.extent<Group>())) {
      sum += people(sex, workforce.age_of(age), group, area);
    }
    return sum * participation(sex, age, area);
  });
}

double mean_age_of(const Tilted& people, double theta) {
  const std::size_t areas = people.heads.size();
  const std::size_t ages = people.counts.size() / areas;
  const std::vector<double> factors = tilts(ages, theta);
  double heads = 0.0;
  double years = 0.0;
  for (std::size_t area = 0; area < areas; ++area) {
    double sum = 0.0;
    double counted = 0.0;
    double sum_of_years = 0.0;
    for (std::size_t age = 0; age < ages; ++age) {
      const double part = people.counts[area * ages + age] * factors[age];
      sum += part;
      if (age >= people.counted) continue;
      counted += part;
      sum_of_years += part * (people.first_age + static_cast<double>(age));
    }
    if (sum <= 0.0) continue;
    heads += people.heads[area] * counted / sum;
    years += people.heads[area] * sum_of_years / sum;
  }
  return heads > 0.0 ? years / heads : unknown;
}

std::optional<double> tilt_to(const Tilted& people, double mean_age) {
  if (std::isnan(mean_age_of(people, 0.0))) return 0.0;
  constexpr double reach = 0.05;  // of the tilts that occur
  return root_near([&](double theta) { return mean_age_of(people, theta) - mean_age; }, 0.0, reach);
}

BaseStock estimate_base(const Source& source, const StaffInputs& inputs,
                        const population::AgeTable& people, const AllocationWeights& weights) {
  return Base(source, inputs, people, weights).estimate();
}

}  // namespace kohort::workforce
