#include "engine/random/rows.hpp"

#include <algorithm>
#include <cstdint>

#include "engine/random/binomial.hpp"
#include "engine/random/lanes.hpp"
#include "engine/random/poisson.hpp"
#include "engine/random/whole.hpp"

namespace kohort {
namespace {

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

}  // namespace

void sample_binomials(const StreamRow& streams, const RowNumbers& trials,
                      const RowNumbers& probabilities, RowNumbers& counts) {
  if (!any(trials)) {
    counts.fill(0.0);
    return;
  }
  const CountedRow row = count_binomials(trials, probabilities, streams.uniforms(), counts);
  if (!row.valid) require_binomials(trials, probabilities);
  if (!row.any_large) return;
  for (std::size_t lane = 0; lane < streams.size(); ++lane) {
    const double rarer = std::min(probabilities[lane], 1.0 - probabilities[lane]);
    if (trials[lane] * rarer < binomial_switch_over) continue;
    Stream stream = streams[lane];
    counts[lane] = static_cast<double>(
        sample_binomial(stream, static_cast<std::int64_t>(trials[lane]), probabilities[lane]));
  }
}

void sample_poissons(const StreamRow& streams, const RowNumbers& means, RowNumbers& counts) {
  if (!any(means)) {
    counts.fill(0.0);
    return;
  }
  const CountedRow row = count_poissons(means, streams.uniforms(), counts);
  if (row.valid && !row.any_large) return;
  for (std::size_t lane = 0; lane < streams.size(); ++lane) {
    if (means[lane] >= 0.0 && means[lane] < poisson_switch_over) continue;
    Stream stream = streams[lane];
    counts[lane] = static_cast<double>(sample_poisson(stream, means[lane]));
  }
}

LeaverRow::LeaverRow(const StreamRow& streams, const RowNumbers& persons)
    : streams_(streams), stayers_(persons) {}

const RowNumbers& LeaverRow::leave(const RowNumbers& chance) {
  RowNumbers share = chance;  // which for the first way is of everybody
  if (way_ == 0) {
    for (std::size_t lane = 0; lane < chance.size(); ++lane) {
      ahead_[lane] = 1.0 - chance[lane];
      const bool all = ahead_[lane] < 0.0 && ahead_[lane] >= -rounding;
      share[lane] = all ? 1.0 : chance[lane];
    }
  } else if (!share_of_the_rest(chance, ahead_, share)) {
    refuse_to_draw("probabilities of leaving sum to at most 1",
                   1.0 - *std::min_element(ahead_.begin(), ahead_.end()));
  }
  sample_binomials(streams_.lane(way_++), stayers_, share, leavers_);
  for (std::size_t lane = 0; lane < leavers_.size(); ++lane) stayers_[lane] -= leavers_[lane];
  return leavers_;
}

}  // namespace kohort
