#include "engine/sample/design.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <stdexcept>

#include <boost/random/sobol.hpp>

#include "engine/sample/chance.hpp"

namespace kohort {
namespace {

/// The numbers 0 to `count` - 1 in random order: Durstenfeld (1964), Algorithm 235, Communications
/// of the ACM 7(7).
std::vector<std::size_t> permutation(std::size_t count, Stream stream) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t left = count; left > 1; --left) {
    std::swap(order[left - 1], order[below(stream, left)]);
  }
  return order;
}

std::vector<double> latin_hypercube(std::size_t points, std::size_t dimensions,
                                    std::uint64_t seed) {
  // The sum of a stratum and a place in it may be rounded up, and 1 is no place.
  constexpr double last = uniform_of(std::numeric_limits<std::uint64_t>::max());
  std::vector<double> values(points * dimensions);
  for (std::size_t dimension = 0; dimension < dimensions; ++dimension) {
    const auto strata = permutation(points, sample_stream(seed, Sampled::permutation, dimension));
    Stream place = sample_stream(seed, Sampled::place, dimension);
    for (std::size_t point = 0; point < points; ++point) {
      const double value =
          (static_cast<double>(strata[point]) + place.uniform()) / static_cast<double>(points);
      values[point * dimensions + dimension] = std::min(value, last);
    }
  }
  return values;
}

std::vector<double> sobol_points(std::size_t points, std::size_t dimensions, std::uint64_t seed) {
  boost::random::sobol_engine<std::uint64_t, 64> engine(dimensions);
  std::vector<std::uint64_t> shifts(dimensions);
  for (std::size_t dimension = 0; dimension < dimensions; ++dimension) {
    shifts[dimension] = sample_stream(seed, Sampled::shift, dimension).next64();
  }
  std::vector<double> values;
  values.reserve(points * dimensions);
  for (std::size_t point = 0; point < points; ++point) {
    for (const std::uint64_t shift : shifts) {
      const std::uint64_t bits = point == 0 ? 0 : engine();  // which leaves out the origin
      values.push_back(uniform_of(bits ^ shift));
    }
  }
  return values;
}

}  // namespace

std::vector<double> unit_points(Design design, std::size_t points, std::size_t dimensions,
                                std::uint64_t seed) {
  if (dimensions == 0 || dimensions > most_dimensions) {
    throw std::invalid_argument("a sample of no dimensions, or of too many");
  }
  return design == Design::sobol ? sobol_points(points, dimensions, seed)
                                 : latin_hypercube(points, dimensions, seed);
}

std::vector<double> stratified_sequence(unsigned doublings, const Stream& stream) {
  std::vector<std::uint64_t> strata{0};
  for (unsigned done = 0; done < doublings; ++done) {
    // Lanes keep what is drawn of one doubling apart from what is drawn of the others.
    Stream halves = stream.lane(static_cast<std::uint16_t>(2 * done + 1));
    const auto order =
        permutation(strata.size(), stream.lane(static_cast<std::uint16_t>(2 * done + 2)));
    for (std::uint64_t& stratum : strata) stratum = 2 * stratum + (halves.next32() & 1U);
    for (const std::size_t at : order) strata.push_back(strata[at] ^ 1U);
  }
  Stream places = stream.lane(0);
  std::vector<double> values;
  values.reserve(strata.size());
  for (const std::uint64_t stratum : strata) {
    values.push_back(uniform_of(stratum << (64U - doublings) | places.next64() >> doublings));
  }
  return values;
}

}  // namespace kohort
