// The course of the regions' mortality beside the nation's.
#include <array>
#include <cmath>

#include "engine/base/error.hpp"
#include "models/population/fit/bands.hpp"
#include "models/population/fit/mortality.hpp"
#include "models/population/fit/parameters.hpp"
#include "models/population/fit/window.hpp"

namespace kohort::population::fit {

namespace p = parameters;

namespace {

/// Nothing is common to the ratios that is not in the nation's rates already.
LeeCarter nothing_common(Eigen::Index bands, Eigen::Index years) {
  return {Eigen::VectorXd::Zero(bands),
          Eigen::VectorXd::Constant(bands, 1.0 / static_cast<double>(bands)),
          Eigen::VectorXd::Zero(years), 0.0};
}

/// The course of one region and sex.
class CourseOf {
 public:
  CourseOf(const Source& source, const History& history)
      : history_(history),
        k_(source.settings[p::shrinkage]),
        bands_(bands_of(level_bands, source.frame.ages())),
        ages_(source.frame.ages()),
        years_(last_years(source, p::mortality_trend_years)),
        level_years_(window(source, p::local_level_window)) {}

  MortalityDeparture find(const VitalHistory& region, Sex sex) const {
    const Eigen::MatrixXd ratios = ratios_of(region, sex);
    const LeeCarter common = nothing_common(ratios.rows(), ratios.cols());
    MortalityDeparture departure{
        years_.last(), fit_coherent(common, std::span(&ratios, 1)).front(), {}, 0.0};
    const Eigen::VectorXd& index = departure.member.index;
    departure.index = fit_autoregression({index.data(), years_.count()}, SeriesMean::zero);
    departure.at_level = level_years_.mean(
        [&](Year year) { return year < years_.first() ? 0.0 : index[year - years_.first()]; });
    departure.member.response = by_age(departure.member.response);
    return departure;
  }

 private:
  /// (deaths + k) / (expected + k) by band and year.
  Eigen::MatrixXd ratios_of(const VitalHistory& region, Sex sex) const {
    const auto rows = static_cast<Eigen::Index>(bands_.size());
    Eigen::MatrixXd ratios(rows, static_cast<Eigen::Index>(years_.count()));
    for (const Year year : years_) {
      for (std::size_t band = 0; band < bands_.size(); ++band) {
        ratios(static_cast<Eigen::Index>(band), year - years_.first()) =
            ratio_of(region, sex, bands_[band], year);
      }
    }
    return ratios;
  }

  /// At least half a death, so that it has a logarithm.
  double ratio_of(const VitalHistory& region, Sex sex, Band band, Year year) const {
    double observed = 0.0;
    double expected = 0.0;
    for (std::size_t age = band.first; age < band.end; ++age) {
      observed += region.deaths(year, sex, Age(age));
      expected +=
          region.exposure(year, sex, Age(age)) * history_.nation.death_rate(year, sex, Age(age));
    }
    return (std::max(observed, 0.5) + k_) / (std::max(expected, 0.5) + k_);
  }

  Eigen::VectorXd by_age(const Eigen::VectorXd& by_band) const {
    Eigen::VectorXd ages(static_cast<Eigen::Index>(ages_));
    for (std::size_t band = 0; band < bands_.size(); ++band) {
      const auto width = static_cast<Eigen::Index>(bands_[band].end - bands_[band].first);
      ages.segment(static_cast<Eigen::Index>(bands_[band].first), width)
          .setConstant(by_band[static_cast<Eigen::Index>(band)]);
    }
    return ages;
  }

  const History& history_;
  double k_;
  std::vector<Band> bands_;
  std::size_t ages_;
  Years years_;
  Window level_years_;
};

}  // namespace

double RegionalMortality::ratio(Region region, Sex sex, Age age, Year year) const {
  const double level = levels(region, sex, age);
  if (departures.empty()) return level;
  return level * std::exp(departures[2 * region.position() + sex.position()].effect(age, year));
}

RegionalMortality fit_regional_mortality(const Source& source, const History& history) {
  RegionalMortality fit{regional_mortality(source, history), {}};
  if (source.settings[p::mortality_coherent] == CoherentMortality::sex) return fit;
  if (source.settings[p::mortality_method] != MortalityMethod::li_lee) {
    throw Error(Fault::scenario,
                source.settings.mistake(p::mortality_coherent,
                                        "counties have a course of their own with li_lee alone",
                                        "choose history.mortality_method = \"li_lee\", or \"sex\" "
                                        "here"));
  }
  const CourseOf course(source, history);
  for (const VitalHistory& region : history.regions) {
    for (const Sex sex : positions<Sex>(2)) fit.departures.push_back(course.find(region, sex));
  }
  return fit;
}

}  // namespace kohort::population::fit
