// Points that fill a unit cube: at which values a model is tried.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/random/stream.hpp"

namespace kohort {

/// How the points are laid.
///
/// `latin_hypercube`: each dimension is cut into as many strata as there are points, each of which
/// holds one, at random in it; the dimensions are put together in random order. Source: McKay,
/// Beckman & Conover (1979), Technometrics 21(2), 239-245.
///
/// `sobol`: the first points of the Sobol sequence, which fill all dimensions together evenly, best
/// where they are a power of 2. Direction numbers: Joe & Kuo (2008), SIAM Journal on Scientific
/// Computing 30(5), 2635-2654, as Boost has them. The first point, at the origin, is among them
/// (Owen 2022, On dropping the first Sobol' point). A digital shift of each dimension, by the seed,
/// makes each point uniform and keeps their order: L'Ecuyer & Lemieux (2002), Recent advances in
/// randomized quasi-Monte Carlo methods, section 3.
enum class Design { latin_hypercube, sobol };

/// Most dimensions that Boost has direction numbers for.
inline constexpr std::size_t most_dimensions = 3667;

/// The points of a design: [point][dimension], each number above 0 and below 1. They are a function
/// of the arguments alone; of a Sobol sequence more points begin with the fewer. Throws
/// `std::invalid_argument` where there are no dimensions or more than `most_dimensions`.
std::vector<double> unit_points(Design design, std::size_t points, std::size_t dimensions,
                                std::uint64_t seed);

/// 2^`doublings` numbers above 0 and below 1, in an order in which for every m the first 2^m lie
/// one in each of 2^m strata of equal length, at random in it: each doubling takes the empty halves
/// of the strata, in random order. Unlike the dimensions of a Sobol sequence, sequences from
/// different streams are put together by chance alone, so that none depends on which others there
/// are. `doublings`: 1 to 63. Source: the progressive jittered samples, of one dimension, of
/// Christensen, Kensler & Kilpatrick (2018), Computer Graphics Forum 37(4), 21-33.
std::vector<double> stratified_sequence(unsigned doublings, const Stream& stream);

}  // namespace kohort
