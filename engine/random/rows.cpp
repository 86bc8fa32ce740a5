#include "engine/random/rows.hpp"

#include <algorithm>
#include <cmath>

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

/// Counts the rarer outcome in the lanes that have something to count.
void count(const RowNumbers& trials, const BinomialRow& row, RowNumbers& counts) {
  CountLanes lanes = laws_of_binomials(trials, row);
  for (std::size_t lane = 0; lane < trials.size(); ++lane) {
    if (trials[lane] <= static_cast<double>(few_trials) || row.uniform[lane] == 0.0) continue;
    lanes.none[lane] =
        probability_of_none(static_cast<std::int64_t>(trials[lane]), row.rarer[lane]);
  }
  count_by_inversion(lanes, counts);
}

/// Whether a Poisson number with this mean is had by inversion.
bool is_small(double mean) { return mean >= 0.0 && mean < poisson_switch_over; }

}  // namespace

void sample_binomials(const StreamRow& streams, const RowNumbers& trials,
                      const RowNumbers& probabilities, RowNumbers& counts) {
  counts.fill(0.0);
  if (!any(trials)) return;
  const BinomialRow row = look_at_binomials(trials, probabilities, streams.uniforms());
  if (!row.valid) require_binomials(trials, probabilities);
  if (row.any_open) count(trials, row, counts);
  for (std::size_t lane = 0; lane < counts.size(); ++lane) {
    if (probabilities[lane] > 0.5) counts[lane] = trials[lane] - counts[lane];
  }
  if (!row.any_large) return;
  for (std::size_t lane = 0; lane < streams.size(); ++lane) {
    if (trials[lane] * row.rarer[lane] < binomial_switch_over) continue;
    Stream stream = streams[lane];
    counts[lane] = static_cast<double>(
        sample_binomial(stream, static_cast<std::int64_t>(trials[lane]), probabilities[lane]));
  }
}

void sample_poissons(const StreamRow& streams, const RowNumbers& means, RowNumbers& counts) {
  counts.fill(0.0);
  if (!any(means)) return;
  CountLanes lanes;
  const RowNumbers uniforms = streams.uniforms();
  bool any_open = false;
  bool any_large = false;
  for (std::size_t lane = 0; lane < streams.size(); ++lane) {
    const double mean = means[lane];
    if (!is_small(mean)) {
      any_large = true;
    } else if (uniforms[lane] >= 1.0 - mean) {  // otherwise nothing: e^-mean is no less
      any_open = true;
      lanes.uniform[lane] = uniforms[lane];
      lanes.rise[lane] = mean;
      // The draws of a place often have one mean.
      const bool as_before = lane > 0 && mean == lanes.rise[lane - 1];
      lanes.none[lane] = as_before ? lanes.none[lane - 1] : std::exp(-mean);
    }
  }
  if (any_open) count_by_inversion(lanes, counts);
  for (std::size_t lane = 0; any_large && lane < streams.size(); ++lane) {
    if (is_small(means[lane])) continue;
    Stream stream = streams[lane];
    counts[lane] = static_cast<double>(sample_poisson(stream, means[lane]));
  }
}

LeaverRow::LeaverRow(const StreamRow& streams, const RowNumbers& persons)
    : streams_(streams), stayers_(persons) {
  ahead_.fill(1.0);
}

const RowNumbers& LeaverRow::leave(const RowNumbers& chance) {
  RowNumbers share;
  if (!share_of_the_rest(chance, ahead_, share)) {
    refuse_to_draw("probabilities of leaving sum to at most 1",
                   1.0 - *std::min_element(ahead_.begin(), ahead_.end()));
  }
  sample_binomials(streams_.lane(way_++), stayers_, share, leavers_);
  for (std::size_t lane = 0; lane < leavers_.size(); ++lane) stayers_[lane] -= leavers_[lane];
  return leavers_;
}

}  // namespace kohort
