// Samplers for a row of draws against those of a single stream, which are held to the published
// distributions: whatever is drawn together must be what each draw has alone, to the last bit.
#include "engine/random/rows.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "engine/random/binomial.hpp"
#include "engine/random/philox_many.hpp"
#include "engine/random/poisson.hpp"
#include "tests/random/sample.hpp"
#include "tests/support/expect_error.hpp"

namespace kohort {
namespace {

/// The row of which `test::stream_of_draw(first)` is the first stream.
StreamRow row_of(std::size_t first, std::size_t count) {
  return {StreamKey(20240229, "1880"),
          {Draw(first), Year(2030), Sex(1), CohortRow(47), Group(0), Event(1, 2)},
          count};
}

RowNumbers row_numbers(const std::vector<double>& numbers) {
  RowNumbers row{};
  std::copy(numbers.begin(), numbers.end(), row.begin());
  return row;
}

RowNumbers binomials(const StreamRow& streams, const std::vector<double>& trials,
                     const std::vector<double>& probabilities) {
  RowNumbers counts;
  sample_binomials(streams, row_numbers(trials), row_numbers(probabilities), counts);
  return counts;
}

RowNumbers poissons(const StreamRow& streams, const std::vector<double>& means) {
  RowNumbers counts;
  sample_poissons(streams, row_numbers(means), counts);
  return counts;
}

/// Numbers over many orders of magnitude, 0 among them.
double wide(double least, double most) {
  const double share = *rc::gen::inRange(0, 1001) / 1000.0;
  return share == 0.0 ? 0.0 : least * std::pow(most / least, share);
}

RC_GTEST_PROP(PhiloxOfManyCounters, IsThatOfEach, ()) {
  const auto size = *rc::gen::inRange<std::size_t>(0, 70);
  const auto first =
      *rc::gen::container<std::vector<std::uint32_t>>(size, rc::gen::arbitrary<std::uint32_t>());
  const auto second =
      *rc::gen::container<std::vector<std::uint32_t>>(size, rc::gen::arbitrary<std::uint32_t>());
  const PhiloxKey key{*rc::gen::arbitrary<std::uint32_t>(), *rc::gen::arbitrary<std::uint32_t>()};
  const PhiloxCounters counters{first, second, *rc::gen::arbitrary<std::uint32_t>(),
                                *rc::gen::arbitrary<std::uint32_t>()};
  for (const PhiloxMakers& makers : philox_implementations()) {
    std::vector<PhiloxBlock> blocks(size);
    makers.of_counters(counters, key, blocks);
    for (std::size_t at = 0; at < size; ++at) {
      RC_ASSERT(blocks[at] == philox4x32(counters[at], key));
    }
  }
}

RC_GTEST_PROP(Philox, IsForRowsWhatItIsForEachOfTheirCounters, ()) {
  const auto size = *rc::gen::inRange<std::size_t>(0, 50);
  const auto word = rc::gen::arbitrary<std::uint32_t>();
  const PhiloxBlock first{*word, *word, *word, *word};
  const std::uint32_t fourth = *word;
  const PhiloxKey key{*word, *word};
  const bool both = *rc::gen::arbitrary<bool>();
  for (const PhiloxMakers& makers : philox_implementations()) {
    std::array<std::vector<double>, 2> rows{std::vector<double>(size),
                                            std::vector<double>(both ? size : 0)};
    makers.of_rows({first, fourth}, key, {rows[0], rows[1]});
    for (std::uint32_t row = 0; row < 2; ++row) {
      for (std::uint32_t at = 0; at < rows[row].size(); ++at) {
        const PhiloxBlock block =
            philox4x32({first[0], first[1] + at, first[2], fourth + row}, key);
        RC_ASSERT(rows[row][at] == uniform_of(block[0] | std::uint64_t{block[1]} << 32U));
      }
    }
  }
}

TEST(StreamRow, BeginsWithTheFirstUniformOfEachStream) {
  const auto uniforms = row_of(5, 16).uniforms();
  for (std::size_t at = 0; at < 16; ++at) {
    EXPECT_EQ(uniforms[at], test::stream_of_draw(5 + at).uniform());
    EXPECT_EQ(uniforms[at], row_of(5, 16)[at].uniform());
    EXPECT_EQ(row_of(5, 16).uniforms(9)[at], test::stream_of_draw(5 + at).lane(9).uniform());
    EXPECT_EQ(row_of(5, 16).lane(3).uniforms()[at], row_of(5, 16).uniforms(3)[at]);
  }
}

TEST(StreamRow, GivesTheUniformsOfTwoLanesAtOnce) {
  const StreamRow row = row_of(5, 16);
  EXPECT_EQ(row.uniforms_of_two_lanes(6)[0], row.uniforms(6));
  EXPECT_EQ(row.uniforms_of_two_lanes(6)[1], row.uniforms(7));
}

TEST(StreamRow, GivesTheBlocksOfItsStreams) {
  const std::vector<std::uint32_t> numbers{0, 1, 7};
  const std::vector<std::uint32_t> draws{2, 0, 15};
  std::vector<PhiloxBlock> blocks(3);
  row_of(40, 16).lane(3).blocks(numbers, draws, blocks);
  for (std::size_t at = 0; at < blocks.size(); ++at) {
    Stream stream = test::stream_of_draw(40 + draws[at]).lane(3);
    for (std::uint32_t word = 0; word < 4 * numbers[at]; ++word) stream.next32();
    for (const std::uint32_t word : blocks[at]) EXPECT_EQ(word, stream.next32());
  }
}

RC_GTEST_PROP(Rows, OfBinomialsAreWhatEachDrawHasAlone, ()) {
  const auto count = *rc::gen::inRange<std::size_t>(1, 17);
  const auto first = *rc::gen::inRange<std::size_t>(0, 1'000'000);
  std::vector<double> trials;
  std::vector<double> probabilities;
  for (std::size_t draw = 0; draw < count; ++draw) {
    trials.push_back(std::floor(wide(0.5, 3e4)));
    const double p = wide(1e-6, 1.0);
    probabilities.push_back(*rc::gen::arbitrary<bool>() ? p : 1.0 - p);
  }
  const auto counts = binomials(row_of(first, count), trials, probabilities);
  for (std::size_t draw = 0; draw < count; ++draw) {
    Stream stream = test::stream_of_draw(first + draw);
    RC_ASSERT(counts[draw] ==
              static_cast<double>(sample_binomial(stream, static_cast<std::int64_t>(trials[draw]),
                                                  probabilities[draw])));
  }
}

RC_GTEST_PROP(Rows, OfPoissonsAreWhatEachDrawHasAlone, ()) {
  const auto count = *rc::gen::inRange<std::size_t>(1, 17);
  const auto first = *rc::gen::inRange<std::size_t>(0, 1'000'000);
  std::vector<double> means;
  for (std::size_t draw = 0; draw < count; ++draw) means.push_back(wide(1e-6, 1e4));
  const auto counts = poissons(row_of(first, count), means);
  for (std::size_t draw = 0; draw < count; ++draw) {
    Stream stream = test::stream_of_draw(first + draw);
    RC_ASSERT(counts[draw] == static_cast<double>(sample_poisson(stream, means[draw])));
  }
}

/// Numbers for each lane of a row, of which some are the same, as beyond its end.
template <class Make>
RowNumbers each_lane(const Make& make) {
  RowNumbers row{};
  const auto count = *rc::gen::inRange<std::size_t>(1, 17);
  for (std::size_t lane = 0; lane < count; ++lane) row[lane] = make();
  return row;
}

/// What one implementation makes of a row.
struct Made {
  std::vector<bool> valid, any_large;
  std::vector<RowNumbers> numbers;

