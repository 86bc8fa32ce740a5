#include "models/population/fit/domestic.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/table/tabulate.hpp"
#include "engine/threads/parallel.hpp"
#include "models/population/fit/common_weights.hpp"
#include "models/population/fit/parameters.hpp"
#include "models/population/fit/schedules.hpp"
#include "models/population/rates/destinations.hpp"

namespace kohort::population::fit {

namespace p = parameters;

namespace {

/// First ages of the classes that share their destinations: single years where the young move.
constexpr std::array<std::size_t, 22> first_of_class = {0,  7,  16, 17, 18, 19, 20, 21, 22, 23, 24,
                                                        25, 26, 27, 28, 29, 30, 35, 40, 50, 60, 70};

/// Added to those at risk, so that ages at which nobody lives have destinations too.
constexpr double somebody = 1e-6;

std::size_t class_of(std::size_t age) {
  const auto above = std::upper_bound(first_of_class.begin(), first_of_class.end(), age);
  return static_cast<std::size_t>(above - first_of_class.begin()) - 1;
}

/// The age pattern of the model: g and b.
struct Pattern {
  SexAge level;  ///< g, summing to 1
  SexAge pull;   ///< b
};

/// Scaled to sum to 1.
SexAge normed(SexAge rates) {
  double sum = 0.0;
  for (const double rate : rates.values()) sum += rate;
  for (double& rate : rates.values()) rate /= sum;
  return rates;
}

Pattern pattern_of(const Source& source) {
  const SexAge in = normed(read_schedule(source, "into_city"));
  const SexAge out = normed(read_schedule(source, "out_of_city"));
  return {
      tabulate<SexAge>(in.extents(), [&](Sex s, Age a) { return std::sqrt(in(s, a) * out(s, a)); }),
      tabulate<SexAge>(in.extents(),
                       [&](Sex s, Age a) { return 0.5 * std::log(in(s, a) / out(s, a)); })};
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

/// Those at risk of moving in the first interval, by the row in which they stand: everybody a year
/// older, and in the row of the newborn as many as were born in the base year and still live there.
CellTable first_at_risk(const Frame& frame, const AgeTable& base) {
  return tabulate<CellTable>(
      cell_extents(frame), [&](Sex sex, CohortRow row, Group group, Area area) {
        const std::size_t before = row.position() == 0 ? 0 : row.position() - 1;
        return base(sex, Age(before), group, area);
      });
}

class DomesticModel {
 public:
  DomesticModel(const Source& source, const MunicipalHistory& municipal, const AgeTable& base)
      : source_(source),
        frame_(source.frame),
        window_(window(source, p::domestic_window)),
        municipal_(municipal),
        pattern_(pattern_of(source)),
        attraction_(attraction_of(source.frame, base, city_index(source))),
        at_risk_(first_at_risk(source.frame, base)) {}

  DomesticFit fit(const FlowTable& flows) {
    scale(flows);
    const std::size_t areas = frame_.areas.size();
    DomesticFit result{CellTable(cell_extents(frame_)), {}, attraction_};
    result.destinations.shares =
        Table<double, Sex, AgeClass, Area, Destination>({2, first_of_class.size(), areas, areas});
    for (const CohortRow row : positions<CohortRow>(frame_.rows())) {
      result.destinations.class_of_row.emplace_back(class_of(frame_.age_of(row).position()));
    }
    parallel_for(areas, [&](std::size_t from) { add_leavers(result, Area(from)); });
    if (source_.settings[p::destination_form] == DestinationForm::common) {
      result.destinations = common(std::move(result.destinations));
    } else {
      norm(result.destinations);
    }
    return result;
  }

 private:
  /// The rate without k.
  double relative_rate(Sex sex, Age age, Area from, Destination to) const {
    const double difference = attraction_[to.position()] - attraction_[from.position()];
    return pattern_.level(sex, age) * std::exp(pattern_.pull(sex, age) * difference);
  }

  /// k: the moves of the first interval are to the base population as those of the history were to
  /// the stocks at their start.
  void scale(const FlowTable& flows) {
    const std::vector<double> before = stocks_before(flows);
    factor_ = FlowTable(flows.extents());
    parallel_for(before.size(), [&](std::size_t at) {
      const Area from(at);
      for (const Destination to : positions<Destination>(before.size())) {
        if (!(flows(from, to) > 0.0)) continue;
        const Expected expected = expect(from, to);
        factor_(from, to) = flows(from, to) / before[at] * expected.persons / expected.moves;
      }
    });
  }

  /// The stocks of the history from which moves come, by origin; 0 where none do.
  std::vector<double> stocks_before(const FlowTable& flows) const {
    std::vector<double> stocks(frame_.areas.size());
    for (const Area from : positions<Area>(stocks.size())) {
      const auto of_origin = flows.slab(from);
      const auto flow = std::find_if(of_origin.begin(), of_origin.end(),
                                     [](double moves) { return moves > 0.0; });
      if (flow == of_origin.end()) continue;
      double& before = stocks[from.position()];
      before = window_.mean([&](Year year) { return municipal_.total(from, year - 1); });
      if (before > 0.0) continue;
      throw Error(Fault::input,
                  source_.settings.mistake(
                      p::moves,
                      fmt::format("{:.4g} moves a year from area {}, where nobody lives", *flow,
                                  frame_.areas[from.position()].code),
                      "check history.totals"));
    }
    return stocks;
  }

  struct Expected {
    double moves = 0.0;    ///< with k = 1
    double persons = 0.0;  ///< of the stock that they come from
  };
  /// Of the base population; where nobody lives in it, the ages are those of all areas.
  Expected expect(Area from, Destination to) const {
    Expected expected;
    add_expected(from, to, from, expected);
    if (expected.persons > 0.0) return expected;
    for (const Area any : positions<Area>(frame_.areas.size())) {
      add_expected(from, to, any, expected);
    }
    return expected;
  }
  /// Adds what the people of `of` would do if they lived in `from`.
  void add_expected(Area from, Destination to, Area of, Expected& expected) const {
    for (const Sex sex : positions<Sex>(2)) {
      for (const CohortRow row : positions<CohortRow>(frame_.rows())) {
        const double at_risk = at_risk_(sex, row, Group(0), of);
        expected.moves += at_risk * relative_rate(sex, frame_.age_of(row), from, to);
        if (row.position() > 0) expected.persons += at_risk;
      }
    }
  }

  /// Adds an origin's rates to its out-rates, and its movers to the destinations of their classes.
  void add_leavers(DomesticFit& result, Area from) const {
    for (const Sex sex : positions<Sex>(2)) {
      for (const CohortRow row : positions<CohortRow>(frame_.rows())) {
        const Age age = frame_.age_of(row);
        const auto movers = result.destinations.shares.slab(
            sex, result.destinations.class_of_row[row.position()], from);
        const double persons = at_risk_(sex, row, Group(0), from) + somebody;
        double leaving = 0.0;
        for (const Destination to : positions<Destination>(movers.size())) {
          const double to_there = factor_(from, to) * relative_rate(sex, age, from, to);
          leaving += to_there;
          movers[to.position()] += persons * to_there;
        }
        result.moving(sex, row, Group(0), from) = leaving;
      }
    }
  }

  /// The same moves out of and into each area, but by weights that all origins have in common.
  Destinations common(Destinations moves) const {
    const std::size_t areas = frame_.areas.size();
    DestinationWeights weights({2, first_of_class.size(), areas});
    for (const Sex sex : positions<Sex>(2)) {
      for (const AgeClass age : positions<AgeClass>(first_of_class.size())) {
        std::vector<double> out(areas);
        std::vector<double> in(areas);
        for (const Area from : positions<Area>(areas)) {
          const auto movers = std::as_const(moves.shares).slab(sex, age, from);
          out[from.position()] = std::accumulate(movers.begin(), movers.end(), 0.0);
          std::transform(in.begin(), in.end(), movers.begin(), in.begin(), std::plus<>());
        }
        const double error = fit_common_weights({out, in}, weights.slab(sex, age));
        if (error > common_weights_tolerance) refuse_common(sex, age, error);
      }
    }
    return common_destinations(std::move(moves.class_of_row), std::move(weights));
  }

  [[noreturn]] void refuse_common(Sex sex, AgeClass age, double error) const {
    throw Error(
        Fault::input,
        source_.settings.mistake(
            p::destination_form,
            fmt::format("no weights that all origins have in common give as many moves into each "
                        "area as the history has, {} from age {} on: {:.2g} of them are left over",
                        frame_.sexes[sex.position()], first_of_class[age.position()], error),
            "choose \"by_origin\""));
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

  const Source& source_;
  const Frame& frame_;
  Window window_;
  const MunicipalHistory& municipal_;
  Pattern pattern_;
  std::vector<double> attraction_;
  CellTable at_risk_;
  FlowTable factor_;
};

}  // namespace

DomesticFit fit_domestic(const Source& source, const FlowTable& flows,
                         const MunicipalHistory& municipal, const AgeTable& base) {
  return DomesticModel(source, municipal, base).fit(flows);
}

}  // namespace kohort::population::fit
