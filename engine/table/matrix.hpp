// Tables seen as Eigen matrices, without a copy.
#pragma once

#include <Eigen/Core>
#include <cassert>
#include <span>

namespace kohort {

using RowMajorMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// A slab as a matrix with `rows` rows; its length must be a multiple of that.
inline Eigen::Map<const RowMajorMatrix> as_matrix(std::span<const double> slab, std::size_t rows) {
  assert(rows > 0 && slab.size() % rows == 0);
  return {slab.data(), static_cast<Eigen::Index>(rows),
          static_cast<Eigen::Index>(slab.size() / rows)};
}

inline Eigen::Map<RowMajorMatrix> as_matrix(std::span<double> slab, std::size_t rows) {
  assert(rows > 0 && slab.size() % rows == 0);
  return {slab.data(), static_cast<Eigen::Index>(rows),
          static_cast<Eigen::Index>(slab.size() / rows)};
}

}  // namespace kohort
