// The fast kernels against plain loops, on random data, and against each other to the last bit.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/kernels/fast/kernels.hpp"
#include "engine/kernels/fast/order_statistics.hpp"
#include "engine/kernels/fast/sweeps.hpp"
#include "engine/kernels/reference/hazard.hpp"

namespace kohort::kernels::fast {
namespace {

/// The n-th of a sequence spread evenly over 0 to 1.
double spread(std::size_t n, double start) {
  const double position = start + static_cast<double>(n) * 0.6180339887498949;
  return position - std::floor(position);
}

template <class Real>
std::vector<Real> numbers(std::size_t count, double least, double most, double start) {
  std::vector<Real> values(count);
  for (std::size_t n = 0; n < count; ++n) {
    values[n] = static_cast<Real>(least + (most - least) * spread(n, start));
  }
  return values;
}

template <class Real>
std::vector<Line<Real>> lines(std::size_t count, double least, double most, double start) {
  const std::vector<Real> values = numbers<Real>(count * lanes<Real>, least, most, start);
  std::vector<Line<Real>> result(count);
  for (std::size_t n = 0; n < values.size(); ++n) {
    result[n / lanes<Real>].lane[n % lanes<Real>] = values[n];
  }
  return result;
}

template <class Real>
bool same_bits(std::span<const Line<Real>> first, std::span<const Line<Real>> second) {
  return std::memcmp(first.data(), second.data(), first.size_bytes()) == 0;
}

/// Of itself `rc::check` fails no test.
template <class Property>
void check(const Property& property) {
  EXPECT_TRUE(rc::check(property));
}

/// Sums may differ from those of the plain loop in double by the rounding of so many terms.
template <class Real>
constexpr double tolerance = 400 * std::numeric_limits<Real>::epsilon();

template <class Real>
bool near(Real found, double expected) {
  return std::abs(static_cast<double>(found) - expected) <=
         tolerance<Real> * std::max(1.0, std::abs(expected));
}

/// A year of one lane in plain loops, in double.
struct PlainYear {
  std::vector<double> persons;
  double births = 0.0;
  double deaths[sexes] = {};
  double leavers[sexes] = {};
};

struct PlainRates {
  std::vector<double> dying, leaving, arriving, bearing;
};

PlainYear plain_year(const Ages& ages, const Newborn<double>& newborn, const PlainRates& rates,
                     const std::vector<double>& before) {
  PlainYear year;
  year.persons = rates.arriving;
  for (std::size_t sex = 0; sex < sexes; ++sex) {
    for (std::size_t age = 0; age < ages.count; ++age) {
      const std::size_t row = sex * ages.count + age;
      year.deaths[sex] += before[row] * rates.dying[row];
      year.leavers[sex] += before[row] * rates.leaving[row];
      year.persons[sex * ages.count + std::min(age + 1, ages.count - 1)] +=
          before[row] * (1.0 - rates.dying[row] - rates.leaving[row]);
    }
  }
  for (std::size_t age = ages.first_bearing; age < ages.end_bearing; ++age) {
    year.births += rates.bearing[age] * (before[age] + year.persons[age]) / 2.0;
  }
  for (std::size_t sex = 0; sex < sexes; ++sex) {
    const std::size_t row = sex * ages.count;
    year.persons[row] +=
        year.births * newborn.share[sex] * (1.0 - newborn.exposure * rates.dying[row]);
  }
  return year;
}

Ages any_ages(std::size_t most) {
  Ages ages;
  ages.count = *rc::gen::inRange<std::size_t>(5, most);
  ages.first_bearing = *rc::gen::inRange<std::size_t>(1, ages.count - 3);
  ages.end_bearing = *rc::gen::inRange<std::size_t>(ages.first_bearing + 1, ages.count - 1);
  return ages;
}

double any_start() { return static_cast<double>(*rc::gen::inRange(0, 1000)) / 1000.0; }

template <class Real>
class FastKernels : public ::testing::Test {
 protected:
  static constexpr Newborn<double> newborn{{0.4878, 0.5122}, 0.5};
  static constexpr Newborn<Real> newborn_lines{{Real(0.4878), Real(0.5122)}, Real(0.5)};

