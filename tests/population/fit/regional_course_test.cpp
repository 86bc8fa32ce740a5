// The course of counties beside the nation's: a third level of Li & Lee.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "models/population/fit/fit.hpp"
#include "models/population/fit/mortality.hpp"
#include "tests/population/fit/country.hpp"
#include "tests/support/expect_error.hpp"

namespace kohort::population::fit {
namespace {

/// County 3 is as good as the nation. Women of county 1 die, beside it, exp(-0.2), exp(-0.1), ... ,
/// exp(0.2) times as often in 2006 to 2010.
class RegionalCourse : public ::testing::Test {
 protected:
  RegionalCourse() {
    figures.sources = "mortality";
    figures.stocks = [](int, const std::string& county, const std::string&, int) {
      return size(county);
    };
    figures.deaths = [](int year, const std::string& county, const std::string& sex, int age) {
      const bool departs = county == "1" && sex == "female";
      return age == 5 ? size(county) * std::exp(departs ? 0.1 * (year - 2008) : 0.0) : 0.0;
    };
    figures.history =
        "mortality_method = \"li_lee\"\nmortality_coherent = \"sex_and_county\"\n"
        "mortality_improvement = 0.0\n";
  }
  static double size(const std::string& county) { return county == "3" ? 1e12 : 100.0; }

  RegionalMortality regional(const std::string& shrinkage) {
    figures.history += "shrinkage = " + shrinkage + "\n";
    country = std::make_unique<test::LoadedCountry>(figures.load(folder_));
    return fit_regional_mortality(country->source(),
                                  read_history(country->source(), {Year(2006), Year(2010)}));
  }
  double ratio(const RegionalMortality& fit, std::size_t region, int year) const {
    return fit.ratio(Region(region), country->sex("female"), Age(5), Year(year));
  }

  test::Country figures;
  std::unique_ptr<test::LoadedCountry> country;

 private:
  test::Folder folder_;
};

TEST_F(RegionalCourse, ReturnsToTheNationsAsAnAutoregression) {
  // Through 0 by least squares: (2 + 0 + 0 + 2) / (4 + 1 + 0 + 1) is left after a year.
  const RegionalMortality fit = regional("0.0");
  EXPECT_NEAR(ratio(fit, 0, 2010), std::exp(0.2), 1e-6);
  EXPECT_NEAR(ratio(fit, 0, 2011), std::exp(0.2 * 2.0 / 3.0), 1e-6);
  EXPECT_NEAR(ratio(fit, 0, 2012), std::exp(0.2 * 4.0 / 9.0), 1e-6);
  EXPECT_NEAR(ratio(fit, 0, 2100), 1.0, 1e-6);  // the mean of its years, which are all there are
}

TEST_F(RegionalCourse, IsOfEachSexAlone) {
  const RegionalMortality fit = regional("0.0");
  EXPECT_NEAR(fit.ratio(Region(0), country->sex("male"), Age(5), Year(2012)), 1.0, 1e-9);
}

TEST_F(RegionalCourse, OfARegionLikeTheNationIsTheNations) {
  const RegionalMortality fit = regional("30.0");
  for (const int year : {2010, 2011, 2050}) EXPECT_NEAR(ratio(fit, 2, year), 1.0, 1e-9);
}

TEST_F(RegionalCourse, OfASmallCountyDepartsByLess) {
  // 100 are expected to die, and k = 30 are added: the index of 2010 beside the mean of all years.
  const RegionalMortality fit = regional("30.0");
  double mean = 0.0;
  for (const int at : {-2, -1, 0, 1, 2}) {
    mean += std::log((100.0 * std::exp(0.1 * at) + 30.0) / 130.0) / 5.0;
  }
  const double last = std::log((100.0 * std::exp(0.2) + 30.0) / 130.0) - mean;
  const MortalityDeparture& women = fit.departures[country->sex("female").position()];
  EXPECT_NEAR(women.index.last, last, 1e-6);
  EXPECT_LT(women.index.last, 0.2);
}

TEST_F(RegionalCourse, IsFoundOnlyWhereItIsAskedFor) {
  figures.history = "mortality_method = \"li_lee\"\n";
  const RegionalMortality fit = regional("0.0");
  EXPECT_TRUE(fit.departures.empty());
  EXPECT_NEAR(ratio(fit, 0, 2012), std::exp(0.2), 1e-6);
}

TEST_F(RegionalCourse, BelongsToLiLee) {
  figures.history = "mortality_coherent = \"sex_and_county\"\n";
  EXPECT_HAS(test::error_of(Fault::scenario, [&] { regional("30.0"); }), "li_lee");
}

TEST_F(RegionalCourse, MovesTheRatesOfItsAreasAndIsReported) {
  regional("0.0");
  Rates rates;
  std::vector<Estimate> estimates;
  fit_rates(country->source(), {}, country->base, rates, estimates);
  const double q =
      rates.dying.at(Interval(0))(country->sex("female"), CohortRow(5), Group(0), Area(0));
  EXPECT_NEAR(q / (1.0 - q / 2.0), 100.0 / 150.0 * std::exp(0.2 * 2.0 / 3.0), 1e-6);
  const auto phi = std::find_if(estimates.begin(), estimates.end(), [](const Estimate& one) {
    return one.name == "fit/mortality_county_phi";
  });
  ASSERT_NE(phi, estimates.end());
  EXPECT_NEAR(phi->values[country->sex("female").position()], 2.0 / 3.0, 1e-6);
}

}  // namespace
}  // namespace kohort::population::fit
