// Survival and movement together: the multistate (increment-decrement) life table, in which the
// states are areas, groups, or both.
#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

#include "engine/demography/open_group.hpp"

namespace kohort {

/// How rates become transition probabilities over an interval.
enum class Transition {
  /// (I + n/2 M)^-1 (I - n/2 M): events spread evenly over the interval. Needs n M below 2.
  /// Source: Rogers & Ledent (1976), Demography 13(2); Willekens & Rogers (1978), IIASA RR-78-18.
  linear,
  /// exp(-n M): constant hazards. Always valid.
  exponential,
};

/// The generator M of one age group: column j holds what leaves state j. Off the diagonal minus
/// the rate of moving from j to i, on it all exits from j: deaths, emigration and moves.
using Generator = Eigen::MatrixXd;

/// The share of those in each state (column) who are in each state (row) `width` years later.
/// Throws `std::domain_error` where the linear form would give negative shares.
Eigen::MatrixXd transition_matrix(const Generator& generator, double width, Transition form);

/// The same for those born in the interval, who live through half of it on average and are none at
/// its start: (I + n/2 M)^-1, or exp(-n/2 M).
Eigen::MatrixXd newborn_transition_matrix(const Generator& generator, double width,
                                          Transition form);

/// Transition matrices for the cohort rows of a projection from age-period rates, by way of the
/// multistate life table: row 0 L(0) / n, row a L(a) L(a-1)^-1, the last two rows into and within
/// the open age group, by its rule.
/// `generators` has one entry per age group, the last open. One matrix more comes back.
/// Source: Willekens & Rogers (1978); Rogers (1995), Multiregional Demography.
std::vector<Eigen::MatrixXd> cohort_transitions(std::span<const Generator> generators, double width,
                                                Transition form, OpenGroup rule);

}  // namespace kohort
