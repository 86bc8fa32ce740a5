#include "engine/random/lanes.hpp"

#include <bit>
#include <cstdint>

#include "engine/random/inversion.hpp"

// Each function several times over, the faster ones for processors that have them. A lane is
// reckoned on its own, and products and sums are not contracted, so that the numbers are the same
// everywhere.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define KOHORT_ALSO_WIDE [[gnu::target_clones("arch=x86-64-v4", "avx2", "default")]]
#else
#define KOHORT_ALSO_WIDE
#endif

namespace kohort {
namespace {

constexpr std::size_t width = StreamRow::widest;

/// Truth as wide as a double, for the loops over lanes.
using Flag = std::uint64_t;

/// A whole number below 2^52: with 2^52 added it stands in the lower bits. Few processors can
/// convert several numbers at once.
inline Flag integer(double number) {
  constexpr Flag fraction = (Flag{1} << 52U) - 1;
  return std::bit_cast<Flag>(number + 0x1p52) & fraction;
}

/// One count for each lane. A lane whose uniform is 0 has nothing to count.
struct CountLanes {
  RowNumbers uniform;
  RowNumbers none;  ///< as in `CountLaw`
  RowNumbers rise;
  RowNumbers fall;
};

/// Fills in the laws of binomials of `trials`, of which the rarer outcome has probability `rarer`.
[[gnu::always_inline]] inline void lay_down_laws(const RowNumbers& trials, const RowNumbers& rarer,
                                                 CountLanes& lanes) {
  for (std::size_t lane = 0; lane < width; ++lane) {
    const double odds = rarer[lane] / (1.0 - rarer[lane]);
    lanes.rise[lane] = trials[lane] * odds;
    lanes.fall[lane] = odds;
    Flag bits = integer(trials[lane] <= few_trials ? trials[lane] : 0.0);
    double power = 1.0;
    double square = 1.0 - rarer[lane];
    for (int bit = 0; bit < bits_of_few_trials; ++bit) {
      power *= (bits & 1U) != 0 ? square : 1.0;
      square *= square;
      bits >>= 1U;
    }
    lanes.none[lane] = power;
  }
  for (std::size_t lane = 0; lane < width; ++lane) {
    if (trials[lane] <= static_cast<double>(few_trials) || lanes.uniform[lane] == 0.0) continue;
    lanes.none[lane] = probability_of_none(static_cast<std::int64_t>(trials[lane]), rarer[lane]);
  }
}

/// Counts in all lanes.
[[gnu::always_inline]] inline void count_by_inversion(const CountLanes& law, RowNumbers& counts) {
  constexpr int steps = 4;  // between two looks at whether all have arrived
  RowNumbers probability = law.none;
  RowNumbers reached = law.none;
  RowNumbers counted{};
  Flag open = 1;
  for (double k = 0.0; open != 0; k += steps) {
    open = 0;
    for (std::size_t lane = 0; lane < width; ++lane) {
      double p = probability[lane];
      double sum = reached[lane];
      double count = counted[lane];
      Flag more = 0;
      for (int step = 0; step < steps; ++step) {
        const double at = k + step;
        p *= (law.rise[lane] - law.fall[lane] * at) * (1.0 / (at + 1.0));
        const double next = sum + p;
        // The sum is below the uniform, and still grows.
        more = (next < law.uniform[lane] ? next : law.uniform[lane]) > sum ? 1 : 0;
        count += more != 0 ? 1.0 : 0.0;
        sum = next;
      }
      probability[lane] = p;
      reached[lane] = sum;
      counted[lane] = count;
      open |= more;
    }
  }
  counts = counted;
}

}  // namespace

KOHORT_ALSO_WIDE RowNumbers uniforms_of(const std::array<std::uint64_t, width>& bits) {
  RowNumbers uniforms;
  for (std::size_t lane = 0; lane < width; ++lane) uniforms[lane] = uniform_of(bits[lane]);
  return uniforms;
}

KOHORT_ALSO_WIDE CountedRow count_binomials(const RowNumbers& trials,
                                            const RowNumbers& probabilities,
                                            const RowNumbers& uniforms, RowNumbers& counts) {
  constexpr double beyond_fractions = 0x1p52;
  CountLanes lanes;
  RowNumbers rarer;
  Flag wrong = 0;
  Flag open = 0;
  Flag large = 0;
  Flag mirrored = 0;
  for (std::size_t lane = 0; lane < width; ++lane) {
    const double n = trials[lane];
    const double p = probabilities[lane];
    rarer[lane] = p > 0.5 ? 1.0 - p : p;
    const double uniform = p > 0.5 ? 1.0 - uniforms[lane] : uniforms[lane];
    const double mean = n * rarer[lane];
    const Flag is_large = mean < inversion_switch_over ? 0 : 1;
    // Below 1 - n p nobody is counted, since (1 - p)^n is no less (Bernoulli).
    const Flag counted = uniform >= 1.0 - mean ? 1 - is_large : 0;
    const double rounded = (n + beyond_fractions) - beyond_fractions;
    wrong |= p >= 0.0 ? 0 : 1;
    wrong |= p <= 1.0 ? 0 : 1;
    wrong |= n >= 0.0 ? 0 : 1;
    wrong |= rounded == n ? 0 : 1;
    open |= counted;
    large |= is_large;
    mirrored |= p > 0.5 ? 1 : 0;
    lanes.uniform[lane] = counted != 0 ? uniform : 0.0;
  }
  counts.fill(0.0);
  if (wrong == 0 && open != 0) {
    lay_down_laws(trials, rarer, lanes);
    count_by_inversion(lanes, counts);
  }
  if (mirrored != 0) {
    for (std::size_t lane = 0; lane < width; ++lane) {
      counts[lane] = probabilities[lane] > 0.5 ? trials[lane] - counts[lane] : counts[lane];
    }
  }
  return {wrong == 0, large != 0};
}

KOHORT_ALSO_WIDE CountedRow count_poissons(const RowNumbers& means, const RowNumbers& uniforms,
                                           RowNumbers& counts) {
  CountLanes lanes;
  Flag open = 0;
  Flag large = 0;
  Flag wrong = 0;
  for (std::size_t lane = 0; lane < width; ++lane) {
    const double mean = means[lane];
    const double uniform = uniforms[lane];
    const Flag is_large = mean < inversion_switch_over ? 0 : 1;
    // Below 1 - mean nobody is counted, since e^-mean is no less.
    const Flag counted = uniform >= 1.0 - mean ? 1 - is_large : 0;
    open |= counted;
    large |= is_large;
    wrong |= mean >= 0.0 ? 0 : 1;
    lanes.uniform[lane] = counted != 0 ? uniform : 0.0;
  }
  counts.fill(0.0);
  if (open != 0) {
    lanes.rise = means;
    lanes.fall.fill(0.0);
    for (std::size_t lane = 0; lane < width; ++lane) {
      lanes.none[lane] = probability_of_none(means[lane]);
    }
    count_by_inversion(lanes, counts);
  }
  return {wrong == 0, large != 0};
}

KOHORT_ALSO_WIDE bool share_of_the_rest(const RowNumbers& chance, RowNumbers& ahead,
                                        RowNumbers& share) {
  Flag exceeded = 0;
  for (std::size_t lane = 0; lane < width; ++lane) {
    const double all = chance[lane] > 0.0 ? 1.0 : 0.0;  // where rounding leaves too little ahead
    const double part = chance[lane] / ahead[lane];
    share[lane] = chance[lane] < ahead[lane] ? part : all;
    ahead[lane] -= chance[lane];
    exceeded |= ahead[lane] >= -rounding ? 0 : 1;
  }
  return exceeded == 0;
}

}  // namespace kohort
