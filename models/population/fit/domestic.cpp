#include "models/population/fit/domestic.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/error.hpp"
#include "engine/table/tabulate.hpp"
#include "models/population/fit/parameters.hpp"

namespace kohort::population::fit {

namespace p = parameters;

namespace {

/// First ages of the classes that share their destinations: single years where the young move.
constexpr std::array<std::size_t, 22> first_of_class = {0,  7,  16, 17, 18, 19, 20, 21, 22, 23, 24,
                                                        25, 26, 27, 28, 29, 30, 35, 40, 50, 60, 70};

std::size_t class_of(std::size_t age) {
  const auto above = std::upper_bound(first_of_class.begin(), first_of_class.end(), age);
  return static_cast<std::size_t>(above - first_of_class.begin()) - 1;
}

/// The age pattern of the model: g and b.
struct Pattern {
  Table<double, Sex, Age> level;  ///< g, summing to 1
  Table<double, Sex, Age> pull;   ///< b
};

Pattern pattern_of(const Frame& frame, const Schedules& schedules) {
  const Table<double, Sex, Age>::Extents extents{2, frame.ages()};
  const auto normed = [&](const std::vector<MigrationSchedule>& schedule) {
    auto rates = tabulate<Table<double, Sex, Age>>(
        extents, [&](Sex sex, Age age) { return rate_at(schedule[sex.position()], age); });
    double sum = 0.0;
    for (const double rate : rates.values()) sum += rate;
    for (double& rate : rates.values()) rate /= sum;
    return rates;
  };
  const auto in = normed(schedules.into_city);
  const auto out = normed(schedules.out_of_city);
  return {tabulate<Table<double, Sex, Age>>(
              extents, [&](Sex s, Age a) { return std::sqrt(in(s, a) * out(s, a)); }),
          tabulate<Table<double, Sex, Age>>(
              extents, [&](Sex s, Age a) { return 0.5 * std::log(in(s, a) / out(s, a)); })};
}

/// Logarithm of those of studying age to those about to reach it: high where the young come to
/// study, low where they leave.
class StudentIndex {
 public:
  void add(std::size_t age, double persons) {
    if (age >= 20 && age <= 25) studying_ += persons;
    if (age >= 13 && age <= 17) about_to_ += persons;
  }
  /// One person more on either side, so that an empty area has an index.
  double value() const { return std::log((studying_ + 1.0) / (about_to_ + 1.0)); }

 private:
  double studying_ = 0.0;
  double about_to_ = 0.0;
};

/// How much of a student city each area is: its index beside that of all areas together, in units
/// of the city of the schedules.
std::vector<double> attraction_of(const Frame& frame, const AgeTable& base, double city_index) {
  StudentIndex all;
  std::vector<StudentIndex> own(frame.areas.size());
  for (const Sex sex : positions<Sex>(2)) {
    for (const Age age : positions<Age>(frame.ages())) {
      for (const Area area : positions<Area>(own.size())) {
        const double persons = base(sex, age, Group(0), area);
        all.add(age.position(), persons);
        own[area.position()].add(age.position(), persons);
      }
    }
  }
  std::vector<double> attraction;
  for (const StudentIndex& index : own) {
    attraction.push_back((index.value() - all.value()) / city_index);
  }
  return attraction;
}

double city_index(const Source& source) {
  if (const auto index = source.settings.maybe(p::city_index)) return *index;
  throw Error(Fault::scenario,
              source.settings.mistake(p::city_index, "the scenario does not give it",
                                      "give the index of the city that history.schedules is of"));
}

class DomesticModel {
 public:
  DomesticModel(const Source& source, const MunicipalHistory& municipal, const Schedules& schedules,
                const AgeTable& base)
      : frame_(source.frame),
        years_(window(source, p::domestic_years)),
        municipal_(municipal),
        base_(base),
        pattern_(pattern_of(source.frame, schedules)),
        attraction_(attraction_of(source.frame, base, city_index(source))) {}

