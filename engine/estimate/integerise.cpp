#include "engine/estimate/integerise.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "engine/base/refuse.hpp"

namespace kohort {
namespace {

constexpr double most = 1e8;         // above it a double leaves too little for the fraction
constexpr double negligible = 1e-6;  // of a person: rounding errors of sums

bool whole(double value) { return std::abs(value - std::round(value)) <= negligible; }

/// What is missing to the next whole number; 0 where the value is whole.
double missing(double value) { return whole(value) ? 0.0 : std::ceil(value) - value; }

/// The table with one row and column more, which make all sums whole.
Eigen::MatrixXd framed(const Eigen::MatrixXd& values) {
  const Eigen::Index rows = values.rows();
  const Eigen::Index columns = values.cols();
  Eigen::MatrixXd result = Eigen::MatrixXd::Zero(rows + 1, columns + 1);
  result.topLeftCorner(rows, columns) = values;
  for (Eigen::Index row = 0; row < rows; ++row) {
    result(row, columns) = missing(values.row(row).sum());
  }
  for (Eigen::Index column = 0; column < columns; ++column) {
    result(rows, column) = missing(values.col(column).sum());
  }
  result(rows, columns) = missing(result.col(columns).sum());
  return result;
}

/// Rounds a table of fractions with whole sums in place. Rows and columns are the nodes of a graph
/// and broken cells its edges: each node has none or several, so a walk must come round again, and
/// fractions can move along the circle without changing a sum.
class ControlledRounding {
 public:
  explicit ControlledRounding(Eigen::MatrixXd& fractions) : exact_(fractions), table_(fractions) {}

  void run() {
    for (Eigen::Index row = 0; row < table_.rows(); ++row) {
      for (Eigen::Index column = 0; column < table_.cols(); ++column) {
        settle(table_(row, column));
        while (!whole(table_(row, column))) walk_from(row, column);
      }
    }
  }

 private:
  /// Rows and columns in turn, a row first.
  using Walk = std::vector<Eigen::Index>;

  static void settle(double& fraction) {
    if (whole(fraction)) fraction = std::round(fraction);
  }

  /// The row and column of the edge between two neighbours of a walk.
  static std::pair<Eigen::Index, Eigen::Index> edge(const Walk& walk, std::size_t at) {
    return at % 2 == 0 ? std::pair{walk[at], walk[at + 1]} : std::pair{walk[at + 1], walk[at]};
  }
  double& fraction(const Walk& walk, std::size_t at) {
    const auto [row, column] = edge(walk, at);
    return table_(row, column);
  }

  /// The next node along another broken cell; -1 if there is none.
  Eigen::Index next(const Walk& walk) {
    const bool on_row = walk.size() % 2 == 1;
    const Eigen::Index line = walk.back();
    const Eigen::Index count = on_row ? table_.cols() : table_.rows();
    const auto broken = [&](Eigen::Index other) {
      return !whole(on_row ? table_(line, other) : table_(other, line));
    };
    Eigen::Index& first = on_row ? first_in_row_[line] : first_in_column_[line];
    while (first < count && !broken(first)) ++first;
    for (Eigen::Index other = first; other < count; ++other) {
      if (other != walk[walk.size() - 2] && broken(other)) return other;
    }
    return -1;
  }

  void walk_from(Eigen::Index row, Eigen::Index column) {
    Walk walk{row, column};
    while (true) {
      const Eigen::Index node = next(walk);
      if (node < 0) {
        // The sum was whole but for errors near `negligible`, and this cell alone carries them.
        double& last = fraction(walk, walk.size() - 2);
        last = std::round(last);
        return;
      }
      const std::size_t kind = walk.size() % 2;
      walk.push_back(node);
      for (std::size_t met = kind; met + 1 < walk.size(); met += 2) {
        if (walk[met] != node) continue;
        shift({walk.begin() + static_cast<std::ptrdiff_t>(met), walk.end()}, kind == 1);
        return;
      }
    }
  }