  /// Compares each lane of a year with that of the plain loop under `rates_of(lane)`.
  template <class RatesOf>
  void expect_plain_year(const Ages& ages, const std::vector<Line<Real>>& before,
                         const std::vector<Line<Real>>& after, const YearEvents<Real>& events,
                         const RatesOf& rates_of) {
    for (std::size_t lane = 0; lane < lanes<Real>; ++lane) {
      std::vector<double> persons;
      for (const Line<Real>& line : before) persons.push_back(line.lane[lane]);
      const PlainYear plain = plain_year(ages, newborn, rates_of(lane), persons);
      for (std::size_t row = 0; row < after.size(); ++row) {
        RC_ASSERT(near(after[row].lane[lane], plain.persons[row]));
      }
      RC_ASSERT(near(events.births.lane[lane], plain.births));
      for (std::size_t sex = 0; sex < sexes; ++sex) {
        RC_ASSERT(near(events.deaths[sex].lane[lane], plain.deaths[sex]));
        RC_ASSERT(near(events.leavers[sex].lane[lane], plain.leavers[sex]));
      }
    }
  }
};

using Reals = ::testing::Types<double, float>;
TYPED_TEST_SUITE(FastKernels, Reals);

TYPED_TEST(FastKernels, AYearOfDrawsIsThatOfThePlainLoop) {
  using Real = TypeParam;
  check([this] {
    const Ages ages = any_ages(110);
    const std::size_t rows = sexes * ages.count;
    const double start = any_start();
    const auto dying = numbers<Real>(rows, 0.0, 0.4, start);
    const auto leaving = numbers<Real>(rows, 0.0, 0.3, start + 0.1);
    const auto arriving = numbers<Real>(rows, 0.0, 30.0, start + 0.2);
    const auto bearing = numbers<Real>(ages.count, 0.0, 0.2, start + 0.3);
    const auto factor = lines<Real>(rows, 0.5, 1.5, start + 0.4);
    const DrawFactors<Real> factors{factor, lines<Real>(1, 0.5, 1.5, start + 0.5)[0],
                                    lines<Real>(1, 0.5, 1.5, start + 0.6)[0]};
    const auto before = lines<Real>(rows, 0.0, 500.0, start + 0.7);
    std::vector<Line<Real>> first;
    for (const Kernels<Real>& kernel : implementations<Real>()) {
      auto after = before;
      const auto events = kernel.year_of_draws(ages, this->newborn_lines,
                                               {dying, leaving, arriving, bearing}, factors, after);
      if (first.empty()) first = after;
      RC_ASSERT(same_bits<Real>(after, first));
      this->expect_plain_year(ages, before, after, events, [&](std::size_t lane) {
        PlainRates rates;
        for (std::size_t row = 0; row < rows; ++row) {
          rates.dying.push_back(double{dying[row]} * factor[row].lane[lane]);
          rates.leaving.push_back(leaving[row]);
          rates.arriving.push_back(double{arriving[row]} * factors.arriving.lane[lane]);
        }
        for (const Real rate : bearing) {
          rates.bearing.push_back(double{rate} * factors.bearing.lane[lane]);
        }
        return rates;
      });
    }
  });
}

TYPED_TEST(FastKernels, AYearOfAreasIsThatOfThePlainLoop) {
  using Real = TypeParam;
  check([this] {
    const Ages ages = any_ages(110);
    const std::size_t rows = sexes * ages.count;
    const double start = any_start();
    const auto dying = lines<Real>(rows, 0.0, 0.4, start);
    const auto leaving = lines<Real>(rows, 0.0, 0.3, start + 0.1);
    const auto arriving = lines<Real>(rows, 0.0, 30.0, start + 0.2);
    const auto bearing = lines<Real>(ages.count, 0.0, 0.2, start + 0.3);
    const auto factor = numbers<Real>(rows, 0.5, 1.5, start + 0.4);
    const YearFactors<Real> factors{factor, Real(1.25), Real(0.75), Real(0.9)};
    const auto before = lines<Real>(rows, 0.0, 500.0, start + 0.7);
    std::vector<Line<Real>> first;
    for (const Kernels<Real>& kernel : implementations<Real>()) {
      auto after = before;
      const auto events = kernel.year_of_areas(ages, this->newborn_lines,
                                               {dying, leaving, arriving, bearing}, factors, after);
      if (first.empty()) first = after;
      RC_ASSERT(same_bits<Real>(after, first));
      this->expect_plain_year(ages, before, after, events, [&](std::size_t lane) {
        PlainRates rates;
        for (std::size_t row = 0; row < rows; ++row) {
          rates.dying.push_back(double{dying[row].lane[lane]} * factor[row]);
          rates.leaving.push_back(double{leaving[row].lane[lane]} * factors.leaving);
          rates.arriving.push_back(double{arriving[row].lane[lane]} * factors.arriving);
        }
        for (const Line<Real>& rate : bearing) {
          rates.bearing.push_back(double{rate.lane[lane]} * factors.bearing);
        }
        return rates;
      });
    }
  });
}

/// The rates of one area in one lane of a nation, its arrivals from the pools as they are.
PlainRates area_in_nation(std::size_t area, std::size_t areas, const PlainRates& nation,
                          const std::vector<double>& factor, const std::vector<double>& pool,
                          const std::vector<double>& share) {
  const std::size_t rows = factor.size();
  const std::size_t ages = rows / sexes;
  PlainRates rates;
  rates.arriving.assign(rows, 0.0);
  for (std::size_t row = 0; row < rows; ++row) {
    rates.dying.push_back(nation.dying[row * areas + area] * factor[row]);
    rates.leaving.push_back(nation.leaving[row * areas + area]);
    const std::size_t next = row % ages + 1 == ages ? row : row + 1;
    rates.arriving[next] += pool[row] * share[row * areas + area];
  }
  for (std::size_t age = 0; age < ages; ++age) {
    rates.bearing.push_back(nation.bearing[age * areas + area]);
  }
  return rates;
}

template <class Real>
std::vector<double> in_double(const std::vector<Real>& values) {
  return {values.begin(), values.end()};
}

TYPED_TEST(FastKernels, AYearOfANationIsThatOfThePlainLoop) {
  using Real = TypeParam;
  check([this] {
    const Ages ages = any_ages(15);
    const std::size_t rows = sexes * ages.count;
    const auto areas = *rc::gen::inRange<std::size_t>(1, 6);
    const auto in_block = *rc::gen::inRange<std::size_t>(1, 8);
    const double start = any_start();
    const auto dying = numbers<Real>(rows * areas, 0.0, 0.4, start);
    const auto leaving = numbers<Real>(rows * areas, 0.0, 0.3, start + 0.1);
    const auto share = numbers<Real>(rows * areas, 0.0, 0.5, start + 0.2);
    const auto bearing = numbers<Real>(ages.count * areas, 0.0, 0.2, start + 0.3);
    const auto factor = lines<Real>(rows * in_block, 0.5, 1.5, start + 0.4);
    const auto before = lines<Real>(rows * areas * in_block, 0.0, 500.0, start + 0.7);
    const PlainRates nation{in_double(dying), in_double(leaving), {}, in_double(bearing)};
    std::vector<Line<Real>> first;
    for (const Kernels<Real>& kernel : implementations<Real>()) {
      auto after = before;
      std::vector<Line<Real>> births(areas * in_block);
      std::vector<Line<Real>> deaths(sexes * in_block);
      kernel.year_of_nation(ages, this->newborn_lines, {areas, dying, leaving, share, bearing},
                            {in_block, after, factor, births, deaths});
      if (first.empty()) first = after;
      RC_ASSERT(same_bits<Real>(after, first));
      for (std::size_t draw = 0; draw < in_block * lanes<Real>; ++draw) {
        const auto of = [&](const std::vector<Line<Real>>& table, std::size_t at) -> double {
          return table[at * in_block + draw / lanes<Real>].lane[draw % lanes<Real>];
        };
        std::vector<double> factor_of_draw;
        std::vector<double> pool(rows, 0.0);
        for (std::size_t row = 0; row < rows; ++row) {
          factor_of_draw.push_back(of(factor, row));
          for (std::size_t area = 0; area < areas; ++area) {
            pool[row] += of(before, row * areas + area) * leaving[row * areas + area];
          }
        }
        double dead = 0.0;
        for (std::size_t area = 0; area < areas; ++area) {
          std::vector<double> persons;
          for (std::size_t row = 0; row < rows; ++row) {
            persons.push_back(of(before, row * areas + area));
          }
          const PlainYear plain = plain_year(
              ages, this->newborn,
              area_in_nation(area, areas, nation, factor_of_draw, pool, in_double(share)), persons);
          for (std::size_t row = 0; row < rows; ++row) {
            RC_ASSERT(
                near<Real>(static_cast<Real>(of(after, row * areas + area)), plain.persons[row]));
          }
          RC_ASSERT(near<Real>(static_cast<Real>(of(births, area)), plain.births));
          dead += plain.deaths[0];
        }
        RC_ASSERT(near<Real>(static_cast<Real>(of(deaths, 0)), dead));
      }
    }
  });
}

TYPED_TEST(FastKernels, ASlabMayBeSteppedInPartsAndToAnotherPlace) {
  using Real = TypeParam;
  check([] {
    const Ages ages{5, 1, 3};
    const auto areas = *rc::gen::inRange<std::size_t>(1, 6);
    const auto in_slab = *rc::gen::inRange<std::size_t>(1, 12);
    const auto part = *rc::gen::inRange<std::size_t>(0, in_slab + 1);
    const auto age = *rc::gen::inRange<std::size_t>(0, ages.count);
    const double start = any_start();
    const auto rates = numbers<Real>(sexes * ages.count * areas, 0.0, 0.4, start);
    const auto factor = lines<Real>(in_slab, 0.5, 1.5, start + 0.4);
    const auto before = lines<Real>(areas * in_slab, 0.0, 500.0, start + 0.7);
    const auto others = lines<Real>(areas * in_slab, 0.0, 500.0, start + 0.8);
    for (const Kernels<Real>& kernel : implementations<Real>()) {
      const auto stepped = [&](std::size_t split, bool elsewhere) {
        NationSlab<Real> slab = slab_of<Real>(ages, {areas, rates, rates, rates, rates}, 0, age);
        auto people = before;
        auto there = others;
        std::vector<Line<Real>> births(areas * in_slab);
        std::vector<Line<Real>> deaths(in_slab);
        slab.lines = in_slab;
        slab.factor = factor;
        slab.from = people;
        slab.to = elsewhere || slab.join ? there : people;
        slab.births = births;
        slab.deaths = deaths;
        kernel.year_of_slab(slab, 0, split);
        kernel.year_of_slab(slab, split, in_slab);
        std::vector<Line<Real>> all(slab.to.begin(), slab.to.end());
        all.insert(all.end(), births.begin(), births.end());
        all.insert(all.end(), deaths.begin(), deaths.end());
        return all;
      };
      RC_ASSERT(same_bits<Real>(stepped(part, true), stepped(0, false)));
    }
  });
}

/// How far apart two numbers are, in units of the last digit of the second.
template <class Real>
double units(Real found, long double exact) {
  const Real nearest = static_cast<Real>(exact);
  const Real unit = std::nextafter(nearest, std::numeric_limits<Real>::infinity()) - nearest;
  return static_cast<double>(std::abs(static_cast<long double>(found) - exact) /
                             static_cast<long double>(unit));
}

TYPED_TEST(FastKernels, TheExponentialIsOffByLessThanTheLastDigitAndAlikeEverywhere) {
  using Real = TypeParam;
  const Real far = sizeof(Real) == 8 ? Real(708) : Real(87);
  std::vector<Real> x = numbers<Real>(200001, -far, far, 0.0);
  const auto small = numbers<Real>(200001, -1.0, 1.0, 0.0);
  x.insert(x.end(), small.begin(), small.end());
  std::vector<Real> plain(x.size());
  implementations<Real>().front().exponentials(x, plain);
  double most = 0.0;
  for (std::size_t at = 0; at < x.size(); ++at) {
    most = std::max(most, units(plain[at], std::exp(static_cast<long double>(x[at]))));
  }
  EXPECT_LT(most, 1.0);
  for (const Kernels<Real>& kernel : implementations<Real>()) {
    std::vector<Real> y(x.size());
    kernel.exponentials(x, y);
    EXPECT_EQ(y, plain) << kernel.processor;
  }
}

TYPED_TEST(FastKernels, TheExponentialSaysWhereItEnds) {
  using Real = TypeParam;
  constexpr Real infinity = std::numeric_limits<Real>::infinity();
  const std::vector<Real> x{-infinity, Real(-1e4), Real(0),
                            Real(1e4), infinity,   std::numeric_limits<Real>::quiet_NaN()};
  for (const Kernels<Real>& kernel : implementations<Real>()) {
    std::vector<Real> y(x.size());
    kernel.exponentials(x, y);
    EXPECT_EQ(y[0], Real(0));
    EXPECT_EQ(y[1], Real(0));
    EXPECT_EQ(y[2], Real(1));
    EXPECT_EQ(y[3], infinity);
    EXPECT_EQ(y[4], infinity);
    EXPECT_TRUE(std::isnan(y[5])) << kernel.processor;
  }
}

TYPED_TEST(FastKernels, TheMeasuresReckonWhatTheySay) {
  using Real = TypeParam;
  const auto b = numbers<Real>(4 * lanes<Real>, 0.0, 1.0, 0.0);
  const auto c = numbers<Real>(4 * lanes<Real>, 0.0, 1.0, 0.5);
  for (const Kernels<Real>& kernel : implementations<Real>()) {
    std::vector<Real> a(b.size());
    kernel.triad(a, b, c, Real(3));
    for (std::size_t at = 0; at < a.size(); ++at) EXPECT_EQ(a[at], b[at] + c[at] * Real(3));
    EXPECT_GT(kernel.products_and_sums(10), Real(0)) << kernel.processor;
  }
}

/// Values that some kind of order or spread may make hard to search.
template <class Real>
std::vector<Real> hard_values(int kind, std::size_t count, double start) {
  constexpr Real huge = std::numeric_limits<Real>::max();
  constexpr Real tiny = std::numeric_limits<Real>::denorm_min();
  std::vector<Real> values = numbers<Real>(count, -1.0, 1.0, start);
  for (std::size_t at = 0; at < count; ++at) {
    const Real x = values[at];
    switch (kind) {
      case 0:
        break;
      case 1:
        values[at] = Real(3);
        break;
      case 2:
        values[at] = std::round(x * Real(2));
        break;
      case 3:
        values[at] = x < Real(0) ? Real(0) : -Real(0);
        break;
      case 4:
        values[at] = std::exp(Real(40) * x);
        break;
      case 5:
        values[at] = x * huge;
        break;
      case 6:
        values[at] = std::round(x * Real(50)) * tiny;
        break;
      case 7:
        values[at] = at % 7 == 0 ? huge : Real(1) + std::round(x * Real(99)) / Real(1000);
        break;
      case 8:
        values[at] = static_cast<Real>(at);
        break;
      default:
        values[at] = static_cast<Real>(std::min(at, count - at));
        break;
    }
  }
  return values;
}

TYPED_TEST(FastKernels, NeighboursAreThoseOfTheSortedValues) {
  using Real = TypeParam;
  check([] {
    const auto kind = *rc::gen::inRange(0, 10);
    const auto count = *rc::gen::element<std::size_t>(2, 3, 15, 16, 17, 33, 64, 257, 1000, 1500);
    const auto rank = *rc::gen::oneOf(rc::gen::inRange<std::size_t>(0, count - 1),
                                      rc::gen::element<std::size_t>(0, count - 2));
    const std::vector<Real> values = hard_values<Real>(kind, count, any_start());
    std::vector<Real> sorted = values;
    std::sort(sorted.begin(), sorted.end());
    std::vector<Real> room(count + lanes<Real>);
    std::vector<Real> other_room(room.size());
    for (const OrderKernels<Real>& kernel : order_implementations<Real>()) {
      const auto found = neighbours(kernel, std::span<const Real>(values), rank, std::span(room),
                                    std::span(other_room));
      RC_ASSERT(found.at == sorted[rank]);
      RC_ASSERT(found.next == sorted[rank + 1]);
      const Range<Real> all = kernel.range(values);
      RC_ASSERT(all.least == sorted.front());
      RC_ASSERT(all.most == sorted.back());
    }
  });
}

TYPED_TEST(FastKernels, ARangeIsPackedInItsOrder) {
  using Real = TypeParam;
  check([] {
    const auto kind = *rc::gen::inRange(0, 10);
    const auto count = *rc::gen::inRange<std::size_t>(1, 200);
    const std::vector<Real> values = hard_values<Real>(kind, count, any_start());
    const Real one = values[*rc::gen::inRange<std::size_t>(0, count)];
    const Real other = values[*rc::gen::inRange<std::size_t>(0, count)];
    const Range<Real> range{std::min(one, other), std::max(one, other)};
    std::vector<Real> inside;
    std::size_t below = 0;
    for (const Real value : values) {
      if (value < range.least) ++below;
      if (value >= range.least && value <= range.most) inside.push_back(value);
    }
    for (const OrderKernels<Real>& kernel : order_implementations<Real>()) {
      std::vector<Real> room(count + lanes<Real>);
      const Packed packed = kernel.pack(values, range, room);
      room.resize(packed.inside);
      RC_ASSERT(room == inside);
      RC_ASSERT(packed.below == below);
    }
  });
}

TYPED_TEST(FastKernels, WhatLiesInAnyRangePassesASieve) {
  using Real = TypeParam;
  check([] {
    const auto kind = *rc::gen::inRange(0, 10);
    const auto count = *rc::gen::inRange<std::size_t>(1, 200);
    const std::vector<Real> values = hard_values<Real>(kind, count, any_start());
    std::vector<Range<Real>> ranges(*rc::gen::inRange<std::size_t>(1, most_ranges + 1));
    for (Range<Real>& range : ranges) {
      const Real one = values[*rc::gen::inRange<std::size_t>(0, count)];
      const Real other = values[*rc::gen::inRange<std::size_t>(0, count)];
      range = {std::min(one, other), std::max(one, other)};
    }
    for (const OrderKernels<Real>& kernel : order_implementations<Real>()) {
      std::vector<Real> passed(count + lanes<Real>);
      const Sifted sifted = kernel.sift(values, ranges, passed);
      passed.resize(sifted.passed);
      for (std::size_t at = 0; at < ranges.size(); ++at) {
        std::vector<Real> room(count + lanes<Real>);
        std::vector<Real> other_room(count + lanes<Real>);
        const Packed of_all = kernel.pack(values, ranges[at], room);
        const Packed of_passed = kernel.pack(passed, ranges[at], other_room);
        RC_ASSERT(sifted.below[at] == of_all.below);
        room.resize(of_all.inside);
        other_room.resize(of_passed.inside);
        RC_ASSERT(room == other_room);
      }
    }
  });
}

TYPED_TEST(FastKernels, TheSpreadTellsWhetherAllIsFinite) {
  using Real = TypeParam;
  for (std::size_t count = 1; count < 70; ++count) {
    std::vector<Real> values = numbers<Real>(count, 5.0, 6.0, 0.0);
    double mean = 0.0;
    for (const Real value : values) mean += static_cast<double>(value) / static_cast<double>(count);
    for (const OrderKernels<Real>& kernel : order_implementations<Real>()) {
      const Spread<Real> spread = kernel.spread(values);
      EXPECT_TRUE(spread.finite);
      EXPECT_NEAR(static_cast<double>(spread.mean), mean, 1e-5);
      EXPECT_LT(spread.deviation, Real(0.6));
    }
    for (const Real broken :
         {std::numeric_limits<Real>::infinity(), -std::numeric_limits<Real>::infinity(),
          std::numeric_limits<Real>::quiet_NaN()}) {
      values[count * 2 / 3] = broken;
      for (const OrderKernels<Real>& kernel : order_implementations<Real>()) {
        EXPECT_FALSE(kernel.spread(values).finite) << kernel.processor << ' ' << count;
      }
    }
  }
}

TEST(FastPool, IsTheReferenceToTheLastBit) {
  check([] {
    const auto areas = *rc::gen::inRange<std::size_t>(1, 40);
    const auto draws = *rc::gen::inRange<std::size_t>(1, 40);
    const double start = any_start();
    const auto leavers = numbers<double>(areas * draws, 0.0, 50.0, start);
    const auto shares = numbers<double>(areas * areas, 0.0, 1.0, start + 0.1);
    const auto odds = numbers<double>(areas, 0.1, 3.0, start + 0.2);
    const auto sums = numbers<double>(areas, 0.5, 2.0, start + 0.3);
    const auto before = numbers<double>(areas * draws, 0.0, 50.0, start + 0.4);
    const reference::Odds chosen{odds, sums};
    auto by_shares = before;
    auto by_odds = before;
    reference::pool(leavers, shares, areas, by_shares);
    reference::pool(leavers, shares, chosen, by_odds);
    for (const PoolKernels& kernel : pool_implementations()) {
      auto arrivals = before;
      kernel.by_shares(leavers, shares, areas, arrivals);
      RC_ASSERT(arrivals == by_shares);
      arrivals = before;
      kernel.by_odds(leavers, shares, chosen, arrivals);
      RC_ASSERT(arrivals == by_odds);
    }
    auto arrivals = before;
    pool(leavers, shares, areas, arrivals);
    RC_ASSERT(arrivals == by_shares);
  });
}

TEST(FastSweeps, MoversOfCommonDestinationsArriveAsInTheReference) {
  check([] {
    const auto areas = *rc::gen::inRange<std::size_t>(1, 40);
    const auto draws = *rc::gen::inRange<std::size_t>(1, 40);
    const double start = any_start();
    const auto leavers = numbers<double>(areas * draws, 0.0, 50.0, start);
    const auto weights = numbers<double>(areas, 0.0, 1.0, start + 0.1);
    const auto parts = numbers<double>(areas, 0.5, 2.0, start + 0.2);
    const auto before = numbers<double>(areas * draws, 0.0, 50.0, start + 0.3);
    const reference::CommonShares shares{weights, parts};
    auto expected = before;
    reference::pool(leavers, shares, expected);
    std::vector<double> first;
    for (const SweepKernels& kernel : sweep_implementations()) {
      auto arrivals = before;
      kernel.pool(leavers, shares, arrivals);
      for (std::size_t at = 0; at < arrivals.size(); ++at) {
        RC_ASSERT(std::abs(arrivals[at] - expected[at]) <= 1e-13 * expected[at]);
      }
      if (first.empty()) first = arrivals;
      RC_ASSERT(arrivals == first);
    }
  });
}

/// A slab on its way through the first sweep.
struct Departed {
  explicit Departed(std::span<const double> people)
      : at_risk(people.size()),
        dying(at_risk),
        stayers(at_risk),
        deaths(at_risk),
        emigrants(at_risk),
        movers(at_risk) {}

