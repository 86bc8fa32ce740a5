// What part of a change each of several causes has.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kohort::evaluate {

/// Which of several components are taken from the second source: bit i for component i.
using Swapped = std::uint32_t;

/// Weights by which the worths of all sets make up the part of one component: the part of component
/// i is the sum over all sets S of `weight(S) x worth(S)`. Over all orders in which components can
/// be swapped in, it is the mean of what swapping i in changes. The parts add up to the worth of
/// all swapped less that of none. Source: Shapley (1953), Contributions to the Theory of Games II;
/// for decompositions of demographic change Das Gupta (1993), Current Population Reports P23-186.
std::vector<double> shapley_weights(std::size_t components, std::size_t component);

}  // namespace kohort::evaluate