  void add(const CountedRow& row, const std::vector<RowNumbers>& made) {
    valid.push_back(row.valid);
    any_large.push_back(row.any_large);
    if (row.valid) numbers.insert(numbers.end(), made.begin(), made.end());
  }
  friend bool operator==(const Made&, const Made&) = default;
};

// Also with many trials, uniforms at both ends, and what is no distribution.
RC_GTEST_PROP(Lanes, AreTheSameOnEachKindOfProcessor, ()) {
  const auto trials = each_lane([] { return std::floor(wide(0.5, 1e6)); });
  const double most = *rc::gen::element(0.5, 1.0, 1.0, 1.5);
  const auto chances = each_lane([&] { return wide(1e-6, most); });
  const auto means = each_lane([] { return wide(1e-6, 100.0); });
  const auto uniforms = each_lane([] {
    const auto bits = *rc::gen::arbitrary<std::uint64_t>();
    return uniform_of(*rc::gen::element(bits, bits, std::uint64_t{0}, ~std::uint64_t{0}));
  });
  const auto made_by = [&](const LaneMakers& makers) {
    Made made;
    RowNumbers counts{};
    CountedRow row = makers.binomials(trials, chances, uniforms, counts);
    made.add(row, {counts});
    row = makers.poissons(means, uniforms, counts);
    made.add(row, {counts});
    PartedRow parted{trials, {}, {}, {}};
    parted.ahead.fill(1.0);
    for (int way = 0; way < 2; ++way) {
      row = makers.leave(chances, uniforms, parted);
      made.add(row, {parted.stayers, parted.ahead, parted.share, parted.leavers});
      if (!row.valid) break;
    }
    return made;
  };
  for (const LaneMakers& makers : lane_implementations()) {
    RC_ASSERT(made_by(makers) == made_by(lane_implementations().front()));
  }
}

// Both kinds of lanes in one row: inversion with few and with many trials, and rejection.
TEST(Rows, MixInversionAndRejection) {
  const std::vector<double> trials{3.0, 5000.0, 5000.0, 0.0, 40.0, 7.0};
  const std::vector<double> probabilities{0.2, 0.002, 0.3, 0.5, 0.9, 1.0};
  const auto counts = binomials(row_of(0, 6), trials, probabilities);
  for (std::size_t draw = 0; draw < 6; ++draw) {
    Stream stream = test::stream_of_draw(draw);
    EXPECT_EQ(counts[draw], sample_binomial(stream, static_cast<std::int64_t>(trials[draw]),
                                            probabilities[draw]));
  }
}

/// Leavers of the ways with these chances for each of many draws with as many persons, and stayers.
std::vector<test::Frequencies> leavers_and_stayers(double persons,
                                                   const std::vector<double>& chances) {
  std::vector<test::Frequencies> found;
  for (std::size_t part = 0; part <= chances.size(); ++part) {
    found.emplace_back(100'000, [&, part](const Stream& stream) {
      LeaverRow row(row_of(stream.counter()[1], 1), row_numbers({persons}));
      for (std::size_t way = 0; way < chances.size(); ++way) {
        const double leavers = row.leave(row_numbers({chances[way]}))[0];
        if (way == part) return leavers;
      }
      return row.stayers()[0];
    });
  }
  return found;
}

// Each part of a multinomial number is binomial, and so is the sum of two.
TEST(LeaverRow, GivesEachWayItsBinomialShare) {
  const std::vector<double> chances{0.01, 0.3, 0.05};
  const auto found = leavers_and_stayers(60.0, chances);
  for (std::size_t way = 0; way < chances.size(); ++way) {
    test::expect_distribution(
        found[way], [&](double k) { return test::binomial_probability(60.0, chances[way], k); });
  }
  test::expect_distribution(found[3],
                            [](double k) { return test::binomial_probability(60.0, 0.64, k); });
}

RC_GTEST_PROP(LeaverRow, LosesNobody, ()) {
  const auto count = *rc::gen::inRange<std::size_t>(1, 17);
  std::vector<double> persons;
  for (std::size_t draw = 0; draw < count; ++draw) persons.push_back(std::floor(wide(0.5, 1e5)));
  LeaverRow row(row_of(0, count), row_numbers(persons));
  RowNumbers sum{};
  for (const double chance : {0.2, 0.0, 0.5, 0.3}) {
    const RowNumbers leavers = row.leave(row_numbers(std::vector<double>(count, chance)));
    for (std::size_t draw = 0; draw < count; ++draw) sum[draw] += leavers[draw];
  }
  RC_ASSERT(sum == row_numbers(persons));  // the chances sum to 1: nobody stays
  RC_ASSERT(row.stayers() == RowNumbers{});
}

/// How often another chance of the first way changes how many leave by the second.
TEST(LeaverRow, KeepsTheUniformsOfOtherWays) {
  std::size_t changed = 0;
  for (std::size_t draw = 0; draw < 1000; ++draw) {
    LeaverRow one(row_of(draw, 1), row_numbers({500.0}));
    LeaverRow other = one;
    one.leave(row_numbers({0.010}));
    other.leave(row_numbers({0.011}));
    if (one.leave(row_numbers({0.01})) != other.leave(row_numbers({0.01}))) ++changed;
  }
  EXPECT_LT(changed, 20U);
}

// Two by two, the last alone, and more than were expected.
TEST(LeaverRow, HasTheSameNumbersHoweverManyWaysAreExpected) {
  std::vector<LeaverRow> rows;
  for (const std::size_t ways : {1U, 2U, 3U, 5U}) {
    rows.emplace_back(row_of(7, 16), row_numbers(std::vector<double>(16, 90.0)), ways);
  }
  for (int way = 0; way < 5; ++way) {
    const RowNumbers chance = row_numbers(std::vector<double>(16, 0.1));
    const RowNumbers leavers = rows[0].leave(chance);
    for (std::size_t other = 1; other < rows.size(); ++other) {
      EXPECT_EQ(rows[other].leave(chance), leavers);
    }
  }
}

// The number of a way is the binomial of its lane, out of those who are left.
TEST(LeaverRow, TakesTheNumbersOfItsLanes) {
  for (const double persons : {20.0, 5000.0}) {  // by inversion and by rejection
    LeaverRow row(row_of(3, 16), row_numbers(std::vector<double>(16, persons)), 2);
    RowNumbers left = row.stayers();
    for (std::uint16_t way = 0; way < 2; ++way) {
      const RowNumbers leavers = row.leave(row_numbers(std::vector<double>(16, 0.25)));
      const double share = way == 0 ? 0.25 : 0.25 / 0.75;
      for (std::size_t draw = 0; draw < 16; ++draw) {
        Stream stream = test::stream_of_draw(3 + draw).lane(way);
        EXPECT_EQ(leavers[draw], static_cast<double>(sample_binomial(
                                     stream, static_cast<std::int64_t>(left[draw]), share)));
        left[draw] -= leavers[draw];
      }
    }
    EXPECT_EQ(row.stayers(), left);
  }
}

TEST(LeaverRow, RefusesMoreThanEverybody) {
  LeaverRow row(row_of(0, 1), row_numbers({10.0}));
  row.leave(row_numbers({0.7}));
  EXPECT_HAS(test::error_of(Fault::model, [&] { row.leave(row_numbers({0.4})); }), "1.1");
}

TEST(Rows, RefuseWhatIsNoDistribution) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const StreamRow streams = row_of(0, 2);
  const auto error = [](const auto& draw) { return test::error_of(Fault::model, draw); };
  EXPECT_HAS(error([&] { binomials(streams, {5.0, 5.0}, {0.5, 1.5}); }), "1.5");
  EXPECT_HAS(error([&] { binomials(streams, {5.0, 5.0}, {0.5, nan}); }), "nan");
  EXPECT_HAS(error([&] { binomials(streams, {5.0, 2.5}, {0.5, 0.5}); }), "2.5");
  EXPECT_HAS(error([&] { poissons(streams, {1.0, -0.5}); }), "-0.5");
  EXPECT_HAS(error([&] { poissons(streams, {1.0, nan}); }), "nan");
}

}  // namespace
}  // namespace kohort
