#include "models/care/calibrate/transitions.hpp"

#include <cmath>
#include <stdexcept>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "engine/base/error.hpp"

namespace kohort::care {
namespace {

constexpr int most_sweeps = 20000;
constexpr double wanted_error = 1e-13;
constexpr double allowed_error = 1e-10;

/// Sums that differ in their last digits could not be met by one table.
StateVector summing_to_one(const StateVector& shares) {
  const double sum = shares.sum();
  if (!(shares.array() >= 0.0).all() || !(std::abs(sum - 1.0) <= 1e-9)) {
    throw std::invalid_argument("shares of states are not negative and sum to 1");
  }
  return shares / sum;
}

StateMatrix normalised(const StateMatrix& prior) {
  StateMatrix result = prior;
  for (Eigen::Index row = 0; row < prior.rows(); ++row) {
    const double sum = prior.row(row).sum();
    if (!(prior.row(row).array() >= 0.0).all() || !(sum > 0.0) || !std::isfinite(sum)) {
      throw std::invalid_argument("each row of a prior has numbers of 0 or more, one above 0");
    }
    result.row(row) /= sum;
  }
  return result;
}

[[noreturn]] void refuse(std::string what) {
  throw Error(Fault::input,
              Mistake{{},
                      std::move(what),
                      "give the prior some chance where it has 0, or smooth the shares by age"});
}

[[noreturn]] void refuse_target(Eigen::Index state, double wanted, double found) {
  refuse(
      fmt::format("no transitions that the prior allows lead to the share {} of survivors in "
                  "care state {} (counted from 0, no care); the nearest found lead to {}",
                  wanted, state, found));
}

/// Iterative proportional fitting in its scaling form: the table is rows_i prior_ij columns_j, and
/// only the factors of the columns are kept, in a few bytes; it is run a million times.
class Scaling {
 public:
  Scaling(const StateVector& from, const StateVector& to, const StateMatrix& prior)
      : from_(from), to_(to), prior_(prior), columns_(StateVector::Ones(to.size())) {}

  /// How far the shares reached, with rows that fit, are from those wanted: the differences' sum,
  /// which is not a number once the factors are beyond all bounds.
  double fit_rows() {
    row_sums_.noalias() = prior_ * columns_;
    StateVector rows(from_.size());
    for (Eigen::Index row = 0; row < rows.size(); ++row) {
      if (from_[row] > 0.0 && row_sums_[row] == 0.0) {
        refuse(
            fmt::format("the prior leads from care state {} (counted from 0, no care) to none "
                        "of the states in which somebody is to be",
                        row));
      }
      rows[row] = from_[row] == 0.0 ? 0.0 : from_[row] / row_sums_[row];
    }
    reached_.noalias() = prior_.transpose() * rows;
    return (reached_.cwiseProduct(columns_) - to_).cwiseAbs().sum();
  }

  void fit_columns() {
    for (Eigen::Index column = 0; column < columns_.size(); ++column) {
      if (to_[column] > 0.0 && reached_[column] == 0.0) refuse_target(column, to_[column], 0.0);
      columns_[column] = to_[column] == 0.0 ? 0.0 : to_[column] / reached_[column];
    }
  }

  StateMatrix transitions() const {
    StateMatrix result = prior_;
    for (Eigen::Index row = 0; row < result.rows(); ++row) {
      if (from_[row] == 0.0) continue;
      result.row(row).array() *= columns_.transpose().array() / row_sums_[row];
    }
    return result;
  }

  [[noreturn]] void refuse_worst() const {
    Eigen::Index worst = 0;
    const StateVector found = reached_.cwiseProduct(columns_);
    for (Eigen::Index state = 0; state < to_.size(); ++state) {
      const double error = std::abs(found[state] - to_[state]);
      if (!(error <= std::abs(found[worst] - to_[worst]))) worst = state;
    }
    refuse_target(worst, to_[worst], found[worst]);
  }

 private:
  const StateVector& from_;
  const StateVector& to_;
  const StateMatrix& prior_;
  StateVector columns_;
  StateVector row_sums_;
  StateVector reached_;
};

}  // namespace

StateMatrix nearest_transitions(const StateVector& from, const StateVector& to,
                                const StateMatrix& prior) {
  if (from.size() == 0 || from.size() != to.size() || prior.rows() != from.size() ||
      prior.cols() != from.size()) {
    throw std::invalid_argument("transitions need as many shares as the prior has rows, columns");
  }
  const StateVector rows = summing_to_one(from);
  const StateVector columns = summing_to_one(to);
  const StateMatrix kernel = normalised(prior);
  Scaling scaling(rows, columns, kernel);
  double error = scaling.fit_rows();
  for (int sweep = 0; sweep < most_sweeps && error > wanted_error; ++sweep) {
    scaling.fit_columns();
    error = scaling.fit_rows();
  }
  if (!(error <= allowed_error)) scaling.refuse_worst();
  return scaling.transitions();
}

StateMatrix next_prevalence_transitions(const PrevalenceChange& change, const StateMatrix& prior) {
  if (change.dying.size() != change.from.size() ||
      !(change.dying.array() >= 0.0 && change.dying.array() <= 1.0).all()) {
    throw std::invalid_argument("each state needs a probability of dying in [0, 1]");
  }
  const StateVector survivors =
      change.from.cwiseProduct(StateVector::Ones(change.dying.size()) - change.dying);
  const double surviving = survivors.sum();
  if (surviving == 0.0) return normalised(prior);
  return nearest_transitions(survivors / surviving, change.to, prior);
}

}  // namespace kohort::care
