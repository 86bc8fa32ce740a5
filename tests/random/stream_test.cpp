#include "engine/random/stream.hpp"

#include <cmath>
#include <functional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/random/sample.hpp"
#include "tests/support/expect_error.hpp"

namespace kohort {
namespace {

using Bits = std::pair<std::uint64_t, std::uint64_t>;

Bits first_bits(Stream stream) {
  const std::uint64_t first = stream.next64();
  return {first, stream.next64()};
}

Site some_site() { return {Draw(11), Year(2031), Sex(1), CohortRow(64), Group(3), Event(2, 5)}; }

// FNV-1a of "a" as its authors publish it, and the first number of SplitMix64 from the seed 0.
TEST(AreaHash, IsMadeOfPublishedParts) {
  EXPECT_EQ(area_hash("a"), mix64(0xAF63DC4C8601EC8CU));
  EXPECT_EQ(mix64(0x9E3779B97F4A7C15U), 0xE220A8397B1DCDAFU);
}

TEST(AreaHash, TellsAllCodesOfFourDigitsApart) {
  std::set<std::uint64_t> hashes;
  for (int code = 0; code < 10'000; ++code) {
    const std::string digits = std::to_string(10'000 + code).substr(1);
    hashes.insert(area_hash(digits));
  }
  EXPECT_EQ(hashes.size(), 10'000U);
}

// Written down once: any change of key, layout or order of the words changes every stochastic
// result.
TEST(Stream, GivesTheNumbersItAlwaysGave) {
  Stream first(StreamKey(1, "1880"), some_site());
  EXPECT_EQ(first.next64(), 0x5A24F3D8B14CE1E4U);
  EXPECT_EQ(first.next32(), 0xBA78D8ABU);
  Stream national(StreamKey(42, ""), {Draw(0), Year(2025), {}, {}, {}, Event(1, 1)});
  EXPECT_EQ(national.next64(), 0x8AB900FB2560DAD1U);
  EXPECT_EQ(national.lane(3).next64(), 0xE5A4D72B2BD270BBU);
  Stream last(StreamKey(~0ULL, "0114"), {Draw(SiteLimits::draws - 1), Year(4095), Sex(3),
                                         CohortRow(511), Group(511), Event(255, 255)});
  EXPECT_EQ(last.uniform(), 0x1.7ed64c9fab132p-2);
}

// The documented layout, word by word.
TEST(Stream, IsPhiloxOfTheDocumentedCounter) {
  const std::uint64_t key = mix64(9) ^ area_hash("0180");
  const PhiloxBlock counter{0, 11, 2031U << 20U | 1U << 18U | 64U << 9U | 3U, 0x02050007U};
  const PhiloxBlock block = philox4x32(
      counter, {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32U)});
  Stream stream = Stream(StreamKey(9, "0180"), some_site()).lane(7);
  for (const std::uint32_t word : block) EXPECT_EQ(stream.next32(), word);
}

TEST(Stream, CanBeMadeByTheCompiler) {
  constexpr double uniform = Stream(StreamKey(1, "1880"), Site{}).uniform();
  static_assert(uniform > 0.0 && uniform < 1.0);
  EXPECT_EQ(uniform, Stream(StreamKey(1, "1880"), Site{}).uniform());
}

TEST(Stream, GivesOddMultiplesOfTwoToTheMinus53) {
  Stream stream = test::stream_of_draw(0);
  for (int at = 0; at < 100'000; ++at) {
    const double uniform = stream.uniform();
    ASSERT_EQ(std::fmod(uniform * 0x1p53, 2.0), 1.0);
    ASSERT_LT(uniform, 1.0);
  }
}

/// A site that differs from `site` in the one field that `field` names.
Site changed(Site site, int field, std::size_t by) {
  const auto turned = [by](std::size_t position, std::size_t count) {
    return (position + 1 + by % (count - 1)) % count;
  };
  if (field == 0) site.draw = Draw(turned(site.draw.position(), SiteLimits::draws));
  if (field == 1) {
    const auto year = static_cast<std::size_t>(site.year.value());
    site.year = Year(static_cast<int>(turned(year, SiteLimits::years)));
  }
  if (field == 2) site.sex = Sex(turned(site.sex.position(), SiteLimits::sexes));
  if (field == 3) site.row = CohortRow(turned(site.row.position(), SiteLimits::rows));
  if (field == 4) site.group = Group(turned(site.group.position(), SiteLimits::groups));
  if (field >= 5) {
    const auto code = site.event.code() ^ (1U << (by % 8U + (field == 5 ? 8U : 0U)));
    site.event = Event(static_cast<std::uint8_t>(code >> 8U), static_cast<std::uint8_t>(code));
  }
  return site;
}

RC_GTEST_PROP(Stream, DiffersWhereOneFieldDiffers, ()) {
  const auto position = [](std::size_t count) { return *rc::gen::inRange<std::size_t>(0, count); };
  const Site site{Draw(position(SiteLimits::draws)),
                  Year(static_cast<int>(position(SiteLimits::years))),
                  Sex(position(SiteLimits::sexes)),
                  CohortRow(position(SiteLimits::rows)),
                  Group(position(SiteLimits::groups)),
                  Event(*rc::gen::arbitrary<std::uint8_t>(), *rc::gen::arbitrary<std::uint8_t>())};
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  const StreamKey key(seed, "1880");
  const Site other = changed(site, *rc::gen::inRange(0, 7), *rc::gen::arbitrary<std::size_t>());
  RC_ASSERT(first_bits(Stream(key, site)) != first_bits(Stream(key, other)));
  RC_ASSERT(first_bits(Stream(key, site)) == first_bits(Stream(StreamKey(seed, "1880"), site)));
  RC_ASSERT(first_bits(Stream(key, site)) != first_bits(Stream(StreamKey(seed, "1881"), site)));
  RC_ASSERT(first_bits(Stream(key, site)) != first_bits(Stream(StreamKey(seed + 1, "1880"), site)));
}

RC_GTEST_PROP(Stream, BeginsEveryLaneAnewWhereverItStands, ()) {
  const auto lane = *rc::gen::inRange<std::uint16_t>(1, 65535);
  Stream stream(StreamKey(5, "18"), some_site());
  const Bits fresh = first_bits(stream.lane(lane));
  for (int at = *rc::gen::inRange(0, 20); at > 0; --at) stream.next32();
  RC_ASSERT(first_bits(stream.lane(lane)) == fresh);
  RC_ASSERT(fresh != first_bits(stream.lane(0)));
  RC_ASSERT(first_bits(stream.lane(0)) == first_bits(Stream(StreamKey(5, "18"), some_site())));
}

/// The correlation of the uniforms that two ways of making the stream `at` give.
double correlation(const std::function<Stream(std::size_t)>& one,
                   const std::function<Stream(std::size_t)>& other, std::size_t pairs) {
  double sum = 0.0;
  for (std::size_t at = 0; at < pairs; ++at) {
    sum += (one(at).uniform() - 0.5) * (other(at).uniform() - 0.5);
  }
  return 12.0 * sum / static_cast<double>(pairs);
}

// For independent uniforms the standard error is 1 / sqrt(pairs).
TEST(Stream, IsUncorrelatedWithItsNeighbours) {
  constexpr std::size_t pairs = 200'000;
  const StreamKey key(2024, "1880");
  const auto of = [&](std::size_t at) {
    Site site = some_site();
    site.draw = Draw(at);
    return Stream(key, site);
  };
  const auto neighbour = [&](int field) {
    return [=](std::size_t at) {
      Site site = some_site();
      site.draw = Draw(at);
      return Stream(key, changed(site, field, 0));
    };
  };
  const double bound = 4.0 / std::sqrt(static_cast<double>(pairs));
  for (int field = 0; field < 7; ++field) {
    EXPECT_NEAR(correlation(of, neighbour(field), pairs), 0.0, bound) << "field " << field;
  }
  const auto with_key = [](const StreamKey& other) {
    return [=](std::size_t at) {
      Site site = some_site();
      site.draw = Draw(at);
      return Stream(other, site);
    };
  };
  EXPECT_NEAR(correlation(of, with_key(StreamKey(2024, "1881")), pairs), 0.0, bound);
  EXPECT_NEAR(correlation(of, with_key(StreamKey(2025, "1880")), pairs), 0.0, bound);
  const auto lane = [&](std::size_t at) { return of(at).lane(1); };
  EXPECT_NEAR(correlation(of, lane, pairs), 0.0, bound);
}

// The first byte of every stream, over draws, ages and areas: 256 cells, each as likely.
TEST(Stream, HasUniformFirstBytesOverCells) {
  const std::vector<StreamKey> keys{StreamKey(7, "1860"), StreamKey(7, "1861"),
                                    StreamKey(7, "1862"), StreamKey(7, "1863")};
  std::size_t at = 0;
  const test::Frequencies bytes(400'000, [&](const Stream&) {
    const Site site{Draw(at / 400),          Year(2030), Sex(0),
                    CohortRow(at / 4 % 100), Group(0),   Event(1, 1)};
    return Stream(keys[at++ % 4], site).next32() >> 24U;
  });
  test::expect_distribution(bytes, [](double) { return 1.0 / 256.0; });
}

TEST(Stream, GivesTheSameOnAnyThreadAndInAnyOrder) {
  constexpr std::size_t count = 4000;
  std::vector<double> forwards(count);
  for (std::size_t at = 0; at < count; ++at) forwards[at] = test::stream_of_draw(at).uniform();
  std::vector<double> threaded(count);
  std::vector<std::thread> threads;
  for (std::size_t worker = 0; worker < 4; ++worker) {
    threads.emplace_back([&threaded, worker] {
      for (std::size_t at = count; at-- > 0;) {
        if (at % 4 == worker) threaded[at] = test::stream_of_draw(at).uniform();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(threaded, forwards);
}

TEST(SiteExtents, ThatFitAreAccepted) {
  EXPECT_NO_THROW(require_sites_fit({SiteLimits::draws, Year(4095), 4, 512, 512}));
}

TEST(SiteExtents, ThatDoNotFitAreAllNamed) {
  const std::string text = test::error_of(Fault::scenario, [] {
    require_sites_fit({SiteLimits::draws + 1, Year(4096), 5, 513, 514});
  });
  for (const char* part :
       {"4294967297 draws", "4096", "5 sexes", "513 rows of age", "514 groups"}) {
    EXPECT_HAS(text, part);
  }
}

}  // namespace
}  // namespace kohort
