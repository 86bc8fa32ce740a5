#include "engine/demography/multistate.hpp"

#include <Eigen/LU>
#include <stdexcept>
#include <unsupported/Eigen/MatrixFunctions>

namespace kohort {
namespace {

using Matrix = Eigen::MatrixXd;

Matrix identity_like(const Matrix& matrix) {
  return Matrix::Identity(matrix.rows(), matrix.cols());
}

/// Years lived in the interval per person at its start, by state at the start (column).
Matrix years_lived(const Generator& generator, const Matrix& transition, double width,
                   Transition form) {
  const Matrix identity = identity_like(generator);
  if (form == Transition::linear) return width / 2.0 * (identity + transition);
  // The integral of exp(-t M) over the interval, read off the exponential of a larger matrix (Van
  // Loan 1978), because M itself has no inverse where nothing ever leaves.
  const Eigen::Index n = generator.rows();
  Matrix block = Matrix::Zero(2 * n, 2 * n);
  block.topLeftCorner(n, n) = -width * generator;
  block.topRightCorner(n, n) = width * identity;
  return block.exp().topRightCorner(n, n);
}

}  // namespace

Matrix transition_matrix(const Generator& generator, double width, Transition form) {
  if (form == Transition::exponential) return (-width * generator).exp();
  const Matrix half = width / 2.0 * generator;
  const Matrix identity = identity_like(generator);
  if ((half.diagonal().array() > 1.0).any()) {
    throw std::domain_error(
        "more than two exits per person in an interval: the linear form does not hold");
  }
  return (identity + half).partialPivLu().solve(identity - half);
}

Matrix newborn_transition_matrix(const Generator& generator, double width, Transition form) {
  if (form == Transition::exponential) return (-width / 2.0 * generator).exp();
  const Matrix identity = identity_like(generator);
  return (identity + width / 2.0 * generator).partialPivLu().solve(identity);
}

std::vector<Matrix> cohort_transitions(std::span<const Generator> generators, double width,
                                       Transition form, OpenGroup rule) {
  const std::size_t open = generators.size() - 1;
  std::vector<Matrix> person_years;
  Matrix survivors = identity_like(generators[0]);
  for (std::size_t age = 0; age < open; ++age) {
    const Matrix transition = transition_matrix(generators[age], width, form);
    person_years.emplace_back(years_lived(generators[age], transition, width, form) * survivors);
    survivors = transition * survivors;
  }
  person_years.emplace_back(generators[open].partialPivLu().solve(survivors));

  std::vector<Matrix> transitions{person_years[0] / width};
  for (std::size_t age = 1; age < open; ++age) {
    transitions.emplace_back(person_years[age] * person_years[age - 1].inverse());
  }
  const Matrix& below = person_years[open - 1];
  if (rule == OpenGroup::renewed) {
    transitions.emplace_back(person_years[open] * below.inverse());
    transitions.emplace_back(Matrix::Zero(below.rows(), below.cols()));
  } else {
    transitions.insert(transitions.end(), 2,
                       person_years[open] * (below + person_years[open]).inverse());
  }
  return transitions;
}

}  // namespace kohort
