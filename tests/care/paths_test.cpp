// What draws of the levels of care do to the states, by either method.
#include <cmath>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "tests/care/village.hpp"

namespace kohort {
namespace {

using test::CareRun;

constexpr std::size_t draws = 64;

/// The logarithm of the odds of some states against no care, in the first area in the last year, by
/// draw.
std::vector<double> log_odds(const CareRun& run, const std::vector<std::string>& of) {
  const Frame& frame = run.run().frame();
  const auto people = [&](const std::string& state, std::size_t draw) {
    const auto& values = run.recorded("care/persons", state).draws;
    const std::size_t area = frame.sexes.size() * frame.ages();
    const std::size_t year = frame.areas.size() * area;
    const auto first =
        values.begin() +
        static_cast<std::ptrdiff_t>((draw * (frame.intervals + 1) + frame.intervals) * year);
    return std::accumulate(first, first + static_cast<std::ptrdiff_t>(area), 0.0);
  };
  std::vector<double> result;
  for (std::size_t draw = 0; draw < draws; ++draw) {
    double users = 0.0;
    for (const std::string& state : of) users += people(state, draw);
    result.push_back(std::log(users / people("none", draw)));
  }
  return result;
}

double covariance(const std::vector<double>& one, const std::vector<double>& other) {
  const auto count = static_cast<double>(one.size());
  const double mean = std::accumulate(one.begin(), one.end(), 0.0) / count;
  const double others = std::accumulate(other.begin(), other.end(), 0.0) / count;
  double sum = 0.0;
  for (std::size_t at = 0; at < one.size(); ++at) sum += (one[at] - mean) * (other[at] - others);
  return sum / (count - 1.0);
}

double sd(const std::vector<double>& one) { return std::sqrt(covariance(one, one)); }

double correlation(const std::vector<double>& one, const std::vector<double>& other) {
  return covariance(one, other) / (sd(one) * sd(other));
}

// Levels and course are drawn alike, so that each draw's must be found again after 15 years of
// changes from state to state.
TEST(CareOfOrebro, LevelsStayWhatTheyWereDrawnAs) {
  const auto run_by = [](const std::string& method) {
    return CareRun(test::project_file("scenarios/orebro/care.toml"),
                   {"care.method=" + method, "draws=" + std::to_string(draws),
                    "uncertainty.paths=true", "output.draws=true", "projection.end_year=2030",
                    "output.quantiles_of=[\"care/persons\"]"});
  };
  const std::vector<std::string> home{"home_care_below_25", "home_care_25_or_more"};
  const CareRun kept = run_by("multistate");
  const CareRun drawn = run_by("prevalence");
  const auto at_home = log_odds(kept, home);
  const auto housed = log_odds(kept, {"special_housing"});
  const auto at_home_drawn = log_odds(drawn, home);
  const auto housed_drawn = log_odds(drawn, {"special_housing"});
  EXPECT_NEAR(sd(at_home) / sd(at_home_drawn), 1.0, 0.2);
  EXPECT_NEAR(sd(housed) / sd(housed_drawn), 1.0, 0.2);
  EXPECT_NEAR(correlation(at_home, housed), correlation(at_home_drawn, housed_drawn), 0.2);
  EXPECT_GT(correlation(at_home, at_home_drawn), 0.9);
  EXPECT_GT(correlation(housed, housed_drawn), 0.9);
}

}  // namespace
}  // namespace kohort