  DomesticFit fit(const FlowTable& flows) {
    scale(flows);
    const std::size_t areas = frame_.areas.size();
    DomesticFit result{CellTable(cell_extents(frame_)), {}, attraction_};
    result.destinations.shares =
        Table<double, Sex, AgeClass, Area, Destination>({2, first_of_class.size(), areas, areas});
    for (const CohortRow row : positions<CohortRow>(frame_.rows())) {
      result.destinations.class_of_row.emplace_back(class_of(frame_.age_of(row).position()));
    }
    for (const Sex sex : positions<Sex>(2)) {
      for (const CohortRow row : positions<CohortRow>(frame_.rows())) {
        add_leavers(result, sex, row);
      }
    }
    norm(result.destinations);
    return result;
  }

 private:
  double rate(Sex sex, Age age, Area from, Destination to) const {
    const double difference = attraction_[to.position()] - attraction_[from.position()];
    return factor_(from, to) * pattern_.level(sex, age) *
           std::exp(pattern_.pull(sex, age) * difference);
  }

  /// k: moves of the history to its mean population, brought to the base population's ages.
  void scale(const FlowTable& flows) {
    factor_ = FlowTable(flows.extents(), 1.0);
    factor_ = tabulate<FlowTable>(flows.extents(), [&](Area from, Destination to) {
      const double observed = flows(from, to) / mean_population(from);
      if (observed == 0.0) return 0.0;
      double moves = 0.0;
      double persons = 0.0;
      for (const Sex sex : positions<Sex>(2)) {
        for (const Age age : positions<Age>(frame_.ages())) {
          const double stock = base_(sex, age, Group(0), from);
          moves += stock * rate(sex, age, from, to);
          persons += stock;
        }
      }
      return observed * persons / moves;
    });
  }

  double mean_population(Area area) const {
    double sum = 0.0;
    for (const Year year : years_) {
      sum += (municipal_.total(area, year - 1) + municipal_.total(area, year)) / 2.0;
    }
    return sum / static_cast<double>(years_.count());
  }

  /// Adds a row's rates to its out-rate, and its movers to the destinations of its class.
  void add_leavers(DomesticFit& result, Sex sex, CohortRow row) const {
    const Age age = frame_.age_of(row);
    const bool counted = row.position() < frame_.ages();
    const AgeClass age_class = result.destinations.class_of_row[row.position()];
    for (const Area from : positions<Area>(frame_.areas.size())) {
      const double persons = counted ? base_(sex, age, Group(0), from) + 1.0 : 0.0;
      double leaving = 0.0;
      for (const Destination to : positions<Destination>(frame_.areas.size())) {
        const double to_there = rate(sex, age, from, to);
        leaving += to_there;
        result.destinations.shares(sex, age_class, from, to) += persons * to_there;
      }
      result.moving(sex, row, Group(0), from) = leaving;
    }
  }

  static void norm(Destinations& destinations) {
    auto& shares = destinations.shares;
    for (const Sex sex : positions<Sex>(shares.extent<Sex>())) {
      for (const AgeClass age : positions<AgeClass>(shares.extent<AgeClass>())) {
        for (const Area from : positions<Area>(shares.extent<Area>())) {
          const auto row = shares.slab(sex, age, from);
          double sum = 0.0;
          for (const double movers : row) sum += movers;
          for (double& share : row) share = sum > 0.0 ? share / sum : 0.0;
        }
      }
    }
  }

  const Frame& frame_;
  Years years_;
  const MunicipalHistory& municipal_;
  const AgeTable& base_;
  Pattern pattern_;
  std::vector<double> attraction_;
  FlowTable factor_;
};

}  // namespace

DomesticFit fit_domestic(const Source& source, const FlowTable& flows,
                         const MunicipalHistory& municipal, const Schedules& schedules,
                         const AgeTable& base) {
  return DomesticModel(source, municipal, schedules, base).fit(flows);
}

}  // namespace kohort::population::fit
