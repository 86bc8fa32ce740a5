// Where random numbers come from: every one is a pure function of
//
//     seed, area code, year, sex, age row, group, event, lane, draw, place in the stream
//
// and of nothing else: not of the thread, the block of draws, the position of the area in a list,
// or what was drawn before. So a run gives the same bits on any number of threads, one draw run
// alone equals that draw inside an ensemble, and a municipality has the same luck whichever other
// areas the scenario names and in whatever order (hence the *code* of the area in the key, not its
// position).
//
// Common random numbers. Two scenarios with one seed meet the same numbers wherever they ask for
// the same thing, so that their difference shows the scenarios and not the luck (Law 2015,
// Simulation Modeling and Analysis, 5th ed., section 11.2). This holds only as long as what one
// cell uses up cannot shift the numbers of another: hence a stream for every cell and event, which
// starts anew, and inside it a *lane* for every category of a multinomial, since a binomial by
// rejection takes a number of uniforms that depends on its arguments.
//
// Layout. The key and the counter of Philox4x32-10, most significant bits first:
//
//     key        64  mix64(seed) xor area_hash(code)
//     counter 0  32  number of the block within the stream
//     counter 1  32  draw
//     counter 2  32  year (12), sex (2), age row (9), group (9)
//     counter 3  32  event: model (8), number (8); lane (16)
//
// Under one key no two sites share a counter, and Philox is a bijection of the counter, so two
// streams of one area never meet. Streams of different areas have different keys unless their
// hashes collide (see area_hash.hpp). The layout is part of what makes a result reproducible:
// changing it changes every stochastic result, and needs a new major version.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/base/axes.hpp"
#include "engine/base/calendar.hpp"
#include "engine/random/area_hash.hpp"
#include "engine/random/philox.hpp"
#include "engine/random/uniform.hpp"

namespace kohort {

/// What is decided by chance. Each model has a number of its own and counts its events within it,
/// so that two models never use the same numbers by mistake.
class Event {
 public:
  constexpr Event(std::uint8_t model, std::uint8_t number)
      : code_(static_cast<std::uint16_t>(model << 8U | number)) {}
  constexpr std::uint16_t code() const { return code_; }
  friend constexpr bool operator==(Event, Event) = default;

 private:
  std::uint16_t code_;
};

/// The cell and the event that numbers are for. A national event has sex, row and group 0, and is
/// keyed by the code "". Stocks of a submodel may count `group` as group x state.
struct Site {
  Draw draw{};
  Year year{};  ///< with which the interval ends
  Sex sex{};
  CohortRow row{};
  Group group{};
  Event event{0, 0};
};

/// The year of what is drawn once for all years: none is, so that its numbers stay apart.
inline constexpr Year no_year{0};

/// How many positions each field of a site holds.
struct SiteLimits {
  static constexpr std::size_t draws = std::size_t{1} << 32U;
  static constexpr std::size_t years = std::size_t{1} << 12U;
  static constexpr std::size_t sexes = std::size_t{1} << 2U;
  static constexpr std::size_t rows = std::size_t{1} << 9U;
  static constexpr std::size_t groups = std::size_t{1} << 9U;
};

/// What a run is going to ask for.
struct SiteExtents {
  std::size_t draws = 1;
  Year last_year{};
  std::size_t sexes = 1;
  std::size_t rows = 1;
  std::size_t groups = 1;
};

/// Throws `Error` (Fault::scenario) that names every axis too long for `SiteLimits`. To be called
/// once before a run, for a `Stream` checks its site only where assertions are on.
void require_sites_fit(const SiteExtents& extents);

/// The part of the key that all cells of an area share. Made once for each area.
class StreamKey {
 public:
  constexpr StreamKey(std::uint64_t seed, std::string_view area_code) {
    const std::uint64_t key = mix64(seed) ^ area_hash(area_code);
    words_ = {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32U)};
  }
  constexpr PhiloxKey words() const { return words_; }
  friend constexpr bool operator==(const StreamKey&, const StreamKey&) = default;

 private:
  PhiloxKey words_{};
};

/// The random numbers of one site, one after the other. To make one costs a few instructions;
/// it holds no memory of its own. Each stream has 2^34 words, more than any use.
class Stream {
 public:
  constexpr Stream(const StreamKey& key, const Site& site)
      : key_(key.words()), counter_{0, draw_word(site), cell_word(site), event_word(site)} {}

  /// 32 random bits.
  constexpr std::uint32_t next32() {
    if (used_ == words_.size()) refill();
    return words_[used_++];
  }

  /// 64 random bits, the lower half first.
  constexpr std::uint64_t next64() {
    const std::uint64_t low = next32();
    return low | std::uint64_t{next32()} << 32U;
  }

  /// The `uniform_of` the next 64 bits.
  constexpr double uniform() { return uniform_of(next64()); }

  /// Another stream of the same site from its beginning. A fresh stream stands in lane 0.
  constexpr Stream lane(std::uint16_t lane) const {
    return {key_, {0, counter_[1], counter_[2], fourth_word(lane)}};
  }

  /// The stream of the same site in a later draw, from its beginning.
  constexpr Stream of_later_draw(std::size_t draws_later) const {
    const auto later = static_cast<std::uint32_t>(draws_later);
    return {key_, {0, counter_[1] + later, counter_[2], counter_[3]}};
  }

  /// The fourth word of the counters of a lane.
  constexpr std::uint32_t fourth_word(std::uint16_t lane) const {
    return (counter_[3] & 0xFFFF0000U) | lane;
  }

  constexpr PhiloxKey key() const { return key_; }
  /// The counter of the block that comes next.
  constexpr const PhiloxBlock& counter() const { return counter_; }

 private:
  /// Of words that were never written apart: a copy of a counter waits for those that were.
  constexpr Stream(const PhiloxKey& key, const PhiloxBlock& counter)
      : key_(key), counter_(counter) {}

  constexpr void refill() {
    words_ = philox4x32(counter_, key_);
    ++counter_[0];
    used_ = 0;
  }

  static constexpr std::uint32_t draw_word(const Site& site) {
    assert(site.draw.position() < SiteLimits::draws);
    return static_cast<std::uint32_t>(site.draw.position());
  }

  static constexpr std::uint32_t cell_word(const Site& site) {
    const auto year = static_cast<std::size_t>(site.year.value());
    assert(year < SiteLimits::years && site.sex.position() < SiteLimits::sexes &&
           site.row.position() < SiteLimits::rows && site.group.position() < SiteLimits::groups);
    return static_cast<std::uint32_t>(year << 20U | site.sex.position() << 18U |
                                      site.row.position() << 9U | site.group.position());
  }

  static constexpr std::uint32_t event_word(const Site& site) {
    return std::uint32_t{site.event.code()} << 16U;
  }

  PhiloxKey key_;
  PhiloxBlock counter_;
  PhiloxBlock words_{};
  unsigned used_ = 4;
};

}  // namespace kohort
