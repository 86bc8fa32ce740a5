#include "models/population/fit/mortality_index.hpp"

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "models/population/fit/parameters.hpp"

namespace kohort::population::fit {

namespace p = parameters;

namespace {

/// The model of rates that never change.
LeeCarter unmoving(const Eigen::MatrixXd& logs) {
  const auto ages = static_cast<double>(logs.rows());
  return {logs.rowwise().mean(), Eigen::VectorXd::Constant(logs.rows(), 1.0 / ages),
          Eigen::VectorXd::Zero(logs.cols()), 0.0};
}

}  // namespace

DeathCounts national_counts(const Source& source, const VitalHistory& nation, Years years,
                            std::optional<Sex> sex) {
  const std::size_t ages = source.frame.ages();
  const auto rows = static_cast<Eigen::Index>(ages);
  const auto columns = static_cast<Eigen::Index>(years.count());
  DeathCounts counts{Eigen::MatrixXd::Zero(rows, columns), Eigen::MatrixXd::Zero(rows, columns)};
  for (const Year year : years) {
    const Eigen::Index column = year - years.first();
    for (const Age age : positions<Age>(ages)) {
      const auto row = static_cast<Eigen::Index>(age.position());
      for (const Sex one : positions<Sex>(2)) {
        if (sex && one != *sex) continue;
        counts.deaths(row, column) += nation.deaths(year, one, age);
        counts.exposure(row, column) += nation.exposure(year, one, age);
      }
      if (!(counts.exposure(row, column) > 0.0)) {
        throw Error(Fault::input,
                    source.settings.mistake(
                        p::history_population,
                        fmt::format("nobody lived at age {} in {}, so there is no death rate",
                                    age.position(), year.value()),
                        "choose a lower projection.open_age or fewer years in "
                        "history.mortality_trend_years"));
      }
      if (counts.deaths(row, column) == 0.0) counts.deaths(row, column) = 0.5;
    }
  }
  return counts;
}

Eigen::MatrixXd rates_of(const DeathCounts& counts) {
  return counts.deaths.cwiseQuotient(counts.exposure);
}

LeeCarter fit_index(const Source& source, const DeathCounts& counts, LifeTableSex sex) {
  const Eigen::MatrixXd rates = rates_of(counts);
  const Eigen::MatrixXd logs = rates.array().log().matrix();
  if ((logs.colwise() - logs.rowwise().mean()).squaredNorm() < 1e-20) return unmoving(logs);
  LeeCarter model = fit_lee_carter(rates);
  switch (source.settings[p::mortality_second_stage]) {
    case SecondStage::none:
      return model;
    case SecondStage::deaths:
      model.index = index_by_deaths(model, counts);
      break;
    case SecondStage::expectancy:
      model.index = index_by_expectancy(model, rates, sex, InfantYears::andreev_kingkade);
      break;
    case SecondStage::likelihood:
      model.index = index_by_likelihood(model, counts);
      break;
  }
  return recentred(model);
}

}  // namespace kohort::population::fit
