#include "engine/demography/kannisto.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include <fmt/format.h>

#include "engine/base/error.hpp"

namespace kohort {
namespace {

[[noreturn]] void refuse(std::string what) {
  throw Error(
      Fault::input,
      Mistake{{}, std::move(what), "use more years or a larger population for the oldest ages"});
}

double logistic(double value) { return 1.0 / (1.0 + std::exp(-value)); }

/// The counts and the ages as deviations from their middle, so that the two parameters of the
/// line hardly depend on each other.
struct Regression {
  Eigen::ArrayXd deaths;
  Eigen::ArrayXd exposure;
  Eigen::ArrayXd age;
  double middle = 0.0;

  Eigen::ArrayXd rates(const Eigen::Vector2d& line) const {
    return (line[0] + line[1] * age).unaryExpr(&logistic);
  }
  double log_likelihood(const Eigen::Vector2d& line) const {
    const Eigen::ArrayXd m = rates(line);
    return (deaths * m.log() - exposure * m).sum();
  }
  /// The step of Fisher's scoring, and how much likelihood it promises.
  Eigen::Vector2d step(const Eigen::Vector2d& line) const {
    const Eigen::ArrayXd m = rates(line);
    const Eigen::ArrayXd score = (deaths - exposure * m) * (1.0 - m);
    const Eigen::ArrayXd weight = exposure * m * (1.0 - m).square();
    const Eigen::Vector2d gradient(score.sum(), (score * age).sum());
    Eigen::Matrix2d information;
    information << weight.sum(), (weight * age).sum(), (weight * age).sum(),
        (weight * age.square()).sum();
    return information.ldlt().solve(gradient);
  }
};

Regression regression(const OldAgeCounts& counts) {
  if (counts.deaths.size() != counts.exposure.size()) {
    throw std::invalid_argument("each number of deaths needs its exposure");
  }
  int ages_with_deaths = 0;
  for (std::size_t at = 0; at < counts.deaths.size(); ++at) {
    const double deaths = counts.deaths[at];
    const double exposure = counts.exposure[at];
    if (!(deaths >= 0.0 && exposure >= 0.0) || (deaths > 0.0 && exposure == 0.0)) {
      refuse(fmt::format("{} deaths in {} person-years at age {}", deaths, exposure,
                         counts.first_age + static_cast<double>(at)));
    }
    if (deaths > 0.0) ++ages_with_deaths;
  }
  if (ages_with_deaths < 2) refuse("a law of old-age mortality needs deaths at two ages or more");
  const auto size = static_cast<Eigen::Index>(counts.deaths.size());
  Regression result;
  result.deaths = Eigen::Map<const Eigen::ArrayXd>(counts.deaths.data(), size);
  result.exposure = Eigen::Map<const Eigen::ArrayXd>(counts.exposure.data(), size);
  const double half = (static_cast<double>(size) - 1.0) / 2.0;
  result.age = Eigen::ArrayXd::LinSpaced(size, -half, half);
  result.middle = counts.first_age + half + 0.5;
  return result;
}

/// Halves the step until the likelihood does not fall; where only rounding is left it is kept.
Eigen::Vector2d improved(const Regression& model, const Eigen::Vector2d& line,
                         Eigen::Vector2d step) {
  const double now = model.log_likelihood(line);
  const double noise = 1e-13 * std::abs(now);
  for (int halving = 0; halving < 60; ++halving, step /= 2.0) {
    if (model.log_likelihood(line + step) >= now - noise) break;
  }
  return line + step;
}

}  // namespace

double Kannisto::rate(double age) const { return logistic(log_alpha + beta * (age + 0.5)); }

Kannisto fit_kannisto(const OldAgeCounts& counts) {
  const Regression model = regression(counts);
  const double crude = std::min(0.9, model.deaths.sum() / model.exposure.sum());
  Eigen::Vector2d line(std::log(crude / (1.0 - crude)), 0.1);
  constexpr int most_steps = 200;
  constexpr double tolerance = 1e-12;
  for (int at = 0; at < most_steps; ++at) {
    const Eigen::Vector2d step = model.step(line);
    if (!step.allFinite()) break;
    line = improved(model, line, step);
    if (step.norm() <= tolerance * (1.0 + line.norm())) {
      return {line[0] - line[1] * model.middle, line[1]};
    }
  }
  refuse("no law of old-age mortality is likeliest with these deaths and exposures");
}

std::vector<double> old_age_rates(const Kannisto& law, OldAges ages) {
  if (ages.first > ages.open || ages.open > ages.last) {
    throw std::invalid_argument("old ages run from the first over the open to the last");
  }
  std::vector<double> rates;
  for (int age = ages.first; age < ages.open; ++age) rates.push_back(law.rate(age));
  double survivors = 1.0;
  double person_years = 0.0;
  for (int age = ages.open; age < ages.last; ++age) {
    const double m = law.rate(age);
    const double deaths = survivors * m / (1.0 + m / 2.0);
    person_years += survivors - deaths / 2.0;
    survivors -= deaths;
  }
  person_years += survivors / law.rate(ages.last);
  rates.push_back(1.0 / person_years);
  return rates;
}

}  // namespace kohort
