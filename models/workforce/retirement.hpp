// Retiring by age, as the pension age moves.
#pragma once

#include <span>
#include <vector>

namespace kohort::workforce {

/// The age from which hazards of retiring move with the pension age.
inline constexpr int moves_from = 55;

/// Hazards by single age, counted from `first_age`, where the pension age lies `later` years above
/// the one that `hazards` belong to. That of an age is the one of that many years before it,
/// linear between ages; of `moves_from` where that would lie below it, and of the last age above.
/// Younger ages keep theirs.
std::vector<double> moved(std::span<const double> hazards, int first_age, double later);

/// Of those who were at work at the age before `moves_from` the share whom retiring leaves there,
/// by single age; 1 at younger ages.
std::vector<double> not_retired(std::span<const double> hazards, int first_age);

}  // namespace kohort::workforce
