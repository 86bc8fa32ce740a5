// Iterative proportional fitting: a table of any number of axes brought to given margins, with the
// interaction structure of a seed.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <span>
#include <vector>

namespace kohort {

/// What the sums of a table over all but some of its axes are to be.
struct Margin {
  std::vector<std::size_t> axes;  ///< the axes that stay, in rising order: {0} for the row sums
  std::vector<double> totals;     ///< over those axes, the last one fastest
};

/// A table with its lengths by axis; the last axis runs fastest.
struct TableView {
  std::span<const double> cells;
  std::span<const std::size_t> lengths;
};

/// When to stop.
struct IpfLimits {
  double tolerance = 1e-8;  ///< largest error of a total, relative to it where it is above 1
  int sweeps = 10000;       ///< over all margins
};

/// A fitted table, and whether it fits.
struct IpfResult {
  std::vector<double> cells;
  int sweeps = 0;              ///< how many were made
  double largest_error = 0.0;  ///< of a total, relative to it where it is above 1
  bool converged = false;      ///< the largest error is within the tolerance
};

/// The table nearest to the seed in Kullback-Leibler distance with these margins: each margin in
/// turn scales its slices to their totals, until all fit. Cells of 0 stay 0.
/// Throws `std::invalid_argument` on lengths that do not belong together, and `Error`
/// (Fault::input) on negative or infinite cells or totals, on margins whose sums differ (by more
/// than 1e-9 of them), and on a total above 0 over cells that are all 0. Margins that contradict
/// each other or the seed's zeros in less obvious ways do not throw: they do not converge.
/// Source: Deming & Stephan (1940), Annals of Mathematical Statistics 11(4); Willekens (1999),
/// Mathematical Population Studies 7(3).
IpfResult fit_margins(TableView seed, std::span<const Margin> margins, IpfLimits limits = {});

/// A fitted matrix, and whether it fits.
struct IpfMatrix {
  Eigen::MatrixXd cells;
  int sweeps = 0;
  double largest_error = 0.0;
  bool converged = false;
};

/// The same in two dimensions: a matrix to its row and column sums.
IpfMatrix fit_rows_and_columns(const Eigen::MatrixXd& seed, const Eigen::VectorXd& rows,
                               const Eigen::VectorXd& columns, IpfLimits limits = {});

}  // namespace kohort
