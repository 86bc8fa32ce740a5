// The county tables as the fit sees them: cohorts, Lexis triangles, accounts.
#include "models/population/fit/history.hpp"

#include <gtest/gtest.h>

#include "tests/population/fit/country.hpp"
#include "tests/support/expect_error.hpp"

namespace kohort::population::fit {
namespace {

constexpr Years flows(Year(2006), Year(2010));

class HistoryOfACountry : public ::testing::Test {
 protected:
  History read() {
    country_ = std::make_unique<test::LoadedCountry>(figures.load(folder_));
    female = country_->sex("female");
    male = country_->sex("male");
    return read_history(country_->source(), flows);
  }

  test::Country figures;
  Sex female;
  Sex male;

 private:
  test::Folder folder_;
  std::unique_ptr<test::LoadedCountry> country_;
};

/// 1000 in 2005, 10 more each year, 1 more with each year of age.
double rising(int year, const std::string&, const std::string&, int age) {
  return 1000.0 + 10.0 * (year - 2005) + age;
}

TEST_F(HistoryOfACountry, AtRiskAreThoseAYearYoungerAYearBefore) {
  figures.stocks = rising;
  const History history = read();
  EXPECT_DOUBLE_EQ(history.regions[0].at_risk(Year(2010), female, Age(3)), 1042.0);
  EXPECT_DOUBLE_EQ(history.nation.at_risk(Year(2010), female, Age(3)), 3 * 1042.0);
}

TEST_F(HistoryOfACountry, AtRiskInTheOpenAgeGroupAreAlsoThoseInItAlready) {
  figures.stocks = rising;
  EXPECT_DOUBLE_EQ(read().regions[0].at_risk(Year(2006), female, Age(5)), 1004.0 + 1005.0);
}

TEST_F(HistoryOfACountry, AtRiskAtAge0AreTheBirthsOfTheirSex) {
  figures.births = [](int year, const std::string&, const std::string& sex, int age) {
    return age == 2 ? (sex == "male" ? 106.0 : 100.0) + (year - 2005) : 0.0;
  };
  const History history = read();
  EXPECT_DOUBLE_EQ(history.regions[0].at_risk(Year(2008), male, Age(0)), 109.0);
  EXPECT_DOUBLE_EQ(history.regions[0].at_risk(Year(2008), female, Age(0)), 103.0);
}

TEST_F(HistoryOfACountry, ExposureIsTheMeanOfTheCohortsTwoStocks) {
  figures.stocks = rising;
  const History history = read();
  EXPECT_DOUBLE_EQ(history.regions[0].exposure(Year(2010), female, Age(3)),
                   (1042.0 + 1053.0) / 2.0);
  EXPECT_DOUBLE_EQ(history.regions[0].exposure(Year(2010), female, Age(0)), 1050.0 / 2.0);
}

TEST_F(HistoryOfACountry, HalfOfTheMothersGrowAYearOlderBeforeTheYearEnds) {
  figures.births = [](int, const std::string&, const std::string&, int age) {
    return age == 2 ? 30.0 : age == 3 ? 10.0 : 0.0;
  };
  const History history = read();  // both sexes of children: 60 births at 2, 20 at 3
  EXPECT_DOUBLE_EQ(history.regions[0].births(Year(2010), Age(2)), 30.0);
  EXPECT_DOUBLE_EQ(history.regions[0].births(Year(2010), Age(3)), 40.0);
  EXPECT_DOUBLE_EQ(history.regions[0].births(Year(2010), Age(4)), 10.0);
}

TEST_F(HistoryOfACountry, InfantsWhoDieInTheirYearOfBirthAreTheShareOneLessA0) {
  // m0 = 10/100; a0 of girls is then 0.31411, of boys 0.29915 (Andreev & Kingkade 2015).
  figures.deaths = [](int, const std::string&, const std::string&, int age) {
    return age == 0 ? 10.0 : age == 1 ? 4.0 : 0.0;
  };
  const History history = read();
  const VitalHistory& county = history.regions[0];
  EXPECT_NEAR(county.deaths(Year(2010), female, Age(0)), 6.8589, 1e-9);
  EXPECT_NEAR(county.deaths(Year(2010), male, Age(0)), 7.0085, 1e-9);
  EXPECT_NEAR(county.deaths(Year(2010), female, Age(1)), 3.1411 + 2.0, 1e-9);
}

TEST_F(HistoryOfACountry, NetMigrationIsWhatTheAccountLeavesOver) {
  figures.stocks = rising;
  figures.deaths = [](int, const std::string&, const std::string&, int age) {
    return age == 3 ? 6.0 : 0.0;
  };
  // Aged 3 in 2010: 1053 of 1042, and 3 of 6 deaths at age 3 are theirs: 1053 - 1042 + 3.
  EXPECT_DOUBLE_EQ(read().regions[0].net_migration(Year(2010), female, Age(3)), 14.0);
}

TEST_F(HistoryOfACountry, TheRestIsTheCountiesThatNoProjectedAreaLiesIn) {
  figures.stocks = [](int, const std::string& county, const std::string&, int) {
    return county == "1" ? 1.0 : county == "2" ? 10.0 : 100.0;
  };
  const History history = read();
  const auto stock = [&](std::size_t area) {
    return history.region_of(Area(area)).stocks(Year(2010), female, Age(1));
  };
  EXPECT_EQ(stock(0), 1.0);
  EXPECT_EQ(stock(1), 10.0);
  EXPECT_EQ(stock(2), 100.0);
  EXPECT_EQ(history.nation.stocks(Year(2010), female, Age(1)), 111.0);
}

TEST_F(HistoryOfACountry, ADeathRateWhereNobodyLivesIs0) {
  figures.stocks = [](auto&&...) { return 0.0; };
  figures.births = [](int, const std::string&, const std::string&, int age) {
    return age == 2 ? 1.0 : 0.0;
  };
  EXPECT_EQ(read().nation.death_rate(Year(2010), female, Age(5)), 0.0);
}

}  // namespace
}  // namespace kohort::population::fit
