// Transitions between the states of care from one year to the next, from prevalence alone.
#pragma once

#include "models/care/calibrate/axes.hpp"

namespace kohort::care {

/// The transitions of survivors, row: state a year ago, column: state now; each row sums to 1. They
/// lead from the shares `from` to the shares `to` (each sums to 1) within 1e-10, and among all that
/// do have the joint table, share times transition, nearest in Kullback-Leibler distance to
/// `prior`: the table that iterative proportional fitting finds (Deming & Stephan 1940; Ireland &
/// Kullback (1968), Biometrika 55(1)), as `fit_rows_and_columns` does. What is 0 in the prior stays
/// 0; the prior's rows count up to a factor each, since the shares from which they start are given.
/// A state from which nobody comes keeps the prior's row, made to sum to 1.
/// This is one of many sets of transitions that fit: prevalence does not tell onset and recovery
/// apart, the prior does.
/// Throws `Error` (Fault::input) where the prior's zeros do not allow the shares, or only just,
/// naming the state by its number from 0; `std::invalid_argument` on sizes that differ, negative
/// numbers, shares that do not sum to 1 within 1e-9, and a row of the prior that is all 0.
StateMatrix nearest_transitions(const StateVector& from, const StateVector& to,
                                const StateMatrix& prior);

/// A year in the life of a cell: who is in which state, who dies, and where the survivors are to
/// be.
struct PrevalenceChange {
  StateVector from;   ///< shares at the start, sum to 1
  StateVector dying;  ///< probability of dying in each state, as `split_mortality` gives it
  StateVector to;     ///< shares among the survivors at the end, sum to 1
};

/// The transitions of those who survive the year: `nearest_transitions` from the shares among
/// survivors, from_s (1 - q_s) over their sum. Where nobody survives, the prior's rows. Throws what
/// that throws, and `std::invalid_argument` on probabilities outside [0, 1].
StateMatrix next_prevalence_transitions(const PrevalenceChange& change, const StateMatrix& prior);

}  // namespace kohort::care
