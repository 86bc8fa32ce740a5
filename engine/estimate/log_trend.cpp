#include "engine/estimate/log_trend.hpp"

#include <cmath>
#include <set>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/base/error.hpp"

namespace kohort {
namespace {

void check(std::span<const YearlyShare> shares) {
  Mistakes mistakes;
  std::set<Year> seen;
  for (const YearlyShare& point : shares) {
    if (!(point.share > 0.0 && point.share <= 1.0)) {
      mistakes.add({{},
                    fmt::format("the share {} of the year {} is not above 0 and at most 1",
                                point.share, point.year.value()),
                    "give it as a part of 1, or leave the year out"});
    }
    if (!seen.insert(point.year).second) {
      mistakes.add({{},
                    fmt::format("the year {} has two shares", point.year.value()),
                    "give each year once; series of two definitions have a trend each"});
    }
  }
  if (seen.size() < 2) {
    mistakes.add({{},
                  fmt::format("a trend needs two years or more, and there are {}", seen.size()),
                  "give more years of the same definition, or set the trend yourself"});
  }
  mistakes.throw_if_any(Fault::input);
}

}  // namespace

double damped_years(double damping, int years_ahead) {
  if (!(damping >= 0.0 && damping <= 1.0) || years_ahead < 0) {
    throw std::invalid_argument("a damping lies in [0, 1], and years ahead are not negative");
  }
  double sum = 0.0;
  double power = 1.0;
  for (int year = 1; year <= years_ahead; ++year) {
    power *= damping;
    sum += power;
  }
  return sum;
}

double LogTrend::factor(double damping, int years_ahead) const {
  return std::exp(slope * damped_years(damping, years_ahead));
}

std::optional<double> LogTrend::log_sd(double damping, int years_ahead) const {
  const double years = damped_years(damping, years_ahead);
  if (!slope_sd) return std::nullopt;
  return *slope_sd * years;
}

LogTrend fit_log_trend(std::span<const YearlyShare> shares) {
  check(shares);
  const auto count = static_cast<double>(shares.size());
  double mean_year = 0.0;
  double mean_log = 0.0;
  for (const YearlyShare& point : shares) {
    mean_year += point.year.value() / count;
    mean_log += std::log(point.share) / count;
  }
  double products = 0.0;
  double squares = 0.0;
  for (const YearlyShare& point : shares) {
    const double year = point.year.value() - mean_year;
    products += year * (std::log(point.share) - mean_log);
    squares += year * year;
  }
  LogTrend result{products / squares, std::nullopt};
  if (shares.size() == 2) return result;
  double residuals = 0.0;
  for (const YearlyShare& point : shares) {
    const double residual =
        std::log(point.share) - mean_log - result.slope * (point.year.value() - mean_year);
    residuals += residual * residual;
  }
  result.slope_sd = std::sqrt(residuals / (count - 2.0) / squares);
  return result;
}

}  // namespace kohort
