// The figures of tests/published/sampling_distributions.
#pragma once

#include <string>

#include "engine/input/csv.hpp"
#include "tests/random/sample.hpp"
#include "tests/support/folder.hpp"

namespace kohort::test {

/// A table of figures, by the names of its columns.
class Figures {
 public:
  explicit Figures(const std::string& name)
      : csv_(Csv::read(project_file("tests/published/sampling_distributions/" + name))) {}
  std::size_t rows() const { return csv_.rows(); }
  std::string text(std::size_t row, const char* column) const {
    return std::string(csv_.cell(row, csv_.column(column).value()));
  }
  double operator()(std::size_t row, const char* column) const {
    return std::stod(text(row, column));
  }

 private:
  Csv csv_;
};

constexpr std::size_t published_draws = 1'000'000;

/// The rule of the case for one point of the distribution function and the two moments.
inline void expect_published(const Frequencies& found, const Figures& figures, std::size_t row,
                             const Moments& moments) {
  const double share = figures(row, "cdf");
  const double n = found.draws();
  EXPECT_NEAR(found.share_up_to(static_cast<std::size_t>(figures(row, "count"))), share,
              4.0 * std::sqrt(share * (1.0 - share) / n) + 1.0 / n)
      << "row " << row;
  EXPECT_NEAR(moments.mean, figures(row, "mean"), 1e-12);
  EXPECT_NEAR(moments.variance, figures(row, "variance"), 1e-12);
  expect_moments(found, moments);
}

}  // namespace kohort::test