  Departures slab(ConstSlab people) {
    return {people, at_risk, dying, stayers, deaths, emigrants, movers};
  }

  std::vector<double> at_risk, dying, stayers, deaths, emigrants, movers;
};

/// The first sweep by the reference kernels, one after the other.
Departed depart_plainly(const SlabRisks& risks, ConstSlab people) {
  const std::size_t draws = risks.national.size();
  Departed departed(people);
  departed.at_risk.assign(people.begin(), people.end());
  std::vector<double> emigrating(people.size());
  std::vector<double> moving(people.size());
  std::vector<double> leaving(people.size());
  for (std::size_t at = 0; at < people.size(); ++at) {
    const double e = risks.emigrating[at / draws];
    const double m = risks.moving[at / draws];
    const double odds = 1.0 + (risks.abroad[at] - 1.0) * e + (risks.domestic[at] - 1.0) * m;
    emigrating[at] = e * (risks.abroad[at] / odds);
    moving[at] = m * (risks.domestic[at] / odds);
    leaving[at] = emigrating[at] + moving[at];
    departed.dying[at] = risks.national[at % draws] * risks.own[at];
  }
  for (std::size_t area = 0; area < risks.dying.size(); ++area) {
    reference::under_force(risks.dying[area],
                           std::span(departed.dying).subspan(area * draws, draws));
  }
  const reference::Risks all{departed.dying, leaving, risks.exposure, risks.measure};
  std::vector<double> chance(people.size());
  departed.stayers = departed.at_risk;
  reference::chance_of_dying(all, chance);
  reference::part(people, chance, departed.deaths, departed.stayers);
  reference::chance_of_leaving(all, emigrating, chance);
  reference::part(people, chance, departed.emigrants, departed.stayers);
  reference::chance_of_leaving(all, moving, chance);
  reference::part(people, chance, departed.movers, departed.stayers);
  return departed;
}

TEST(FastSweeps, PeopleDepartAsInTheReferenceToTheLastBit) {
  check([] {
    const auto areas = *rc::gen::inRange<std::size_t>(1, 10);
    const auto draws = *rc::gen::inRange<std::size_t>(1, 40);
    const double start = any_start();
    const std::size_t cells = areas * draws;
    const auto people = numbers<double>(cells, 0.0, 500.0, start);
    // Some die surely, some by more than the series of the exponential reaches.
    auto dying = numbers<double>(areas, 0.0, 0.6, start + 0.1);
    dying.front() = 1.0;
    std::vector<double> log_survival(areas);
    std::transform(dying.begin(), dying.end(), log_survival.begin(),
                   [](double q) { return q < 1.0 ? std::log1p(-q) : 0.0; });
    const auto emigrating = numbers<double>(areas, 0.0, 0.1, start + 0.2);
    const auto moving = numbers<double>(areas, 0.0, 0.3, start + 0.3);
    const auto national = numbers<double>(draws, 0.5, 2.0, start + 0.4);
    const auto own = numbers<double>(cells, 0.5, 2.0, start + 0.5);
    const auto abroad = numbers<double>(cells, 0.5, 2.0, start + 0.6);
    const auto domestic = numbers<double>(cells, 0.5, 2.0, start + 0.7);
    SlabRisks risks;
    risks.dying = dying;
    risks.emigrating = emigrating;
    risks.moving = moving;
    risks.log_survival = log_survival;
    risks.national = national;
    risks.own = own;
    risks.greatest_force = 4.0;
    risks.abroad = abroad;
    risks.domestic = domestic;
    risks.measure =
        *rc::gen::element(reference::LeavingRates::independent, reference::LeavingRates::crude);
    const Departed expected = depart_plainly(risks, people);
    for (const SweepKernels& kernel : sweep_implementations()) {
      Departed departed(people);
      kernel.depart(risks, departed.slab(people));
      RC_ASSERT(departed.at_risk == expected.at_risk);
      RC_ASSERT(departed.dying == expected.dying);
      RC_ASSERT(departed.deaths == expected.deaths);
      RC_ASSERT(departed.emigrants == expected.emigrants);
      RC_ASSERT(departed.movers == expected.movers);
      RC_ASSERT(departed.stayers == expected.stayers);
    }
  });
}

TEST(FastSweeps, AnAccountThatIsOffInOneCellDoesNotBalance) {
  constexpr std::size_t draws = 19;
  const std::vector<double> hundred(2 * draws, 100.0);
  const std::vector<double> one(2 * draws, 1.0);
  for (const SweepKernels& kernel : sweep_implementations()) {
    const auto balances_with = [&](std::size_t at, double more, double more_in) {
      std::vector<double> persons(2 * draws, 99.0);  // 100 - 1 + 1 - 1 + 1 - 1
      std::vector<double> in = one;
      persons[at] += more;
      in[at] += more_in;
      return kernel.balances({hundred, {}, persons, one, in, one, one, one, draws}, 1e-9);
    };
    EXPECT_TRUE(balances_with(0, 0.0, 0.0));
    for (const std::size_t at : {std::size_t{0}, std::size_t{18}, std::size_t{37}}) {
      EXPECT_TRUE(balances_with(at, 1e-8, 0.0));
      EXPECT_FALSE(balances_with(at, 1e-6, 0.0));
      EXPECT_FALSE(balances_with(at, 1e-6, 1e-6));  // one more arrived than left
      EXPECT_FALSE(balances_with(at, std::numeric_limits<double>::quiet_NaN(), 0.0));
    }
  }
}

}  // namespace
}  // namespace kohort::kernels::fast
