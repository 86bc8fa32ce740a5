// Probabilities under a changed force.
#pragma once

#include <span>

namespace kohort::kernels::reference {

/// chance[i] = 1 - (1 - q)^f[i]: of an event that has the probability `q` where the force is 1,
/// with `chance` holding the forces f on entry (not negative). Right to a few units of the last
/// digit.
void under_force(double q, std::span<double> chance);

}  // namespace kohort::kernels::reference
