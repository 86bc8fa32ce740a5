#include "engine/random/rows.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "engine/random/binomial.hpp"
#include "engine/random/poisson.hpp"
#include "engine/random/whole.hpp"

namespace kohort {
namespace {

const LaneMakers& makers() {
  static const LaneMakers& fastest = lane_implementations().back();
  return fastest;
}

bool any(const RowNumbers& numbers) {
  return std::any_of(numbers.begin(), numbers.end(), [](double one) { return one != 0.0; });
}

/// Says what is wrong with a row, if anything is.
void require_binomials(const RowNumbers& trials, const RowNumbers& probabilities) {
  for (std::size_t lane = 0; lane < trials.size(); ++lane) {
    whole(trials[lane]);
    require_probability(probabilities[lane]);
  }
}

/// Calls `enter(lane, count)` for the lanes that are counted by rejection.
template <class Enter>
void for_each_large(const StreamRow& streams, const RowNumbers& trials,
                    const RowNumbers& probabilities, const Enter& enter) {
  for (std::size_t lane = 0; lane < streams.size(); ++lane) {
    const double rarer = std::min(probabilities[lane], 1.0 - probabilities[lane]);
    if (trials[lane] * rarer < binomial_switch_over) continue;
    Stream stream = streams[lane];
    const std::int64_t count =
        sample_binomial(stream, static_cast<std::int64_t>(trials[lane]), probabilities[lane]);
    enter(lane, static_cast<double>(count));
  }
}

}  // namespace

void sample_binomials(const StreamRow& streams, const RowNumbers& trials,
                      const RowNumbers& probabilities, RowNumbers& counts) {
  if (!any(trials)) {
    counts.fill(0.0);
    return;
  }
  const CountedRow row = makers().binomials(trials, probabilities, streams.uniforms(), counts);
  if (!row.valid) require_binomials(trials, probabilities);
  if (!row.any_large) return;
  for_each_large(streams, trials, probabilities,
                 [&](std::size_t lane, double count) { counts[lane] = count; });
}

void sample_poissons(const StreamRow& streams, const RowNumbers& means, RowNumbers& counts) {
  if (!any(means)) {
    counts.fill(0.0);
    return;
  }
  const CountedRow row = makers().poissons(means, streams.uniforms(), counts);
  if (row.valid && !row.any_large) return;
  for (std::size_t lane = 0; lane < streams.size(); ++lane) {
    if (means[lane] >= 0.0 && means[lane] < poisson_switch_over) continue;
    Stream stream = streams[lane];
    counts[lane] = static_cast<double>(sample_poisson(stream, means[lane]));
  }
}

LeaverRow::LeaverRow(const StreamRow& streams, const RowNumbers& persons, std::size_t ways)
    : streams_(streams), ways_(ways) {
  row_.stayers = persons;
  row_.ahead.fill(1.0);
}

const RowNumbers& LeaverRow::leave(const RowNumbers& chance) {
  const CountedRow counted = makers().leave(chance, uniforms(), row_);
  if (!counted.valid) refuse();
  if (counted.any_large) leave_one_by_one();
  ++way_;
  return row_.leavers;
}

const RowNumbers& LeaverRow::uniforms() {
  RowNumbers& own = uniforms_[way_ % 2];
  if (way_ % 2 == 1 && way_ < ways_) return own;  // made with those of the way before
  if (way_ + 1U < ways_) {
    uniforms_ = streams_.uniforms_of_two_lanes(way_);
  } else {
    own = streams_.uniforms(way_);
  }
  return own;
}

void LeaverRow::refuse() const {
  for (const double ahead : row_.ahead) {
    if (ahead >= -rounding) continue;
    refuse_to_draw("probabilities of leaving sum to at most 1", 1.0 - ahead);
  }
  RowNumbers persons = row_.stayers;
  for (std::size_t lane = 0; lane < persons.size(); ++lane) persons[lane] += row_.leavers[lane];
  require_binomials(persons, row_.share);
}

void LeaverRow::leave_one_by_one() {
  for_each_large(streams_.lane(way_), row_.stayers, row_.share,
                 [&](std::size_t lane, double count) {
                   row_.leavers[lane] = count;
                   row_.stayers[lane] -= count;
                 });
}

}  // namespace kohort
