#include "engine/demography/lee_carter.hpp"

#include <Eigen/SVD>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/demography/root.hpp"

namespace kohort {
namespace {

Eigen::MatrixXd logarithms(const Eigen::MatrixXd& rates) {
  for (Eigen::Index year = 0; year < rates.cols(); ++year) {
    for (Eigen::Index age = 0; age < rates.rows(); ++age) {
      const double rate = rates(age, year);
      if (rate > 0.0 && std::isfinite(rate)) continue;
      throw Error(Fault::input,
                  Mistake{{},
                          fmt::format("the death rate in row {} (age), column {} (year) is {}; "
                                      "its logarithm does not exist",
                                      age, year, rate),
                          "smooth the rates, or use fewer ages or a larger population"});
    }
  }
  return rates.array().log().matrix();
}

/// The first singular component as two vectors, the first of length 1, and its share of the sum of
/// squares.
struct Component {
  Eigen::VectorXd by_age;
  Eigen::VectorXd by_year;
  double share = 0.0;
};

Component first_component(const Eigen::MatrixXd& centred) {
  const Eigen::JacobiSVD<Eigen::MatrixXd> svd(centred, Eigen::ComputeThinU | Eigen::ComputeThinV);
  const Eigen::VectorXd& values = svd.singularValues();
  const double sum = values.squaredNorm();
  return {svd.matrixU().col(0), svd.matrixV().col(0) * values[0],
          sum > 0.0 ? values[0] * values[0] / sum : 0.0};
}

void check_shape(const LeeCarter& model, const Eigen::MatrixXd& values) {
  if (values.rows() != model.response.size() || values.cols() != model.index.size()) {
    throw std::invalid_argument("the counts or rates need the ages and years of the model");
  }
}

/// How far from the first stage's index a second stage looks first.
double first_reach(const LeeCarter& model) {
  const double spread =
      std::sqrt(model.index.squaredNorm() / static_cast<double>(model.index.size()));
  return 0.1 * spread + 1e-6;
}

/// Solves `excess(year, k)` = 0 for each year, beginning at the index of the first stage.
template <class Excess>
Eigen::VectorXd solve_by_year(const LeeCarter& model, std::string_view aim, Excess&& excess) {
  Eigen::VectorXd index(model.index.size());
  for (Eigen::Index year = 0; year < index.size(); ++year) {
    const auto root =
        root_near([&](double k) { return excess(year, k); }, model.index[year], first_reach(model));
    if (!root) {
      throw Error(Fault::input,
                  Mistake{{},
                          fmt::format("no index gives the {} of the year in column {}", aim, year),
                          "check the counts of that year, or leave the index unadjusted"});
    }
    index[year] = *root;
  }
  return index;
}

Eigen::ArrayXd rates_at(const LeeCarter& model, double k) {
  return (model.level + k * model.response).array().exp();
}

double expectancy(const Eigen::VectorXd& rates, LifeTableSex sex, InfantYears formula) {
  std::vector<double> ages(static_cast<std::size_t>(rates.size()));
  for (std::size_t age = 0; age < ages.size(); ++age) ages[age] = static_cast<double>(age);
  return life_table(ages, {rates.data(), ages.size()}, sex, formula).expectancy[0];
}

double share_explained(const Eigen::MatrixXd& centred, const Eigen::MatrixXd& left) {
  const double sum = centred.squaredNorm();
  return sum > 0.0 ? 1.0 - left.squaredNorm() / sum : 0.0;
}

CoherentMember member(const LeeCarter& common, const Eigen::MatrixXd& rates) {
  check_shape(common, rates);
  const Eigen::MatrixXd logs = logarithms(rates);
  CoherentMember result;
  result.level = logs.rowwise().mean();
  const Eigen::MatrixXd centred = logs.colwise() - result.level;
  const Eigen::MatrixXd left = centred - common.response * common.index.transpose();
  const Component own = first_component(left);
  // The responses of what is left may well sum to about 0, so their sizes are what is normed.
  const double size = own.by_age.lpNorm<1>();
  const double sign = own.by_age.sum() < 0.0 ? -1.0 : 1.0;
  const bool nothing = left.squaredNorm() <= 1e-24 * (1.0 + centred.squaredNorm());
  result.response = own.by_age * (nothing ? 0.0 : sign / size);
  result.index = own.by_year * (nothing ? 0.0 : sign * size);
  result.explained_common = share_explained(centred, left);
  result.explained = share_explained(centred, left - result.response * result.index.transpose());
  return result;
}

}  // namespace

Eigen::MatrixXd LeeCarter::log_rates() const {
  return (response * index.transpose()).colwise() + level;
}

LeeCarter fit_lee_carter(const Eigen::MatrixXd& rates) {
  if (rates.rows() < 2 || rates.cols() < 2) {
    throw std::invalid_argument("a Lee-Carter model needs two ages and two years or more");
  }
  const Eigen::MatrixXd logs = logarithms(rates);
  LeeCarter model;
  model.level = logs.rowwise().mean();
  const Component component = first_component(logs.colwise() - model.level);
  const double sum = component.by_age.sum();
  constexpr double smallest = 1e-8;  // of a vector of length 1
  if (!(std::abs(sum) > smallest)) {
    throw Error(Fault::input, Mistake{{},
                                      "the responses of the ages to the index of mortality cancel",
                                      "check the rates: they show no common trend"});
  }
  model.response = component.by_age / sum;
  model.index = component.by_year * sum;
  model.explained = component.share;
  return model;
}

Eigen::VectorXd index_by_deaths(const LeeCarter& model, const DeathCounts& counts) {
  check_shape(model, counts.deaths);
  check_shape(model, counts.exposure);
  return solve_by_year(model, "deaths", [&](Eigen::Index year, double k) {
    // As a ratio, so that the size of the population does not matter to the tolerance.
    return (rates_at(model, k) * counts.exposure.col(year).array()).sum() /
               counts.deaths.col(year).sum() -
           1.0;
  });
}

Eigen::VectorXd index_by_expectancy(const LeeCarter& model, const Eigen::MatrixXd& rates,
                                    LifeTableSex sex, InfantYears formula) {
  check_shape(model, rates);
  return solve_by_year(model, "expectancy at birth", [&](Eigen::Index year, double k) {
    return expectancy(rates_at(model, k).matrix(), sex, formula) -
           expectancy(rates.col(year), sex, formula);
  });
}

Eigen::VectorXd index_by_likelihood(const LeeCarter& model, const DeathCounts& counts) {
  check_shape(model, counts.deaths);
  check_shape(model, counts.exposure);
  return solve_by_year(model, "greatest likelihood", [&](Eigen::Index year, double k) {
    // The score, per death. It falls with k wherever anybody is exposed.
    const Eigen::ArrayXd expected = rates_at(model, k) * counts.exposure.col(year).array();
    return (model.response.array() * (counts.deaths.col(year).array() - expected)).sum() /
           counts.deaths.col(year).sum();
  });
}

LeeCarter recentred(const LeeCarter& model) {
  LeeCarter result = model;
  const double mean = model.index.mean();
  result.level += mean * model.response;
  result.index.array() -= mean;
  return result;
}

std::vector<CoherentMember> fit_coherent(const LeeCarter& common,
                                         std::span<const Eigen::MatrixXd> rates) {
  std::vector<CoherentMember> members;
  for (const Eigen::MatrixXd& population : rates) members.push_back(member(common, population));
  return members;
}

}  // namespace kohort