  /// Moves fractions around a circle, up and down in turn, until a cell is whole.
  void shift(Walk circle, bool begins_with_column) {
    // A circle can be entered anywhere: begin with a row.
    if (begins_with_column) {
      circle.erase(circle.begin());
      circle.push_back(circle.front());
    }
    double up = 1.0;  // how far the even edges can rise, or fall
    double down = 1.0;
    double drift = 0.0;  // how far they lie above their exact values, the odd ones below
    for (std::size_t at = 0; at + 1 < circle.size(); ++at) {
      const auto [row, column] = edge(circle, at);
      const double now = table_(row, column);
      const double off = now - exact_(row, column);
      const bool even = at % 2 == 0;
      up = std::min(up, even ? 1.0 - now : now);
      down = std::min(down, even ? now : 1.0 - now);
      drift += even ? off : -off;
    }
    // The squared distance from the exact values changes by n d^2 + 2 d drift with a move of d.
    const double edges = static_cast<double>(circle.size() - 1);
    const bool rise =
        edges * up * up + 2.0 * up * drift <= edges * down * down - 2.0 * down * drift;
    const double move = rise ? up : -down;
    for (std::size_t at = 0; at + 1 < circle.size(); ++at) {
      double& cell = fraction(circle, at);
      cell += at % 2 == 0 ? move : -move;
      settle(cell);
    }
  }

  /// Before these no cell of the row or column is broken: what is whole once stays whole.
  using Places = Eigen::Matrix<Eigen::Index, Eigen::Dynamic, 1>;

  Eigen::MatrixXd exact_;
  Eigen::MatrixXd& table_;
  Places first_in_row_ = Places::Zero(table_.rows());
  Places first_in_column_ = Places::Zero(table_.cols());
};

/// The order in which remainders earn one more: the largest first, the first of equals first.
std::vector<std::size_t> by_remainder(std::span<const double> remainders) {
  std::vector<std::size_t> order(remainders.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
  return order;
}

void check_shares(std::span<const double> values, std::int64_t total) {
  double sum = 0.0;
  for (std::size_t at = 0; at < values.size(); ++at) {
    sum += values[at];
    if (values[at] >= 0.0 && std::isfinite(values[at])) continue;
    refuse_input(fmt::format("share number {} is {}", at, values[at]), "give numbers of 0 or more");
  }
  if (total < 0) {
    refuse_input(fmt::format("{} cannot be divided", total), "give a total of 0 or more");
  }
  if (total > 0 && !(sum > 0.0)) {
    refuse_input(fmt::format("{} cannot be divided by shares that are all 0", total),
                 "give a share above 0");
  }
}

}  // namespace

std::vector<std::int64_t> integerise(std::span<const double> values, std::int64_t total) {
  check_shares(values, total);
  std::vector<std::int64_t> result(values.size(), 0);
  if (total == 0) return result;
  const double sum = std::accumulate(values.begin(), values.end(), 0.0);
  std::vector<double> remainders(values.size());
  std::int64_t left = total;
  for (std::size_t at = 0; at < values.size(); ++at) {
    const double exact = values[at] / sum * static_cast<double>(total);
    const double down = whole(exact) ? std::round(exact) : std::floor(exact);
    result[at] = static_cast<std::int64_t>(down);
    remainders[at] = exact - down;
    left -= result[at];
  }
  const std::vector<std::size_t> order = by_remainder(remainders);
  for (auto at = order.begin(); left > 0 && at != order.end(); ++at) {
    if (values[*at] == 0.0) continue;
    ++result[*at];
    --left;
  }
  for (auto at = order.rbegin(); left < 0 && at != order.rend(); ++at) {
    if (result[*at] == 0) continue;
    --result[*at];  // whole values were rounded up by less than `negligible` each
    ++left;
  }
  return result;
}

IntegerMatrix round_table(const Eigen::MatrixXd& values) {
  for (Eigen::Index at = 0; at < values.size(); ++at) {
    const double value = values(at);
    if (value >= 0.0 && value <= most) continue;
    refuse_input(
        fmt::format("the cell in row {}, column {} is {}, which cannot be rounded to persons",
                    at % values.rows(), at / values.rows(), value),
        "give numbers from 0 to 1e8");
  }
  const Eigen::MatrixXd floors = values.array().floor();
  Eigen::MatrixXd fractions = framed(values - floors);
  ControlledRounding(fractions).run();
  const Eigen::MatrixXd rounded = floors + fractions.topLeftCorner(values.rows(), values.cols());
  return rounded.array().round().cast<std::int64_t>();
}

}  // namespace kohort
